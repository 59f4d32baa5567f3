// Layer by layer; see run.hpp.
#include "run.hpp"

#include <algorithm>
#include <cmath>

#include "../limits.hpp"
#include "../progress.hpp"
#include "../reference.hpp"
#include "pointwise.hpp"
#include "windows.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

// The same numbers on every machine; the finaliser of MurmurHash3 over a counter.
class Random {
 public:
  explicit Random(std::uint32_t seed) : state_(seed * 0x9e3779b9U + 0x7f4a7c15U) {}

  // From -bound to below bound.
  double within(double bound) {
    state_ += 0x9e3779b9U;
    std::uint32_t x = state_;
    x = (x ^ (x >> 16U)) * 0x85ebca6bU;
    x = (x ^ (x >> 13U)) * 0xc2b2ae35U;
    x ^= x >> 16U;
    return bound * (static_cast<double>(x) / 0x1p31 - 1);
  }

 private:
  std::uint32_t state_;
};

void round_to(DType dtype, std::vector<double>& data) {
  if (dtype == DType::float64) return;
  for (double& x : data) x = static_cast<double>(static_cast<float>(x));
}

// What a new layer of torch.nn begins with: convolutions and linear layers uniform within
// 1 / sqrt(inputs of one output), norms 1 and 0, PReLU 0.25.
void make_weights(const Plan& plan, const RunOptions& options, Random& random, LayerRun& run) {
  const auto fill = [](const std::optional<Shape>& shape, Values& values, double number) {
    if (!shape) return;
    values.shape = *shape;
    values.data.assign(static_cast<std::size_t>(element_count(*shape)), number);
  };
  const bool is_drawn = plan.multiply_adds > 0 && !options.ones;
  const bool is_prelu = plan.operation.operation->name == "prelu";
  fill(plan.weight, run.weight, is_prelu && !options.ones ? 0.25 : 1);
  fill(plan.bias, run.bias, 0);
  if (!is_drawn || !plan.weight) return;
  const Shape inputs(plan.weight->begin() + 1, plan.weight->end());
  const double bound = 1 / std::sqrt(static_cast<double>(element_count(inputs)));
  for (double& x : run.weight.data) x = random.within(bound);
  for (double& x : run.bias.data) x = random.within(bound);
  round_to(options.dtype, run.weight.data);
  round_to(options.dtype, run.bias.data);
}

// The input of a layer with its skips; `channel` is the axis of channels.
Values merged(const Node& node, const Values& input, const std::vector<LayerRun>& runs,
              std::size_t channel) {
  const auto of = [&](const Source& source) -> const Values& {
    return source.node == 0 ? input : runs[source.node - 1].output;
  };
  Values values = of(node.sources[0]);
  for (std::size_t at = 1; at < node.sources.size(); ++at) {
    const Values& other = of(node.sources[at]);
    if (!node.sources[at].concat) {
      for (std::size_t i = 0; i < values.data.size(); ++i) values.data[i] += other.data[i];
      continue;
    }
    Values joined{values.shape, {}};
    joined.shape[channel] += other.shape[channel];
    const std::size_t samples = channel == 0 ? 1 : static_cast<std::size_t>(values.shape[0]);
    const std::size_t a = values.data.size() / samples, b = other.data.size() / samples;
    for (std::size_t sample = 0; sample < samples; ++sample) {
      const double* first = values.data.data() + sample * a;
      const double* second = other.data.data() + sample * b;
      joined.data.insert(joined.data.end(), first, first + a);
      joined.data.insert(joined.data.end(), second, second + b);
    }
    values = std::move(joined);
  }
  return values;
}

Tensor<double> to_tensor(const Values& values, const Sizes& sizes) {
  Tensor<double> tensor = Tensor<double>::from_shape(sizes);
  std::copy(values.data.begin(), values.data.end(), tensor.data());
  return tensor;
}

Values convolved(const Plan& plan, const Values& input, const Values& weight, const Values& bias) {
  const Geometry& geometry = *plan.geometry;
  Operands<double> operands{
      to_tensor(input, geometry.input_sizes()), to_tensor(weight, geometry.weight_sizes()), {}};
  if (geometry.has_bias()) {
    operands.bias = to_tensor(bias, {1, static_cast<std::size_t>(geometry.biases), 1, 1, 1});
  }
  const Tensor<double> output = run(geometry, operands);
  return {plan.output, {output.data(), output.data() + output.size()}};
}

// Along the last axis.
Values linear(const Plan& plan, const Values& input, const Values& weight, const Values& bias) {
  Values output{plan.output, {}};
  const auto in = static_cast<std::size_t>(plan.input.back());
  const auto out = static_cast<std::size_t>(plan.output.back());
  progress::Steps outputs(element_count(plan.output));
  for (std::size_t row = 0; row < input.data.size(); row += in) {
    for (std::size_t o = 0; o < out; ++o) {
      double sum = bias.data.empty() ? 0 : bias.data[o];
      for (std::size_t i = 0; i < in; ++i) sum += weight.data[o * in + i] * input.data[row + i];
      output.data.push_back(sum);
      outputs.advance();
    }
  }
  return output;
}

Values run_layer(const Plan& plan, const Values& input, const Values& weight, const Values& bias) {
  switch (plan.operation.kind()) {
    case Kind::conv:
    case Kind::conv_transpose:
      return convolved(plan, input, weight, bias);
    case Kind::linear:
      return linear(plan, input, weight, bias);
    case Kind::pixel_shuffle:
    case Kind::pixel_unshuffle:
      return shuffled(plan, input);
    case Kind::activation:
    case Kind::batch_norm:
    case Kind::instance_norm:
    case Kind::group_norm: {
      Values output = input;
      if (plan.operation.kind() == Kind::activation) {
        apply_activation(plan, output, weight);
      } else {
        apply_norm(plan, output, weight, bias);
      }
      return output;
    }
    case Kind::flatten:
    case Kind::unflatten:
    case Kind::identity:
      return {plan.output, input.data};
    default:
      return windowed(plan, input);
  }
}

// Multiplications, or steps of a pool.
std::int64_t work_of(const Plan& plan) {
  if (plan.geometry || plan.multiply_adds > 0) return plan.multiply_adds;
  Shape reads{element_count(plan.output)};
  for (const Reads& axis : plan.axes) reads.push_back(axis.taps());
  return element_count(reads);
}

Check check_work(const Stack& stack) {
  std::int64_t numbers = element_count(stack.input.shape), steps = 0;
  for (const Node& node : stack.layers) {
    const Plan& plan = node.plan;
    numbers = std::min(numbers, kMaxElements) + std::min(element_count(plan.output), kMaxElements) +
              std::min(plan.parameters(), kMaxElements);
    steps = std::min(steps, kMaxStackOperations) + std::min(work_of(plan), kMaxStackOperations);
  }
  if (numbers > kMaxElements) {
    return refuse(Code::limit_elements, "layers",
                  {"The stack's maps and weights would hold more than ", kMaxElements,
                   " numbers, the most that is computed at once. Use a smaller input or fewer "
                   "channels."});
  }
  if (steps > kMaxStackOperations) {
    return refuse(Code::limit_operations, "layers",
                  {"The stack would take more than ", kMaxStackOperations,
                   " multiplications, the most that is computed at once. Use a smaller input or "
                   "fewer channels."});
  }
  return Passed{};
}

}  // namespace

Result<std::vector<LayerRun>> run_stack(const Stack& stack, const Values& input,
                                        const RunOptions& options) {
  if (stack.failure) return stack.failure->refusal;
  if (Check small = check_work(stack); !small) return small.refusal();
  std::vector<LayerRun> runs;
  runs.reserve(stack.layers.size());
  Random random(options.seed);
  double done = 0, total = 0;
  for (const Node& node : stack.layers) total += static_cast<double>(work_of(node.plan));
  for (const Node& node : stack.layers) {
    const auto work = static_cast<double>(work_of(node.plan));
    const progress::Part part(done, work, total);
    done += work;
    LayerRun layer;
    make_weights(node.plan, options, random, layer);
    Values merged_input = merged(node, input, runs, stack.input.channel_axis());
    round_to(options.dtype, merged_input.data);
    layer.output = run_layer(node.plan, merged_input, layer.weight, layer.bias);
    if (node.sources.size() > 1) layer.merged = std::move(merged_input);
    round_to(options.dtype, layer.output.data);
    runs.push_back(std::move(layer));
  }
  return runs;
}

}  // namespace convscope::stack

// The formulas of torch.nn's activations and norms; see pointwise.hpp.
#include "pointwise.hpp"

#include <algorithm>
#include <cmath>

namespace convscope::stack {
namespace {

using Function = double (*)(double x, const Plan& plan);

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double softplus(double x) { return x > 20 ? x : std::log1p(std::exp(x)); }
double hard_sigmoid(double x) { return std::clamp(x / 6 + 0.5, 0.0, 1.0); }

struct Activation {
  std::string_view name;
  Function function;
};

constexpr double kSeluScale = 1.0507009873554804934193349852946;
constexpr double kSeluAlpha = 1.6732632423543772848170429916717;

constexpr Activation kActivations[] = {
    {"relu", [](double x, const Plan&) { return x < 0 ? 0 : x; }},
    {"relu6", [](double x, const Plan&) { return std::clamp(x, 0.0, 6.0); }},
    {"leaky_relu", [](double x, const Plan& plan) { return x > 0 ? x : plan.slope * x; }},
    {"elu", [](double x, const Plan& plan) { return x > 0 ? x : plan.slope * std::expm1(x); }},
    {"selu",
     [](double x, const Plan&) { return kSeluScale * (x > 0 ? x : kSeluAlpha * std::expm1(x)); }},
    {"gelu", [](double x, const Plan&) { return x / 2 * (1 + std::erf(x / std::sqrt(2.0))); }},
    {"silu", [](double x, const Plan&) { return x * sigmoid(x); }},
    {"mish", [](double x, const Plan&) { return x * std::tanh(softplus(x)); }},
    {"hardswish", [](double x, const Plan&) { return x * hard_sigmoid(x); }},
    {"hardsigmoid", [](double x, const Plan&) { return hard_sigmoid(x); }},
    {"hardtanh",
     [](double x, const Plan& plan) { return std::min(std::max(x, plan.low), plan.high); }},
    {"sigmoid", [](double x, const Plan&) { return sigmoid(x); }},
    {"tanh", [](double x, const Plan&) { return std::tanh(x); }},
    {"softplus", [](double x, const Plan& plan) { return softplus(x * plan.slope) / plan.slope; }},
};

// How often the numbers of an axis repeat, and how far they lie apart.
struct Strides {
  std::int64_t outer = 1, size = 1, inner = 1;
};

Strides strides_of(const Shape& shape, std::size_t axis) {
  Strides strides{.size = shape[axis]};
  for (std::size_t at = 0; at < shape.size(); ++at) {
    if (at < axis) strides.outer *= shape[at];
    if (at > axis) strides.inner *= shape[at];
  }
  return strides;
}

void softmax(Values& values, std::size_t axis, bool is_log) {
  const auto [outer, size, inner] = strides_of(values.shape, axis);
  for (std::int64_t line = 0; line < outer * inner; ++line) {
    double* first = values.data.data() + line / inner * size * inner + line % inner;
    double largest = *first, sum = 0;
    for (std::int64_t at = 0; at < size; ++at) largest = std::max(largest, first[at * inner]);
    for (std::int64_t at = 0; at < size; ++at) sum += std::exp(first[at * inner] - largest);
    for (std::int64_t at = 0; at < size; ++at) {
      double& x = first[at * inner];
      x = is_log ? x - largest - std::log(sum) : std::exp(x - largest) / sum;
    }
  }
}

// The channel axis: the one that the weight belongs to.
std::size_t channel_axis(const Plan& plan) { return plan.input.size() - plan.axes.size() - 1; }

}  // namespace

void apply_activation(const Plan& plan, Values& values, const Values& weight) {
  const std::string_view name = plan.operation.operation->name;
  if (name == "softmax" || name == "log_softmax") {
    softmax(values, static_cast<std::size_t>(plan.softmax_axis), name == "log_softmax");
    return;
  }
  if (name == "prelu") {
    const auto [outer, size, inner] = strides_of(values.shape, channel_axis(plan));
    const auto count = static_cast<std::int64_t>(weight.data.size());
    for (std::size_t at = 0; at < values.data.size(); ++at) {
      const std::int64_t channel = static_cast<std::int64_t>(at) / inner % size;
      double& x = values.data[at];
      if (x < 0) x *= weight.data[static_cast<std::size_t>(count == 1 ? 0 : channel)];
    }
    return;
  }
  for (const Activation& activation : kActivations) {
    if (activation.name != name) continue;
    for (double& x : values.data) x = activation.function(x, plan);
  }
}

void apply_norm(const Plan& plan, Values& values, const Values& weight, const Values& bias) {
  using Kind = Operation::Kind;
  const auto [outer, channels, inner] = strides_of(values.shape, channel_axis(plan));
  const Kind kind = plan.operation.kind();
  // Batch norm in evaluation takes the running mean 0 and variance 1 of a new layer.
  if (kind == Kind::batch_norm) {
    const double scale = 1 / std::sqrt(1 + plan.slope);
    for (double& x : values.data) x *= scale;
  } else {
    const std::int64_t block = (kind == Kind::group_norm ? channels / plan.groups : 1) * inner;
    for (double* first = values.data.data(); first != values.data.data() + values.data.size();
         first += block) {
      double mean = 0, variance = 0;
      for (std::int64_t at = 0; at < block; ++at) mean += first[at];
      mean /= static_cast<double>(block);
      for (std::int64_t at = 0; at < block; ++at) {
        variance += (first[at] - mean) * (first[at] - mean);
      }
      variance /= static_cast<double>(block);
      const double scale = 1 / std::sqrt(variance + plan.slope);
      for (std::int64_t at = 0; at < block; ++at) first[at] = (first[at] - mean) * scale;
    }
  }
  if (weight.data.empty()) return;
  for (std::size_t at = 0; at < values.data.size(); ++at) {
    const auto channel = static_cast<std::size_t>(static_cast<std::int64_t>(at) / inner % channels);
    values.data[at] = values.data[at] * weight.data[channel] + bias.data[channel];
  }
}

}  // namespace convscope::stack

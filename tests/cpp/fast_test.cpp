// The fast layers against the reference, over seeded random shapes with all their remainders:
// channels, widths, edges of tiles, groups, strides, dilations, paddings, axes. Whatever is not
// input is NaN.
#include <limits>

#include "fast/layer.hpp"
#include "support.hpp"

namespace convscope::testing {
namespace {

// Of the largest output.
constexpr double kTolerance = 1e-5;

// Which numbers a case may draw.
struct Range {
  int inputs = 5, outputs = 9, groups = 3;
  std::array<int, 3> size = {60, 20, 7};  // by the number of axes
  int kernel = 5, stride = 4, dilation = 3, padding = 3;
};

class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed), engine_(seed) {}

  Request request(const Range& range) {
    static const char* const modes[] = {"reflect", "replicate", "circular"};
    Request request;
    request.op.transposed = random_.chance(50);
    request.op.spatial = random_.between(1, 3);
    const bool transposed = request.op.transposed;
    const int groups = random_.chance(60) ? 1 : random_.between(1, range.groups);
    const int inputs = random_.between(1, range.inputs),
              outputs = random_.between(1, range.outputs);
    request.groups = groups;
    request.input = {random_.between(1, 2), groups * inputs};
    request.weight = transposed ? Shape{groups * inputs, outputs} : Shape{groups * outputs, inputs};
    if (random_.chance(50)) request.bias = Shape{groups * outputs};
    if (!transposed && random_.chance(40)) request.padding_mode = modes[random_.between(0, 2)];
    request.padding.pairs = !transposed && random_.chance(50);
    request.flip_kernel = random_.chance(20);
    for (int at = 0; at < request.op.spatial; ++at) {
      request.input.push_back(random_.between(1, range.size[request.op.spatial - 1]));
      request.weight->push_back(random_.between(1, range.kernel));
      request.stride.push_back(random_.chance(50) ? 1 : random_.between(1, range.stride));
      request.dilation.push_back(random_.chance(60) ? 1 : random_.between(1, range.dilation));
      const int padding = random_.between(0, range.padding);
      request.padding.begin.push_back(padding);
      request.padding.end.push_back(request.padding.pairs ? random_.between(0, range.padding)
                                                          : padding);
      request.output_padding.push_back(transposed ? random_.between(0, 2) : 0);
    }
    return request;
  }

  template <typename T>
  Tensor<T> numbers(const Sizes& sizes) {
    Tensor<T> tensor = Tensor<T>::from_shape(sizes);
    for (T& number : tensor.storage()) {
      number = static_cast<float>(engine_()) / static_cast<float>(std::mt19937::max()) * 2 - 1;
    }
    return tensor;
  }

  int between(int least, int most) { return random_.between(least, most); }

 private:
  Random random_;
  std::mt19937 engine_;
};

std::vector<float> nans(std::size_t size) {
  return std::vector<float>(size, std::numeric_limits<float>::quiet_NaN());
}

template <typename T>
Tensor<T> as(const Tensor<float>& tensor) {
  Tensor<T> result = Tensor<T>::from_shape(tensor.shape());
  std::copy(tensor.begin(), tensor.end(), result.begin());
  return result;
}

// The largest difference from the reference, as a share of the largest output.
double error_of(const Geometry& geometry, const Operands<float>& operands,
                const fast::Layer& layer) {
  const Tensor<double> expected =
      run(geometry, Operands<double>{as<double>(operands.input), as<double>(operands.weight),
                                     as<double>(operands.bias)});
  std::vector<float> input = nans(operands.input.size() + fast::Layer::kSlack);
  std::copy(operands.input.begin(), operands.input.end(), input.begin());
  std::vector<float> output = nans(expected.size());
  std::vector<float> workspace = nans(static_cast<std::size_t>(layer.workspace()));
  layer.run(input.data(), output.data(), workspace.data());
  double largest = 0, error = 0;
  for (std::size_t at = 0; at < output.size(); ++at) {
    const double difference = std::abs(expected.data()[at] - output[at]);
    largest = std::max(largest, std::abs(expected.data()[at]));
    if (!(difference <= error)) error = difference;  // NaN stays
  }
  return error == 0 ? 0 : error / largest;
}

fast::Layer layer_of(const Geometry& geometry, const Operands<float>& operands) {
  const std::span<const float> bias(operands.bias.data(),
                                    geometry.has_bias() ? geometry.biases : 0);
  const std::span<const float> weight(operands.weight.data(), operands.weight.size());
  REQUIRE(fast::Layer::takes(geometry, weight, bias));
  return {geometry, weight, bias};
}

Operands<float> operands_for(Draw& draw, const Geometry& geometry) {
  Operands<float> operands{draw.numbers<float>(geometry.input_sizes()),
                           draw.numbers<float>(geometry.weight_sizes()),
                           {}};
  if (geometry.has_bias()) {
    operands.bias = draw.numbers<float>({1, static_cast<std::size_t>(geometry.biases), 1, 1, 1});
  }
  return operands;
}

void check_range(unsigned seed, int problems, const Range& range) {
  Draw draw(seed);
  for (int seen = 0; seen < problems;) {
    const Request request = draw.request(range);
    const Result<Geometry> geometry = infer_geometry(request);
    if (!geometry || element_count(geometry->output_shape) > 20000) continue;
    const Operands<float> operands = operands_for(draw, *geometry);
    const fast::Layer layer = layer_of(*geometry, operands);
    CAPTURE(seed, seen, request.op.name(), request.input, *request.weight, request.stride,
            request.dilation, request.padding.begin, request.padding.end, request.output_padding,
            request.groups, request.padding_mode, layer.kernel());
    CHECK(error_of(*geometry, operands, layer) <= kTolerance);
    ++seen;
  }
}

TEST_CASE("few channels of any shape", "[fast]") { check_range(31, 1200, {}); }

TEST_CASE("many channels of any shape", "[fast]") {
  check_range(32, 150, {.inputs = 40, .outputs = 40, .size = {40, 14, 5}, .kernel = 3});
}

TEST_CASE("depthwise layers of any shape", "[fast]") {
  check_range(33, 300, {.inputs = 1, .outputs = 2, .groups = 12, .size = {90, 40, 6}});
}

TEST_CASE("strides and dilations beyond the kernel", "[fast]") {
  check_range(34, 400, {.kernel = 4, .stride = 9, .dilation = 8, .padding = 6});
}

}  // namespace
}  // namespace convscope::testing

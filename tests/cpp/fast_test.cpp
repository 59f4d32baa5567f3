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
  REQUIRE(layer.run(input.data(), output.data(), workspace.data()));
  double largest = 0, error = 0;
  for (std::size_t at = 0; at < output.size(); ++at) {
    const double difference = std::abs(expected.data()[at] - output[at]);
    largest = std::max(largest, std::abs(expected.data()[at]));
    if (std::isnan(difference)) return difference;
    error = std::max(error, difference);
  }
  return error == 0 ? 0 : error / largest;
}

fast::Layer layer_of(const Geometry& geometry, const Operands<float>& operands) {
  const std::span<const float> bias(operands.bias.data(),
                                    static_cast<std::size_t>(geometry.biases));
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

TEST_CASE("more products than are taken in at once, few channels out", "[fast]") {
  check_range(36, 100,
              {.inputs = 150, .outputs = 3, .groups = 2, .size = {40, 12, 4}, .kernel = 4});
}

TEST_CASE("depthwise layers of any shape", "[fast]") {
  check_range(33, 300, {.inputs = 1, .outputs = 2, .groups = 12, .size = {90, 40, 6}});
}

TEST_CASE("single maps of any shape", "[fast]") {
  check_range(37, 500,
              {.inputs = 1, .outputs = 2, .size = {130, 40, 16}, .stride = 2, .dilation = 2});
  check_range(
      38, 500,
      {.inputs = 1, .outputs = 1, .size = {130, 40, 16}, .kernel = 3, .stride = 2, .dilation = 1});
}

TEST_CASE("tiny layers of any shape", "[fast]") {
  check_range(39, 1000, {.inputs = 2, .outputs = 2, .groups = 2, .size = {9, 4, 3}, .kernel = 3});
}

TEST_CASE("strides and dilations beyond the kernel", "[fast]") {
  check_range(34, 400, {.kernel = 4, .stride = 9, .dilation = 8, .padding = 6});
}

// A layer without anything unusual: the kernel that is chosen for it, and its error.
struct Named {
  const char* kernel;
  const char* op;  // "2" or "t2": spatial axes, transposed
  Shape input, weight;
  int stride = 1, padding = 0, groups = 1;
};

TEST_CASE("each kernel is chosen where it is meant to be", "[fast]") {
  const std::vector<Named> layers = {
      {"terms", "t2", {1, 1, 2, 2}, {1, 1, 3, 3}, 2},
      {"terms", "2", {2, 2, 4, 4}, {4, 1, 3, 3}, 1, 1, 2},
      {"terms", "3", {1, 1, 2, 3, 2}, {1, 1, 2, 2, 2}, 1, 1},
      {"winograd", "2", {1, 16, 9, 9}, {16, 16, 3, 3}, 1, 1},
      {"winograd", "2", {2, 24, 30, 21}, {18, 24, 3, 3}, 1, 0},
      {"winograd", "2", {1, 40, 12, 33}, {70, 20, 3, 3}, 1, 1, 2},
      {"winograd", "2", {1, 512, 7, 7}, {32, 512, 3, 3}, 1, 1},
      {"panels", "2", {1, 16, 9, 9}, {16, 16, 3, 3}, 2, 1},
      {"panels", "2", {1, 300, 15, 15}, {33, 300, 1, 1}},
      {"panels", "3", {1, 16, 6, 9, 9}, {16, 16, 3, 3, 3}, 1, 1},
      {"panels", "t2", {1, 40, 8, 8}, {40, 20, 4, 4}, 2, 1},
      {"panels", "t2", {2, 16, 7, 9}, {16, 8, 4, 4}, 2, 1},
      {"panels", "t3", {1, 8, 3, 3, 5}, {8, 8, 4, 4, 4}, 2, 1},
      {"panels", "t2", {2, 32, 9, 13}, {32, 12, 2, 2}, 2},  // in pairs of phases, and so are
      {"panels", "t2", {1, 40, 11, 3}, {40, 8, 2, 2}, 2, 0, 2},
      {"panels", "t1", {1, 16, 101}, {16, 8, 2}, 2},
      {"panels", "t3", {1, 12, 3, 4, 5}, {12, 16, 2, 2, 2}, 2},
      {"panels", "t2", {2, 48, 9, 16}, {48, 12, 2, 2}, 2},  // by seven products instead of eight,
      {"panels", "t2", {1, 100, 11, 35}, {100, 8, 2, 2}, 2, 0, 2},
      {"panels", "t1", {1, 256, 101}, {256, 8, 2}, 2},
      {"panels", "t3", {1, 64, 3, 4, 5}, {64, 16, 2, 2, 2}, 2},
      {"panels", "t2", {1, 24, 13, 16}, {24, 8, 2, 4}, 2},
      {"panels", "t2", {1, 49, 9, 16}, {49, 8, 2, 2}, 2},   // not: no halves
      {"panels", "t2", {1, 300, 5, 6}, {300, 8, 2, 2}, 2},  // not: too many products at once
      {"panels", "t2", {1, 12, 5, 6}, {12, 10, 2, 2}, 2},
      {"panels", "t2", {1, 12, 5, 6}, {12, 8, 2, 2}, 2, 1},
      {"depthwise", "2", {1, 12, 30, 30}, {12, 1, 3, 3}, 1, 1, 12},
      {"depthwise", "2", {2, 12, 31, 30}, {24, 1, 3, 3}, 2, 1, 12},
      {"depthwise", "2", {1, 1, 90, 90}, {1, 1, 5, 5}, 1, 2},
      {"depthwise", "3", {1, 2, 5, 6, 40}, {2, 1, 3, 3, 3}, 1, 1, 2},
      {"direct", "2", {1, 12, 30, 30}, {12, 1, 3, 3}, 3, 1, 12},
      {"direct", "2", {1, 12, 30, 7}, {12, 1, 3, 3}, 1, 1, 12},
      {"direct", "2", {1, 8, 30, 30}, {4, 8, 3, 3}, 1, 1},
      {"direct", "t2", {1, 20, 20, 20}, {20, 1, 9, 9}, 3, 4},
      {"product", "2", {2, 20, 5, 6}, {30, 20, 5, 6}},
      {"product", "2", {1, 24, 1, 1}, {48, 12, 1, 1}, 1, 0, 2},
      {"product", "t2", {2, 20, 1, 1}, {20, 30, 4, 4}},
      {"product", "t2", {1, 20, 1, 1}, {20, 15, 5, 4}, 2, 1, 2},
  };
  Draw draw(35);
  for (const Named& named : layers) {
    Request request;
    request.op.transposed = named.op[0] == 't';
    request.op.spatial = named.op[request.op.transposed ? 1 : 0] - '0';
    request.input = named.input;
    request.weight = named.weight;
    request.groups = named.groups;
    request.bias = Shape{request.op.transposed ? named.groups * named.weight[1] : named.weight[0]};
    const std::size_t axes = static_cast<std::size_t>(request.op.spatial);
    request.stride.assign(axes, named.stride);
    request.dilation.assign(axes, 1);
    request.output_padding.assign(axes, 0);
    request.padding.begin.assign(axes, named.padding);
    request.padding.end = request.padding.begin;
    const Result<Geometry> geometry = infer_geometry(request);
    REQUIRE(geometry);
    const Operands<float> operands = operands_for(draw, *geometry);
    const fast::Layer layer = layer_of(*geometry, operands);
    CAPTURE(named.op, named.input, named.weight);
    CHECK(std::string(layer.kernel()) == named.kernel);
    CHECK(error_of(*geometry, operands, layer) <= kTolerance);
  }
}

Request winograd_request() {
  Request request;
  request.input = {1, 16, 12, 12};
  request.weight = Shape{16, 16, 3, 3};
  request.stride = request.dilation = {1, 1};
  request.output_padding = {0, 0};
  request.padding.begin = request.padding.end = {1, 1};
  return request;
}

TEST_CASE("Winograd on any map of 1 to 40 rows and columns", "[fast]") {
  Draw draw(36);
  for (int seen = 0; seen < 150; ++seen) {
    Request request = winograd_request();
    request.input = {1, draw.between(16, 40), draw.between(1, 40), draw.between(1, 40)};
    request.weight = Shape{draw.between(16, 40), request.input[1], 3, 3};
    request.padding.pairs = true;
    for (std::vector<std::int64_t>* ends : {&request.padding.begin, &request.padding.end}) {
      *ends = {draw.between(0, 3), draw.between(0, 3)};
    }
    const Result<Geometry> geometry = infer_geometry(request);
    if (!geometry) continue;
    const Operands<float> operands = operands_for(draw, *geometry);
    const fast::Layer layer = layer_of(*geometry, operands);
    CAPTURE(request.input, *request.weight, request.padding.begin, request.padding.end);
    CHECK((std::string(layer.kernel()) == "winograd" ||
           element_count(geometry->output_shape) == 1 || std::string(layer.kernel()) == "product"));
    CHECK(error_of(*geometry, operands, layer) <= kTolerance);
  }
}

TEST_CASE("phases woven into rows, of any number of cells", "[fast]") {
  Draw draw(41);
  for (int seen = 0; seen < 100; ++seen) {
    Request request;
    request.op = {.transposed = true, .spatial = draw.between(1, 3)};
    const int groups = draw.between(1, 2), inputs = draw.between(2, 70);
    request.groups = groups;
    request.input = {1, groups * inputs};
    request.weight = Shape{groups * inputs, 4 * draw.between(2, 3)};
    request.bias = Shape{groups * request.weight->at(1)};
    const int taps = draw.between(1, request.op.spatial == 1 ? 2 : 1);
    for (int at = 0; at < request.op.spatial; ++at) {
      request.input.push_back(draw.between(1, request.op.spatial == 1   ? 100
                                              : request.op.spatial == 2 ? 14
                                                                        : 5));
      request.weight->push_back(2 * taps);
      request.stride.push_back(2);
      request.dilation.push_back(1);
      request.padding.begin.push_back(0);
      request.output_padding.push_back(0);
    }
    request.padding.end = request.padding.begin;
    const Result<Geometry> geometry = infer_geometry(request);
    REQUIRE(geometry);
    const Operands<float> operands = operands_for(draw, *geometry);
    const fast::Layer layer = layer_of(*geometry, operands);
    CAPTURE(request.input, *request.weight, request.groups);
    CHECK(error_of(*geometry, operands, layer) <= kTolerance);
  }
}

// One number of the input is wild.
void check_wild(const Request& request, bool declined) {
  Draw draw(37);
  const Result<Geometry> geometry = infer_geometry(request);
  REQUIRE(geometry);
  Operands<float> operands = operands_for(draw, *geometry);
  for (const float wild :
       {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
        std::numeric_limits<float>::quiet_NaN(), 1e30F}) {
    operands.input(0, 3, 0, 5, 6) = wild;
    const fast::Layer layer = layer_of(*geometry, operands);
    std::vector<float> input(operands.input.begin(), operands.input.end());
    input.resize(input.size() + fast::Layer::kSlack);
    std::vector<float> output =
        nans(static_cast<std::size_t>(element_count(geometry->output_shape)));
    std::vector<float> workspace(static_cast<std::size_t>(layer.workspace()));
    const bool done = layer.run(input.data(), output.data(), workspace.data());
    CAPTURE(wild, layer.kernel());
    CHECK(done != declined);
    if (!done) continue;
    const Tensor<double> expected =
        run(*geometry, Operands<double>{as<double>(operands.input), as<double>(operands.weight),
                                        as<double>(operands.bias)});
    for (std::size_t at = 0; at < output.size(); ++at) {
      const float right = static_cast<float>(expected.data()[at]);
      if (std::isnan(right)) {
        CHECK(std::isnan(output[at]));
      } else if (std::isinf(right)) {
        CHECK(output[at] == right);
      } else {
        CHECK(std::abs(output[at] - right) <= 1e-5 * std::max(1.0F, std::abs(right)));
      }
    }
  }
}

TEST_CASE("infinities and NaN reach their own outputs and no others", "[fast]") {
  Request request = winograd_request();
  check_wild(request, true);  // Winograd declines
  request.input[1] = (*request.weight)[1] = 4;
  check_wild(request, false);
  request.op.transposed = true;  // cells are not added up before they are multiplied
  request.input = {1, 48, 12, 16};
  request.weight = Shape{48, 8, 2, 2};
  request.stride = {2, 2};
  request.padding.begin = request.padding.end = {0, 0};
  check_wild(request, false);
}

TEST_CASE("wild weights reach no outputs of others", "[fast]") {
  Draw draw(40);
  Request request = winograd_request();
  request.op.transposed = true;
  request.input = {1, 48, 3, 16};
  request.weight = Shape{48, 8, 2, 2};
  request.stride = {2, 2};
  request.padding.begin = request.padding.end = {0, 0};
  const Result<Geometry> geometry = infer_geometry(request);
  REQUIRE(geometry);
  Operands<float> operands = operands_for(draw, *geometry);
  operands.weight(5, 2, 0, 1, 0) = 1e38F;
  const fast::Layer layer = layer_of(*geometry, operands);
  std::vector<float> input(operands.input.begin(), operands.input.end());
  input.resize(input.size() + fast::Layer::kSlack);
  std::vector<float> output = nans(static_cast<std::size_t>(element_count(geometry->output_shape)));
  std::vector<float> workspace(static_cast<std::size_t>(layer.workspace()));
  REQUIRE(layer.run(input.data(), output.data(), workspace.data()));
  const std::size_t channel = output.size() / 8;
  for (std::size_t at = 0; at < output.size(); ++at) {
    if (at / channel != 2) CHECK(std::abs(output[at]) < 48);
  }
}

TEST_CASE("what float32 sums would spoil is left to the reference", "[fast]") {
  const Result<Geometry> geometry = infer_geometry(winograd_request());
  REQUIRE(geometry);
  std::vector<float> weight(16 * 16 * 9, 1), bias;
  CHECK(fast::Layer::takes(*geometry, weight, bias));
  Geometry wide = *geometry;
  wide.dtype = DType::float64;
  CHECK_FALSE(fast::Layer::takes(wide, weight, bias));
  weight[7] = std::numeric_limits<float>::infinity();
  CHECK_FALSE(fast::Layer::takes(*geometry, weight, bias));
  weight[7] = 1;
  bias.assign(16, std::numeric_limits<float>::quiet_NaN());
  CHECK_FALSE(fast::Layer::takes(*geometry, weight, bias));
  Request steps = winograd_request();
  steps.op.transposed = true;
  steps.stride = {100, 100};
  const Result<Geometry> phases = infer_geometry(steps);
  REQUIRE(phases);
  weight.assign(weight.size(), 1);
  CHECK_FALSE(fast::Layer::takes(*phases, weight, {}));
}

}  // namespace
}  // namespace convscope::testing

// Matrix, phases and the stepped scatter, on seeded random problems of small whole numbers: exact.
#include "support.hpp"

namespace convscope::testing {
namespace {

constexpr int kProblems = 150;

const Map& map_of(const Trace& trace, const std::string& name) {
  for (const Map& map : trace.maps) {
    if (name == map.name) return map;
  }
  FAIL("no map " << name);
  return trace.maps.front();
}

Trace traced(const Problem& problem, Method method, const TraceOptions& options = {}) {
  const Result<Trace> result = trace(problem.geometry, problem.operands, method, options);
  REQUIRE(result);
  return *result;
}

// Problems with strides, dilations and output paddings beyond those of Random::problem.
Problem wide_transposed(Random& random) {
  for (;;) {
    Problem problem = random.problem(true);
    for (std::size_t at = 0; at < problem.request.stride.size(); ++at) {
      problem.request.stride[at] = random.between(1, 6);
      problem.request.dilation[at] = random.between(1, 6);
      problem.request.padding.begin[at] = random.between(0, 5);
      problem.request.padding.end[at] = random.between(0, 5);
      problem.request.output_padding[at] = random.between(0, 5);
      (*problem.request.weight)[2 + at] = random.between(1, 5);
    }
    const Result<Geometry> geometry = infer_geometry(problem.request);
    if (!geometry || element_count(geometry->output_shape) > 4000) continue;
    problem.geometry = *geometry;
    problem.operands.weight = random.whole_numbers(geometry->weight_sizes());
    return problem;
  }
}

TEST_CASE("the matrix times the input is the output", "[matrix]") {
  Random random(21);
  int seen = 0;
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(at % 2 == 1);
    if (!matrix_within_limits(problem.geometry)) continue;
    ++seen;
    const Trace by_matrix = traced(problem, Method::matrix);
    CHECK(
        same_numbers(map_of(by_matrix, "output").values, run(problem.geometry, problem.operands)));
  }
  CHECK(seen > kProblems / 2);
}

TEST_CASE("the matrix's transpose is the gradient of the input", "[matrix][gradients]") {
  Random random(22);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(at % 2 == 1);
    if (!matrix_within_limits(problem.geometry)) continue;
    const Matrix matrix = make_matrix(problem.geometry, problem.operands.weight);
    const Tensor<double> grad = random.whole_numbers(problem.geometry.output_sizes());
    Tensor<double> expected = Tensor<double>::from_shape(problem.geometry.input_sizes());
    expected.fill(0);
    for (std::int64_t n = 0; n < problem.geometry.batch; ++n) {
      for (std::int64_t row = 0; row < matrix.rows; ++row) {
        for (std::int64_t column = 0; column < matrix.columns; ++column) {
          expected.data()[n * matrix.columns + column] +=
              matrix.values.data()[row * matrix.columns + column] *
              grad.data()[n * matrix.rows + row];
        }
      }
    }
    CHECK(same_numbers(gradients(problem.geometry, problem.operands, grad).input, expected));

    // The round trip is that gradient for the output itself, without its bias.
    Geometry unbiased = problem.geometry;
    unbiased.biases = 0;
    const Tensor<double> returned =
        gradients(unbiased, problem.operands, run(unbiased, problem.operands)).input;
    std::vector<double> first = numbers_of(returned);
    first.resize(static_cast<std::size_t>(matrix.columns));
    CHECK(numbers_of(map_of(traced(problem, Method::matrix), "roundTrip").values) == first);
  }
}

TEST_CASE("every entry of the matrix names its weight", "[matrix]") {
  Random random(23);
  bool repeated = false;
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(at % 2 == 1);
    if (!matrix_within_limits(problem.geometry)) continue;
    const Matrix matrix = make_matrix(problem.geometry, problem.operands.weight);
    bool named = true;
    for (std::size_t entry = 0; entry < matrix.values.size(); ++entry) {
      const std::int32_t source = matrix.source[entry];
      if (source == kSeveralWeights) {
        repeated = true;
        named = named && problem.request.padding_mode != "zeros";
      } else {
        named = named && matrix.values[entry] ==
                             (source == kNoWeight ? 0 : problem.operands.weight.data()[source]);
      }
    }
    CHECK(named);
  }
  CHECK(repeated);
}

TEST_CASE("a matrix above the limit is refused with its numbers", "[matrix]") {
  Request request;
  request.op = {false, 1};
  request.input = {1, 1, 257};
  request.weight = Shape{1, 1, 1};
  request.stride = request.dilation = {1};
  request.output_padding = {0};
  request.padding.begin = request.padding.end = {0};
  const auto refused = [&] {
    const Result<Geometry> geometry = infer_geometry(request);
    REQUIRE(geometry);
    const Operands<double> operands{Random(1).whole_numbers(geometry->input_sizes()),
                                    Random(2).whole_numbers(geometry->weight_sizes()),
                                    {}};
    return trace(*geometry, operands, Method::matrix);
  };
  const Result<Trace> above = refused();
  REQUIRE(!above);
  CHECK(above.error().code == Code::limit_elements);
  CHECK(std::string(above.error().field) == "method");
  CHECK(above.error().message.find("257 rows and 257 columns") != std::string::npos);
  request.input = {1, 1, 256};
  CHECK(refused());
}

TEST_CASE("the phases put together are the output", "[phases]") {
  Random random(24);
  bool without_taps = false, cut = false;
  for (int at = 0; at < 2 * kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = at % 2 == 1 ? random.problem(true) : wide_transposed(random);
    const Tensor<double> expected = run(problem.geometry, problem.operands);
    const Trace split = traced(problem, Method::phases);
    CHECK(same_numbers(map_of(split, "output").values, expected));

    std::vector<int> times(expected.size(), 0);
    bool equal = true;
    for (const Phase& phase : split.phases) {
      without_taps = without_taps || phase.kernel.size() == 0;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        cut = cut || phase.padding_begin[axis] < 0 || phase.padding_end[axis] < 0;
      }
      REQUIRE(phase.output.size() == phase.output_source.size());
      REQUIRE(phase.kernel.size() == phase.kernel_source.size());
      for (std::size_t cell = 0; cell < phase.output.size(); ++cell) {
        ++times[phase.output_source[cell]];
        equal = equal && phase.output.data()[cell] == expected.data()[phase.output_source[cell]];
      }
      for (std::size_t tap = 0; tap < phase.kernel.size(); ++tap) {
        equal = equal && phase.kernel.data()[tap] ==
                             problem.operands.weight.data()[phase.kernel_source[tap]];
      }
    }
    CHECK(equal);
    CHECK(times == std::vector<int>(expected.size(), 1));
  }
  CHECK(without_taps);
  CHECK(cut);
}

// Every weight belongs to one phase: no multiplication is lost, none is by an inserted zero.
TEST_CASE("with as many outputs as the stride, the phases share the weights out", "[phases]") {
  Random random(25);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = wide_transposed(random);
    bool all_residues = true;
    for (const Axis& axis : problem.geometry.axes) {
      all_residues = all_residues && axis.output >= axis.stride;
    }
    if (!all_residues) continue;
    std::vector<int> times(problem.operands.weight.size(), 0);
    for (const Phase& phase : split_into_phases(problem.geometry, problem.operands)) {
      for (std::int32_t source : phase.kernel_source) ++times[source];
    }
    CHECK(times == std::vector<int>(times.size(), 1));
  }
}

TEST_CASE("all methods agree on wide strides and dilations", "[trace]") {
  Random random(26);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = wide_transposed(random);
    const Tensor<double> expected = run(problem.geometry, problem.operands);
    for (Method method : kMethods) {
      if (method == Method::matrix && !matrix_within_limits(problem.geometry)) continue;
      CAPTURE(method_name(method));
      CHECK(same_numbers(map_of(traced(problem, method), "output").values, expected));
    }
  }
}

TEST_CASE("scatter after some steps is the run with all other inputs zero", "[scatter]") {
  Random random(27);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(at % 2 == 1);
    const int count = static_cast<int>(problem.operands.input.size());
    for (int steps : {-3, 0, random.between(0, count), count, count + 5}) {
      CAPTURE(steps);
      Problem stopped = problem;
      for (int cell = std::max(0, steps); cell < count; ++cell) {
        stopped.operands.input.data()[cell] = 0;
      }
      const Trace running = traced(problem, Method::scatter, {.steps = steps});
      const Trace whole = traced(stopped, Method::scatter);
      CHECK(
          same_numbers(map_of(running, "output").values, run(stopped.geometry, stopped.operands)));
      if (problem.geometry.op.transposed) {
        CHECK(same_numbers(map_of(running, "uncropped").values, map_of(whole, "uncropped").values));
      }
    }
  }
}

TEST_CASE("the canvas is as large as the stamps reach, and knows where each cell goes",
          "[scatter]") {
  Random random(28);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    Problem problem = at % 2 == 1 ? random.problem(true) : wide_transposed(random);
    const Trace all = traced(problem, Method::scatter);
    const Map& canvas = map_of(all, "uncropped");
    for (std::size_t axis = 0; axis < 3; ++axis) {
      CHECK(canvas.values.shape(2 + axis) ==
            static_cast<std::size_t>(problem.geometry.axes[axis].uncropped()));
    }
    const Tensor<double>& output = map_of(all, "output").values;
    const std::size_t cells = output.size() / (output.shape(0) * output.shape(1));
    Tensor<double> rebuilt = Tensor<double>::from_shape(output.shape());
    for (std::size_t cell = 0; cell < output.size(); ++cell) {
      const std::size_t channel = cell / cells % output.shape(1);
      rebuilt.data()[cell] =
          problem.geometry.has_bias() ? problem.operands.bias(0, channel, 0, 0, 0) : 0;
    }
    REQUIRE(canvas.source.size() == canvas.values.size());
    for (std::size_t cell = 0; cell < canvas.source.size(); ++cell) {
      if (canvas.source[cell] != kCutOff) {
        rebuilt.data()[canvas.source[cell]] += canvas.values.data()[cell];
      }
    }
    CHECK(same_numbers(rebuilt, output));
  }
}

TEST_CASE("steps without scatter are refused", "[scatter]") {
  const Problem problem = Random(29).problem(true);
  const Result<Trace> refused =
      trace(problem.geometry, problem.operands, Method::direct, {.steps = 1});
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::not_applicable);
  CHECK(std::string(refused.error().field) == "steps");
}

}  // namespace
}  // namespace convscope::testing

// What holds for every convolution, on seeded random problems of small whole numbers: exact.
#include "support.hpp"

namespace convscope::testing {
namespace {

constexpr int kProblems = 150;

double dot(const Tensor<double>& a, const Tensor<double>& b) {
  REQUIRE(a.size() == b.size());
  double sum = 0;
  for (std::size_t at = 0; at < a.size(); ++at) sum += a.data()[at] * b.data()[at];
  return sum;
}

std::vector<Method> methods_of(const Geometry& geometry) {
  if (!geometry.op.transposed) return {Method::direct, Method::scatter};
  return {Method::direct, Method::zero_insertion, Method::scatter};
}

template <typename Body>
void for_problems(unsigned seed, Body body) {
  Random random(seed);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(seed, at);
    body(random, random.problem(at % 2 == 1));
  }
}

TEST_CASE("scatter, gather and zero insertion give the same output", "[trace]") {
  for_problems(1, [](Random&, const Problem& problem) {
    const Tensor<double> expected = run(problem.geometry, problem.operands);
    for (Method method : methods_of(problem.geometry)) {
      const Result<Trace> traced = trace(problem.geometry, problem.operands, method);
      REQUIRE(traced);
      CHECK(std::string(traced->maps.back().name) == "output");
      CHECK(same_numbers(traced->maps.back().values, expected));
    }
  });
}

TEST_CASE("the terms of every output cell sum to it", "[contributions]") {
  for_problems(2, [](Random&, const Problem& problem) {
    const Tensor<double> expected = run(problem.geometry, problem.operands);
    const std::size_t cells = expected.size() / (expected.shape(0) * expected.shape(1));
    for (Method method : methods_of(problem.geometry)) {
      const Result<Contributions> terms =
          contributions(problem.geometry, problem.operands, method, {});
      if (!terms && terms.error().code == Code::limit_contributions) continue;
      REQUIRE(terms);
      Tensor<double> sums = Tensor<double>::from_shape(expected.shape());
      for (std::size_t at = 0; at < sums.size(); ++at) {
        const std::size_t channel = at / cells % expected.shape(1);
        sums.data()[at] =
            problem.geometry.has_bias() ? problem.operands.bias(0, channel, 0, 0, 0) : 0;
      }
      for (std::size_t at = 0; at < terms->output.size(); ++at) {
        sums.data()[terms->output[at]] += terms->product[at];
      }
      CHECK(same_numbers(sums, expected));
    }
  });
}

TEST_CASE("the terms of one cell are those of all that name it", "[contributions]") {
  for_problems(3, [](Random& random, const Problem& problem) {
    for (Method method : methods_of(problem.geometry)) {
      const auto all = contributions(problem.geometry, problem.operands, method, {});
      if (!all && all.error().code == Code::limit_contributions) continue;
      REQUIRE(all);
      if (all->output.empty()) continue;
      const int pick = random.between(0, static_cast<int>(all->output.size()) - 1);
      const std::size_t at = static_cast<std::size_t>(pick);
      struct Choice {
        Selection selection;
        const std::vector<std::int32_t>& indices;
      };
      std::vector<Choice> choices{{{.output = all->output[at]}, all->output},
                                  {{.weight = all->weight[at]}, all->weight}};
      if (all->input[at] >= 0) choices.push_back({{.input = all->input[at]}, all->input});
      for (const Choice& choice : choices) {
        const auto some =
            contributions(problem.geometry, problem.operands, method, choice.selection);
        REQUIRE(some);
        std::vector<double> expected;
        for (std::size_t term = 0; term < all->output.size(); ++term) {
          if (choice.indices[term] == choice.indices[at]) expected.push_back(all->product[term]);
        }
        CHECK(some->product == expected);
      }
    }
  });
}

TEST_CASE("the terms point at the cells of the maps that they multiply", "[contributions][trace]") {
  for_problems(4, [](Random&, const Problem& problem) {
    for (Method method : methods_of(problem.geometry)) {
      const auto terms = contributions(problem.geometry, problem.operands, method, {});
      const auto traced = trace(problem.geometry, problem.operands, method);
      if (!terms && terms.error().code == Code::limit_contributions) continue;
      REQUIRE(terms);
      REQUIRE(traced);
      for (const Map& map : traced->maps) {
        if (std::string(map.name) != "paddedInput") continue;
        bool agree = true;
        for (std::size_t at = 0; at < terms->padded.size(); ++at) {
          const std::size_t cell = static_cast<std::size_t>(terms->padded[at]);
          const double product =
              map.values.data()[cell] * problem.operands.weight.data()[terms->weight[at]];
          agree = agree && map.source[cell] == terms->input[at] && product == terms->product[at];
        }
        CHECK(agree);
      }
    }
  });
}

TEST_CASE("a map holds the values its sources name, and zeros elsewhere", "[trace]") {
  for_problems(5, [](Random&, const Problem& problem) {
    for (Method method : methods_of(problem.geometry)) {
      const auto traced = trace(problem.geometry, problem.operands, method);
      REQUIRE(traced);
      for (const Map& map : traced->maps) {
        const bool tells_where_to = std::string(map.name) == "uncropped";
        if (map.source.empty() || tells_where_to) continue;
        REQUIRE(map.source.size() == map.values.size());
        const bool is_weight = std::string(map.name) == "flippedWeight";
        const Tensor<double>& from = is_weight ? problem.operands.weight : problem.operands.input;
        bool agree = true;
        for (std::size_t at = 0; at < map.source.size(); ++at) {
          const double value = map.source[at] < 0 ? 0 : from.data()[map.source[at]];
          agree = agree && map.values.data()[at] == value;
        }
        CHECK(agree);
      }
    }
  });
}

TEST_CASE("a convolution and the gradient of its input are adjoint", "[gradients]") {
  for_problems(6, [](Random& random, Problem problem) {
    problem.geometry.biases = 0;
    const Tensor<double> y = random.whole_numbers(problem.geometry.output_sizes());
    const Tensor<double> conv = run(problem.geometry, problem.operands);
    const Gradients<double> gradient = gradients(problem.geometry, problem.operands, y);
    CHECK(dot(conv, y) == dot(problem.operands.input, gradient.input));
    CHECK(dot(conv, y) == dot(problem.operands.weight, gradient.weight));
  });
}

TEST_CASE("the transposed convolution is a convolution's adjoint", "[reference]") {
  Random random(7);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    Problem forward = random.problem(false, false);
    if (forward.request.padding_mode != "zeros") continue;
    // The same weight, from the output back to the input; output padding restores the remainder.
    Request back = forward.request;
    back.op.transposed = true;
    back.input[1] = forward.geometry.output_channels;
    back.output_padding.clear();
    for (int axis = 0; axis < back.op.spatial; ++axis) {
      const Axis& axes = forward.geometry.spatial_axes()[static_cast<std::size_t>(axis)];
      back.input[static_cast<std::size_t>(2 + axis)] = axes.output;
      back.output_padding.push_back(axes.remainder());
    }
    const Result<Geometry> geometry = infer_geometry(back);
    REQUIRE(geometry);
    CHECK(geometry->output_shape == forward.request.input);
    const Tensor<double> y = random.whole_numbers(geometry->input_sizes());
    const Tensor<double> conv = run(forward.geometry, forward.operands);
    const Tensor<double> transposed =
        run(*geometry, Operands<double>{y, forward.operands.weight, {}});
    CHECK(dot(conv, y) == dot(forward.operands.input, transposed));
  }
}

TEST_CASE("outputs are linear in the input", "[reference]") {
  for_problems(8, [](Random& random, Problem problem) {
    problem.geometry.biases = 0;
    const Tensor<double> other = random.whole_numbers(problem.geometry.input_sizes());
    const Tensor<double> first = run(problem.geometry, problem.operands);
    Operands<double> operands = problem.operands;
    operands.input = other;
    const Tensor<double> second = run(problem.geometry, operands);
    for (std::size_t at = 0; at < other.size(); ++at) {
      operands.input.data()[at] = 2 * problem.operands.input.data()[at] - 3 * other.data()[at];
    }
    const Tensor<double> combined = run(problem.geometry, operands);
    bool linear = true;
    for (std::size_t at = 0; at < combined.size(); ++at) {
      linear = linear && combined.data()[at] == 2 * first.data()[at] - 3 * second.data()[at];
    }
    CHECK(linear);
  });
}

TEST_CASE("an input moved by one stride moves the output by one cell", "[reference]") {
  Random random(9);
  for (int at = 0; at < kProblems; ++at) {
    Problem problem = random.problem(false);
    Axis& axis = problem.geometry.axes[2];
    if (axis.padding_mode != PaddingMode::zeros || axis.output < 2) continue;
    if (axis.input <= axis.stride) continue;
    CAPTURE(at);
    Operands<double> moved = problem.operands;
    const Tensor<double>& x = problem.operands.input;
    for (std::size_t cell = 0; cell < x.size(); ++cell) {
      const std::int64_t column = static_cast<std::int64_t>(cell) % axis.input;
      moved.input.data()[cell] =
          column < axis.stride ? 0 : x.data()[cell - static_cast<std::size_t>(axis.stride)];
    }
    const Tensor<double> before = run(problem.geometry, problem.operands);
    const Tensor<double> after = run(problem.geometry, moved);
    // Compare where neither the cells that fell off at the end nor the padding are read.
    bool agree = true;
    for (std::size_t cell = 0; cell < after.size(); ++cell) {
      const std::int64_t column = static_cast<std::int64_t>(cell) % axis.output;
      const std::int64_t first = column * axis.stride - axis.padding_begin;
      if (column == 0 || first - axis.stride < 0) continue;
      if (first + axis.effective_kernel() > axis.input) continue;
      agree = agree && after.data()[cell] == before.data()[cell - 1];
    }
    CHECK(agree);
  }
}

TEST_CASE("gradients are the slopes that small changes show", "[gradients]") {
  for_problems(10, [](Random& random, Problem problem) {
    const Tensor<double> dy = random.whole_numbers(problem.geometry.output_sizes());
    const Gradients<double> gradient = gradients(problem.geometry, problem.operands, dy);
    // The output is linear in each tensor, so a step of 1 shows the slope exactly.
    const double base = dot(run(problem.geometry, problem.operands), dy);
    const auto slope = [&](Tensor<double>& tensor, std::size_t at) {
      tensor.data()[at] += 1;
      const double changed = dot(run(problem.geometry, problem.operands), dy);
      tensor.data()[at] -= 1;
      return changed - base;
    };
    Operands<double>& operands = problem.operands;
    for (auto [tensor, expected] : {std::pair{&operands.input, &gradient.input},
                                    std::pair{&operands.weight, &gradient.weight},
                                    std::pair{&operands.bias, &gradient.bias}}) {
      if (tensor == &operands.bias && !problem.geometry.has_bias()) continue;
      const std::size_t at =
          static_cast<std::size_t>(random.between(0, static_cast<int>(tensor->size()) - 1));
      CHECK(slope(*tensor, at) == expected->data()[at]);
    }
  });
}

TEST_CASE("float32 results are the float64 results rounded once", "[reference]") {
  for_problems(11, [](Random& random, Problem problem) {
    Operands<float> single{problem.operands.input, problem.operands.weight, problem.operands.bias};
    for (float& number : single.input) number = static_cast<float>(random.between(-999, 999)) / 7;
    for (float& number : single.weight) number = static_cast<float>(random.between(-999, 999)) / 11;
    const Operands<double> twice{single.input, single.weight, single.bias};
    const Tensor<float> rounded = run(problem.geometry, twice);
    CHECK(same_numbers(run(problem.geometry, single), rounded));
  });
}

}  // namespace
}  // namespace convscope::testing

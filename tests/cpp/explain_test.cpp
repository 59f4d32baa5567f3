// What the page says about a layer: agreement of methods, coverage, sizes, the turned kernel.
#include <cmath>

#include "agreement.hpp"
#include "coverage.hpp"
#include "limits.hpp"
#include "sizes.hpp"
#include "support.hpp"
#include "turn.hpp"

namespace convscope::testing {
namespace {

constexpr int kProblems = 150;

// Two tensors by value: what a page shows for the first is what it must show for the second.
bool same_trace(const Trace& a, const Trace& b) {
  bool same = a.maps.size() == b.maps.size() && a.phases.size() == b.phases.size();
  for (std::size_t at = 0; same && at < a.maps.size(); ++at) {
    same = same_numbers(a.maps[at].values, b.maps[at].values);
  }
  for (std::size_t at = 0; same && at < a.phases.size(); ++at) {
    same = same_numbers(a.phases[at].kernel, b.phases[at].kernel) &&
           same_numbers(a.phases[at].output, b.phases[at].output);
  }
  return same;
}

// A request of one axis, with everything at its default.
Request one_axis(bool transposed, std::int64_t input, std::int64_t kernel) {
  Request request;
  request.op = {transposed, 1};
  request.input = {1, 1, input};
  request.weight = Shape{1, 1, kernel};
  request.stride = request.dilation = {1};
  request.output_padding = {0};
  request.padding.begin = request.padding.end = {0};
  return request;
}

TEST_CASE("all methods agree exactly on whole numbers", "[agreement]") {
  Random random(41);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(at % 2 == 1);
    const Agreement found = agreement(problem.geometry, problem.operands);
    const std::size_t applicable = problem.geometry.op.transposed ? 5 : 3;
    CHECK(found.methods.size() + found.skipped.size() == applicable);
    CHECK(found.methods.front().method == Method::direct);
    for (const Agreement::Compared& compared : found.methods) {
      CAPTURE(method_name(compared.method));
      CHECK(compared.difference == 0);
    }
    CHECK(found.largest == 0);
  }
}

TEST_CASE("methods still agree on NaN and infinity, and to rounding on fractions", "[agreement]") {
  Random random(42);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    Problem problem = random.problem(at % 2 == 1);
    for (double& number : problem.operands.input) number /= 7;
    CHECK(agreement(problem.geometry, problem.operands).largest < 1e-12);
    problem.operands.input.data()[0] = at % 3 == 0 ? NAN : INFINITY;
    for (double& number : problem.operands.weight) number = 1;
    CHECK(agreement(problem.geometry, problem.operands).largest < 1e-12);
  }
}

TEST_CASE("a method beyond a limit is skipped, with the reason", "[agreement]") {
  const Result<Geometry> geometry = infer_geometry(one_axis(false, 300, 3));
  REQUIRE(geometry);
  const Agreement found = agreement(*geometry, {Random(1).whole_numbers(geometry->input_sizes()),
                                                Random(2).whole_numbers(geometry->weight_sizes()),
                                                {}});
  REQUIRE(found.skipped.size() == 1);
  CHECK(found.skipped[0].method == Method::matrix);
  CHECK((*found.skipped[0].refusal).code == Code::limit_elements);
  CHECK(found.methods.size() == 2);
}

TEST_CASE("coverage counts the terms of one channel", "[coverage]") {
  Random random(43);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(at % 2 == 1);
    const Result<Coverage> counted = coverage(problem.geometry);
    REQUIRE(counted);
    std::vector<std::int32_t> expected(counted->data.size(), 0);
    const Method method = Method::scatter;  // lists no zeros of the padding
    const auto terms = contributions(problem.geometry, problem.operands, method, {});
    if (!terms && terms.error().code == Code::limit_contributions) continue;
    REQUIRE(terms);
    // One output channel of the first sample, all input channels of its group.
    const std::int32_t inputs = static_cast<std::int32_t>(problem.geometry.inputs_per_group());
    for (std::int32_t output : terms->output) {
      if (output < std::ssize(expected)) ++expected[output];
    }
    for (std::int32_t& count : expected) {
      REQUIRE(count % inputs == 0);
      count /= inputs;
    }
    CHECK(counted->data == expected);
    CHECK(counted->min == *std::min_element(expected.begin(), expected.end()));
    CHECK(counted->max == *std::max_element(expected.begin(), expected.end()));
  }
}

TEST_CASE("kernel, stride and dilation spread evenly just where the middle is covered evenly",
          "[coverage]") {
  for (std::int64_t kernel = 1; kernel <= 9; ++kernel) {
    for (std::int64_t stride = 1; stride <= 6; ++stride) {
      for (std::int64_t dilation = 1; dilation <= 6; ++dilation) {
        CAPTURE(kernel, stride, dilation);
        // Long enough that a stretch of one stride in the middle feels no border.
        Request request = one_axis(true, 40 + 2 * dilation * kernel, kernel);
        request.stride = {stride};
        request.dilation = {dilation};
        const Result<Geometry> geometry = infer_geometry(request);
        REQUIRE(geometry);
        const Result<Coverage> counted = coverage(*geometry);
        REQUIRE(counted);
        const std::int32_t* middle = counted->data.data() + counted->data.size() / 2;
        const auto [least, most] = std::minmax_element(middle, middle + stride);
        CHECK(spreads_evenly(geometry->axes[2]) == (*least == *most));
      }
    }
  }
}

TEST_CASE("the inputs that give one output are a range, and no others do", "[sizes]") {
  Random random(44);
  for (int at = 0; at < 2 * kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(false);
    const auto found = sizes(problem.request, problem.geometry);
    REQUIRE(found);
    REQUIRE(std::ssize(*found) == problem.request.op.spatial);
    for (std::size_t axis = 0; axis < found->size(); ++axis) {
      const AxisSizes& range = (*found)[axis];
      const std::int64_t output = problem.geometry.spatial_axes()[axis].output;
      CHECK(range.first <= problem.request.input[2 + axis]);
      CHECK(range.last >= problem.request.input[2 + axis]);
      for (std::int64_t size = 0; size <= range.last + 2; ++size) {
        Request other = problem.request;
        other.input[2 + axis] = size;
        const Result<Geometry> geometry = infer_geometry(other);
        const bool same = geometry && geometry->spatial_axes()[axis].output == output;
        CAPTURE(axis, size, range.first, range.last);
        CHECK(same == (range.first <= size && size <= range.last));
      }
    }
  }
}

TEST_CASE("the output paddings that are listed are those that are legal", "[sizes]") {
  Random random(45);
  for (int at = 0; at < 2 * kProblems; ++at) {
    CAPTURE(at);
    const Problem problem = random.problem(true);
    const auto found = sizes(problem.request, problem.geometry);
    REQUIRE(found);
    for (std::size_t axis = 0; axis < found->size(); ++axis) {
      const AxisSizes& listed = (*found)[axis];
      std::size_t next = 0;
      for (std::int64_t padding = 0; padding < 6; ++padding) {
        Request other = problem.request;
        other.output_padding[axis] = padding;
        const Result<Geometry> geometry = infer_geometry(other);
        CAPTURE(axis, padding);
        if (!geometry) {
          CHECK((next == listed.choices.size() || listed.choices[next].output_padding != padding));
          continue;
        }
        REQUIRE(next < listed.choices.size());
        const SizeChoice& choice = listed.choices[next++];
        const Axis& there = geometry->spatial_axes()[axis];
        CHECK(choice.output_padding == padding);
        CHECK(choice.output == there.output);
        CHECK(choice.output == listed.base + padding);
        // And back: the ordinary convolution with the same arguments.
        Request back = one_axis(false, choice.output, there.kernel);
        back.stride = {there.stride};
        back.dilation = {there.dilation};
        back.padding.begin = {there.padding_begin};
        back.padding.end = {there.padding_end};
        back.padding.pairs = true;
        const Result<Geometry> returned = infer_geometry(back);
        REQUIRE(returned);
        CHECK(choice.back == returned->axes[2].output);
        if (padding < there.stride) CHECK(choice.back == there.input);
      }
      CHECK(next == listed.choices.size());
    }
  }
}

TEST_CASE("too many output paddings to list are refused", "[sizes]") {
  Request request = one_axis(true, 1, 1);
  request.stride = {kMaxArgument};
  const Result<Geometry> geometry = infer_geometry(request);
  REQUIRE(geometry);
  const auto refused = sizes(request, *geometry);
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::limit_elements);
  CHECK(std::string(refused.error().field) == "stride");
  // Phases without an output cell are not counted, let alone listed.
  const Operands<double> operands{Random(1).whole_numbers(geometry->input_sizes()),
                                  Random(2).whole_numbers(geometry->weight_sizes()),
                                  {}};
  CHECK(split_into_phases(*geometry, operands).size() == 1);
}

TEST_CASE("a flipped kernel computes what a turned weight computes", "[flip]") {
  Random random(46);
  for (int at = 0; at < kProblems; ++at) {
    CAPTURE(at);
    const Problem turned = random.problem(at % 2 == 1);
    // The same operands, and a geometry that knows they were turned for use.
    Problem flipped = turned;
    flipped.request.flip_kernel = true;
    flipped.geometry = *infer_geometry(flipped.request);
    REQUIRE(flipped.geometry.flip_kernel);
    Tensor<double> given = turned.operands.weight;
    turn_kernel(flipped.geometry, given);

    for (Method method : kMethods) {
      if (!applies(method, turned.geometry.op)) continue;
      CAPTURE(method_name(method));
      const auto plain = trace(turned.geometry, turned.operands, method);
      const auto other = trace(flipped.geometry, flipped.operands, method);
      REQUIRE(bool(plain) == bool(other));
      if (!plain) continue;
      CHECK(same_trace(*plain, *other));

      // Indices into the weight name the weight as given.
      bool named = true;
      const auto check_sources = [&](const Tensor<double>& values,
                                     const std::vector<std::int32_t>& source) {
        for (std::size_t cell = 0; cell < source.size(); ++cell) {
          if (source[cell] < 0) continue;
          named = named && values.data()[cell] == given.data()[source[cell]];
        }
      };
      for (const Map& map : other->maps) {
        const std::string name = map.name;
        if (name == "flippedWeight" || name == "matrix") check_sources(map.values, map.source);
      }
      for (const Phase& phase : other->phases) check_sources(phase.kernel, phase.kernel_source);
      const auto terms = contributions(flipped.geometry, flipped.operands, method, {});
      if (!terms) continue;
      for (std::size_t term = 0; term < terms->product.size(); ++term) {
        if (terms->input[term] < 0) continue;
        named = named && terms->product[term] == turned.operands.input.data()[terms->input[term]] *
                                                     given.data()[terms->weight[term]];
      }
      CHECK(named);
      if (terms->weight.empty()) continue;
      const Selection one{.weight = terms->weight.front()};
      const auto of_one = contributions(flipped.geometry, flipped.operands, method, one);
      REQUIRE(of_one);
      CHECK(std::count(terms->weight.begin(), terms->weight.end(), terms->weight.front()) ==
            std::ssize(of_one->weight));
    }

    const Tensor<double> grad = random.whole_numbers(turned.geometry.output_sizes());
    const Gradients<double> plain = gradients(turned.geometry, turned.operands, grad);
    Gradients<double> other = gradients(flipped.geometry, flipped.operands, grad);
    CHECK(same_numbers(plain.input, other.input));
    turn_kernel(flipped.geometry, other.weight);
    CHECK(same_numbers(plain.weight, other.weight));
  }
}

TEST_CASE("flipKernel is refused if it is no boolean", "[flip][refusals]") {
  json line = {{"op", "Conv1d"}, {"api", "functional"}, {"input_shape", {1, 1, 5}}};
  line["weight_shape"] = {1, 1, 3};
  RequestValue value = request_value(line);
  for (const Value& wrong : {Value::of(1.0), Value::of(std::string("true"))}) {
    value.flip_kernel = wrong;
    const Result<Request> refused = read_request(value);
    REQUIRE(!refused);
    CHECK(refused.error().code == Code::wrong_type);
    CHECK(std::string(refused.error().field) == "flipKernel");
  }
  value.flip_kernel = Value::of(true);
  CHECK(read_request(value)->flip_kernel);
  value.flip_kernel = Value();
  CHECK(!read_request(value)->flip_kernel);
}

}  // namespace
}  // namespace convscope::testing

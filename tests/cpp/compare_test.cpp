// compare: every print of tests/oracle/prints.jsonl agrees with the numbers it was printed from,
// and with no others; the edges of shapes, digits and special numbers.
#include "support.hpp"

#include <cmath>

#include "compare.hpp"
#include "text/parse.hpp"

namespace convscope::testing {
namespace {

using Verdict = Comparison::Verdict;

double number_of(const json& value) {
  if (value.is_number()) return value.get<double>();
  const std::string text = value.get<std::string>();
  if (text == "nan") return std::nan("");
  return text == "inf" ? INFINITY : -INFINITY;
}

Expected expected_of(const TensorItem& item) {
  Expected expected;
  expected.shape = item.shape;
  expected.visible = item.block.shape;
  expected.gaps = item.block.gaps;
  expected.data = item.block.data;
  expected.decimals = item.block.decimals;
  expected.scientific = item.block.scientific;
  expected.whole_is_exact = item.container != "libtorch" || !item.block.has_point;
  expected.dtype = item.dtype;
  return expected;
}

Expected pasted(const std::string& text) {
  Result<std::vector<Item>> items = parse(text);
  REQUIRE(items);
  REQUIRE(items->size() == 1);
  return expected_of(items->front().tensor);
}

Comparison against(const Expected& expected, const Shape& shape, const std::vector<double>& data,
                   const CompareOptions& options = {}) {
  REQUIRE(element_count(shape) == static_cast<std::int64_t>(data.size()));
  return compare(shape, data.data(), expected, options);
}

std::vector<double> ramp(std::int64_t count) {
  std::vector<double> data;
  for (std::int64_t at = 0; at < count; ++at) data.push_back(static_cast<double>(at));
  return data;
}

TEST_CASE("a print agrees with the numbers it was printed from", "[compare]") {
  int compared = 0, truncated = 0;
  for (const json& line : read_lines(data_path("prints.jsonl"))) {
    // Digits set to 0 by hand look like whole numbers, which are compared exactly.
    if (line.at("kind") == "options_precision_0") continue;
    const json& part = line.at("parts").at(0);
    if (line.at("parts").size() != 1 || !part.contains("exact") || part.at("exact").is_null()) {
      continue;
    }
    const Shape shape = part.at("shape").get<Shape>();
    std::vector<double> exact;
    for (const json& number : part.at("exact")) {
      exact.push_back(number.is_null() ? 77.77 : number_of(number));  // hidden: may be anything
    }
    Result<std::vector<Item>> items = parse(line.at("text").get<std::string>());
    REQUIRE(items);
    if (items->size() != 1 || items->front().kind != Item::Kind::tensor) continue;
    CAPTURE(line.at("text").get<std::string>());
    const Expected expected = expected_of(items->front().tensor);
    REQUIRE(static_cast<std::int64_t>(exact.size()) == element_count(shape));
    const Comparison result = against(expected, shape, exact);
    CHECK(result.reason.empty());
    CHECK(result.verdict == Verdict::match);
    CHECK(result.compared + result.hidden == element_count(shape));
    ++compared;
    truncated += result.hidden > 0;

    // One visible cell elsewhere: found, and where.
    if (result.compared == 0) continue;
    const Alignment alignment = align(shape, expected);
    const std::size_t last = static_cast<std::size_t>(alignment.cells.back());
    const double slack = slack_of(expected, result.tolerance).back();
    if (!std::isfinite(exact[last])) continue;
    exact[last] += 3 * slack + std::abs(exact[last]) * 1e-9;
    const Comparison other = against(expected, shape, exact);
    CHECK(other.verdict == Verdict::differs);
    CHECK(other.differing == 1);
    CHECK(other.outside.back() == 1);
  }
  INFO(compared << " prints, " << truncated << " of them truncated");
  CHECK(compared > 50);
  CHECK(truncated > 3);
}

TEST_CASE("printed digits make the tolerance", "[compare]") {
  const Expected fixed = pasted("tensor([[0.1235, 2.0000], [3.5000, -1.2500]])");
  CHECK(against(fixed, {2, 2}, {0.12345, 2.00005, 3.49995, -1.25}).verdict == Verdict::match);
  const Comparison off = against(fixed, {2, 2}, {0.1234, 2.0002, 3.5, -1.25});
  CHECK(off.verdict == Verdict::differs);
  CHECK(off.differing == 2);
  CHECK(off.outside == std::vector<std::uint8_t>{1, 1, 0, 0});
  REQUIRE(off.worst.size() == 2);
  CHECK(off.worst[0].index == Shape{0, 1});
  CHECK(off.worst[0].actual == 2.0002);
  CHECK(off.worst[0].expected == 2);
  CHECK(off.worst[0].difference == Approx(0.0002));
  CHECK(off.max_abs == Approx(0.0002));
  CHECK(off.mean_abs == Approx(0.0003 / 4));
  CHECK(off.max_relative == Approx(0.0002 / 3.5));
  CHECK(off.tolerance.from_digits);

  const Expected scientific = pasted("tensor([1.0000e-05, 2.5000e+02])");
  CHECK(against(scientific, {2}, {1.00004e-5, 250.004}, {.rtol = 0, .atol = 0}).differing == 0);
  CHECK(against(scientific, {2}, {1.00006e-5, 250.006}, {.rtol = 0, .atol = 0}).differing == 2);

  // "3." says that all numbers are whole.
  const Expected whole = pasted("tensor([3., -0.])");
  CHECK(against(whole, {2}, {3, 0}).verdict == Verdict::match);
  CHECK(against(whole, {2}, {3.25, 0}).verdict == Verdict::differs);
}

TEST_CASE("rtol and atol are those of allclose, and by dtype otherwise", "[compare]") {
  Expected exact;
  exact.shape = Shape{2};
  exact.visible = {2};
  exact.data = {100, 0};
  exact.dtype = "float64";
  CHECK(against(exact, {2}, {101, 0}, {.rtol = 0.01, .atol = 0}).verdict == Verdict::match);
  CHECK(against(exact, {2}, {101, 1e-3}, {.rtol = 0.01, .atol = 0}).differing == 1);
  CHECK(against(exact, {2}, {100.0005, 0}).verdict == Verdict::differs);
  CHECK(against(exact, {2}, {100.0005, 0}, {.dtype = DType::float32}).verdict == Verdict::match);
  exact.dtype = "bfloat16";
  CHECK(against(exact, {2}, {101.5, 0}).verdict == Verdict::match);
  CHECK(!against(exact, {2}, {101.5, 0}).tolerance.from_digits);
}

TEST_CASE("what is no finite number agrees with itself only", "[compare]") {
  const Expected special = pasted("tensor([nan, inf, -inf, 1., 0.])");
  const double nan = std::nan("");
  const Comparison same = against(special, {5}, {nan, INFINITY, -INFINITY, 1, -0.0});
  CHECK(same.verdict == Verdict::match);
  CHECK(same.max_abs == 0);
  const Comparison other = against(special, {5}, {1, -INFINITY, nan, INFINITY, 0});
  CHECK(other.differing == 4);
  CHECK(std::isinf(other.max_abs));
  CHECK(other.worst.size() == 4);
}

TEST_CASE("truncated prints compare where they show numbers", "[compare]") {
  Expected corner;
  corner.visible = {6, 2};
  corner.gaps = {2, {}};
  for (std::int64_t row : {0, 1, 2, 7, 8, 9}) {
    corner.data.push_back(static_cast<double>(2 * row));
    corner.data.push_back(static_cast<double>(2 * row + 1));
  }
  corner.decimals = 0;
  const Comparison fits = against(corner, {10, 2}, ramp(20));
  CHECK(fits.verdict == Verdict::match);
  CHECK(fits.compared == 12);
  CHECK(fits.hidden == 8);
  const Comparison batched = against(corner, {1, 1, 10, 2}, ramp(20));
  CHECK(batched.verdict == Verdict::match);
  CHECK(batched.reshaped);

  const Comparison small = against(corner, {5, 2}, ramp(10));
  CHECK(small.verdict == Verdict::cannot_compare);
  CHECK(small.reason.find("Axis 0 has 5 cells instead of at least 7") != std::string::npos);
  CHECK(against(corner, {6, 2}, ramp(12)).verdict == Verdict::cannot_compare);
  CHECK(against(corner, {10, 3}, ramp(30)).verdict == Verdict::cannot_compare);
  corner.shape = Shape{11, 2};
  CHECK(against(corner, {10, 2}, ramp(20)).verdict == Verdict::cannot_compare);

  Expected flat;
  flat.visible = {4};
  flat.gaps = {1};
  flat.data = {0, 1, 18, 19};
  CHECK(against(flat, {1, 2, 10}, ramp(20)).verdict == Verdict::match);
}

TEST_CASE("axes of length 1 may be missing or extra, and a list may be flat", "[compare]") {
  const auto whole = [](const Shape& shape) {
    Expected expected;
    expected.shape = shape;
    expected.visible = shape;
    expected.data = ramp(element_count(shape));
    return expected;
  };
  const auto verdict = [&](const Shape& actual, const Shape& expected) {
    const Comparison result = against(whole(expected), actual, ramp(element_count(actual)));
    CHECK(result.reshaped == (result.verdict == Verdict::match && actual != expected));
    return result.verdict;
  };
  CHECK(verdict({1, 1, 5, 5}, {5, 5}) == Verdict::match);
  CHECK(verdict({5, 5}, {1, 1, 5, 5}) == Verdict::match);
  CHECK(verdict({2, 1, 5}, {2, 5}) == Verdict::match);
  CHECK(verdict({1, 1, 5, 5}, {25}) == Verdict::match);
  CHECK(verdict({1, 1, 1}, {}) == Verdict::match);
  CHECK(verdict({}, {1}) == Verdict::match);
  CHECK(verdict({1, 0, 3}, {0}) == Verdict::match);
  CHECK(verdict({0}, {0}) == Verdict::match);
  CHECK(verdict({1, 3, 1, 5}, {1, 1, 3, 5}) == Verdict::cannot_compare);
  CHECK(verdict({5, 5}, {1, 24}) == Verdict::cannot_compare);
  CHECK(verdict({2, 3}, {3, 2}) == Verdict::cannot_compare);
  CHECK(verdict({5, 5}, {24}) == Verdict::cannot_compare);
  CHECK(verdict({1, 0, 3}, {1}) == Verdict::cannot_compare);
}

TEST_CASE("a shape alone compares as a shape", "[compare]") {
  Expected shape;
  shape.shape = Shape{1, 2, 5};
  shape.visible = {1, 2, 5};
  CHECK(!shape.has_numbers());
  CHECK(against(shape, {1, 2, 5}, ramp(10)).verdict == Verdict::match);
  CHECK(against(shape, {1, 2, 5}, ramp(10)).compared == 0);
  CHECK(against(shape, {1, 2, 6}, ramp(12)).verdict == Verdict::cannot_compare);
}

TEST_CASE("the ten worst cells, the worst first", "[compare]") {
  Expected zeros;
  zeros.shape = Shape{4, 5};
  zeros.visible = {4, 5};
  zeros.data.assign(20, 0);
  const Comparison result = against(zeros, {4, 5}, ramp(20));
  REQUIRE(result.worst.size() == kWorstCells);
  CHECK(result.worst.front().index == Shape{3, 4});
  CHECK(result.worst.back().actual == 10);
  CHECK(result.differing == 19);
  CHECK(std::isinf(result.max_relative));
}

}  // namespace
}  // namespace convscope::testing

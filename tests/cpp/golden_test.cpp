// PyTorch's results, gradients and refusals, line by line. The committed lines always; the whole
// file too where a folder shared/oracle lies beside the checkout.
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "support.hpp"

namespace convscope::testing {
namespace {

// How many float32 numbers lie between the two.
std::int64_t units_apart(double a, double b) {
  const float numbers[] = {static_cast<float>(a), static_cast<float>(b)};
  if (numbers[0] == numbers[1]) return 0;
  std::int32_t bits[2];
  std::memcpy(bits, numbers, sizeof bits);
  return std::llabs(std::int64_t{bits[0]} - bits[1]);
}

template <typename T>
void check_numbers(const Tensor<T>& tensor, const json& expected, bool exact) {
  const std::vector<double> numbers = numbers_of(tensor), wanted = flat(expected);
  REQUIRE(numbers.size() == wanted.size());
  std::int64_t worst = 0;
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    worst = std::max(worst, units_apart(numbers[at], wanted[at]));
  }
  CHECK(worst <= (exact ? 0 : 1));
}

template <typename T>
void check_valid(const json& line, const char* dtype) {
  const Result<Geometry> geometry = geometry_of(line, dtype);
  REQUIRE(geometry);
  REQUIRE(geometry->output_shape == line.at("output_shape").get<Shape>());
  const bool exact = line.at("data") != "f32";
  const auto operands = operands_of<T>(line, *geometry);
  check_numbers(run(*geometry, operands), line.at("output"), exact);
  const auto dy = tensor<T>(flat(line.at("grad_output")), geometry->output_sizes());
  const Gradients<T> gradient = gradients(*geometry, operands, dy);
  check_numbers(gradient.input, line.at("grad_input"), exact);
  check_numbers(gradient.weight, line.at("grad_weight"), exact);
  if (geometry->has_bias()) check_numbers(gradient.bias, line.at("grad_bias"), exact);
}

void check_invalid(const json& line) {
  const Result<Geometry> single = geometry_of(line, "float32");
  if (line.contains("torch2") && line.at("torch2") == "valid") {
    CHECK(single);  // PyTorch 2 takes it, and so does the engine
    return;
  }
  REQUIRE_FALSE(single);
  CHECK(single.error().torch == line.at("error").get<std::string>());
  CHECK_FALSE(single.error().message.empty());
  CHECK(single.error().message != single.error().torch);

  const Result<Geometry> twice = geometry_of(line, "float64");
  REQUIRE_FALSE(twice);
  if (line.contains("error_float64")) {
    CHECK(twice.error().torch == line.at("error_float64").get<std::string>());
  }
}

void check_lines(const std::vector<json>& lines) {
  for (const json& line : lines) {
    CAPTURE(line.at("id").get<std::string>(), line.at("category").get<std::string>());
    if (line.contains("error")) {
      check_invalid(line);
    } else {
      check_valid<float>(line, "float32");
      check_valid<double>(line, "float64");
    }
  }
}

TEST_CASE("outputs, gradients and refusals are PyTorch's", "[oracle]") {
  const std::vector<json> lines = read_lines(data_path("golden.jsonl"));
  REQUIRE(lines.size() > 600);
  check_lines(lines);
}

TEST_CASE("so are all of the larger file beside the checkout", "[oracle]") {
  const std::vector<json> lines = read_lines(shared_path("oracle/golden.jsonl"));
  if (lines.empty()) {
    WARN("skipped: no ../shared/oracle/golden.jsonl beside the checkout");
    return;
  }
  check_lines(lines);
}

}  // namespace
}  // namespace convscope::testing

// Reading pastes: every print of tests/oracle/prints.jsonl, made by PyTorch, numpy and Python, read
// back exactly: shapes, names, digits, and what "..." hides. Other seeds through CONVSCOPE_PRINTS.
#include "support.hpp"

#include <cmath>
#include <cstdlib>

#include "text/parse.hpp"

namespace convscope::testing {
namespace {

double number_of(const json& value) {
  if (value.is_number()) return value.get<double>();
  const std::string text = value.get<std::string>();
  if (text == "nan") return std::nan("");
  return text == "inf" ? INFINITY : -INFINITY;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

std::vector<double> visible_numbers(const json& part) {
  std::vector<double> result;
  for (const json& value : part.at("values")) {
    if (!value.is_null()) result.push_back(number_of(value));
  }
  return result;
}

// What the text tells of the type; a list and a CSV tell nothing, and neither does print(array).
std::string dtype_told(const json& line, const json& part, const TensorItem& item) {
  const std::string real = part.at("dtype");
  const bool is_rounded = line.at("kind") == "options_precision_0";  // floats printed as integers
  const bool tells = !item.dtype.empty() && !is_rounded;
  return !tells ? item.dtype : real.substr(real.find('.') + 1);
}

// A list of Python and one of JSON may be the same text.
std::string container_told(const json& part, const TensorItem& item) {
  const std::string real = part.at("container");
  return real == "json" && item.container == "list" ? "list" : real;
}

void check_part(const json& line, const json& part, const TensorItem& item) {
  const Shape visible = part.at("visible_shape").get<Shape>();
  const bool is_truncated = part.at("truncated");
  CHECK(item.name == (part.at("name").is_null() ? "" : part.at("name").get<std::string>()));
  if (line.at("kind") != "only_brackets") CHECK(item.container == container_told(part, item));
  CHECK(item.dtype == dtype_told(line, part, item));
  CHECK(item.block.shape == visible);
  CHECK(item.block.truncated == is_truncated);
  CHECK(item.shape.has_value() != is_truncated);
  CHECK(item.block.decimals == part.at("decimals").get<int>());
  CHECK(item.block.scientific == part.at("sci").get<bool>());
  const Shape shape = part.at("shape").get<Shape>();
  REQUIRE(item.block.gaps.size() == shape.size());
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    CHECK(item.block.gaps[axis].has_value() == (visible[axis] < shape[axis]));
    if (item.block.gaps[axis]) CHECK(*item.block.gaps[axis] == visible[axis] / 2 - 1);
  }
  const std::vector<double> numbers = visible_numbers(part);
  REQUIRE(item.block.data.size() == numbers.size());
  std::size_t wrong = 0;
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (!same(numbers[at], item.block.data[at])) ++wrong;
  }
  CHECK(wrong == 0);
}

std::vector<TensorItem> tensors_of(const std::string& text) {
  Result<std::vector<Item>> items = parse(text);
  INFO((items ? std::string() : items.error().message));
  REQUIRE(items);
  std::vector<TensorItem> tensors;
  for (Item& item : *items) {
    if (item.kind == Item::Kind::tensor) tensors.push_back(std::move(item.tensor));
  }
  return tensors;
}

void check_prints(const std::string& path) {
  const std::vector<json> lines = read_lines(path);
  REQUIRE(lines.size() > 100);
  for (const json& line : lines) {
    INFO(line.at("kind").get<std::string>() << "\n" << line.at("text").get<std::string>());
    const std::vector<TensorItem> tensors = tensors_of(line.at("text"));
    REQUIRE(tensors.size() == line.at("parts").size());
    for (std::size_t at = 0; at < tensors.size(); ++at) {
      check_part(line, line.at("parts")[at], tensors[at]);
    }
  }
}

// Found by fuzzing: the power of ten of an infinite factor is no int.
TEST_CASE("an infinite factor scales nothing") {
  for (const char* text :
       {"(1,1,.,.) =\n inf *\n  1  2\n[ CPUFloatType{1,1,1,2} ]", "1e999 *\n1 2\n"}) {
    const auto read = parse(text);
    if (!read) CHECK(std::string((*read.refusal()).field) == "text");
    if (read) CHECK(read->size() < 3);
  }
}

TEST_CASE("every print is read back exactly") {
  check_prints(data_path("prints.jsonl"));
  if (const char* other = std::getenv("CONVSCOPE_PRINTS")) check_prints(other);
}

}  // namespace
}  // namespace convscope::testing

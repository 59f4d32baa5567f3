// What is refused before PyTorch would even look: wrong types, numbers that are none, sizes beyond
// the limits. Every refusal names the key at fault and what to do.
#include <cmath>
#include <limits>
#include <set>

#include "limits.hpp"
#include "support.hpp"

namespace convscope::testing {
namespace {

// A valid request to be broken by one change.
json base(const std::string& op = "Conv2d") {
  const bool transposed = op.find("Transpose") != std::string::npos;
  json line{{"op", op},
            {"api", "functional"},
            {"input_shape", {1, 2, 5, 5}},
            {"weight_shape", transposed ? json{2, 3, 3, 3} : json{3, 2, 3, 3}},
            {"stride", 1}};
  return line;
}

// The message that a translation's template and values stand for.
std::string filled(const Wording& wording) {
  std::string text = wording.pattern;
  for (std::size_t n = wording.values.size(); n-- > 0;) {
    const std::string place = "{" + std::to_string(n) + "}";
    const std::size_t at = text.find(place);
    REQUIRE(at != std::string::npos);
    text.replace(at, place.size(), wording.values[n]);
  }
  return text;
}

Error refused(const json& line) {
  const Result<Geometry> geometry = geometry_of(line);
  REQUIRE_FALSE(geometry);
  const Error& error = geometry.error();
  CHECK(error.message.size() > 20);
  CHECK(error.message.back() == '.');
  CHECK(filled(error.wording) == error.message);
  return error;
}

Error refused(const RequestValue& value) {
  const Result<Request> request = read_request(value);
  REQUIRE_FALSE(request);
  CHECK(filled(request.error().wording) == request.error().message);
  return request.error();
}

TEST_CASE("a refusal tells its wording and the values in it apart", "[refusals]") {
  json line = base();
  line["stride"] = {2, 0};
  const Wording stride = refused(line).wording;
  CHECK(stride.pattern ==
        "Stride{0} is {1}, but a stride must be at least 1. Use 1 to visit every position.");
  CHECK(stride.values == std::vector<std::string>{" width", "0"});

  // A text that was chosen, a number, a list and a name are values; literals are wording.
  const std::string name = "{0}";
  const std::vector<std::int64_t> shape{1, 2};
  Wording wording;
  wording.append({"Axis ", 3, " of ", name});
  wording.append({": ", shape, chosen(" cells"), "."});
  CHECK(wording.pattern == "Axis {0} of {1}: {2}{3}.");
  CHECK(wording.values == std::vector<std::string>{"3", "{0}", "[1, 2]", " cells"});
}

TEST_CASE("numbers that are no whole numbers are refused by name", "[refusals]") {
  const double inf = std::numeric_limits<double>::infinity();
  struct Row {
    Value value;
    Code code;
  };
  const Row rows[] = {
      {Value::of(1.5), Code::not_an_integer},
      {Value::of(-0.25), Code::not_an_integer},
      {Value::of(std::nan("")), Code::not_an_integer},
      {Value::of(inf), Code::too_large},
      {Value::of(-inf), Code::too_large},
      {Value::of(9007199254740992.0), Code::too_large},
      {Value::of(1e308), Code::too_large},
      {Value::of(-1e308), Code::too_large},
      {Value::of(std::string("3")), Code::wrong_type},
      {Value::of(true), Code::wrong_type},
      {Value::other("a BigInt"), Code::wrong_type},
      {Value::of(std::vector<Value>{Value::of(1.0), Value::of(std::string("x"))}),
       Code::wrong_type},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value.number, row.value.text);
    RequestValue value = request_value(base("ConvTranspose2d"));
    for (auto [field, member] :
         {std::pair{"stride", &value.stride}, std::pair{"dilation", &value.dilation},
          std::pair{"outputPadding", &value.output_padding},
          std::pair{"outputSize", &value.output_size}, std::pair{"groups", &value.groups},
          std::pair{"inChannels", &value.in_channels},
          std::pair{"kernelSize", &value.kernel_size}}) {
      const Value before = *member;
      *member = row.value;
      const Error error = refused(value);
      CHECK(std::string(error.field) == field);
      const bool list_for_one = row.value.kind == Value::Kind::list;
      CHECK((error.code == row.code || list_for_one));
      *member = before;
    }
    // Texts mean something as a padding, and numbers do as anything else.
    if (row.value.kind == Value::Kind::text) continue;
    value.padding = row.value;
    CHECK(std::string(refused(value).field) == "padding");
  }
}

TEST_CASE("missing and misshapen tensors are refused by name", "[refusals]") {
  RequestValue value = request_value(base());
  value.input = {};
  CHECK(std::string(refused(value).field) == "input");
  value = request_value(base());
  value.weight = {};
  CHECK(refused(value).code == Code::missing_argument);
  value = request_value(base());
  value.input.shape = Value::of(25.0);
  CHECK(refused(value).code == Code::wrong_type);
  value = request_value(base());
  value.input.has_data = true;
  value.input.length = 49;
  CHECK(refused(value).code == Code::data_length);
  value.input.fault = "a value of type string at index 3";
  CHECK(refused(value).code == Code::wrong_type);
  value = request_value(base());
  value.op = Value::of(std::string("conv4d"));
  CHECK(refused(value).code == Code::unknown_op);
  value.op = {};
  CHECK(refused(value).code == Code::missing_argument);
  value = request_value(base());
  value.padding_mode = Value::of(1.0);
  CHECK(std::string(refused(value).field) == "paddingMode");
  json negative = base();
  negative["input_shape"] = {1, 2, -5, 5};
  CHECK(refused(negative).code == Code::negative_size);
  json pairs = base();
  pairs["padding"] = {{1, 2, 3}, {1, 2, 3}};
  CHECK(refused(pairs).code == Code::wrong_type);
}

TEST_CASE("sizes beyond the limits are refused before they are multiplied", "[refusals][limits]") {
  const json large = 1000000000;
  json line = base();
  line["padding"] = large;
  CHECK(refused(line).code == Code::limit_elements);
  line = base("ConvTranspose2d");
  line["stride"] = large;
  CHECK(refused(line).code == Code::limit_elements);
  line = base("ConvTranspose2d");
  line["dilation"] = large;
  CHECK(refused(line).code == Code::limit_elements);
  line = base();
  line["input_shape"] = {1, large, large, large};
  CHECK(refused(line).code == Code::limit_elements);
  line["input_shape"] = {0, large, large, large};  // no elements, yet no channels either
  CHECK(refused(line).code == Code::channels_mismatch);
  line = base();
  line["weight_shape"] = {large, large, 3, 3};
  CHECK(std::string(refused(line).field) == "weight");
  line = base();
  line["dilation"] = large;
  CHECK(refused(line).code == Code::kernel_exceeds_input);
  line = base();
  line["groups"] = large;
  CHECK(refused(line).code == Code::weight_below_groups);
  for (const json& axis : {json(1073741824), json(-1073741824)}) {
    for (const char* key : {"stride", "padding", "dilation", "groups", "output_padding"}) {
      for (const char* op : {"Conv2d", "ConvTranspose2d"}) {
        CAPTURE(op, key);
        json extreme = base(op);
        extreme[key] = axis;
        geometry_of(extreme);  // refused or not: nothing overflows (UBSan looks on)
      }
    }
  }
  for (const char* op : {"Conv2d", "ConvTranspose2d"}) {
    json layer = base(op);
    layer.erase("weight_shape");
    layer["api"] = "module";
    layer["in_channels"] = layer["out_channels"] = 2;
    layer["kernel_size"] = 1073741824;
    const Code code = refused(layer).code;
    CHECK((code == Code::limit_elements || code == Code::kernel_exceeds_input));
  }
  line = base();
  line["input_shape"] = {1, 2, 1100, 1100};
  line["weight_shape"] = {2, 2, 500, 500};
  CHECK(refused(line).code == Code::limit_operations);
}

TEST_CASE("a stride beyond the input is no error", "[refusals][limits]") {
  json line = base();
  line["stride"] = 1000000000;
  const Result<Geometry> geometry = geometry_of(line);
  REQUIRE(geometry);
  CHECK(geometry->output_shape == Shape{1, 3, 1, 1});
}

TEST_CASE("a kernel over a stride's edge is refused, not rounded up", "[geometry]") {
  // Truncating division would give (2 - 3) / 2 + 1 = 1.
  for (int stride : {1, 2, 3}) {
    json line = base();
    line["input_shape"] = {1, 2, 2, 5};
    line["stride"] = stride;
    const Error error = refused(line);
    CHECK(error.code == Code::kernel_exceeds_input);
    CHECK(error.axis == 0);
  }
}

TEST_CASE("pairs of paddings may differ at both ends", "[geometry]") {
  json line = base();
  line["padding"] = {{1, 2}, {0, 3}};
  const Result<Geometry> geometry = geometry_of(line);
  REQUIRE(geometry);
  CHECK(geometry->output_shape == Shape{1, 3, 6, 6});
  line["padding"] = {{1, 2}};
  REQUIRE(geometry_of(line));
  line["padding"] = {{1, -2}};  // crops two cells at the end
  REQUIRE(geometry_of(line));
  CHECK(geometry_of(line)->output_shape == Shape{1, 3, 2, 2});
  line["padding"] = {{-4, -2}};
  CHECK(refused(line).code == Code::padding_crops_all);
  line["padding"] = {{-1, -1}};  // PyTorch can say this, and refuses it
  CHECK(refused(line).code == Code::padding_negative);
  line = base("ConvTranspose2d");
  line["padding"] = {{0, -2}};  // grows the output at its end
  REQUIRE(geometry_of(line));
  CHECK(geometry_of(line)->output_shape == Shape{1, 3, 9, 9});
}

TEST_CASE("a method or a cell that does not exist is refused", "[refusals]") {
  json line = base();
  const Result<Geometry> geometry = geometry_of(line);
  REQUIRE(geometry);
  const auto method = [&](const char* name) {
    return read_method(Value::of(std::string(name)), *geometry);
  };
  CHECK(method("direct"));
  CHECK(method("zero-insertion").error().code == Code::method_not_applicable);
  CHECK(method("fast").error().code == Code::unknown_method);
  CHECK(read_method({}, *geometry).error().code == Code::missing_argument);

  Random random(31);
  const Problem problem = random.problem(false);
  const std::int64_t cells = static_cast<std::int64_t>(problem.operands.input.size());
  for (const Selection& selection :
       {Selection{.input = cells}, Selection{.input = -1},
        Selection{.output = std::int64_t{1} << 30}, Selection{.weight = -7}}) {
    const auto terms = contributions(problem.geometry, problem.operands, Method::direct, selection);
    REQUIRE_FALSE(terms);
    CHECK(terms.error().code == Code::index_out_of_range);
  }
}

TEST_CASE("an output's gradient must have the output's shape and type", "[refusals]") {
  const Result<Geometry> geometry = geometry_of(base());
  REQUIRE(geometry);
  TensorValue grad;
  CHECK(check_grad_output(*geometry, grad).error().code == Code::missing_argument);
  grad.present = true;
  grad.dtype = Value::of(std::string("float32"));
  const auto shape = [](std::vector<double> sizes) {
    std::vector<Value> list;
    for (double size : sizes) list.push_back(Value::of(size));
    return Value::of(list);
  };
  grad.shape = shape({1, 3, 3, 4});
  CHECK(check_grad_output(*geometry, grad).error().code == Code::grad_output_shape);
  grad.shape = shape({1, 3, 3, 3});
  CHECK(check_grad_output(*geometry, grad).error().code == Code::data_missing);
  grad.has_data = true;
  grad.length = 27;
  CHECK(check_grad_output(*geometry, grad));
  grad.dtype = Value::of(std::string("float64"));
  CHECK(check_grad_output(*geometry, grad).error().code == Code::dtype_mismatch);
}

TEST_CASE("every code has a name and a meaning of its own", "[refusals]") {
  std::set<std::string_view> names, meanings;
  for (const CodeInfo& code : kCodes) {
    names.insert(code.name);
    meanings.insert(code.meaning);
    CHECK(code.meaning.back() == '.');
  }
  CHECK(names.size() == std::size(kCodes));
  CHECK(meanings.size() == std::size(kCodes));
  CHECK(code_name(Code::out_of_memory) == "out_of_memory");
}

}  // namespace
}  // namespace convscope::testing

// Reads lines and makes problems; see support.hpp.
#include "support.hpp"

#include <fstream>

namespace convscope::testing {

std::vector<json> read_lines(const std::string& path) {
  std::vector<json> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(json::parse(line));
  }
  return lines;
}

std::string data_path(const std::string& name) {
  return std::string(CONVSCOPE_TEST_DATA) + "/" + name;
}

std::string shared_path(const std::string& name) {
  return std::string(CONVSCOPE_TEST_DATA) + "/../../../shared/" + name;
}

namespace {

Value to_value(const json& value) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return Value::of(value.get<bool>());
  if (value.is_number()) return Value::of(value.get<double>());
  if (value.is_string()) return Value::of(value.get<std::string>());
  std::vector<Value> list;
  for (const json& entry : value) list.push_back(to_value(entry));
  return Value::of(std::move(list));
}

Value member(const json& line, const char* key) {
  return line.contains(key) ? to_value(line.at(key)) : Value();
}

TensorValue tensor_value(const json& line, const char* name, const std::string& dtype) {
  TensorValue result;
  const std::string shape = std::string(name) + "_shape";
  const bool has_data = line.contains(name) && !line.at(name).is_null();
  const bool has_shape = line.contains(shape) && !line.at(shape).is_null();
  if (!has_data && !has_shape) return result;
  result.present = true;
  result.dtype = Value::of(dtype);
  if (has_shape) {
    result.shape = to_value(line.at(shape));
  } else {
    result.shape = to_value(json::array({flat(line.at(name)).size()}));
  }
  if (has_data) {
    result.has_data = true;
    result.length = static_cast<std::int64_t>(flat(line.at(name)).size());
  }
  return result;
}

std::string op_name(const std::string& layer) {
  const std::string transposed = "ConvTranspose";
  return layer.compare(0, transposed.size(), transposed) == 0
             ? "conv_transpose" + layer.substr(transposed.size())
             : "conv" + layer.substr(4);
}

void append(const json& numbers, std::vector<double>& result) {
  if (numbers.is_array()) {
    for (const json& entry : numbers) append(entry, result);
  } else if (numbers.is_number()) {
    result.push_back(numbers.get<double>());
  }
}

}  // namespace

std::vector<double> flat(const json& numbers) {
  std::vector<double> result;
  append(numbers, result);
  return result;
}

RequestValue request_value(const json& line, const std::string& dtype) {
  RequestValue value;
  value.op = Value::of(op_name(line.at("op").get<std::string>()));
  value.stride = member(line, "stride");
  value.padding = member(line, "padding");
  value.dilation = member(line, "dilation");
  value.groups = member(line, "groups");
  value.output_padding = member(line, "output_padding");
  value.output_size = member(line, "output_size");
  value.padding_mode = member(line, "padding_mode");
  if (!line.contains("api") || line.at("api") != "functional") {
    value.in_channels = member(line, "in_channels");
    value.out_channels = member(line, "out_channels");
    value.kernel_size = member(line, "kernel_size");
  }
  value.input = tensor_value(line, "input", dtype);
  value.weight = tensor_value(line, "weight", dtype);
  value.bias = tensor_value(line, "bias", dtype);
  return value;
}

Result<Geometry> geometry_of(const json& line, const std::string& dtype) {
  Result<Request> request = read_request(request_value(line, dtype));
  if (!request) return request.refusal();
  return infer_geometry(*request);
}

int Random::between(int least, int most) {
  // Not std::uniform_int_distribution: what it gives differs between standard libraries.
  return least + static_cast<int>(engine_() % static_cast<unsigned>(most - least + 1));
}

Tensor<double> Random::whole_numbers(const Sizes& sizes) {
  Tensor<double> result = Tensor<double>::from_shape(sizes);
  for (double& number : result) number = between(-5, 5);
  return result;
}

Problem Random::problem(bool transposed, bool with_bias) {
  for (;;) {
    Request request;
    request.op = {transposed, between(1, 3)};
    const std::int64_t groups = between(1, 3), in = between(1, 2), out = between(1, 2);
    request.groups = groups;
    request.dtype = DType::float64;
    request.input = {between(1, 2), in * groups};
    request.weight = transposed ? Shape{in * groups, out} : Shape{out * groups, in};
    if (with_bias && chance(50)) request.bias = Shape{out * groups};
    const bool pads_otherwise = !transposed && chance(40);
    if (pads_otherwise) {
      const char* modes[] = {"reflect", "replicate", "circular"};
      request.padding_mode = modes[between(0, 2)];
    }
    for (int axis = 0; axis < request.op.spatial; ++axis) {
      request.input.push_back(between(1, request.op.spatial == 3 ? 4 : 7));
      request.weight->push_back(between(1, 3));
      request.stride.push_back(between(1, 3));
      request.dilation.push_back(between(1, 2));
      request.padding.begin.push_back(between(pads_otherwise ? -1 : 0, 2));
      request.padding.end.push_back(chance(50) ? request.padding.begin.back() : between(0, 2));
      request.output_padding.push_back(transposed ? between(0, 2) : 0);
    }
    request.padding.pairs = true;
    Result<Geometry> geometry = infer_geometry(request);
    if (!geometry) continue;
    Operands<double> operands{
        whole_numbers(geometry->input_sizes()), whole_numbers(geometry->weight_sizes()), {}};
    if (geometry->has_bias()) {
      operands.bias = whole_numbers({1, static_cast<std::size_t>(geometry->biases), 1, 1, 1});
    }
    return {request, *geometry, operands};
  }
}

}  // namespace convscope::testing

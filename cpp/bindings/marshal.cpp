// Takes JavaScript values apart and puts results together; see marshal.hpp.
#include "marshal.hpp"

#include "../turn.hpp"

namespace convscope {
namespace {

bool is_instance(const val& value, const char* type) {
  return value.instanceof (val::global(type));
}

// Lists longer than this are no stride and no shape; their entries are not looked at.
constexpr unsigned kLongestList = 64;

// What of a plain array is no number; empty if all are.
std::string find_fault(const val& data, unsigned length) {
  for (unsigned at = 0; at < length; ++at) {
    const std::string type = data[at].typeOf().as<std::string>();
    if (type != "number") return say("a value of type ", type, " at index ", at);
  }
  return "";
}

val to_js(const Axis& axis, bool transposed) {
  const auto conv = [&](std::int64_t value) { return transposed ? val::null() : number(value); };
  const auto trans = [&](std::int64_t value) { return transposed ? number(value) : val::null(); };
  val result = val::object();
  result.set("name", std::string(axis.name));
  result.set("input", number(axis.input));
  result.set("kernel", number(axis.kernel));
  result.set("stride", number(axis.stride));
  result.set("dilation", number(axis.dilation));
  result.set("paddingBegin", number(axis.padding_begin));
  result.set("paddingEnd", number(axis.padding_end));
  result.set("outputPadding", number(axis.output_padding));
  result.set("output", number(axis.output));
  result.set("effectiveKernel", number(axis.effective_kernel()));
  result.set("padded", number(transposed ? axis.bordered() : axis.padded()));
  result.set("span", conv(axis.span()));
  result.set("remainder", conv(axis.remainder()));
  result.set("zeroInserted", trans(axis.zero_inserted()));
  result.set("borderBegin", trans(axis.border_begin()));
  result.set("borderEnd", trans(axis.border_end()));
  result.set("uncropped", trans(axis.uncropped()));
  return result;
}

}  // namespace

bool is_missing(const val& value) { return value.isUndefined() || value.isNull(); }

Value to_value(const val& value, int depth) {
  if (is_missing(value)) return {};
  const std::string type = value.typeOf().as<std::string>();
  if (type == "number") return Value::of(value.as<double>());
  if (type == "string") return Value::of(value.as<std::string>());
  if (type == "boolean") {
    return Value::of(value.as<bool>());
  }
  if (type == "bigint") return Value::other("a BigInt");
  if (!value.isArray()) return Value::other(type == "object" ? "an object" : "a " + type);
  const unsigned length = value["length"].as<unsigned>();
  if (depth == 3) return Value::other("a list within lists");
  if (length > kLongestList) return Value::other(say("a list of ", length, " entries"));
  std::vector<Value> list;
  for (unsigned at = 0; at < length; ++at) list.push_back(to_value(value[at], depth + 1));
  return Value::of(std::move(list));
}

TensorValue to_tensor_value(const val& tensor) {
  TensorValue result;
  if (is_missing(tensor)) return result;
  result.present = true;
  if (tensor.typeOf().as<std::string>() != "object") {
    result.shape = Value::other("missing: the tensor is no object");
    return result;
  }
  result.shape = to_value(tensor["shape"]);
  const val data = tensor["data"];
  if (is_missing(data)) {
    result.dtype = to_value(tensor["dtype"]);
    return result;
  }
  const bool single = is_instance(data, "Float32Array");
  const bool plain = data.isArray();
  if (!single && !plain && !is_instance(data, "Float64Array")) {
    result.fault = "neither a Float32Array nor a Float64Array nor an array";
    return result;
  }
  const unsigned length = data["length"].as<unsigned>();
  result.dtype = Value::of(std::string(single ? "float32" : "float64"));
  result.has_data = true;
  result.length = length;
  if (plain) result.fault = find_fault(data, length);
  return result;
}

Result<RequestValue> to_request_value(const val& request) {
  if (is_missing(request) || request.typeOf().as<std::string>() != "object") {
    return refuse(Code::wrong_type, "request",
                  {"The request must be an object: { op, input, … }."});
  }
  return RequestValue{.op = to_value(request["op"]),
                      .stride = to_value(request["stride"]),
                      .padding = to_value(request["padding"]),
                      .dilation = to_value(request["dilation"]),
                      .groups = to_value(request["groups"]),
                      .output_padding = to_value(request["outputPadding"]),
                      .output_size = to_value(request["outputSize"]),
                      .padding_mode = to_value(request["paddingMode"]),
                      .in_channels = to_value(request["inChannels"]),
                      .out_channels = to_value(request["outChannels"]),
                      .kernel_size = to_value(request["kernelSize"]),
                      .flip_kernel = to_value(request["flipKernel"]),
                      .input = to_tensor_value(request["input"]),
                      .weight = to_tensor_value(request["weight"]),
                      .bias = to_tensor_value(request["bias"])};
}

Result<Request> to_request(const val& request) {
  Result<RequestValue> value = to_request_value(request);
  if (!value) return value.refusal();
  return read_request(*value);
}

Result<Geometry> to_geometry(const val& request) {
  Result<Request> read = to_request(request);
  if (!read) return read.refusal();
  return infer_geometry(*read);
}

Tensor<double> to_tensor(const val& data, const Sizes& sizes) {
  Tensor<double> tensor = Tensor<double>::from_shape(sizes);
  val(emscripten::typed_memory_view(tensor.size(), tensor.data())).call<void>("set", data);
  return tensor;
}

Check require_data(const val& tensor, const char* field) {
  if (!is_missing(tensor) && !is_missing(tensor["data"])) return Passed{};
  return refuse(Code::data_missing, field,
                {"`", field,
                 ".data` is missing. Give its numbers in a Float32Array, a Float64Array or an "
                 "array."});
}

Result<Operands<double>> to_operands(const val& request, const Geometry& geometry) {
  for (const char* field : {"input", "weight", "bias"}) {
    if (field[0] == 'b' && !geometry.has_bias()) continue;
    Check there = require_data(request[field], field);
    if (!there) return there.refusal();
  }
  Operands<double> operands{to_tensor(request["input"]["data"], geometry.input_sizes()),
                            to_tensor(request["weight"]["data"], geometry.weight_sizes()),
                            {}};
  turn_kernel(geometry, operands.weight);
  if (geometry.has_bias()) {
    operands.bias =
        to_tensor(request["bias"]["data"], {1, static_cast<std::size_t>(geometry.biases), 1, 1, 1});
  }
  return operands;
}

Result<bool> read_switch(const val& value, const char* field, bool otherwise) {
  if (is_missing(value)) return otherwise;
  if (value.typeOf().as<std::string>() == "boolean") return value.as<bool>();
  return refuse(Code::wrong_type, field, {"`", field, "` must be true or false."});
}

val text_or_null(const std::string& text) { return text.empty() ? val::null() : val(text); }

val to_js(const Tensor<double>& tensor, DType dtype) {
  return copied(dtype == DType::float32 ? "Float32Array" : "Float64Array", tensor.data(),
                tensor.size());
}
val to_js(const std::vector<std::int32_t>& indices) {
  return copied("Int32Array", indices.data(), indices.size());
}
val to_js(const Shape& shape) {
  val list = val::array();
  for (std::int64_t size : shape) list.call<void>("push", static_cast<double>(size));
  return list;
}
val to_js(const Shape& shape, const Tensor<double>& tensor, DType dtype) {
  val result = val::object();
  result.set("shape", to_js(shape));
  result.set("data", to_js(tensor, dtype));
  return result;
}

val to_js(const Geometry& geometry) {
  val axes = val::array();
  for (const Axis& axis : geometry.spatial_axes()) {
    axes.call<void>("push", to_js(axis, geometry.op.transposed));
  }
  const double weight = static_cast<double>(element_count(geometry.weight_shape));
  const double bias = geometry.has_bias() ? static_cast<double>(geometry.output_channels) : 0;
  val parameters = val::object();
  parameters.set("weight", weight);
  parameters.set("bias", bias);
  parameters.set("total", weight + bias);

  val result = val::object();
  result.set("op", geometry.op.name());
  result.set("transposed", geometry.op.transposed);
  result.set("batched", geometry.batched);
  result.set("spatial", geometry.op.spatial);
  result.set("outputShape", to_js(geometry.output_shape));
  result.set("axes", axes);
  result.set("parameters", parameters);
  return result;
}

val to_js(const Error& error) {
  val result = val::object();
  result.set("code", std::string(code_name(error.code)));
  result.set("field", std::string(error.field));
  result.set("axis", error.axis < 0 ? val::null() : val(error.axis));
  result.set("message", error.message);
  result.set("template", error.wording.pattern);
  val values = val::array();
  for (const std::string& value : error.wording.values) values.call<void>("push", value);
  result.set("values", values);
  result.set("torch", error.torch.empty() ? val::null() : val(error.torch));
  result.set("line", error.line == 0 ? val::null() : val(error.line));
  result.set("column", error.line == 0 ? val::null() : val(error.column));
  if (error.layer >= 0) result.set("layer", error.layer);
  return result;
}

val to_js(const Value& value) {
  if (value.is_missing()) return val::null();
  if (value.kind == Value::Kind::boolean) return val(value.number != 0);
  if (value.kind == Value::Kind::number) return val(value.number);
  if (value.kind == Value::Kind::text) return val(value.text);
  val list = val::array();
  for (const Value& entry : value.list) list.call<void>("push", to_js(entry));
  return list;
}

}  // namespace convscope

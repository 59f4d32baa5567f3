// Reads a request as its user wrote it: types, whole numbers, limits, defaults. Takes Values, gives
// a Request or the key at fault. Never compares one argument with another.
#include "request.hpp"

#include <cmath>

#include "limits.hpp"
#include "say.hpp"

namespace convscope {
namespace {

using Numbers = std::vector<std::int64_t>;

std::string describe(const Value& value) {
  switch (value.kind) {
    case Value::Kind::missing:
      return "nothing";
    case Value::Kind::boolean:
      return value.number != 0 ? "true" : "false";
    case Value::Kind::text:
      return say("the text '", value.text, "'");
    case Value::Kind::list:
      return "a list";
    case Value::Kind::other:
      return value.text;
    case Value::Kind::number:
      break;
  }
  const double number = value.number;
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  if (std::abs(number) >= 1e15) return "a number beyond 1e15";
  std::string text = number < 0 ? "-" : "";
  text += std::to_string(static_cast<std::int64_t>(std::abs(number)));
  // Up to three digits of a fraction, for the message only.
  std::int64_t thousandths = static_cast<std::int64_t>(std::abs(number) * 1000) % 1000;
  if (number == std::floor(number)) return text;
  text += ".";
  for (std::int64_t unit = 100; unit > 0 && (thousandths > 0 || unit == 100); unit /= 10) {
    text += static_cast<char>('0' + thousandths / unit);
    thousandths %= unit;
  }
  return text;
}

}  // namespace

Result<std::int64_t> read_integer(const Value& value, const char* field) {
  if (value.kind != Value::Kind::number) {
    return refuse(Code::wrong_type, field,
                  {"`", field, "` must be a whole number, but it is ", describe(value),
                   ". Give a number such as 1."});
  }
  if (!std::isfinite(value.number) || value.number != std::floor(value.number)) {
    if (std::isfinite(value.number) || std::isnan(value.number)) {
      return refuse(Code::not_an_integer, field,
                    {"`", field, "` must be a whole number, but it is ", describe(value),
                     ". Round it to a whole number."});
    }
  }
  if (std::abs(value.number) > static_cast<double>(kMaxArgument)) {
    return refuse(Code::too_large, field,
                  {"`", field, "` is ", describe(value), ", but the engine counts up to ",
                   kMaxArgument, ". Use a smaller number."});
  }
  return static_cast<std::int64_t>(value.number);
}

namespace {

Result<Numbers> read_list(const Value& value, const char* field) {
  Numbers numbers;
  for (const Value& entry : value.list) {
    Result<std::int64_t> number = read_integer(entry, field);
    if (!number) return number.refusal();
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

Result<Numbers> read_per_axis(const Value& value, const char* field, int axes,
                              std::int64_t otherwise) {
  if (value.is_missing()) return Numbers(axes, otherwise);
  if (value.kind == Value::Kind::list) return read_list(value, field);
  if (value.kind != Value::Kind::number) {
    return refuse(Code::wrong_type, field,
                  {"`", field, "` must be a number or a list with one number per axis, but it is ",
                   describe(value), "."});
  }
  Result<std::int64_t> number = read_integer(value, field);
  if (!number) return number.refusal();
  return Numbers(axes, *number);
}

Result<Padding> read_padding(const Value& value, int axes) {
  Padding padding;
  if (value.kind == Value::Kind::text) {
    padding.word = value.text;
    return padding;
  }
  const bool is_list = value.kind == Value::Kind::list;
  padding.pairs = is_list && !value.list.empty() && value.list[0].kind == Value::Kind::list;
  if (!padding.pairs) {
    Result<Numbers> numbers = read_per_axis(value, "padding", axes, 0);
    if (!numbers) return numbers.refusal();
    padding.begin = padding.end = *numbers;
    return padding;
  }
  for (const Value& entry : value.list) {
    if (entry.kind != Value::Kind::list || entry.list.size() != 2) {
      return refuse(
          Code::wrong_type, "padding",
          {"Padding by pairs needs [begin, end] for every axis, such as [[1, 2], [0, 0]]."});
    }
    Result<Numbers> pair = read_list(entry, "padding");
    if (!pair) return pair.refusal();
    padding.begin.push_back((*pair)[0]);
    padding.end.push_back((*pair)[1]);
  }
  padding.pairs = padding.begin != padding.end;
  return padding;
}

namespace {

Result<Op> read_op(const Value& value) {
  if (value.kind == Value::Kind::text) {
    for (int spatial = 1; spatial <= 3; ++spatial) {
      for (bool transposed : {false, true}) {
        Op op{transposed, spatial};
        if (value.text == op.name()) return op;
      }
    }
  }
  return refuse(value.is_missing() ? Code::missing_argument : Code::unknown_op, "op",
                {"`op` is ", describe(value),
                 ", but it must be one of conv1d, conv2d, conv3d, conv_transpose1d, "
                 "conv_transpose2d, conv_transpose3d."});
}

}  // namespace

Result<Shape> read_shape(const TensorValue& tensor, const char* field) {
  if (tensor.shape.kind != Value::Kind::list) {
    return refuse(tensor.shape.is_missing() ? Code::missing_argument : Code::wrong_type, field,
                  {"`", field, ".shape` must be a list of sizes, but it is ",
                   describe(tensor.shape), ". Give one such as [1, 1, 5, 5]."});
  }
  Result<Numbers> shape = read_list(tensor.shape, field);
  if (!shape) return shape;
  for (std::int64_t size : *shape) {
    if (size < 0) {
      return refuse(
          Code::negative_size, field,
          {"`", field, ".shape` is ", *shape, ", but a size cannot be below 0."},
          {"RuntimeError: Trying to create tensor with negative dimension ", size, ": ", *shape});
    }
  }
  if (element_count(*shape) > kMaxElements) {
    return refuse(Code::limit_elements, field,
                  {"`", field, "` of shape ", *shape, " would hold more than ", kMaxElements,
                   " numbers, the most the engine takes. Make it smaller."});
  }
  if (!tensor.fault.empty()) {
    return refuse(Code::wrong_type, field,
                  {"`", field, ".data` must hold numbers only, but it has ", tensor.fault, "."});
  }
  if (tensor.has_data && tensor.length != element_count(*shape)) {
    return refuse(Code::data_length, field,
                  {"`", field, ".data` holds ", tensor.length, " numbers, but shape ", *shape,
                   " needs ", element_count(*shape), "."});
  }
  return shape;
}

namespace {

// What the data tell; missing where there are only shapes.
Result<std::optional<DType>> read_dtype(const TensorValue& tensor, const char* field) {
  const Value& dtype = tensor.dtype;
  if (!tensor.present || dtype.is_missing()) return std::optional<DType>();
  if (dtype.text == "float32") return std::optional(DType::float32);
  if (dtype.text == "float64") return std::optional(DType::float64);
  return refuse(
      Code::wrong_type, field,
      {"`", field, ".dtype` must be 'float32' or 'float64', but it is ", describe(dtype), "."});
}

}  // namespace

std::string Op::name() const { return say(transposed ? "conv_transpose" : "conv", spatial, "d"); }
std::string Op::layer() const { return say(transposed ? "ConvTranspose" : "Conv", spatial, "d"); }

Result<Request> read_request(const RequestValue& value) {
  Request request;
  Result<Op> op = read_op(value.op);
  if (!op) return op.refusal();
  request.op = *op;
  const int axes = op->spatial;

  const auto dtype = read_dtype(value.input, "input");
  if (!dtype) return dtype.refusal();
  const auto weight_dtype = read_dtype(value.weight, "weight");
  if (!weight_dtype) return weight_dtype.refusal();
  const auto bias_dtype = read_dtype(value.bias, "bias");
  if (!bias_dtype) return bias_dtype.refusal();
  request.dtype = dtype->value_or(weight_dtype->value_or(DType::float32));
  request.weight_dtype = *weight_dtype;
  request.bias_dtype = *bias_dtype;

  if (!value.input.present) {
    return refuse(Code::missing_argument, "input", {"`input` is missing. Give { shape, data }."});
  }
  Result<Shape> input = read_shape(value.input, "input");
  if (!input) return input.refusal();
  request.input = *input;
  if (value.weight.present) {
    Result<Shape> weight = read_shape(value.weight, "weight");
    if (!weight) return weight.refusal();
    request.weight = *weight;
  }
  if (value.bias.present) {
    Result<Shape> bias = read_shape(value.bias, "bias");
    if (!bias) return bias.refusal();
    request.bias = *bias;
  }

  Result<Numbers> stride = read_per_axis(value.stride, "stride", axes, 1);
  if (!stride) return stride.refusal();
  Result<Padding> padding = read_padding(value.padding, axes);
  if (!padding) return padding.refusal();
  Result<Numbers> dilation = read_per_axis(value.dilation, "dilation", axes, 1);
  if (!dilation) return dilation.refusal();
  Result<Numbers> output_padding = read_per_axis(value.output_padding, "outputPadding", axes, 0);
  if (!output_padding) return output_padding.refusal();
  request.stride = *stride;
  request.padding = *padding;
  request.dilation = *dilation;
  request.output_padding = *output_padding;

  if (!value.output_size.is_missing()) {
    Result<Numbers> size = read_per_axis(value.output_size, "outputSize", axes, 0);
    if (!size) return size.refusal();
    request.output_size = *size;
  }
  if (!value.groups.is_missing()) {
    Result<std::int64_t> groups = read_integer(value.groups, "groups");
    if (!groups) return groups.refusal();
    request.groups = *groups;
  }
  if (!value.padding_mode.is_missing()) {
    if (value.padding_mode.kind != Value::Kind::text) {
      return refuse(Code::wrong_type, "paddingMode",
                    {"`paddingMode` must be a text such as 'zeros', but it is ",
                     describe(value.padding_mode), "."});
    }
    request.padding_mode = value.padding_mode.text;
  }
  if (!value.flip_kernel.is_missing()) {
    if (value.flip_kernel.kind != Value::Kind::boolean) {
      return refuse(
          Code::wrong_type, "flipKernel",
          {"`flipKernel` must be true or false, but it is ", describe(value.flip_kernel), "."});
    }
    request.flip_kernel = value.flip_kernel.number != 0;
  }
  if (!value.in_channels.is_missing()) {
    Result<std::int64_t> channels = read_integer(value.in_channels, "inChannels");
    if (!channels) return channels.refusal();
    request.in_channels = *channels;
  }
  if (!value.out_channels.is_missing()) {
    Result<std::int64_t> channels = read_integer(value.out_channels, "outChannels");
    if (!channels) return channels.refusal();
    request.out_channels = *channels;
  }
  if (!value.kernel_size.is_missing()) {
    Result<Numbers> kernel = read_per_axis(value.kernel_size, "kernelSize", axes, 1);
    if (!kernel) return kernel.refusal();
    request.kernel_size = *kernel;
  }
  if (!request.weight && !request.is_layer()) {
    return refuse(Code::missing_argument, "weight", {"`weight` is missing. Give { shape, data }."});
  }
  return request;
}

}  // namespace convscope

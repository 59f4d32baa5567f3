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
    case Value::Kind::missing: return "nothing";
    case Value::Kind::boolean: return value.number != 0 ? "true" : "false";
    case Value::Kind::text: return say("the text '", value.text, "'");
    case Value::Kind::list: return "a list";
    case Value::Kind::other: return value.text;
    case Value::Kind::number: break;
  }
  if (std::isnan(value.number)) return "NaN";
  if (std::isinf(value.number)) return value.number > 0 ? "Infinity" : "-Infinity";
  if (std::abs(value.number) < 1e15) {
    if (value.number == std::floor(value.number)) {
      return std::to_string(static_cast<std::int64_t>(value.number));
    }
    // Fractions: as many digits as to_string gives, without the zeros at the end.
    std::string text = std::to_string(value.number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() != '.') return text;
  }
  return "a number that is not whole or too large";
}

}  // namespace

Result<std::int64_t> read_integer(const Value& value, const char* field) {
  if (value.kind != Value::Kind::number) {
    return Error{Code::wrong_type, field,
                 say("`", field, "` must be a whole number, but it is ", describe(value),
                     ". Give a number such as 1.")};
  }
  if (!std::isfinite(value.number) || value.number != std::floor(value.number)) {
    if (std::isfinite(value.number) || std::isnan(value.number)) {
      return Error{Code::not_an_integer, field,
                   say("`", field, "` must be a whole number, but it is ", describe(value),
                       ". Round it to a whole number.")};
    }
  }
  if (std::abs(value.number) > static_cast<double>(kMaxArgument)) {
    return Error{Code::too_large, field,
                 say("`", field, "` is ", describe(value), ", but the engine counts up to ",
                     kMaxArgument, ". Use a smaller number.")};
  }
  return static_cast<std::int64_t>(value.number);
}

namespace {

Result<Numbers> read_list(const Value& value, const char* field) {
  Numbers numbers;
  for (const Value& entry : value.list) {
    Result<std::int64_t> number = read_integer(entry, field);
    if (!number) return number.error();
    numbers.push_back(*number);
  }
  return numbers;
}

// One number for all axes, or a list with one per axis (its length is checked later).
Result<Numbers> read_per_axis(const Value& value, const char* field, int axes,
                              std::int64_t otherwise) {
  if (value.is_missing()) return Numbers(axes, otherwise);
  if (value.kind == Value::Kind::list) return read_list(value, field);
  if (value.kind != Value::Kind::number) {
    return Error{Code::wrong_type, field,
                 say("`", field, "` must be a number or a list with one number per axis, but it is ",
                     describe(value), ".")};
  }
  Result<std::int64_t> number = read_integer(value, field);
  if (!number) return number.error();
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
    if (!numbers) return numbers.error();
    padding.begin = padding.end = *numbers;
    return padding;
  }
  for (const Value& entry : value.list) {
    if (entry.kind != Value::Kind::list || entry.list.size() != 2) {
      return Error{Code::wrong_type, "padding",
                   "Padding by pairs needs [begin, end] for every axis, such as [[1, 2], [0, 0]]."};
    }
    Result<Numbers> pair = read_list(entry, "padding");
    if (!pair) return pair.error();
    padding.begin.push_back((*pair)[0]);
    padding.end.push_back((*pair)[1]);
  }
  return padding;
}

Result<Op> read_op(const Value& value) {
  if (value.kind == Value::Kind::text) {
    for (int spatial = 1; spatial <= 3; ++spatial) {
      for (bool transposed : {false, true}) {
        Op op{transposed, spatial};
        if (value.text == op.name()) return op;
      }
    }
  }
  return Error{value.is_missing() ? Code::missing_argument : Code::unknown_op, "op",
               say("`op` is ", describe(value),
                   ", but it must be one of conv1d, conv2d, conv3d, conv_transpose1d, "
                   "conv_transpose2d, conv_transpose3d.")};
}

}  // namespace

Result<Shape> read_shape(const TensorValue& tensor, const char* field) {
  if (tensor.shape.kind != Value::Kind::list) {
    return Error{tensor.shape.is_missing() ? Code::missing_argument : Code::wrong_type, field,
                 say("`", field, ".shape` must be a list of sizes, but it is ",
                     describe(tensor.shape), ". Give one such as [1, 1, 5, 5].")};
  }
  Result<Numbers> shape = read_list(tensor.shape, field);
  if (!shape) return shape;
  for (std::int64_t size : *shape) {
    if (size < 0) {
      return Error{Code::negative_size, field,
                   say("`", field, ".shape` is ", *shape, ", but a size cannot be below 0."),
                   say("RuntimeError: Trying to create tensor with negative dimension ", size,
                       ": ", *shape)};
    }
  }
  if (element_count(*shape) > kMaxElements) {
    return Error{Code::limit_elements, field,
                 say("`", field, "` of shape ", *shape, " would hold more than ", kMaxElements,
                     " numbers, the most the engine takes. Make it smaller.")};
  }
  if (!tensor.fault.empty()) {
    return Error{Code::wrong_type, field,
                 say("`", field, ".data` must hold numbers only, but it has ", tensor.fault, ".")};
  }
  if (tensor.has_data && tensor.length != element_count(*shape)) {
    return Error{Code::data_length, field,
                 say("`", field, ".data` holds ", tensor.length, " numbers, but shape ", *shape,
                     " needs ", element_count(*shape), ".")};
  }
  return shape;
}

namespace {

// All tensors must agree; without any, float32, PyTorch's default.
Result<DType> read_dtype(const RequestValue& value) {
  const TensorValue* tensors[] = {&value.input, &value.weight, &value.bias};
  const char* fields[] = {"input", "weight", "bias"};
  std::string found;
  std::string first;
  for (int at = 0; at < 3; ++at) {
    const Value& dtype = tensors[at]->dtype;
    if (!tensors[at]->present || dtype.is_missing()) continue;
    if (dtype.text != "float32" && dtype.text != "float64") {
      return Error{Code::wrong_type, fields[at],
                   say("`", fields[at], ".dtype` must be 'float32' or 'float64', but it is ",
                       describe(dtype), ".")};
    }
    if (found.empty()) {
      found = dtype.text;
      first = fields[at];
    } else if (found != dtype.text) {
      return Error{Code::dtype_mismatch, fields[at],
                   say("`", fields[at], "` is ", dtype.text, ", but `", first, "` is ", found,
                       ". Give both as Float32Array, or both as Float64Array (a plain array counts "
                       "as float64).")};
    }
  }
  return found == "float64" ? DType::float64 : DType::float32;
}

}  // namespace

std::string Op::name() const { return say(transposed ? "conv_transpose" : "conv", spatial, "d"); }
std::string Op::layer() const { return say(transposed ? "ConvTranspose" : "Conv", spatial, "d"); }

Result<Request> read_request(const RequestValue& value) {
  Request request;
  Result<Op> op = read_op(value.op);
  if (!op) return op.error();
  request.op = *op;
  const int axes = op->spatial;

  Result<DType> dtype = read_dtype(value);
  if (!dtype) return dtype.error();
  request.dtype = *dtype;

  if (!value.input.present) {
    return Error{Code::missing_argument, "input", "`input` is missing. Give { shape, data }."};
  }
  Result<Shape> input = read_shape(value.input, "input");
  if (!input) return input.error();
  request.input = *input;
  if (value.weight.present) {
    Result<Shape> weight = read_shape(value.weight, "weight");
    if (!weight) return weight.error();
    request.weight = *weight;
  }
  if (value.bias.present) {
    Result<Shape> bias = read_shape(value.bias, "bias");
    if (!bias) return bias.error();
    request.bias = *bias;
  }

  Result<Numbers> stride = read_per_axis(value.stride, "stride", axes, 1);
  if (!stride) return stride.error();
  Result<Padding> padding = read_padding(value.padding, axes);
  if (!padding) return padding.error();
  Result<Numbers> dilation = read_per_axis(value.dilation, "dilation", axes, 1);
  if (!dilation) return dilation.error();
  Result<Numbers> output_padding = read_per_axis(value.output_padding, "outputPadding", axes, 0);
  if (!output_padding) return output_padding.error();
  request.stride = *stride;
  request.padding = *padding;
  request.dilation = *dilation;
  request.output_padding = *output_padding;

  if (!value.output_size.is_missing()) {
    Result<Numbers> size = read_per_axis(value.output_size, "outputSize", axes, 0);
    if (!size) return size.error();
    request.output_size = *size;
  }
  if (!value.groups.is_missing()) {
    Result<std::int64_t> groups = read_integer(value.groups, "groups");
    if (!groups) return groups.error();
    request.groups = *groups;
  }
  if (!value.padding_mode.is_missing()) {
    if (value.padding_mode.kind != Value::Kind::text) {
      return Error{Code::wrong_type, "paddingMode",
                   say("`paddingMode` must be a text such as 'zeros', but it is ",
                       describe(value.padding_mode), ".")};
    }
    request.padding_mode = value.padding_mode.text;
  }
  if (!value.in_channels.is_missing()) {
    Result<std::int64_t> channels = read_integer(value.in_channels, "inChannels");
    if (!channels) return channels.error();
    request.in_channels = *channels;
  }
  if (!value.out_channels.is_missing()) {
    Result<std::int64_t> channels = read_integer(value.out_channels, "outChannels");
    if (!channels) return channels.error();
    request.out_channels = *channels;
  }
  if (!value.kernel_size.is_missing()) {
    Result<Numbers> kernel = read_per_axis(value.kernel_size, "kernelSize", axes, 1);
    if (!kernel) return kernel.error();
    request.kernel_size = *kernel;
  }
  if (!request.weight && !request.is_layer()) {
    return Error{Code::missing_argument, "weight", "`weight` is missing. Give { shape, data }."};
  }
  return request;
}

}  // namespace convscope

// The only file that knows Emscripten: JavaScript values to Requests, results to JavaScript.
// Every function gives { value } or { error }; web/engine throws the latter. Whatever comes out is
// a copy that JavaScript owns, so that no view of this module's memory is ever seen outside.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <new>

#include "agreement.hpp"
#include "contributions.hpp"
#include "coverage.hpp"
#include "gradients.hpp"
#include "limits.hpp"
#include "say.hpp"
#include "sizes.hpp"
#include "text/parse.hpp"
#include "turn.hpp"

namespace convscope {
namespace {

using emscripten::typed_memory_view;
using emscripten::val;

bool is_missing(const val& value) { return value.isUndefined() || value.isNull(); }

bool is_instance(const val& value, const char* type) {
  return value.instanceof (val::global(type));
}

// Lists longer than this are no stride and no shape; their entries are not looked at.
constexpr unsigned kLongestList = 64;

Value to_value(const val& value, int depth = 0) {
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

// What of a plain array is no number; empty if all are.
std::string find_fault(const val& data, unsigned length) {
  for (unsigned at = 0; at < length; ++at) {
    const std::string type = data[at].typeOf().as<std::string>();
    if (type != "number") return say("a value of type ", type, " at index ", at);
  }
  return "";
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
  val(typed_memory_view(tensor.size(), tensor.data())).call<void>("set", data);
  return tensor;
}

// Copies the numbers in, always as doubles: float32 fits exactly, and results are rounded once on
// their way out. The geometry has compared all sizes already. The weight is turned if asked for.
Result<Operands<double>> to_operands(const val& request, const Geometry& geometry) {
  for (const char* field : {"input", "weight", "bias"}) {
    const val tensor = request[field];
    if (field[0] == 'b' && !geometry.has_bias()) continue;
    if (is_missing(tensor) || is_missing(tensor["data"])) {
      return refuse(Code::data_missing, field,
                    {"`", field,
                     ".data` is missing. Give its numbers in a Float32Array, a "
                     "Float64Array or an array."});
    }
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

template <typename Number>
val copied(const char* type, const Number* data, std::size_t size) {
  return val::global(type).new_(val(typed_memory_view(size, data)));
}

val to_js(const Tensor<double>& tensor, DType dtype) {  // a Float32Array rounds to nearest
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

val to_js(const Axis& axis, bool transposed) {
  const auto number = [](std::int64_t value) { return val(static_cast<double>(value)); };
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

val to_js(const Contributions& terms) {
  val result = val::object();
  result.set("output", to_js(terms.output));
  result.set("input", to_js(terms.input));
  result.set("weight", to_js(terms.weight));
  result.set("product", copied("Float64Array", terms.product.data(), terms.product.size()));
  result.set("padded", terms.has_padded ? to_js(terms.padded) : val::null());
  return result;
}

val to_js(const Error& error) {
  val result = val::object();
  result.set("code", std::string(code_name(error.code)));
  result.set("field", std::string(error.field));
  result.set("axis", error.axis < 0 ? val::null() : val(error.axis));
  result.set("message", error.message);
  result.set("torch", error.torch.empty() ? val::null() : val(error.torch));
  result.set("line", error.line == 0 ? val::null() : val(error.line));
  result.set("column", error.line == 0 ? val::null() : val(error.column));
  return result;
}

// Runs `compute`, which gives a Result<val>, and wraps what comes of it. Out of memory is an answer
// like any other: everything taken so far is released on the way here.
template <typename Compute>
val answer(Compute compute) {
  val reply = val::object();
  try {
    Result<val> result = compute();
    if (result) {
      reply.set("value", *result);
    } else {
      reply.set("error", to_js(result.error()));
    }
  } catch (const std::bad_alloc&) {
    reply.set("error", to_js(*refuse(Code::out_of_memory, "input",
                                     {"There is not enough memory for this request. Use a smaller "
                                      "input or kernel."})));
  }
  return reply;
}

val infer_shape(const val& request) {
  return answer([&]() -> Result<val> {
    Result<Geometry> geometry = to_geometry(request);
    if (!geometry) return geometry.refusal();
    return to_js(*geometry);
  });
}

val run_request(const val& request) {
  return answer([&]() -> Result<val> {
    Result<Geometry> geometry = to_geometry(request);
    if (!geometry) return geometry.refusal();
    Result<Operands<double>> operands = to_operands(request, *geometry);
    if (!operands) return operands.refusal();
    return to_js(geometry->output_shape, run(*geometry, *operands), geometry->dtype);
  });
}

// One map as an object; its shape as (N, C, spatial…) unless it says otherwise.
val to_js(const Geometry& geometry, const Tensor<double>& values,
          const std::vector<std::int32_t>& source, const Shape& shape = {}) {
  Sizes sizes;
  std::copy(values.shape().begin(), values.shape().end(), sizes.begin());
  val item = to_js(shape.empty() ? geometry.shape_of(sizes) : shape, values, geometry.dtype);
  if (source.size() == values.size() && !source.empty()) item.set("source", to_js(source));
  return item;
}

val to_js(const Geometry& geometry, const Phase& phase) {
  val offset = val::array(), dilation = val::array(), padding = val::array();
  for (std::size_t at = 3 - geometry.op.spatial; at < 3; ++at) {
    offset.call<void>("push", static_cast<double>(phase.offset[at]));
    dilation.call<void>("push", static_cast<double>(phase.dilation[at]));
    padding.call<void>("push", to_js(Shape{phase.padding_begin[at], phase.padding_end[at]}));
  }
  val result = val::object();
  result.set("offset", offset);
  result.set("dilation", dilation);
  result.set("padding", padding);
  result.set("kernel", to_js(geometry, phase.kernel, phase.kernel_source));
  result.set("output", to_js(geometry, phase.output, phase.output_source));
  return result;
}

// Whether a switch is on; `otherwise` where it is missing.
Result<bool> read_switch(const val& value, const char* field, bool otherwise) {
  if (is_missing(value)) return otherwise;
  if (value.typeOf().as<std::string>() == "boolean") return value.as<bool>();
  return refuse(Code::wrong_type, field, {"`", field, "` must be true or false."});
}

val trace_request(const val& request, const val& options) {
  return answer([&]() -> Result<val> {
    Result<Geometry> geometry = to_geometry(request);
    if (!geometry) return geometry.refusal();
    const bool given = !is_missing(options);
    Result<Method> method = read_method(given ? to_value(options["method"]) : Value(), *geometry);
    if (!method) return method.refusal();
    Result<bool> lists = read_switch(options["contributions"], "contributions", true);
    if (!lists) return lists.refusal();
    TraceOptions trace_options;
    if (!is_missing(options["steps"])) {
      Result<std::int64_t> steps = read_integer(to_value(options["steps"]), "steps");
      if (!steps) return steps.refusal();
      trace_options.steps = *steps;
    }
    Result<Operands<double>> operands = to_operands(request, *geometry);
    if (!operands) return operands.refusal();
    Result<Trace> traced = trace(*geometry, *operands, *method, trace_options);
    if (!traced) return traced.refusal();

    val maps = val::object();
    for (const Map& map : traced->maps) {
      maps.set(map.name, to_js(*geometry, map.values, map.source, map.shape));
    }
    val result = val::object();
    result.set("method", std::string(method_name(*method)));
    result.set("geometry", to_js(*geometry));
    result.set("maps", maps);
    result.set("contributions", val::null());
    if (*method == Method::phases) {
      val phases = val::array();
      for (const Phase& phase : traced->phases) {
        phases.call<void>("push", to_js(*geometry, phase));
      }
      result.set("phases", phases);
    }
    if (*lists) {
      const Selection stamped{.inputs_before = trace_options.steps};
      Result<Contributions> terms = contributions(*geometry, *operands, *method, stamped);
      if (terms) result.set("contributions", to_js(*terms));
    }
    return result;
  });
}

val contributions_of(const val& request, const val& selection) {
  return answer([&]() -> Result<val> {
    Result<Geometry> geometry = to_geometry(request);
    if (!geometry) return geometry.refusal();
    if (is_missing(selection)) {
      return refuse(Code::missing_argument, "method",
                    {"Name the method and one cell: { method, output }."});
    }
    Result<Method> method = read_method(to_value(selection["method"]), *geometry);
    if (!method) return method.refusal();
    Selection cell;
    for (auto [field, index] : {std::pair{"output", &cell.output}, std::pair{"input", &cell.input},
                                std::pair{"weight", &cell.weight}}) {
      const Value value = to_value(selection[field]);
      if (value.is_missing()) continue;
      Result<std::int64_t> number = read_integer(value, field);
      if (!number) return number.refusal();
      *index = *number;
    }
    Result<Operands<double>> operands = to_operands(request, *geometry);
    if (!operands) return operands.refusal();
    Result<Contributions> terms = contributions(*geometry, *operands, *method, cell);
    if (!terms) return terms.refusal();
    return to_js(*terms);
  });
}

// As the user gave it: without the batch axis where there was none.
Shape input_shape(const Geometry& geometry) {
  Shape shape = geometry.shape_of(geometry.input_sizes());
  if (!geometry.batched) shape.erase(shape.begin());
  return shape;
}

val gradients_of(const val& request, const val& grad_output) {
  return answer([&]() -> Result<val> {
    Result<Geometry> geometry = to_geometry(request);
    if (!geometry) return geometry.refusal();
    Check fits = check_grad_output(*geometry, to_tensor_value(grad_output));
    if (!fits) return fits.refusal();
    Result<Operands<double>> operands = to_operands(request, *geometry);
    if (!operands) return operands.refusal();
    const Tensor<double> grad = to_tensor(grad_output["data"], geometry->output_sizes());
    const Gradients<double> gradient = gradients(*geometry, *operands, grad);

    const DType dtype = geometry->dtype;
    val result = val::object();
    result.set("input", to_js(input_shape(*geometry), gradient.input, dtype));
    result.set("weight", to_js(geometry->weight_shape, gradient.weight, dtype));
    result.set("bias", geometry->has_bias() ? to_js({geometry->biases}, gradient.bias, dtype)
                                            : val::null());
    return result;
  });
}

val agreement_of(const val& request) {
  return answer([&]() -> Result<val> {
    Result<Geometry> geometry = to_geometry(request);
    if (!geometry) return geometry.refusal();
    Result<Operands<double>> operands = to_operands(request, *geometry);
    if (!operands) return operands.refusal();
    const Agreement found = agreement(*geometry, *operands);
    val methods = val::array(), skipped = val::array();
    for (const Agreement::Compared& compared : found.methods) {
      val item = val::object();
      item.set("method", std::string(method_name(compared.method)));
      item.set("difference", compared.difference);
      methods.call<void>("push", item);
    }
    for (const Agreement::Skipped& skip : found.skipped) {
      val item = to_js(*skip.refusal);
      item.set("method", std::string(method_name(skip.method)));
      skipped.call<void>("push", item);
    }
    val result = val::object();
    result.set("methods", methods);
    result.set("skipped", skipped);
    result.set("largest", found.largest);
    return result;
  });
}

val coverage_of(const val& request) {
  return answer([&]() -> Result<val> {
    Result<Geometry> geometry = to_geometry(request);
    if (!geometry) return geometry.refusal();
    Result<Coverage> counted = coverage(*geometry);
    if (!counted) return counted.refusal();
    val axes = val::array();
    for (const Axis& axis : geometry->spatial_axes()) {
      const bool even = spreads_evenly(axis), transposed = geometry->op.transposed;
      val item = val::object();
      item.set("name", std::string(axis.name));
      item.set("kernel", static_cast<double>(axis.kernel));
      item.set("stride", static_cast<double>(axis.stride));
      item.set("dilation", static_cast<double>(axis.dilation));
      // A convolution's output is even by itself, its input's gradient is a transposed one.
      item.set("regular", !transposed || even);
      item.set("gradientRegular", transposed || even);
      axes.call<void>("push", item);
    }
    val result = val::object();
    result.set("shape", to_js(counted->shape));
    result.set("data", to_js(counted->data));
    result.set("min", counted->min);
    result.set("max", counted->max);
    result.set("axes", axes);
    return result;
  });
}

val sizes_of(const val& request) {
  return answer([&]() -> Result<val> {
    Result<Request> read = to_request(request);
    if (!read) return read.refusal();
    Result<Geometry> geometry = infer_geometry(*read);
    if (!geometry) return geometry.refusal();
    Result<std::vector<AxisSizes>> found = sizes(*read, *geometry);
    if (!found) return found.refusal();
    val axes = val::array();
    for (std::size_t at = 0; at < found->size(); ++at) {
      const Axis& axis = geometry->spatial_axes()[at];
      const AxisSizes& size = (*found)[at];
      const auto number = [](std::int64_t value) { return static_cast<double>(value); };
      val item = val::object();
      item.set("name", std::string(axis.name));
      item.set("input", number(axis.input));
      item.set("output", number(axis.output));
      if (geometry->op.transposed) {
        val choices = val::array();
        for (const SizeChoice& choice : size.choices) {
          val entry = val::object();
          entry.set("outputPadding", number(choice.output_padding));
          entry.set("output", number(choice.output));
          entry.set("back", number(choice.back));
          choices.call<void>("push", entry);
        }
        item.set("outputPadding", number(axis.output_padding));
        item.set("base", number(size.base));
        item.set("choices", choices);
      } else {
        item.set("first", number(size.first));
        item.set("last", number(size.last));
      }
      axes.call<void>("push", item);
    }
    return axes;
  });
}

val to_js(const Value& value) {
  if (value.kind == Value::Kind::boolean) return val(value.number != 0);
  if (value.kind == Value::Kind::number) return val(value.number);
  if (value.kind == Value::Kind::text) return val(value.text);
  val list = val::array();
  for (const Value& entry : value.list) list.call<void>("push", to_js(entry));
  return list;
}

val text_or_null(const std::string& text) { return text.empty() ? val::null() : val(text); }

val to_js(const TensorItem& tensor) {
  val gaps = val::array();
  for (const std::optional<std::int64_t>& gap : tensor.block.gaps) {
    gaps.call<void>("push", gap ? val(static_cast<double>(*gap)) : val::null());
  }
  val item = val::object();
  item.set("kind", std::string("tensor"));
  item.set("name", text_or_null(tensor.name));
  item.set("container", tensor.container);
  item.set("dtype", text_or_null(tensor.dtype));
  item.set("shape", tensor.shape ? to_js(*tensor.shape) : val::null());
  item.set("visibleShape", to_js(tensor.block.shape));
  item.set("gaps", gaps);
  item.set("data", copied("Float64Array", tensor.block.data.data(), tensor.block.data.size()));
  item.set("decimals", tensor.block.decimals);
  item.set("scientific", tensor.block.scientific);
  item.set("truncated", tensor.block.truncated);
  return item;
}

val to_js(const LayerItem& layer) {
  val arguments = val::object(), tensors = val::object(), unread = val::array();
  for (const auto& [key, value] : layer.arguments) arguments.set(key, to_js(value));
  for (const auto& [operand, expression] : layer.tensors) tensors.set(operand, expression);
  for (const std::string& key : layer.unread) unread.call<void>("push", key);
  val item = val::object();
  item.set("kind", std::string("layer"));
  item.set("framework", layer.framework);
  item.set("op", layer.op);
  item.set("name", text_or_null(layer.name));
  item.set("arguments", arguments);
  item.set("unread", unread);
  if (!layer.tensors.empty()) item.set("tensors", tensors);
  return item;
}

val to_js(const ShapeItem& shape) {
  val item = val::object();
  item.set("kind", std::string("shape"));
  item.set("name", text_or_null(shape.name));
  item.set("shape", to_js(shape.shape));
  return item;
}

val to_js(const ErrorItem& error) {
  val lists = val::array();
  for (const Shape& list : error.lists) lists.call<void>("push", to_js(list));
  val item = val::object();
  item.set("kind", std::string("error"));
  item.set("type", error.type);
  item.set("text", error.text);
  item.set("numbers", to_js(error.numbers));
  item.set("lists", lists);
  return item;
}

val parse_text(const val& text) {
  return answer([&]() -> Result<val> {
    if (!text.isString()) return refuse(Code::wrong_type, "text", {"The text must be a string."});
    Result<std::vector<Item>> found = parse(text.as<std::string>());
    if (!found) return found.refusal();
    val items = val::array();
    for (const Item& item : *found) {
      switch (item.kind) {
        case Item::Kind::tensor:
          items.call<void>("push", to_js(item.tensor));
          break;
        case Item::Kind::layer:
          items.call<void>("push", to_js(item.layer));
          break;
        case Item::Kind::shape:
          items.call<void>("push", to_js(item.shape));
          break;
        case Item::Kind::error:
          items.call<void>("push", to_js(item.error));
          break;
      }
    }
    val result = val::object();
    result.set("items", items);
    return result;
  });
}

val error_codes() {
  val list = val::array();
  for (const CodeInfo& code : kCodes) {
    val item = val::object();
    item.set("code", std::string(code.name));
    item.set("meaning", std::string(code.meaning));
    list.call<void>("push", item);
  }
  return list;
}

val limits() {
  val result = val::object();
  result.set("argument", static_cast<double>(kMaxArgument));
  result.set("elements", static_cast<double>(kMaxElements));
  result.set("operations", static_cast<double>(kMaxOperations));
  result.set("contributions", static_cast<double>(kMaxContributions));
  result.set("matrix", static_cast<double>(kMaxMatrix));
  result.set("phases", static_cast<double>(kMaxPhases));
  result.set("choices", static_cast<double>(kMaxChoices));
  return result;
}

}  // namespace

EMSCRIPTEN_BINDINGS(convscope) {
  emscripten::function("inferShape", &infer_shape);
  emscripten::function("run", &run_request);
  emscripten::function("trace", &trace_request);
  emscripten::function("contributions", &contributions_of);
  emscripten::function("gradients", &gradients_of);
  emscripten::function("agreement", &agreement_of);
  emscripten::function("coverage", &coverage_of);
  emscripten::function("sizes", &sizes_of);
  emscripten::function("parse", &parse_text);
  emscripten::function("limits", &limits);
  emscripten::function("errorCodes", &error_codes);
}

}  // namespace convscope

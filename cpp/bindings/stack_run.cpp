// A stack's numbers, and the stack that a text holds.
#include <emscripten/bind.h>

#include "../stack/from_text.hpp"
#include "../stack/run.hpp"
#include "stack.hpp"

namespace convscope::stack {
namespace {

using convscope::to_js;  // beside those of here

val to_js(const Values& values, DType dtype) {
  val object = val::object();
  object.set("shape", to_js(values.shape));
  object.set("data", copied("Float64Array", values.data.data(), values.data.size()));
  if (dtype == DType::float32) {
    object.set("data", val::global("Float32Array").new_(object["data"]));
  }
  return object;
}

Result<RunOptions> to_options(const val& options) {
  RunOptions result;
  if (is_missing(options)) return result;
  if (Check object = require_object(options, "options"); !object) return object.refusal();
  const Value seed = to_value(options["seed"]), weights = to_value(options["weights"]);
  if (!seed.is_missing()) {
    Result<std::int64_t> number = read_integer(seed, "seed");
    if (!number) return number.refusal();
    result.seed = static_cast<std::uint32_t>(*number);
  }
  if (weights.is_missing()) return result;
  if (weights.text != "seeded" && weights.text != "ones") {
    return refuse(Code::mode_unknown, "weights", {"`weights` must be 'seeded' or 'ones'."});
  }
  result.ones = weights.text == "ones";
  return result;
}

val run(const val& layers, const val& input, const val& asked) {
  return answer([&]() -> Result<val> {
    Result<RunOptions> options = to_options(asked);
    if (!options) return options.refusal();
    if (Check object = require_object(input, "input"); !object) return object.refusal();
    const TensorValue tensor = to_tensor_value(input);
    Result<Shape> shape = read_shape(tensor, "input");
    if (!shape) return shape.refusal();
    if (Check there = require_data(input, "input"); !there) return there.refusal();
    options->dtype = tensor.dtype.text == "float64" ? DType::float64 : DType::float32;
    const Result<Stack> stack = to_stack(layers, val(to_js(*shape)));
    if (!stack) return stack.refusal();
    Values values{*shape, std::vector<double>(static_cast<std::size_t>(element_count(*shape)))};
    val(emscripten::typed_memory_view(values.data.size(), values.data.data()))
        .call<void>("set", input["data"]);
    const Result<std::vector<LayerRun>> runs = run_stack(*stack, values, *options);
    if (!runs) return runs.refusal();
    val outputs = val::array(), inputs = val::array(), parameters = val::array();
    for (const LayerRun& one : *runs) {
      outputs.call<void>("push", to_js(one.output, options->dtype));
      inputs.call<void>("push",
                        one.merged.data.empty() ? val::null() : to_js(one.merged, options->dtype));
      val made = val::null();
      if (!one.weight.data.empty()) {
        made = val::object();
        made.set("weight", to_js(one.weight, options->dtype));
        made.set("bias", one.bias.data.empty() ? val::null() : to_js(one.bias, options->dtype));
      }
      parameters.call<void>("push", made);
    }
    val object = val::object();
    object.set("outputs", outputs);
    object.set("inputs", inputs);
    object.set("parameters", parameters);
    return object;
  });
}

val parse_text(const val& text) {
  return answer([&]() -> Result<val> {
    if (!text.isString()) return refuse(Code::wrong_type, "text", {"The text must be a string."});
    const Result<ParsedStack> parsed = parse_stack(text.as<std::string>());
    if (!parsed) return parsed.refusal();
    val layers = val::array(), ignored = val::array(), object = val::object();
    for (const LayerValue& layer : parsed->layers) layers.call<void>("push", to_js(layer));
    for (const std::string& name : parsed->ignored) ignored.call<void>("push", name);
    object.set("layers", layers);
    object.set("inputShape", parsed->input ? to_js(*parsed->input) : val::null());
    object.set("ignored", ignored);
    return object;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(convscope_stack_run) {
  emscripten::function("runStack", &run);
  emscripten::function("parseStack", &parse_text);
}

}  // namespace convscope::stack

// What every page asks for: sizes, the output, gradients, and the reasons behind them.
#include <emscripten/bind.h>

#include "../agreement.hpp"
#include "../coverage.hpp"
#include "../gradients.hpp"
#include "../sizes.hpp"
#include "marshal.hpp"

namespace convscope {
namespace {

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

EMSCRIPTEN_BINDINGS(convscope_core) {
  emscripten::function("inferShape", &infer_shape);
  emscripten::function("run", &run_request);
  emscripten::function("gradients", &gradients_of);
  emscripten::function("agreement", &agreement_of);
  emscripten::function("coverage", &coverage_of);
  emscripten::function("sizes", &sizes_of);
  emscripten::function("limits", &limits);
  emscripten::function("errorCodes", &error_codes);
}

}  // namespace convscope

// Every map between input and output, and which products make which cell.
#include <emscripten/bind.h>

#include "../contributions.hpp"
#include "../trace.hpp"
#include "marshal.hpp"

namespace convscope {
namespace {

using convscope::to_js;  // beside those of here

val to_js(const Contributions& terms) {
  val result = val::object();
  result.set("output", to_js(terms.output));
  result.set("input", to_js(terms.input));
  result.set("weight", to_js(terms.weight));
  result.set("product", copied("Float64Array", terms.product.data(), terms.product.size()));
  result.set("padded", terms.has_padded ? to_js(terms.padded) : val::null());
  return result;
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

}  // namespace

EMSCRIPTEN_BINDINGS(convscope_trace) {
  emscripten::function("trace", &trace_request);
  emscripten::function("contributions", &contributions_of);
}

}  // namespace convscope

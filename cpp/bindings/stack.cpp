// Stacks of layers, as the objects of web/engine/stack.js.
#include "stack.hpp"

#include <emscripten/bind.h>

#include "../checks.hpp"
#include "../stack/receptive.hpp"
#include "../stack/summary.hpp"

namespace convscope::stack {
namespace {

using convscope::to_js;  // beside those of here

constexpr std::size_t kRepairsListed = 20;

// A fraction of a second: who edits a stack sees it fail often.
constexpr std::int64_t kFailureBudget = 6000;

// ---- out ---------------------------------------------------------------------------------------

template <typename Number>
val or_null(const std::optional<Number>& value) {
  return value ? val(static_cast<double>(*value)) : val::null();
}

val shape_or_null(const std::optional<Shape>& shape) { return shape ? to_js(*shape) : val::null(); }

val to_js(const Overlap& overlap) {
  val object = val::object();
  object.set("min", overlap.min);
  object.set("max", overlap.max);
  object.set("interiorMin", overlap.interior_min);
  object.set("interiorMax", overlap.interior_max);
  object.set("regular", overlap.regular());
  return object;
}

val to_js(const AxisSummary& axis) {
  val object = val::object();
  object.set("name", std::string(axis.name));
  object.set("input", or_null(axis.input));
  object.set("output", number(axis.output));
  object.set("receptiveField", or_null(axis.receptive_field));
  object.set("jump", or_null(axis.jump));
  object.set("start", or_null(axis.start));
  object.set("effectivePadding", axis.closed_form ? val(0 - axis.closed_form->first) : val::null());
  object.set("closedForm", axis.closed_form.has_value());
  object.set("overlap", axis.overlap ? to_js(*axis.overlap) : val::null());
  return object;
}

// Sums may be beyond what a 64-bit integer holds: counted in doubles.
struct Totals {
  double parameters = 0, multiply_adds = 0, memory = 0;
};

val to_js(const Node& node, std::size_t index, const std::vector<AxisSummary>& summaries,
          Totals& totals) {
  const Plan& plan = node.plan;
  const auto weights = static_cast<double>(plan.weight ? element_count(*plan.weight) : 0);
  const auto biases = static_cast<double>(plan.bias ? element_count(*plan.bias) : 0);
  const double memory = 4 * static_cast<double>(element_count(plan.output));
  totals.parameters += weights + biases;
  totals.multiply_adds += static_cast<double>(plan.multiply_adds);
  totals.memory += memory;
  val parameters = val::object();
  parameters.set("weight", weights);
  parameters.set("bias", biases);
  parameters.set("total", weights + biases);
  val axes = val::array();
  for (const AxisSummary& axis : summaries) axes.call<void>("push", to_js(axis));
  val object = val::object();
  object.set("index", static_cast<double>(index));
  object.set("name", text_or_null(node.name));
  object.set("op", plan.operation.text());
  object.set("inputShape", to_js(plan.input));
  object.set("outputShape", to_js(plan.output));
  object.set("weightShape", shape_or_null(plan.weight));
  object.set("biasShape", shape_or_null(plan.bias));
  object.set("parameters", parameters);
  object.set("multiplyAdds", static_cast<double>(plan.multiply_adds));
  object.set("memory", memory);
  object.set("global", node.global);
  object.set("axes", axes);
  return object;
}

val to_js(const Failure& failure, const std::vector<LayerValue>& layers, const Shape& input) {
  val object = to_js(*failure.refusal);
  object.set("repairs", to_js(find_repairs(layers, input, {.layer = failure.layer}, kRepairsListed,
                                           kFailureBudget),
                              layers));
  return object;
}

val to_js(const Stack& stack, const std::vector<LayerValue>& written) {
  const std::vector<std::vector<AxisSummary>> summaries = summarize(stack);
  Totals sums;
  val layers = val::array(), names = val::array(), totals = val::object();
  for (std::size_t at = 0; at < stack.layers.size(); ++at) {
    layers.call<void>("push", to_js(stack.layers[at], at, summaries[at], sums));
  }
  const Op op{false, stack.spatial(0)};
  for (int at = 0; at < op.spatial; ++at) {
    names.call<void>("push", std::string(axis_name(op, at)));
  }
  totals.set("parameters", sums.parameters);
  totals.set("multiplyAdds", sums.multiply_adds);
  totals.set("memory", sums.memory);
  val object = val::object();
  object.set("inputShape", to_js(stack.input.shape));
  object.set("batched", stack.input.batched);
  object.set("axes", names);
  object.set("layers", layers);
  object.set("totals", totals);
  object.set("failure",
             stack.failure ? to_js(*stack.failure, written, stack.input.shape) : val::null());
  return object;
}

val to_js(const FieldAxis& axis) {
  val object = val::object();
  object.set("name", std::string(axis.name));
  object.set("size", number(axis.size));
  object.set("positions", to_js(axis.positions));
  object.set("counts", copied("Float64Array", axis.counts.data(), axis.counts.size()));
  val extent = val::null();
  if (axis.extent) {
    extent = val::object();
    extent.set("first", axis.extent->first);
    extent.set("last", axis.extent->last);
  }
  object.set("extent", extent);
  return object;
}

val to_js(const ReceptiveField& field, std::size_t layer, const Shape& cell) {
  val axes = val::array(), through = val::array(), map = val::object(), object = val::object();
  for (const FieldAxis& axis : field.axes) axes.call<void>("push", to_js(axis));
  for (const Through& one : field.through) {
    val item = val::object();
    item.set("layer", static_cast<double>(one.layer));
    item.set("first", to_js(one.first));
    item.set("last", to_js(one.last));
    through.call<void>("push", item);
  }
  map.set("shape", to_js(field.shape));
  map.set("data", copied("Float64Array", field.map.data(), field.map.size()));
  object.set("layer", static_cast<double>(layer));
  object.set("cell", to_js(cell));
  object.set("axes", axes);
  object.set("map", map);
  object.set("through", through);
  return object;
}

// ---- the functions -----------------------------------------------------------------------------

val stack_of(const val& layers, const val& shape) {
  return answer([&]() -> Result<val> {
    const Result<std::vector<LayerValue>> written = to_layers(layers);
    if (!written) return written.refusal();
    const Result<Shape> input = to_shape(shape, "inputShape");
    if (!input) return input.refusal();
    const Result<Stack> stack = infer_stack(*written, *input);
    if (!stack) return stack.refusal();
    return to_js(*stack, *written);
  });
}

val receptive_field_of(const val& layers, const val& shape, const val& query) {
  return answer([&]() -> Result<val> {
    const Result<Stack> stack = to_stack(layers, shape);
    if (!stack) return stack.refusal();
    if (Check object = require_object(query, "query"); !object) return object.refusal();
    const Result<std::int64_t> layer = read_integer(to_value(query["layer"]), "layer");
    if (!layer) return layer.refusal();
    const Result<Shape> cell = to_shape(query["cell"], "cell");
    if (!cell) return cell.refusal();
    const Result<ReceptiveField> field = receptive_field(*stack, *layer, *cell);
    if (!field) return field.refusal();
    return to_js(*field, static_cast<std::size_t>(*layer), *cell);
  });
}

val overlap_maps(const val& layers, const val& shape, const val& which) {
  return answer([&]() -> Result<val> {
    const Result<Stack> stack = to_stack(layers, shape);
    if (!stack) return stack.refusal();
    const Result<std::int64_t> layer = read_integer(to_value(which), "layer");
    if (!layer) return layer.refusal();
    const Result<std::size_t> index = read_layer_index(*stack, *layer);
    if (!index) return index.refusal();
    const std::vector<std::vector<double>> counts = overlap_of(*stack, *index);
    const Op op{false, static_cast<int>(counts.size())};
    val axes = val::array();
    for (std::size_t at = 0; at < counts.size(); ++at) {
      val axis = val::object();
      axis.set("name", std::string(axis_name(op, at)));
      axis.set("counts", copied("Float64Array", counts[at].data(), counts[at].size()));
      axes.call<void>("push", axis);
    }
    return axes;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(convscope_stack) {
  emscripten::function("stack", &stack_of);
  emscripten::function("receptiveField", &receptive_field_of);
  emscripten::function("overlap", &overlap_maps);
}

}  // namespace convscope::stack

// What turns one size into another, and what repairs a stack.
#include <emscripten/bind.h>

#include "../stack/planner.hpp"
#include "../stack/solve.hpp"
#include "stack.hpp"

namespace convscope::stack {
namespace {

using convscope::to_js;  // beside those of here

constexpr std::int64_t kMostListed = 100000;

// A number of a question, `otherwise` where it is missing.
Result<std::int64_t> to_number(const val& value, const char* field, std::int64_t otherwise,
                               std::int64_t least, std::int64_t most) {
  const Value read = to_value(value);
  if (read.is_missing()) return otherwise;
  Result<std::int64_t> number = read_integer(read, field);
  if (!number || (least <= *number && *number <= most)) return number;
  return refuse(Code::index_out_of_range, field,
                {"`", field, "` is ", *number, ", but it must be from ", least, " to ", most, "."});
}

Check to_range(const val& ranges, const char* field, std::int64_t least, Range& range) {
  const Value pair = is_missing(ranges) ? Value() : to_value(ranges[field]);
  if (pair.is_missing()) return Passed{};
  Result<Shape> ends = read_per_axis(pair, field, 2, 0);
  if (!ends) return ends.refusal();
  if (ends->size() != 2 || (*ends)[0] < least || (*ends)[0] > (*ends)[1]) {
    return refuse(Code::index_out_of_range, field,
                  {"The range of `", field, "` is ", *ends,
                   ", but it must be the least and the most, from ", least, " on."});
  }
  range = {(*ends)[0], (*ends)[1]};
  return Passed{};
}

Result<SizeQuestion> to_question(const val& value) {
  if (Check object = require_object(value, "question"); !object) return object.refusal();
  SizeQuestion question;
  LayerValue layer;
  layer.set("op", to_value(value["op"]));
  Result<OperationName> operation = read_operation(layer);
  if (!operation) return operation.refusal();
  question.operation = *operation;
  if (!is_solvable(*operation)) {
    return refuse(Code::not_applicable, "op",
                  {"Sizes are solved for convolutions, max_pool and avg_pool, not for ",
                   operation->text(), "."});
  }
  for (const char* field : {"from", "to"}) {
    if (!is_missing(value[field])) continue;
    return refuse(Code::missing_argument, field,
                  {"`", field, "` is missing. Give the sizes to come `from` and to get `to`."});
  }
  Result<std::int64_t> from = to_number(value["from"], "from", 1, 1, kMaxArgument);
  if (!from) return from.refusal();
  Result<std::int64_t> to = to_number(value["to"], "to", 1, 1, kMaxArgument);
  if (!to) return to.refusal();
  Result<std::int64_t> layers = to_number(value["layers"], "layers", 1, 1, 100);
  if (!layers) return layers.refusal();
  Result<std::int64_t> limit = to_number(value["limit"], "limit", 100, 0, kMostListed);
  if (!limit) return limit.refusal();
  question.from = *from;
  question.to = *to;
  question.layers = *layers;
  question.limit = static_cast<std::size_t>(*limit);
  if (question.layers > 1) question.dilation = {1, 1};
  if (!has_dilation(*operation)) question.dilation = {1, 1};
  if (!has_output_padding(*operation)) question.output_padding = {0, 0};
  const val ranges = value["ranges"];
  if (!is_missing(ranges)) {
    if (Check object = require_object(ranges, "ranges"); !object) return object.refusal();
  }
  struct Row {
    const char* field;
    std::int64_t least;
    Range& range;
    bool is_there;
  };
  for (const Row& row :
       {Row{"kernelSize", 1, question.kernel, true}, Row{"stride", 1, question.stride, true},
        Row{"padding", 0, question.padding, true},
        Row{"dilation", 1, question.dilation, has_dilation(*operation)},
        Row{"outputPadding", 0, question.output_padding, has_output_padding(*operation)}}) {
    if (!row.is_there) continue;
    Check range = to_range(ranges, row.field, row.least, row.range);
    if (!range) return range.refusal();
  }
  return question;
}

val to_js(const Range& range) { return to_js(Shape{range.least, range.most}); }

val to_js(const SizeAnswer& answer, const OperationName& operation) {
  val layers = val::array();
  for (const SizeArguments& arguments : answer.layers) {
    val layer = val::object();
    layer.set("kernelSize", number(arguments.kernel));
    layer.set("stride", number(arguments.stride));
    layer.set("padding", number(arguments.padding));
    if (has_dilation(operation)) layer.set("dilation", number(arguments.dilation));
    if (has_output_padding(operation)) {
      layer.set("outputPadding", number(arguments.output_padding));
    }
    layers.call<void>("push", layer);
  }
  val object = val::object();
  object.set("layers", layers);
  object.set("sizes", to_js(answer.sizes));
  object.set("customary", answer.customary);
  return object;
}

val solve(const val& asked) {
  return answer([&]() -> Result<val> {
    const Result<SizeQuestion> question = to_question(asked);
    if (!question) return question.refusal();
    const Result<SizeAnswers> answers = solve_sizes(*question);
    if (!answers) return answers.refusal();
    val ranges = val::object(), list = val::array(), object = val::object();
    ranges.set("kernelSize", to_js(question->kernel));
    ranges.set("stride", to_js(question->stride));
    ranges.set("padding", to_js(question->padding));
    ranges.set("dilation", to_js(question->dilation));
    ranges.set("outputPadding", to_js(question->output_padding));
    for (const SizeAnswer& one : answers->listed) {
      list.call<void>("push", to_js(one, question->operation));
    }
    object.set("ranges", ranges);
    object.set("total", answers->total);
    object.set("tried", answers->tried);
    object.set("answers", list);
    return object;
  });
}

val repair(const val& asked) {
  return answer([&]() -> Result<val> {
    if (Check object = require_object(asked, "question"); !object) return object.refusal();
    Result<std::vector<LayerValue>> layers = to_layers(asked["layers"]);
    if (!layers) return layers.refusal();
    Result<Shape> input = to_shape(asked["inputShape"], "inputShape");
    if (!input) return input.refusal();
    const auto last = static_cast<std::int64_t>(layers->size()) - 1;
    Result<std::int64_t> layer = to_number(asked["layer"], "layer", last, 0, last);
    if (!layer) return layer.refusal();
    Result<std::int64_t> limit = to_number(asked["limit"], "limit", 20, 0, kMostListed);
    if (!limit) return limit.refusal();
    Goal goal{.layer = static_cast<std::size_t>(*layer)};
    if (!is_missing(asked["size"])) {
      Result<Shape> size = to_shape(asked["size"], "size");
      if (!size) return size.refusal();
      goal.size = std::move(*size);
    }
    const Result<Stack> stack = infer_stack(*layers, *input);
    if (!stack) return stack.refusal();
    if (Check spread = spread_size(*stack, goal); !spread) return spread.refusal();
    const Repairs repairs = find_repairs(*layers, *input, goal, static_cast<std::size_t>(*limit));
    val object = val::object();
    object.set("total", static_cast<double>(repairs.total));
    object.set("complete", repairs.complete);
    object.set("repairs", to_js(repairs, *layers));
    return object;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(convscope_stack_search) {
  emscripten::function("solve", &solve);
  emscripten::function("repair", &repair);
}

}  // namespace convscope::stack

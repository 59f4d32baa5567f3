// Joins layers and skips; see stack.hpp.
#include "stack.hpp"

#include <algorithm>

#include "../limits.hpp"
#include "planner.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

// The spatial axes that the first layer with an opinion asks for; -1: none has one.
int wanted_axes(const std::vector<LayerValue>& layers) {
  for (const LayerValue& layer : layers) {
    const Result<OperationName> name = read_operation(layer);
    if (!name) return -1;
    if (name->kind() == Kind::batch_norm) continue;  // there is no batch norm without a batch
    if (name->operation->has_axes) return name->spatial;
    if (name->kind() == Kind::pixel_shuffle || name->kind() == Kind::pixel_unshuffle) return 2;
    if (name->kind() == Kind::upsample) {
      const std::string& mode = layer.at("mode").text;
      if (mode == "linear") return 1;
      if (mode == "bilinear") return 2;
      if (mode == "trilinear") return 3;
    }
    if (name->kind() == Kind::linear || name->kind() == Kind::unflatten) return -1;
  }
  return -1;
}

std::string place(std::int64_t layer) {
  return layer < 0 ? std::string("the stack's input") : say("layer ", layer);
}

// Which node a layer's `from` names.
Result<std::size_t> read_from(const Value& value, std::size_t layer, const char* field) {
  Result<std::int64_t> from = read_integer(value, field);
  if (!from) return from.refusal();
  if (*from >= -1 && *from < static_cast<std::int64_t>(layer)) {
    return static_cast<std::size_t>(*from + 1);
  }
  return refuse(Code::index_out_of_range, field,
                {"Layer ", layer, " cannot take the output of layer ", *from,
                 ": only layers before it, or -1 for the stack's input."});
}

Result<std::vector<Source>> read_sources(const LayerValue& layer, std::size_t index) {
  std::vector<Source> sources{{index, false}};
  if (!layer.at("from").is_missing()) {
    Result<std::size_t> from = read_from(layer.at("from"), index, "from");
    if (!from) return from.refusal();
    sources[0].node = *from;
  }
  for (const SkipValue& skip : layer.skips) {
    Result<std::size_t> from = read_from(skip.from, index, "skip");
    if (!from) return from.refusal();
    if (skip.merge.text != "add" && skip.merge.text != "concat") {
      return refuse(Code::mode_unknown, "skip", {"A skip needs `merge`: 'add' or 'concat'."});
    }
    sources.push_back({*from, skip.merge.text == "concat"});
  }
  return sources;
}

Refusal cannot_add(const Shape& shape, const Shape& other, std::int64_t from) {
  // PyTorch repeats axes of length 1, and looks for the others from the last axis on.
  std::string torch;
  for (std::size_t back = 1; back <= std::min(shape.size(), other.size()); ++back) {
    const std::int64_t a = shape[shape.size() - back], b = other[other.size() - back];
    if (a == b || a == 1 || b == 1) continue;
    torch = say("RuntimeError: The size of tensor a (", a, ") must match the size of tensor b (", b,
                ") at non-singleton dimension ", std::max(shape.size(), other.size()) - back);
    break;
  }
  return refuse(
      Code::skip_mismatch, "skip",
      {"The skip from ", place(from), " has shape ", other, ", but it meets shape ", shape,
       ": what is added must have equal shapes. Change a layer so that they are equal, or "
       "concatenate."},
      {torch});
}

Refusal cannot_concat(const Shape& shape, const Shape& other, std::int64_t from,
                      std::size_t channel) {
  std::string torch;
  if (shape.size() != other.size()) {
    torch = say("RuntimeError: Tensors must have same number of dimensions: got ", shape.size(),
                " and ", other.size());
  } else {
    std::size_t at = 0;
    while (at == channel || shape[at] == other[at]) ++at;
    torch = say("RuntimeError: Sizes of tensors must match except in dimension ", channel,
                ". Expected size ", shape[at], " but got size ", other[at],
                " for tensor number 1 in the list.");
  }
  return refuse(
      Code::skip_mismatch, "skip",
      {"The skip from ", place(from), " has shape ", other, ", but it meets shape ", shape,
       ": what is concatenated must agree in all axes but the channels. Change a layer so "
       "that the sizes are equal."},
      {torch});
}

// The input with its skips; concatenated behind one another, as torch.cat does.
Result<Shape> merge(const Stack& stack, const std::vector<Source>& sources) {
  Shape shape = stack.shape(sources[0].node);
  const std::size_t channel = stack.input.channel_axis();
  for (std::size_t at = 1; at < sources.size(); ++at) {
    const Shape& other = stack.shape(sources[at].node);
    const std::int64_t from = static_cast<std::int64_t>(sources[at].node) - 1;
    if (!sources[at].concat) {
      if (shape != other) return cannot_add(shape, other, from);
      continue;
    }
    Shape expected = other;
    if (shape.size() == other.size()) expected[channel] = shape[channel];
    if (expected != shape) return cannot_concat(shape, other, from, channel);
    shape[channel] += other[channel];
  }
  return shape;
}

Result<Node> infer_node(const Stack& stack, const LayerValue& layer, std::size_t index) {
  Node node;
  node.name = layer.at("name").text;
  Result<std::vector<Source>> sources = read_sources(layer, index);
  if (!sources) return sources.refusal();
  node.sources = std::move(*sources);
  Result<Shape> shape = merge(stack, node.sources);
  if (!shape) return shape.refusal();
  Result<Plan> plan = plan_layer(layer, {std::move(*shape), stack.input.batched});
  if (!plan) return plan.refusal();
  node.plan = std::move(*plan);
  node.rooted = node.plan.flow != Flow::unflatten;
  node.global = node.plan.flow == Flow::mix;
  for (const Source& source : node.sources) {
    if (source.node == 0) continue;
    node.rooted = node.rooted && stack.layers[source.node - 1].rooted;
    node.global = node.global || stack.layers[source.node - 1].global;
  }
  return node;
}

}  // namespace

void infer_again(Stack& stack, const std::vector<LayerValue>& layers, std::size_t first,
                 std::size_t last) {
  stack.layers.resize(first);
  stack.failure.reset();
  for (std::size_t index = first; index <= last && index < layers.size(); ++index) {
    Result<Node> node = infer_node(stack, layers[index], index);
    if (!node) {
      Error error = node.error();
      error.layer = static_cast<int>(index);
      stack.failure = Failure{index, Refusal(std::move(error))};
      return;
    }
    stack.layers.push_back(std::move(*node));
  }
}

Result<Stack> infer_stack(const std::vector<LayerValue>& layers, const Shape& input) {
  if (layers.size() > kMaxLayers) {
    return refuse(
        Code::limit_elements, "layers",
        {"There are ", layers.size(), " layers, but a stack has at most ", kMaxLayers, "."});
  }
  for (std::int64_t size : input) {
    if (size >= 1 && size <= kMaxArgument) continue;
    return refuse(
        Code::input_empty, "inputShape",
        {"`inputShape` is ", input, ", but every size must be from 1 to ", kMaxArgument, "."});
  }
  Stack stack;
  const int axes = wanted_axes(layers);
  const bool is_unbatched = input.size() == 1 || (axes >= 0 && input.size() == axes + 1U);
  stack.input = {input, !is_unbatched};
  if (input.empty() || stack.input.spatial() > 3) {
    return refuse(Code::input_rank, "inputShape",
                  {"`inputShape` is ", input,
                   ", but it must have a batch, channels and up to three spatial axes, such as "
                   "[1, 3, 32, 32]."});
  }
  infer_again(stack, layers, 0, layers.size());
  return stack;
}

}  // namespace convscope::stack

// libFuzzer: bytes become a few layers, many of them nonsense, and an input's shape. Finds crashes
// and reads out of bounds in shapes, receptive fields, repairs and runs of stacks.
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "bytes.hpp"
#include "stack/from_text.hpp"
#include "stack/receptive.hpp"
#include "stack/repair.hpp"
#include "stack/run.hpp"

namespace {

using namespace convscope;
using namespace convscope::stack;

Value value_from(Bytes& bytes, int depth = 0) {
  switch (bytes.next(12)) {
    case 0:
      return {};
    case 1:
      return Value::of(bytes.next(2) == 0);
    case 2:
      return Value::of(std::string(bytes.next(2) == 0 ? "same" : "bilinear"));
    case 3: {
      static constexpr double kOdd[] = {NAN, INFINITY, -1, 0.5, 1e300, 1073741824, 0};
      return Value::of(kOdd[bytes.next(7)]);
    }
    case 4:
    case 5: {
      std::vector<Value> list;
      for (int count = bytes.next(4); count > 0 && depth < 2; --count) {
        list.push_back(value_from(bytes, depth + 1));
      }
      return Value::of(std::move(list));
    }
    default:
      return Value::of(static_cast<double>(bytes.next(6)));
  }
}

LayerValue layer_from(Bytes& bytes) {
  static constexpr const char* kOps[] = {"conv1d",
                                         "conv2d",
                                         "conv_transpose1d",
                                         "conv_transpose2d",
                                         "max_pool1d",
                                         "avg_pool2d",
                                         "adaptive_avg_pool2d",
                                         "upsample",
                                         "pixel_shuffle",
                                         "pixel_unshuffle",
                                         "pad1d",
                                         "pad2d",
                                         "linear",
                                         "flatten",
                                         "unflatten",
                                         "batch_norm2d",
                                         "group_norm",
                                         "softmax",
                                         "prelu",
                                         "conv_transpose3d",
                                         "identity",
                                         "relu",
                                         "max_pool2d",
                                         "nonsense"};
  static constexpr const char* kKeys[] = {
      "outChannels",   "kernelSize",      "stride",      "padding",     "dilation",     "groups",
      "outputPadding", "outputSize",      "ceilMode",    "size",        "scaleFactor",  "mode",
      "upscaleFactor", "downscaleFactor", "outFeatures", "startDim",    "dim",          "numGroups",
      "inChannels",    "numFeatures",     "from",        "paddingMode", "alignCorners", "value"};
  LayerValue layer;
  layer.set("op", Value::of(std::string(kOps[bytes.next(std::size(kOps))])));
  layer.set("outChannels", Value::of(static_cast<double>(bytes.next(3) + 1)));
  layer.set("kernelSize", Value::of(static_cast<double>(bytes.next(3) + 1)));
  for (int count = bytes.next(5); count > 0; --count) {
    layer.set(kKeys[bytes.next(std::size(kKeys))], value_from(bytes));
  }
  if (bytes.next(4) == 0) {
    layer.skips.push_back({Value::of(static_cast<double>(bytes.next(5) - 1)),
                           Value::of(std::string(bytes.next(2) == 0 ? "add" : "concat"))});
  }
  return layer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (const auto parsed = parse_stack({reinterpret_cast<const char*>(data), size}); !parsed) {
    if (parsed.error().message.empty() || parsed.error().line < 1) std::abort();
  }
  Bytes bytes(data, size);
  Shape input;
  for (int axes = bytes.next(6); axes > 0; --axes) input.push_back(bytes.next(7));
  std::vector<LayerValue> layers;
  for (int count = bytes.next(5); count > 0; --count) layers.push_back(layer_from(bytes));
  const Result<Stack> stack = infer_stack(layers, input);
  if (!stack) return 0;
  if (summarize(*stack).size() != stack->layers.size()) std::abort();
  if (stack->failure) {
    if (stack->failure->refusal.operator*().message.empty()) std::abort();
    for (const Repair& repair :
         find_repairs(layers, input, {.layer = stack->failure->layer}, 3).listed) {
      std::vector<LayerValue> changed = layers;
      if (repair.key == "merge") {
        changed[repair.layer].skips[0].merge = repair.value;
      } else {
        changed[repair.layer].set(repair.key, repair.value);
      }
      const Result<Stack> repaired = infer_stack(changed, input);
      if (!repaired || repaired->layers.size() <= stack->failure->layer) std::abort();
    }
  }
  if (stack->layers.empty()) return 0;
  const auto last = static_cast<std::int64_t>(stack->layers.size()) - 1;
  const Shape& output = stack->layers.back().plan.output;
  Shape cell(static_cast<std::size_t>(std::max(stack->spatial(stack->layers.size()), 1)), 0);
  if (element_count(output) < 10000 && !receptive_field(*stack, last, cell)) std::abort();
  Stack whole = *stack;
  whole.failure.reset();
  std::int64_t work = 0;
  for (const Node& node : whole.layers) {
    work += std::min<std::int64_t>(node.plan.multiply_adds, 1 << 24);
    work += std::min<std::int64_t>(element_count(node.plan.output), 1 << 24);
  }
  if (work > 100000) return 0;
  Values values{input, std::vector<double>(static_cast<std::size_t>(element_count(input)), 1)};
  const auto runs = run_stack(whole, values, {.seed = 1});
  if (!runs) std::abort();
  for (std::size_t at = 0; at < runs->size(); ++at) {
    const Values& one = (*runs)[at].output;
    if (one.shape != whole.layers[at].plan.output) std::abort();
    if (one.data.size() != static_cast<std::size_t>(element_count(one.shape))) std::abort();
  }
  return 0;
}

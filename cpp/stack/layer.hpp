// One layer of a stack: as its user writes it, and what becomes of it on an input of known shape.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../geometry.hpp"
#include "operations.hpp"
#include "reads.hpp"

namespace convscope::stack {

// A second input, as written.
struct SkipValue {
  Value from, merge;
};

struct LayerValue {
  std::vector<std::pair<std::string, Value>> fields{};  // by key, "op" among them
  std::vector<SkipValue> skips{};

  const Value& at(std::string_view key) const;  // a missing value if there is none
  void set(std::string_view key, Value value);
};

// How cells of the output follow from those of the input.
enum class Flow {
  cells,      // axis by axis, as `axes` says
  features,   // one by one, without spatial axes
  mix,        // every feature from all
  flatten,    // spatial axes end
  unflatten,  // spatial axes begin
};

// A layer on an input of known shape.
struct Plan {
  OperationName operation{};
  Shape input{}, output{};
  std::optional<Shape> weight{}, bias{};
  std::int64_t multiply_adds = 0;
  Flow flow = Flow::cells;
  std::vector<Reads> axes{};           // of Flow::cells
  std::optional<Geometry> geometry{};  // of convolutions
  // What only the numbers need.
  bool counts_padding = true;            // avg_pool: count_include_pad
  std::int64_t divisor = 0;              // avg_pool: 0: the window's size
  std::int64_t groups = 1;               // group_norm
  std::int64_t softmax_axis = 1;         // of the shape
  double slope = 0, low = -1, high = 1;  // activations; norms: slope is eps

  std::int64_t parameters() const;
};

// The shape that a layer meets, and whether its first axis is the batch.
struct Incoming {
  Shape shape{};
  bool batched = true;

  std::size_t channel_axis() const { return batched ? 1 : 0; }
  int spatial() const { return static_cast<int>(shape.size() - channel_axis()) - 1; }
};

// Sizes and counts of one layer; skips are merged already. The order of checks is PyTorch's.
Result<Plan> plan_layer(const LayerValue& layer, const Incoming& input);

// The operation alone.
Result<OperationName> read_operation(const LayerValue& layer);

}  // namespace convscope::stack

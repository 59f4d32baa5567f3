// What becomes of one layer on an input of known shape: sizes, counts, and which cells it reads.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../geometry.hpp"
#include "catalogue.hpp"
#include "reads.hpp"

namespace convscope::stack {

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
  double slope = 0, low = -1, high = 1;  // activations; eps of norms; value of pad

  std::int64_t parameters() const;
};

// The shape that a layer meets, and whether its first axis is the batch.
struct Incoming {
  Shape shape{};
  bool batched = true;

  std::size_t channel_axis() const { return batched ? 1 : 0; }
  int spatial() const { return static_cast<int>(shape.size() - channel_axis()) - 1; }
};

// The axis of the input, one cell of it per cell of the output.
Reads along(const Incoming& input, std::size_t at);
// An output like the input, cell by cell.
Plan plan_same(const Incoming& input);
// The shapes from the axes; the channels are given.
void settle(Plan& plan, const Incoming& input, std::int64_t channels);

}  // namespace convscope::stack

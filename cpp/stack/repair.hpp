// What to change in one layer so that a stack works up to some layer, or gives a size there. Every
// repair has been tried: the stack with it was gone through anew.
#pragma once

#include "stack.hpp"

namespace convscope::stack {

struct Repair {
  std::size_t layer = 0;
  std::string key{};
  Value value{};
  Shape output{};  // of the layer that was asked about, then
};

struct Goal {
  std::size_t layer = 0;        // that must work
  std::optional<Shape> size{};  // per spatial axis of its output; none: any
};

// As everywhere, one number of a size stands for all axes. Refuses what fits the layer's output
// otherwise, where the stack gets so far.
Check spread_size(const Stack& stack, Goal& goal);

struct Repairs {
  std::size_t total = 0;
  std::vector<Repair> listed{};
  bool complete = true;  // else the budget was used up: layers further in front were not tried
};

// A second or so.
inline constexpr std::int64_t kRepairBudget = 60000;

// One argument of one layer, changed on all axes or on one: kernels from 1 to 11, strides from 1 to
// 8, paddings from 0 to 5, dilations from 1 to 4, output paddings from 0 to 3, factors from 1 to 8,
// channels, features and sizes that occur where the stack fails. Such changes first that leave
// weights alone, then small ones near the layer.
// `budget`: layers that are gone through at most, all tries together.
Repairs find_repairs(const std::vector<LayerValue>& layers, const Shape& input, const Goal& goal,
                     std::size_t limit, std::int64_t budget = kRepairBudget);

}  // namespace convscope::stack

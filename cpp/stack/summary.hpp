// Receptive fields and counts of paths of every layer of a stack, axis by axis: closed forms where
// cells are alike, else by going through the cells. Needs no numbers.
#pragma once

#include "stack.hpp"

namespace convscope::stack {

// How many paths of kernel cells lead to an output cell, as if every layer had one channel.
struct Overlap {
  double min = 0, max = 0;                    // of all output cells
  double interior_min = 0, interior_max = 0;  // were there no borders

  bool regular() const { return interior_max - interior_min <= 1e-9 * interior_max; }
};

// The receptive field of cell p is from first + p jump to last + p jump, padding included.
struct ClosedForm {
  double first = 0, last = 0;
};

struct AxisSummary {
  const char* name = "";
  std::optional<std::int64_t> input{};
  std::int64_t output = 1;
  std::optional<double> receptive_field{}, jump{}, start{};
  std::optional<ClosedForm> closed_form{};
  std::optional<Overlap> overlap{};
};

// Per layer, per spatial axis of its output.
std::vector<std::vector<AxisSummary>> summarize(const Stack& stack);

// The paths to every cell of a layer's output, per axis, with borders; fewer entries where there
// are too many to count.
std::vector<std::vector<double>> overlap_of(const Stack& stack, std::size_t layer);

// Of one axis of the stack's nodes; where it has no closed form, none.
struct Track {
  std::optional<double> jump{}, start{};
  std::optional<ClosedForm> closed_form{};
};
std::vector<Track> track(const Stack& stack, int axis);

}  // namespace convscope::stack

// Which sizes fall together: what the floor of the size formula loses, and what output padding is
// there to say. Takes a Request and its Geometry; gives ranges and choices per axis.
#pragma once

#include "geometry.hpp"

namespace convscope {

// One output padding of a transposed convolution.
struct SizeChoice {
  std::int64_t output_padding, output;
  std::int64_t back;  // what an ordinary convolution with the same arguments makes of that output
};

struct AxisSizes {
  // Convolution: all input sizes from first to last give the same output.
  std::int64_t first = 0, last = 0;
  // Transposed: the output without output padding, and every legal output padding. Those below the
  // stride lead back to this input; a dilation above the stride allows larger ones, which do not.
  std::int64_t base = 0;
  std::vector<SizeChoice> choices{};
};

// Per spatial axis. From floor((input + 2P - dilation (kernel - 1) - 1) / stride) + 1, which
// `stride` successive inputs share; those that the checks refuse (reflect padding beyond the input,
// …) are left out, those beyond the engine's limits are not. Refuses more than kMaxChoices.
Result<std::vector<AxisSizes>> sizes(const Request& request, const Geometry& geometry);

}  // namespace convscope

// The products behind every output cell: which input cell meets which weight, and what comes of it.
// Takes a checked Geometry and operands; gives flat indices. A page's every highlight is a lookup
// in this list.
#pragma once

#include <optional>

#include "trace.hpp"

namespace convscope {

// Which terms are wanted: those of one output cell, or those that one input cell or one weight
// takes part in, each as a flat index. Nothing set: all.
struct Selection {
  std::optional<std::int64_t> output{}, input{}, weight{};
  // Besides: only terms of input cells before this one (flat order), as with TraceOptions::steps.
  std::optional<std::int64_t> inputs_before{};
};

// Parallel lists, ordered by output cell, then input channel, then kernel position (of the turned
// kernel for zero insertion, so that the map under it is read in order too).
struct Contributions {
  // Flat; input may be kPaddingZero or kInsertedZero; weight as given, turned for use or not.
  std::vector<std::int32_t> output, input, weight;
  std::vector<double> product;
  // The flat index in paddedInput (direct convolution, zero insertion) or uncropped (scatter).
  std::vector<std::int32_t> padded;
  bool has_padded = false;
};

// Terms that multiply a zero of the padding or an inserted one are listed for direct convolution
// and for zero insertion, and only there. Refuses indices out of range and more than
// kMaxContributions terms.
Result<Contributions> contributions(const Geometry& geometry, const Operands<double>& operands,
                                    Method method, const Selection& selection);

}  // namespace convscope

// Whether all methods give the same output: computed, not claimed.
// Takes a checked Geometry and operands; gives differences. Rounds nothing: compares in double.
#pragma once

#include "trace.hpp"

namespace convscope {

struct Agreement {
  struct Compared {
    Method method;
    double difference;  // the largest, in absolute value, from the output of 'direct'
  };
  struct Skipped {
    Method method;
    Refusal refusal;  // a limit that this method alone exceeds
  };
  std::vector<Compared> methods{};  // 'direct' first, then every other that applies
  std::vector<Skipped> skipped{};
  double largest = 0;
};

// Cells that are equal, or both NaN, do not differ; where just one is NaN, they differ infinitely.
Agreement agreement(const Geometry& geometry, const Operands<double>& operands);

}  // namespace convscope

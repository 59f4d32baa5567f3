// Numbers that may be added up before they are multiplied. Kernels that do so mix cells which do
// not meet in the definition: an infinity, or an overflow on the way, would come out as NaN, and in
// outputs that it does not belong to.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "vector.hpp"

namespace convscope::fast {

inline constexpr float kLargest = 0x1p60F;  // nothing overflows on the way

inline bool is_tame(std::span<const float> weights) {
  return std::all_of(weights.begin(), weights.end(),
                     [](float w) { return std::abs(w) < kLargest; });
}

inline bool is_tame(const float* input, Index count) {
  // 0 for what stays finite when it is made as much larger, else NaN
  constexpr float kUp = 0x1p127F / kLargest;
  Float4 sum[4] = {};
  Index at = 0;
  for (; at + 4 * kLanes <= count; at += 4 * kLanes) {
    for (Index n = 0; n < 4; ++n) sum[n] += load(input + at + n * kLanes) * kUp * 0.0F;
  }
  for (; at < count; ++at) sum[0] += splat(input[at] * kUp * 0.0F);
  const Float4 all = sum[0] + sum[1] + sum[2] + sum[3];
  return all[0] == 0 && all[1] == 0 && all[2] == 0 && all[3] == 0;
}

}  // namespace convscope::fast

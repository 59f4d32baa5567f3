// What the SIMD of a machine can do at most: what kernels are measured against.
#pragma once

namespace convscope::fast {

// Nothing but multiply-adds in registers: 40 numbers, so many times.
inline constexpr int kCeilingNumbers = 40;
float multiply_add_only(int times, float a, float b);

}  // namespace convscope::fast

// What the engine takes on at most. Checked before any memory is taken for a result.
#pragma once

#include <cstdint>

namespace convscope {

// Every size, stride, padding … is at most this, so that no formula with a product of two of them
// can overflow 64 bits.
inline constexpr std::int64_t kMaxArgument = std::int64_t{1} << 30;

// Elements of any one tensor or map: 33,554,432, which is 128 MiB of float32.
inline constexpr std::int64_t kMaxElements = std::int64_t{1} << 25;

// Multiplications of one call: 17,179,869,184, some three minutes of the reference loops.
inline constexpr std::int64_t kMaxOperations = std::int64_t{1} << 34;

// Terms that a trace lists: 262,144, which is 6 MiB.
inline constexpr std::int64_t kMaxContributions = std::int64_t{1} << 18;

// Entries of a matrix that is written out: 65,536, such as 256 outputs by 256 inputs.
inline constexpr std::int64_t kMaxMatrix = std::int64_t{1} << 16;

// Phases that a transposed convolution is split into: a stride of 16 on three axes.
inline constexpr std::int64_t kMaxPhases = 4096;

// Layers of a stack.
inline constexpr std::size_t kMaxLayers = 2000;

// Output paddings that are listed for one axis.
inline constexpr std::int64_t kMaxChoices = 4096;

}  // namespace convscope

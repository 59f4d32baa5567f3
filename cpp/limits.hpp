// What the engine takes on at most. Checked before any memory is taken for a result.
#pragma once

#include <cstdint>

namespace convscope {

// Every size, stride, padding … is at most this, so that no formula with a product of two of them
// can overflow 64 bits.
inline constexpr std::int64_t kMaxArgument = std::int64_t{1} << 30;

// Elements of any one tensor or map: 33,554,432, which is 128 MiB of float32.
inline constexpr std::int64_t kMaxElements = std::int64_t{1} << 25;

// Multiplications of one call: 17,179,869,184, some ten seconds of the reference loops.
inline constexpr std::int64_t kMaxOperations = std::int64_t{1} << 34;

// Terms that a trace lists: 262,144, which is 6 MiB.
inline constexpr std::int64_t kMaxContributions = std::int64_t{1} << 18;

}  // namespace convscope

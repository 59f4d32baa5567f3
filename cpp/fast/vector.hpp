// Four floats at a time, in the compilers' own vector types: one source for WebAssembly's SIMD,
// with and without its relaxed instructions, and for native machines. The compilers make the same
// instructions of it that a SIMD library's wrappers would give, and nothing has to be fetched.
#pragma once

#include <cstddef>
#include <cstring>

namespace convscope::fast {

// As wide as a pointer: what addresses are reckoned with.
using Index = std::ptrdiff_t;

inline constexpr Index kLanes = 4;

using Float4 = float __attribute__((vector_size(16)));

// At any address.
inline Float4 load(const float* from) {
  Float4 value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
inline void store(float* to, Float4 value) { std::memcpy(to, &value, sizeof value); }

inline Float4 splat(float value) { return Float4{value, value, value, value}; }

// a b + c; with relaxed SIMD in one instruction, rounded once where the machine has it.
inline Float4 multiply_add(Float4 a, Float4 b, Float4 c) {
#ifdef __wasm_relaxed_simd__
  return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
#else
  return a * b + c;
#endif
}

// a0 b0 a1 b1, and a2 b2 a3 b3.
inline Float4 zip_low(Float4 a, Float4 b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); }
inline Float4 zip_high(Float4 a, Float4 b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); }

// a0 a2 b0 b2, and a1 a3 b1 b3.
inline Float4 take_even(Float4 a, Float4 b) { return __builtin_shufflevector(a, b, 0, 2, 4, 6); }
inline Float4 take_odd(Float4 a, Float4 b) { return __builtin_shufflevector(a, b, 1, 3, 5, 7); }

}  // namespace convscope::fast

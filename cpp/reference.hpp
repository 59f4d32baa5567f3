// The plainest loops: the truth that everything else is tested against.
// Take a checked Geometry and tensors of its sizes; give the output. Never check, never hurry.
#pragma once

#include "geometry.hpp"
#include "tensor.hpp"

namespace convscope {

// The numbers of one call, the weight as it is used: with Geometry::flip_kernel already turned
// (turn_kernel). `bias` is (1, O, 1, 1, 1) and read only where the geometry has one.
template <typename T>
struct Operands {
  Tensor<T> input;   // (N, I, D, H, W)
  Tensor<T> weight;  // (O, I/G, K, K, K), transposed (I, O/G, K, K, K)
  Tensor<T> bias;
};

// Sums are taken in double and rounded to T once, so that a float32 result is the float64 result
// rounded (torch.nn.Conv2d, torch.nn.ConvTranspose2d: the sums of their documentation).
template <typename T>
Tensor<T> convolve(const Geometry& geometry, const Operands<T>& operands);

template <typename T>
Tensor<T> convolve_transposed(const Geometry& geometry, const Operands<T>& operands);

// The sum of one output cell (n, o, z, y, x) alone, before it is rounded to T: what the functions
// above put into each. The same operands, by themselves.
using Cell = std::array<std::int64_t, 5>;
template <typename T>
double output_cell(const Geometry& geometry, const Tensor<T>& input, const Tensor<T>& weight,
                   const Tensor<T>& bias, const Cell& cell);

// Either, as the geometry's op says.
template <typename T>
Tensor<T> run(const Geometry& geometry, const Operands<T>& operands);

}  // namespace convscope

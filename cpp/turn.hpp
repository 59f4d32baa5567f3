// True convolution (flipKernel): the kernel turned by 180 degrees over its spatial axes.
// Takes a Geometry that says whether to turn, and weights or indices into them. Turning twice gives
// what was there before, so the way in and the way back are one.
#pragma once

#include <algorithm>

#include "geometry.hpp"

namespace convscope {

// A weight as given becomes the weight as used, or the other way round. Left alone where the
// geometry does not flip.
template <typename T>
void turn_kernel(const Geometry& geometry, Tensor<T>& weight) {
  if (!geometry.flip_kernel || weight.size() == 0) return;
  const std::size_t cells = weight.shape(2) * weight.shape(3) * weight.shape(4);
  for (T* kernel = weight.data(); kernel != weight.data() + weight.size(); kernel += cells) {
    std::reverse(kernel, kernel + cells);
  }
}

// The same of a flat index; below zero it names no weight and stays.
template <typename Index>
Index turn_index(const Geometry& geometry, Index index) {
  const auto& [depth, height, width] = geometry.axes;
  if (!geometry.flip_kernel || index < 0) return index;
  const Index cells = static_cast<Index>(depth.kernel * height.kernel * width.kernel);
  return index - index % cells + cells - 1 - index % cells;
}

inline void turn_indices(const Geometry& geometry, std::vector<std::int32_t>& indices) {
  for (std::int32_t& index : indices) index = turn_index(geometry, index);
}

}  // namespace convscope

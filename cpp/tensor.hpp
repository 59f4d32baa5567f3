// The arrays and the letters that every other file uses.
// Gives Tensor<T>: always five axes (N, C, D, H, W), row-major; 1-D and 2-D data have D (and H) of
// length 1. Never checks sizes: `checks.hpp` has done so before a Tensor is made.
//
// Glossary. Upper case is a size, lower case the index that runs below it. On the page, in error
// messages and in tests the same words are used.
//
//   letter      meaning                                            lives on
//   N  n        batch                                              input, output
//   I  i  C     input channels                                     input, weight
//   O  o        output channels                                    output, weight, bias
//   G  g        groups: I/G input channels feed O/G outputs        request
//   D H W       depth, height, width of the input                  each axis: Axis::input
//   K  k        kernel size                                        Axis::kernel
//   S           stride                                             Axis::stride
//   dilation    distance between kernel cells; 1 means dense       Axis::dilation
//   P           padding, begin and end                             Axis::padding_begin, padding_end
//   OP          output padding (transposed only)                   Axis::output_padding
//   z y x       position on the depth, height and width axis       any map
//
// "Convolution" is what PyTorch computes: cross-correlation, the kernel is not turned.
#pragma once

#include <cstdint>
#include <vector>

#include <xtensor/xtensor.hpp>

namespace convscope {

// Sizes of a tensor as its user sees it: (N, C, spatial…), (C, spatial…), or a weight's.
using Shape = std::vector<std::int64_t>;

template <typename T>
using Tensor = xt::xtensor<T, 5>;

// Sizes of a Tensor: N or O, channels, depth, height, width.
using Sizes = std::array<std::size_t, 5>;

// A whole number of cells of each kernel or map: depth, height, width.
using Position = std::array<std::int64_t, 3>;

enum class DType { float32, float64 };

// The number of elements, or the largest int64 where that many cannot be counted.
inline std::int64_t element_count(const Shape& shape) {
  std::int64_t count = 1;
  for (std::int64_t size : shape) {
    if (size == 0) return 0;
    if (__builtin_mul_overflow(count, size, &count)) count = INT64_MAX;
  }
  return count;
}

}  // namespace convscope

// Every map between input and output, by three methods that know nothing of each other.
// Takes a checked Geometry and operands in double; gives named maps. Never shares code with
// reference.cpp for what it is there to confirm: maps are made by xtensor views.
#pragma once

#include <string>
#include <vector>

#include "reference.hpp"

namespace convscope {

enum class Method {
  direct,          // the sum as it is written, output cell by output cell
  zero_insertion,  // transposed: spread the input, surround it, turn the kernel, convolve
  scatter,         // every input cell stamps the kernel, times its value, onto the output
};

// What a cell of a map holds where it is no value of the tensor it comes from.
inline constexpr std::int32_t kPaddingZero = -1;
inline constexpr std::int32_t kInsertedZero = -2;

struct Map {
  const char* name;
  Tensor<double> values;
  // Per cell: the flat index of the value it holds (into input or weight), or one of the above.
  // Empty for maps that hold sums.
  std::vector<std::int32_t> source{};
};

struct Trace {
  Method method;
  std::vector<Map> maps;
};

// 'direct', 'zero-insertion' or 'scatter'; refuses what the operation does not have.
Result<Method> read_method(const Value& value, const Geometry& geometry);

// Refuses maps above the limit of elements before making any.
//   direct          convolution: paddedInput, output; transposed: output
//   zero-insertion  zeroInserted, paddedInput, flippedWeight, output
//   scatter         convolution: output; transposed: uncropped, output
Result<Trace> trace(const Geometry& geometry, const Operands<double>& operands, Method method);

// The ordinary convolution that the zero-insertion method ends in: stride 1, no padding, over the
// zero-inserted input with its border.
Geometry ordinary_convolution(const Geometry& geometry);

}  // namespace convscope

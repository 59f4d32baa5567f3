// Every map between input and output, by five methods that know nothing of each other.
// Takes a checked Geometry and operands in double; gives named maps. Never shares code with
// reference.cpp for what it is there to confirm: maps are made by xtensor views.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matrix.hpp"
#include "phases.hpp"
#include "reference.hpp"

namespace convscope {

enum class Method {
  direct,          // the sum as it is written, output cell by output cell
  zero_insertion,  // transposed: spread the input, surround it, turn the kernel, convolve
  scatter,         // every input cell stamps the kernel, times its value, onto the output
  matrix,          // one sample's output is a matrix times its input
  phases,          // transposed: one small ordinary convolution per residue of the stride
};
inline constexpr Method kMethods[] = {Method::direct, Method::zero_insertion, Method::scatter,
                                      Method::matrix, Method::phases};

const char* method_name(Method method);  // "zero-insertion"

// Zero insertion and phases are ways to compute transposed convolutions only.
bool applies(Method method, const Op& op);

// What a cell of a map holds where it is no value of the tensor it comes from.
inline constexpr std::int32_t kPaddingZero = -1;
inline constexpr std::int32_t kInsertedZero = -2;
inline constexpr std::int32_t kCutOff = -1;

struct Map {
  const char* name;
  Tensor<double> values;
  // Per cell: the flat index of the value it holds (into input or weight), or one of the above.
  // `uncropped` tells instead where in the output it goes, or kCutOff; `matrix` as in matrix.hpp.
  // Empty for maps that hold sums.
  std::vector<std::int32_t> source{};
  Shape shape{};  // where it is not (N, C, spatial…)
};

struct Trace {
  Method method;
  std::vector<Map> maps;
  std::vector<Phase> phases{};  // of the method of that name only
};

struct TraceOptions {
  // Scatter: only the first so many input cells (flat order) have stamped yet. Missing: all.
  std::optional<std::int64_t> steps{};
};

// The name of a method; refuses what the operation does not have.
Result<Method> read_method(const Value& value, const Geometry& geometry);

// Sources that name weights name them as given, whether or not they were turned for use.
// Refuses maps above the limits of elements and of the matrix before making any.
//   direct          convolution: paddedInput, output; transposed: output
//   zero-insertion  zeroInserted, paddedInput, flippedWeight, output
//   scatter         convolution: output; transposed: uncropped, output
//   matrix          matrix (rows, columns), output, roundTrip (first sample)
//   phases          output, and the phases
Result<Trace> trace(const Geometry& geometry, const Operands<double>& operands, Method method,
                    const TraceOptions& options = {});

// The ordinary convolution that the zero-insertion method ends in: stride 1, no padding, over the
// zero-inserted input with its border.
Geometry ordinary_convolution(const Geometry& geometry);

}  // namespace convscope

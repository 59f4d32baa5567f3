// One sample's operation written as y = M x: the matrix, its product and its transpose's.
// Takes a checked Geometry and operands; gives dense maps. Never reads a cell that stays empty, so
// that an infinite input does not meet a zero.
#pragma once

#include "reference.hpp"

namespace convscope {

// What an entry of the matrix holds where it is not one weight.
inline constexpr std::int32_t kNoWeight = -1;
inline constexpr std::int32_t kSeveralWeights = -3;  // their sum: padding repeats an input cell

struct Matrix {
  std::int64_t rows = 0;               // O times the output's spatial cells
  std::int64_t columns = 0;            // I times the input's spatial cells
  std::vector<double> values{};        // row by row
  std::vector<std::int32_t> source{};  // per entry: flat index in the weight, or one of the above
};

// Refuses (field 'method') where rows times columns exceed kMaxMatrix.
Check matrix_within_limits(const Geometry& geometry);

// The matrix of the linear map on one sample, flattened in row-major order. For a transposed
// convolution this is the transpose of the matrix of the ordinary one with the same weight
// (Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", section 4.1).
Matrix make_matrix(const Geometry& geometry, const Tensor<double>& weight);

// y = M x for every sample, plus the bias: the output.
Tensor<double> multiply(const Geometry& geometry, const Matrix& matrix,
                        const Operands<double>& operands);

// M^T (M x) of the first sample, without the bias: (1, I, D, H, W), or (0, …) without samples.
// It has the input's shape, but is not the input: M^T is no inverse.
Tensor<double> round_trip(const Geometry& geometry, const Matrix& matrix,
                          const Tensor<double>& input);

}  // namespace convscope

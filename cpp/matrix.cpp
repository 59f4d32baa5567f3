// Fills the matrix weight by weight, then multiplies; knows neither windows nor stamps.
#include "matrix.hpp"

#include <algorithm>

#include "limits.hpp"
#include "say.hpp"

namespace convscope {
namespace {

std::int64_t rows_of(const Geometry& geometry) {
  const auto& [depth, height, width] = geometry.axes;
  return element_count({geometry.output_channels, depth.output, height.output, width.output});
}

std::int64_t columns_of(const Geometry& geometry) {
  const auto& [depth, height, width] = geometry.axes;
  return element_count({geometry.input_channels, depth.input, height.input, width.input});
}

// Kernel cell k of one axis ties input cell `input` to output cell `output`.
struct Tie {
  std::int64_t kernel, input, output;
};

// All ties of one axis. The ordinary convolution's from its outputs, the transposed one's from its
// inputs: position = input S + k dilation - P.
std::vector<Tie> ties_of(const Axis& axis, bool transposed) {
  std::vector<Tie> ties;
  for (std::int64_t k = 0; k < axis.kernel; ++k) {
    const std::int64_t places = transposed ? axis.input : axis.output;
    for (std::int64_t at = 0; at < places; ++at) {
      const std::int64_t reach = at * axis.stride + k * axis.dilation;
      const std::int64_t other = transposed ? reach - axis.padding_begin : axis.source(reach);
      if (other < 0 || other >= (transposed ? axis.output : axis.input)) continue;
      ties.push_back(transposed ? Tie{k, at, other} : Tie{k, other, at});
    }
  }
  return ties;
}

// M times `x`, or M^T times it; empty entries are passed over.
std::vector<double> product(const Matrix& matrix, const double* x, bool turned) {
  std::vector<double> y(turned ? matrix.columns : matrix.rows, 0.0);
  for (std::int64_t row = 0; row < matrix.rows; ++row) {
    for (std::int64_t column = 0; column < matrix.columns; ++column) {
      const std::int64_t at = row * matrix.columns + column;
      if (matrix.source[at] == kNoWeight) continue;
      if (turned) {
        y[column] += matrix.values[at] * x[row];
      } else {
        y[row] += matrix.values[at] * x[column];
      }
    }
  }
  return y;
}

}  // namespace

Check matrix_within_limits(const Geometry& geometry) {
  const std::int64_t rows = rows_of(geometry), columns = columns_of(geometry);
  if (element_count({rows, columns}) <= kMaxMatrix) return Passed{};
  return refuse(Code::limit_elements, "method",
                {"The matrix would have ", rows, " rows and ", columns, " columns, more than the ",
                 kMaxMatrix, " entries that the engine writes out. Use a smaller input or fewer "
                 "channels, or another method."});
}

Matrix make_matrix(const Geometry& geometry, const Tensor<double>& weight) {
  const auto& [depth, height, width] = geometry.axes;
  const bool transposed = geometry.op.transposed;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Matrix matrix{.rows = rows_of(geometry), .columns = columns_of(geometry)};
  matrix.values.assign(matrix.rows * matrix.columns, 0.0);
  matrix.source.assign(matrix.rows * matrix.columns, kNoWeight);

  const std::vector<Tie> on_depth = ties_of(depth, transposed);
  const std::vector<Tie> on_height = ties_of(height, transposed);
  const std::vector<Tie> on_width = ties_of(width, transposed);
  // clang-format off
  for (std::int64_t o = 0; o < geometry.output_channels; ++o)
  for (std::int64_t i = 0; i < I; ++i)
  for (const Tie& z : on_depth)
  for (const Tie& y : on_height)
  for (const Tie& x : on_width) {
    const std::int64_t channel = o / O * I + i;
    const std::int64_t row =
        ((o * depth.output + z.output) * height.output + y.output) * width.output + x.output;
    const std::int64_t column =
        ((channel * depth.input + z.input) * height.input + y.input) * width.input + x.input;
    const std::int64_t block = transposed ? channel * O + o % O : o * I + i;
    const std::int64_t from =
        ((block * depth.kernel + z.kernel) * height.kernel + y.kernel) * width.kernel + x.kernel;
    const std::int64_t at = row * matrix.columns + column;
    std::int32_t& source = matrix.source[at];
    source = source == kNoWeight ? static_cast<std::int32_t>(from) : kSeveralWeights;
    matrix.values[at] += weight.data()[from];
  }
  // clang-format on
  return matrix;
}

Tensor<double> multiply(const Geometry& geometry, const Matrix& matrix,
                        const Operands<double>& operands) {
  Tensor<double> output = Tensor<double>::from_shape(geometry.output_sizes());
  const std::int64_t cells =
      geometry.output_channels == 0 ? 0 : matrix.rows / geometry.output_channels;
  for (std::int64_t n = 0; n < geometry.batch; ++n) {
    std::vector<double> y = product(matrix, operands.input.data() + n * matrix.columns, false);
    for (std::int64_t row = 0; geometry.has_bias() && row < matrix.rows; ++row) {
      y[row] += operands.bias.data()[row / cells];
    }
    std::copy(y.begin(), y.end(), output.data() + n * matrix.rows);
  }
  return output;
}

Tensor<double> round_trip(const Geometry& geometry, const Matrix& matrix,
                          const Tensor<double>& input) {
  Sizes sizes = geometry.input_sizes();
  sizes[0] = std::min<std::size_t>(sizes[0], 1);
  Tensor<double> back = Tensor<double>::from_shape(sizes);
  if (back.size() == 0) return back;
  const std::vector<double> output = product(matrix, input.data(), false);
  const std::vector<double> returned = product(matrix, output.data(), true);
  std::copy(returned.begin(), returned.end(), back.data());
  return back;
}

}  // namespace convscope

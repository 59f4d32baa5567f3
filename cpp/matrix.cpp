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

// The kernel cell that ties an input position to an output position on one axis; -1 in either:
// none.
struct Tie {
  std::int64_t input, kernel;
};

// Convolution: output p reads through its `step`-th kernel cell, and padding may repeat an input.
// Transposed: input `step` reaches output p through the one kernel cell that solves
// p = input S + k dilation - P; so the work is one step per entry, however large the kernel.
Tie tie(const Axis& axis, bool transposed, std::int64_t p, std::int64_t step) {
  if (!transposed) return {axis.source(p * axis.stride + step * axis.dilation), step};
  const std::int64_t reach = p + axis.padding_begin - step * axis.stride;
  const bool tied = reach >= 0 && reach % axis.dilation == 0 && reach / axis.dilation < axis.kernel;
  return {step, tied ? reach / axis.dilation : -1};
}

// M times `x`, or M^T times it; empty entries are passed over.
std::vector<double> product(const Matrix& matrix, const double* x, bool turned) {
  std::vector<double> result(static_cast<std::size_t>(turned ? matrix.columns : matrix.rows), 0.0);
  double* y = result.data();
  for (std::int64_t row = 0; row < matrix.rows; ++row) {
    for (std::int64_t column = 0; column < matrix.columns; ++column) {
      const std::int64_t at = row * matrix.columns + column;
      if (matrix.source.data()[at] == kNoWeight) continue;
      if (turned) {
        y[column] += matrix.values.data()[at] * x[row];
      } else {
        y[row] += matrix.values.data()[at] * x[column];
      }
    }
  }
  return result;
}

}  // namespace

Check matrix_within_limits(const Geometry& geometry) {
  const std::int64_t rows = rows_of(geometry), columns = columns_of(geometry);
  if (element_count({rows, columns}) <= kMaxMatrix) return Passed{};
  return refuse(Code::limit_elements, "method",
                {"The matrix would have ", rows, " rows and ", columns, " columns, more than the ",
                 kMaxMatrix,
                 " entries that the engine writes out. Use a smaller input or fewer "
                 "channels, or another method."});
}

Matrix make_matrix(const Geometry& geometry, const Tensor<double>& weight) {
  const auto& [depth, height, width] = geometry.axes;
  const bool transposed = geometry.op.transposed;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Matrix matrix{.rows = rows_of(geometry), .columns = columns_of(geometry)};
  const std::size_t entries = static_cast<std::size_t>(matrix.rows * matrix.columns);
  matrix.values.assign(entries, 0.0);
  matrix.source.assign(entries, kNoWeight);

  const auto steps = [&](const Axis& axis) { return transposed ? axis.input : axis.kernel; };
  // clang-format off
  for (std::int64_t o = 0; o < geometry.output_channels; ++o)
  for (std::int64_t i = 0; i < I; ++i)
  for (std::int64_t pz = 0; pz < depth.output; ++pz)
  for (std::int64_t py = 0; py < height.output; ++py)
  for (std::int64_t px = 0; px < width.output; ++px)
  for (std::int64_t sz = 0; sz < steps(depth); ++sz)
  for (std::int64_t sy = 0; sy < steps(height); ++sy)
  for (std::int64_t sx = 0; sx < steps(width); ++sx) {
    const Tie z = tie(depth, transposed, pz, sz);
    const Tie y = tie(height, transposed, py, sy);
    const Tie x = tie(width, transposed, px, sx);
    if (std::min({z.input, y.input, x.input, z.kernel, y.kernel, x.kernel}) < 0) continue;
    const std::int64_t channel = o / O * I + i;
    const std::int64_t row = ((o * depth.output + pz) * height.output + py) * width.output + px;
    const std::int64_t column =
        ((channel * depth.input + z.input) * height.input + y.input) * width.input + x.input;
    const std::int64_t block = transposed ? channel * O + o % O : o * I + i;
    const std::int64_t from =
        ((block * depth.kernel + z.kernel) * height.kernel + y.kernel) * width.kernel + x.kernel;
    const std::int64_t at = row * matrix.columns + column;
    std::int32_t& source = matrix.source.data()[at];
    source = source == kNoWeight ? static_cast<std::int32_t>(from) : kSeveralWeights;
    matrix.values.data()[at] += weight.data()[from];
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
      y.data()[row] += operands.bias.data()[row / cells];
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

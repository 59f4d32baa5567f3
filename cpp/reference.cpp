// Convolution and transposed convolution as their sums are written down.
#include "reference.hpp"

#include "progress.hpp"

namespace convscope {
namespace {

// Where the numbers (a, b, c, d, 0), (a, b, c, d, 1) … stand; a tensor may have none of them.
template <typename T>
inline const T* row(const Tensor<T>& tensor, std::int64_t a, std::int64_t b, std::int64_t c,
                    std::int64_t d) {
  const auto& sizes = tensor.shape();
  const auto size = [&](std::size_t axis) { return static_cast<std::int64_t>(sizes[axis]); };
  return tensor.data() + (((a * size(1) + b) * size(2) + c) * size(3) + d) * size(4);
}

// y[n, o, p] = bias[o] + sum over i in o's group and k of  x[n, i, p S + k dilation - P] w[o, i, k]
template <typename T>
inline double convolved_cell(const Geometry& geometry, const Tensor<T>& x, const Tensor<T>& w,
                             const Tensor<T>& bias, const Cell& cell) {
  const auto& [n, o, pz, py, px] = cell;
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  double sum = geometry.has_bias() ? bias(0, o, 0, 0, 0) : 0;
  // clang-format off
  for (std::int64_t i = 0; i < I; ++i)
  for (std::int64_t kz = 0; kz < depth.kernel; ++kz)
  for (std::int64_t ky = 0; ky < height.kernel; ++ky) {
    const std::int64_t z = depth.source(pz * depth.stride + kz * depth.dilation);
    const std::int64_t v = height.source(py * height.stride + ky * height.dilation);
    if (z < 0 || v < 0) continue;  // zeros of the padding
    const T* x_row = row(x, n, o / O * I + i, z, v);
    const T* w_row = row(w, o, i, kz, ky);
    for (std::int64_t kx = 0; kx < width.kernel; ++kx) {
      const std::int64_t u = width.source(px * width.stride + kx * width.dilation);
      if (u >= 0) sum += double{x_row[u]} * double{w_row[kx]};
    }
  }
  // clang-format on
  return sum;
}

// The input cell that kernel cell k spreads to output position p, or -1: p = i S + k dilation - P.
std::int64_t spread_from(const Axis& axis, std::int64_t p, std::int64_t k) {
  const std::int64_t reach = p + axis.padding_begin - k * axis.dilation;
  if (reach < 0 || reach % axis.stride != 0) return -1;
  return reach / axis.stride < axis.input ? reach / axis.stride : -1;
}

// y[n, o, p] = bias[o] + sum over i of o's group and k of  x[n, i, q] w[i, o, k]
//              for every q with q S + k dilation - P = p
template <typename T>
inline double transposed_cell(const Geometry& geometry, const Tensor<T>& x, const Tensor<T>& w,
                              const Tensor<T>& bias, const Cell& cell) {
  const auto& [n, o, pz, py, px] = cell;
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  double sum = geometry.has_bias() ? bias(0, o, 0, 0, 0) : 0;
  // clang-format off
  for (std::int64_t i = o / O * I; i < o / O * I + I; ++i)
  for (std::int64_t kz = 0; kz < depth.kernel; ++kz)
  for (std::int64_t ky = 0; ky < height.kernel; ++ky) {
    const std::int64_t z = spread_from(depth, pz, kz);
    const std::int64_t v = spread_from(height, py, ky);
    if (z < 0 || v < 0) continue;
    const T* x_row = row(x, n, i, z, v);
    const T* w_row = row(w, i, o % O, kz, ky);
    for (std::int64_t kx = 0; kx < width.kernel; ++kx) {
      const std::int64_t u = spread_from(width, px, kx);
      if (u >= 0) sum += double{x_row[u]} * double{w_row[kx]};
    }
  }
  // clang-format on
  return sum;
}

template <typename T, typename CellOf>
Tensor<T> each_cell(const Geometry& geometry, CellOf cell_of) {
  const auto& [depth, height, width] = geometry.axes;
  Tensor<T> y = Tensor<T>::from_shape(geometry.output_sizes());
  T* next = y.data();
  progress::Steps rows(geometry.batch * geometry.output_channels * depth.output * height.output);
  // clang-format off
  for (std::int64_t n = 0; n < geometry.batch; ++n)
  for (std::int64_t o = 0; o < geometry.output_channels; ++o)
  for (std::int64_t pz = 0; pz < depth.output; ++pz)
  for (std::int64_t py = 0; py < height.output; ++py) {
    for (std::int64_t px = 0; px < width.output; ++px) {
      *next++ = static_cast<T>(cell_of(Cell{n, o, pz, py, px}));
    }
    rows.advance();
  }
  // clang-format on
  return y;
}

}  // namespace

template <typename T>
Tensor<T> convolve(const Geometry& geometry, const Operands<T>& operands) {
  return each_cell<T>(geometry, [&](const Cell& cell) {
    return convolved_cell(geometry, operands.input, operands.weight, operands.bias, cell);
  });
}

template <typename T>
Tensor<T> convolve_transposed(const Geometry& geometry, const Operands<T>& operands) {
  return each_cell<T>(geometry, [&](const Cell& cell) {
    return transposed_cell(geometry, operands.input, operands.weight, operands.bias, cell);
  });
}

template <typename T>
double output_cell(const Geometry& geometry, const Tensor<T>& input, const Tensor<T>& weight,
                   const Tensor<T>& bias, const Cell& cell) {
  return geometry.op.transposed ? transposed_cell(geometry, input, weight, bias, cell)
                                : convolved_cell(geometry, input, weight, bias, cell);
}

template <typename T>
Tensor<T> run(const Geometry& geometry, const Operands<T>& operands) {
  return geometry.op.transposed ? convolve_transposed(geometry, operands)
                                : convolve(geometry, operands);
}

template double output_cell(const Geometry&, const Tensor<double>&, const Tensor<double>&,
                            const Tensor<double>&, const Cell&);
template Tensor<float> convolve(const Geometry&, const Operands<float>&);
template Tensor<double> convolve(const Geometry&, const Operands<double>&);
template Tensor<float> convolve_transposed(const Geometry&, const Operands<float>&);
template Tensor<double> convolve_transposed(const Geometry&, const Operands<double>&);
template Tensor<float> run(const Geometry&, const Operands<float>&);
template Tensor<double> run(const Geometry&, const Operands<double>&);

}  // namespace convscope

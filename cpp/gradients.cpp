// Every output cell is a sum of products x w, so its gradient flows to x times w and to w times x.
#include "gradients.hpp"

#include "progress.hpp"
#include "request.hpp"
#include "say.hpp"
#include "turn.hpp"

namespace convscope {
namespace {

// Where output position p and kernel cell k of one axis read the input; -1: nowhere.
std::int64_t input_at(const Axis& axis, bool transposed, std::int64_t p, std::int64_t k) {
  if (!transposed) return axis.source(p * axis.stride + k * axis.dilation);
  const std::int64_t reach = p + axis.padding_begin - k * axis.dilation;
  if (reach < 0 || reach % axis.stride != 0 || reach / axis.stride >= axis.input) return -1;
  return reach / axis.stride;
}

Tensor<double> zeros_like(const Sizes& sizes) {
  Tensor<double> tensor = Tensor<double>::from_shape(sizes);
  tensor.fill(0);
  return tensor;
}

}  // namespace

template <typename T>
Gradients<T> gradients(const Geometry& geometry, const Operands<T>& operands,
                       const Tensor<T>& grad_output) {
  const auto& [x, w, bias] = operands;
  const auto& [depth, height, width] = geometry.axes;
  const bool transposed = geometry.op.transposed;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Tensor<double> dx = zeros_like(geometry.input_sizes());
  Tensor<double> dw = zeros_like(geometry.weight_sizes());
  Tensor<double> db = zeros_like({1, static_cast<std::size_t>(geometry.biases), 1, 1, 1});
  progress::Steps cells(static_cast<std::int64_t>(grad_output.size()));

  // clang-format off
  for (std::int64_t n = 0; n < geometry.batch; ++n)
  for (std::int64_t o = 0; o < geometry.output_channels; ++o)
  for (std::int64_t pz = 0; pz < depth.output; ++pz)
  for (std::int64_t py = 0; py < height.output; ++py)
  for (std::int64_t px = 0; px < width.output; ++px) {
    cells.advance();
    const double dy = grad_output(n, o, pz, py, px);
    if (geometry.has_bias()) db(0, o, 0, 0, 0) += dy;
    for (std::int64_t i = 0; i < I; ++i)
    for (std::int64_t kz = 0; kz < depth.kernel; ++kz)
    for (std::int64_t ky = 0; ky < height.kernel; ++ky)
    for (std::int64_t kx = 0; kx < width.kernel; ++kx) {
      const std::int64_t z = input_at(depth, transposed, pz, kz);
      const std::int64_t v = input_at(height, transposed, py, ky);
      const std::int64_t u = input_at(width, transposed, px, kx);
      if (z < 0 || v < 0 || u < 0) continue;
      const std::int64_t channel = o / O * I + i;
      const std::int64_t first = transposed ? channel : o, second = transposed ? o % O : i;
      dx(n, channel, z, v, u) += dy * double{w(first, second, kz, ky, kx)};
      dw(first, second, kz, ky, kx) += dy * double{x(n, channel, z, v, u)};
    }
  }
  // clang-format on
  turn_kernel(geometry, dw);  // back: the gradient of the weight as it was given
  return {xt::cast<T>(dx), xt::cast<T>(dw), xt::cast<T>(db)};
}

Check check_grad_output(const Geometry& geometry, const TensorValue& grad_output) {
  const char* field = "gradOutput";
  if (!grad_output.present) {
    return refuse(
        Code::missing_argument, field,
        {"`gradOutput` is missing. Give { shape, data } of shape ", geometry.output_shape, "."});
  }
  Result<Shape> shape = read_shape(grad_output, field);
  if (!shape) return shape.refusal();
  if (*shape != geometry.output_shape) {
    return refuse(
        Code::grad_output_shape, field,
        {"`gradOutput` has shape ", *shape, ", but the output has shape ", geometry.output_shape,
         ". They must be the same."},
        {"RuntimeError: Mismatch in shape: grad_output[0] has a shape of torch.Size(", *shape,
         ") and output[0] has a shape of torch.Size(", geometry.output_shape, ")."});
  }
  if (!grad_output.has_data) {
    return refuse(Code::data_missing, field, {"`gradOutput.data` is missing. Give its numbers."});
  }
  const bool single = grad_output.dtype.text == "float32";
  if (single != (geometry.dtype == DType::float32)) {
    return refuse(Code::dtype_mismatch, field,
                  {"`gradOutput` is ", grad_output.dtype.text, ", but the operands are ",
                   chosen(single ? "float64" : "float32"), ". Give all in the same type."});
  }
  return Passed{};
}

template Gradients<float> gradients(const Geometry&, const Operands<float>&, const Tensor<float>&);
template Gradients<double> gradients(const Geometry&, const Operands<double>&,
                                     const Tensor<double>&);

}  // namespace convscope

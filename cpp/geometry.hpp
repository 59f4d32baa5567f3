// The sizes of one operation and where they come from: every term of the size formula, per axis.
// Takes a Request, gives a Geometry or the refusal. Never touches a tensor's numbers.
#pragma once

#include <array>
#include <span>

#include "request.hpp"

namespace convscope {

// One spatial axis. The names are those of the formulas on the page.
struct Axis {
  const char* name = "";
  std::int64_t input = 1, kernel = 1, stride = 1, dilation = 1;
  std::int64_t padding_begin = 0, padding_end = 0, output_padding = 0;
  std::int64_t output = 1;
  PaddingMode padding_mode = PaddingMode::zeros;

  // dilation * (kernel - 1) + 1: how far the kernel reaches.
  std::int64_t effective_kernel() const { return dilation * (kernel - 1) + 1; }

  // Convolution: the size of the padded input; what is left of it beside one kernel; and how many
  // of its last cells no kernel position reads.
  std::int64_t padded() const { return input + padding_begin + padding_end; }
  std::int64_t span() const { return padded() - effective_kernel(); }
  std::int64_t remainder() const { return span() % stride; }

  // Transposed: the input with stride - 1 zeros between neighbours, the border that makes an
  // ordinary convolution of it give the output (negative: so much is cut off), and the size of the
  // sum of all stamps before padding crops it.
  std::int64_t zero_inserted() const { return input == 0 ? 0 : (input - 1) * stride + 1; }
  std::int64_t border_begin() const { return dilation * (kernel - 1) - padding_begin; }
  std::int64_t border_end() const { return dilation * (kernel - 1) - padding_end + output_padding; }
  std::int64_t bordered() const { return zero_inserted() + border_begin() + border_end(); }
  std::int64_t uncropped() const { return (input - 1) * stride + effective_kernel(); }

  // Which input cell the padded input holds at `position`; -1: a zero of the padding.
  std::int64_t source(std::int64_t position) const;
};

struct Geometry {
  Op op;
  DType dtype = DType::float32;
  bool batched = true;
  bool flip_kernel = false;          // weights are turned before use: turn.hpp
  std::int64_t batch = 1;            // N
  std::int64_t input_channels = 1;   // I
  std::int64_t output_channels = 1;  // O
  std::int64_t groups = 1;           // G
  Shape weight_shape{};              // as the user sees it
  std::int64_t biases = 0;           // numbers in the bias; O where there is one
  std::array<Axis, 3> axes{};        // depth, height, width; the first ones unused below 3-D
  Shape output_shape{};              // as the user sees it: unbatched stays unbatched

  std::span<const Axis> spatial_axes() const {
    return {axes.data() + (3 - op.spatial), static_cast<std::size_t>(op.spatial)};
  }
  bool has_bias() const { return biases > 0; }
  std::int64_t inputs_per_group() const { return input_channels / groups; }
  std::int64_t outputs_per_group() const { return output_channels / groups; }

  Sizes input_sizes() const;
  Sizes weight_sizes() const;  // PyTorch's layout: (O, I/G, …), transposed (I, O/G, …)
  Sizes output_sizes() const;

  // A map's shape as the user sees it, always with the batch axis: (N, C, spatial…).
  Shape shape_of(const Sizes& sizes) const;
};

// The output size of one axis, and its inverse up to the remainder that the floor loses:
//   convolution  floor((input + 2P - dilation (kernel - 1) - 1) / stride) + 1
//   transposed   (input - 1) stride - 2P + dilation (kernel - 1) + OP + 1
// (torch.nn.Conv2d, torch.nn.ConvTranspose2d). Give span() or the plain sum; the numerator must
// not be negative, which `check_request` has made sure of.
std::int64_t convolved_size(const Axis& axis);
std::int64_t transposed_size(const Axis& axis);

// Checks in PyTorch's order, then sizes, then limits.
Result<Geometry> infer_geometry(const Request& request);
// The same without limits: of what nobody computes.
Result<Geometry> infer_unlimited(const Request& request);

}  // namespace convscope

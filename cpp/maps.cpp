// One function per map. Evaluated tensors go in and out, never xtensor expressions: those would
// refer to temporaries that are gone.
#include "maps.hpp"

#include <algorithm>

#include <xtensor/xbuilder.hpp>
#include <xtensor/xmanipulation.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xview.hpp>

namespace convscope {
namespace {

Tensor<double> zeros(const Sizes& sizes) {
  Tensor<double> map = Tensor<double>::from_shape(sizes);
  map.fill(0);
  return map;
}

Sizes resized(Sizes sizes, std::int64_t depth, std::int64_t height, std::int64_t width) {
  sizes[2] = static_cast<std::size_t>(depth);
  sizes[3] = static_cast<std::size_t>(height);
  sizes[4] = static_cast<std::size_t>(width);
  return sizes;
}

// The part of an old axis that lies within a new one, and where it comes to lie.
struct Overlap {
  std::int64_t from, to, length;

  Overlap(std::int64_t old_size, std::int64_t begin, std::int64_t new_size)
      : from(std::max<std::int64_t>(0, -begin)),
        to(std::max<std::int64_t>(0, begin)),
        length(std::max<std::int64_t>(0, std::min(old_size - from, new_size - to))) {}

  auto taken() const { return xt::range(from, from + length); }
  auto placed() const { return xt::range(to, to + length); }
};

// Where a stamp at input position `at` falls on an axis of the canvas.
auto stamped(const Axis& axis, std::int64_t at) {
  return xt::range(at * axis.stride, at * axis.stride + axis.effective_kernel(), axis.dilation);
}

}  // namespace

Tensor<double> insert_zeros(const Geometry& geometry, const Tensor<double>& input) {
  const auto& [depth, height, width] = geometry.axes;
  Tensor<double> map = zeros(resized(geometry.input_sizes(), depth.zero_inserted(),
                                     height.zero_inserted(), width.zero_inserted()));
  if (map.size() == 0) return map;
  xt::view(map, xt::all(), xt::all(), xt::range(0, depth.zero_inserted(), depth.stride),
           xt::range(0, height.zero_inserted(), height.stride),
           xt::range(0, width.zero_inserted(), width.stride)) = input;
  return map;
}

Tensor<double> add_border(const Tensor<double>& map, const Position& begin, const Position& end) {
  Sizes sizes;
  std::copy(map.shape().begin(), map.shape().end(), sizes.begin());
  Sizes bordered = sizes;
  for (std::size_t at = 0; at < 3; ++at) {
    const std::int64_t size = static_cast<std::int64_t>(sizes[2 + at]) + begin[at] + end[at];
    bordered[2 + at] = static_cast<std::size_t>(std::max<std::int64_t>(0, size));
  }
  const auto overlap = [&](std::size_t at) {
    return Overlap(static_cast<std::int64_t>(sizes[2 + at]), begin[at],
                   static_cast<std::int64_t>(bordered[2 + at]));
  };
  const Overlap depth = overlap(0), height = overlap(1), width = overlap(2);
  Tensor<double> result = zeros(bordered);
  if (map.size() == 0 || depth.length * height.length * width.length == 0) return result;
  xt::view(result, xt::all(), xt::all(), depth.placed(), height.placed(), width.placed()) =
      xt::view(map, xt::all(), xt::all(), depth.taken(), height.taken(), width.taken());
  return result;
}

Tensor<double> pad_input(const Geometry& geometry, const Tensor<double>& input) {
  const auto& [depth, height, width] = geometry.axes;
  if (depth.padding_mode == PaddingMode::zeros && height.padding_mode == PaddingMode::zeros &&
      width.padding_mode == PaddingMode::zeros) {
    return add_border(input, {depth.padding_begin, height.padding_begin, width.padding_begin},
                      {depth.padding_end, height.padding_end, width.padding_end});
  }
  // The other modes repeat cells of the input: pick them by index, axis by axis.
  const auto picked = [](const Axis& axis) {
    std::vector<std::size_t> cells;
    for (std::int64_t at = 0; at < axis.padded(); ++at) {
      cells.push_back(static_cast<std::size_t>(axis.source(at)));
    }
    return cells;
  };
  const Sizes sizes =
      resized(geometry.input_sizes(), depth.padded(), height.padded(), width.padded());
  Tensor<double> map = zeros(sizes);
  if (map.size() == 0) return map;
  map = xt::view(input, xt::all(), xt::all(), xt::keep(picked(depth)), xt::keep(picked(height)),
                 xt::keep(picked(width)));
  return map;
}

Tensor<double> flip_weight(const Geometry& geometry, const Tensor<double>& weight) {
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Sizes sizes = geometry.weight_sizes();
  sizes[0] = static_cast<std::size_t>(geometry.output_channels);
  sizes[1] = static_cast<std::size_t>(I);
  Tensor<double> flipped = zeros(sizes);
  if (flipped.size() == 0) return flipped;
  for (std::int64_t g = 0; g < geometry.groups; ++g) {
    const Tensor<double> group = xt::view(weight, xt::range(g * I, g * I + I));
    const Tensor<double> exchanged = xt::transpose(group, {1, 0, 2, 3, 4});
    const Tensor<double> depth = xt::flip(exchanged, 2);
    const Tensor<double> height = xt::flip(depth, 3);
    xt::view(flipped, xt::range(g * O, g * O + O)) = xt::flip(height, 4);
  }
  return flipped;
}

Tensor<double> stamp_all(const Geometry& geometry, const Operands<double>& operands) {
  const auto& [x, w, bias] = operands;
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  const auto size = [](const Axis& axis) {
    return std::max(axis.uncropped(), axis.padding_begin + axis.output);
  };
  Tensor<double> canvas =
      zeros(resized(geometry.output_sizes(), size(depth), size(height), size(width)));
  for (std::int64_t n = 0; n < geometry.batch; ++n) {
    for (std::int64_t i = 0; i < geometry.input_channels; ++i) {
      const std::int64_t first = i / I * O;  // the group's first output channel
      const xt::xtensor<double, 4> kernel = xt::view(w, i);
      for (std::int64_t z = 0; z < depth.input; ++z) {
        for (std::int64_t y = 0; y < height.input; ++y) {
          for (std::int64_t u = 0; u < width.input; ++u) {
            xt::view(canvas, n, xt::range(first, first + O), stamped(depth, z), stamped(height, y),
                     stamped(width, u)) += x(n, i, z, y, u) * kernel;
          }
        }
      }
    }
  }
  return canvas;
}

Tensor<double> crop(const Geometry& geometry, const Tensor<double>& uncropped,
                    const Tensor<double>& bias) {
  const auto& [depth, height, width] = geometry.axes;
  const auto kept = [](const Axis& axis) {
    return xt::range(axis.padding_begin, axis.padding_begin + axis.output);
  };
  Tensor<double> output = zeros(geometry.output_sizes());
  if (output.size() == 0) return output;
  output = xt::view(uncropped, xt::all(), xt::all(), kept(depth), kept(height), kept(width));
  if (geometry.has_bias) output += bias;
  return output;
}

Tensor<double> scatter_convolution(const Geometry& geometry, const Operands<double>& operands) {
  const auto& [x, w, bias] = operands;
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  const Tensor<double> padded = pad_input(geometry, x);
  Tensor<double> output = zeros(geometry.output_sizes());
  if (output.size() == 0) return output;
  // All outputs that kernel cell k reaches at once: the padded input from k's place, every stride.
  const auto read = [](const Axis& axis, std::int64_t k) {
    return xt::range(k * axis.dilation, k * axis.dilation + (axis.output - 1) * axis.stride + 1,
                     axis.stride);
  };
  for (std::int64_t o = 0; o < geometry.output_channels; ++o) {
    for (std::int64_t i = 0; i < I; ++i) {
      for (std::int64_t kz = 0; kz < depth.kernel; ++kz) {
        for (std::int64_t ky = 0; ky < height.kernel; ++ky) {
          for (std::int64_t kx = 0; kx < width.kernel; ++kx) {
            xt::view(output, xt::all(), o) +=
                w(o, i, kz, ky, kx) * xt::view(padded, xt::all(), o / O * I + i, read(depth, kz),
                                               read(height, ky), read(width, kx));
          }
        }
      }
    }
  }
  if (geometry.has_bias) output += bias;
  return output;
}

}  // namespace convscope

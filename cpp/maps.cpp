// One function per map. Evaluated tensors go in and out, never xtensor expressions: those would
// refer to temporaries that are gone. Views are of one kind, strided_view, because each kind of
// xtensor view costs the WebAssembly module several kilobytes.
#include "maps.hpp"

#include <algorithm>

#include <xtensor/xnoalias.hpp>
#include <xtensor/xstrided_view.hpp>

#include "progress.hpp"

namespace convscope {
namespace {

using Slices = xt::xstrided_slice_vector;

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

// All cells of the padded input that kernel cell k meets: from k's place on, every stride.
auto read_by(const Axis& axis, std::int64_t k) {
  const std::int64_t first = k * axis.dilation;
  return xt::range(first, first + (axis.output - 1) * axis.stride + 1, axis.stride);
}

}  // namespace

Tensor<double> insert_zeros(const Geometry& geometry, const Tensor<double>& input) {
  const auto& [depth, height, width] = geometry.axes;
  Tensor<double> map = zeros(resized(geometry.input_sizes(), depth.zero_inserted(),
                                     height.zero_inserted(), width.zero_inserted()));
  if (map.size() == 0) return map;
  const auto every = [](const Axis& axis) {
    return xt::range(std::int64_t{0}, axis.zero_inserted(), axis.stride);
  };
  const Slices places{xt::all(), xt::all(), every(depth), every(height), every(width)};
  xt::noalias(xt::strided_view(map, places)) = input;
  return map;
}

Tensor<double> add_border(const Tensor<double>& map, const Position& begin, const Position& end) {
  Sizes sizes;
  std::copy(map.shape().begin(), map.shape().end(), sizes.begin());
  Slices taken{xt::all(), xt::all()}, placed{xt::all(), xt::all()};
  bool overlaps = map.size() != 0;
  for (std::size_t at = 0; at < 3; ++at) {
    const std::int64_t old_size = static_cast<std::int64_t>(sizes[2 + at]);
    const std::int64_t size = std::max<std::int64_t>(0, old_size + begin[at] + end[at]);
    const Overlap overlap(old_size, begin[at], size);
    sizes[2 + at] = static_cast<std::size_t>(size);
    taken.push_back(overlap.taken());
    placed.push_back(overlap.placed());
    overlaps = overlaps && overlap.length > 0;
  }
  Tensor<double> result = zeros(sizes);
  if (overlaps) xt::noalias(xt::strided_view(result, placed)) = xt::strided_view(map, taken);
  return result;
}

Tensor<double> pad_input(const Geometry& geometry, const Tensor<double>& input) {
  const auto& [depth, height, width] = geometry.axes;
  if (width.padding_mode == PaddingMode::zeros) {
    return add_border(input, {depth.padding_begin, height.padding_begin, width.padding_begin},
                      {depth.padding_end, height.padding_end, width.padding_end});
  }
  // The other modes repeat cells of the input.
  Tensor<double> map =
      zeros(resized(geometry.input_sizes(), depth.padded(), height.padded(), width.padded()));
  // clang-format off
  for (std::int64_t n = 0; n < geometry.batch; ++n)
  for (std::int64_t i = 0; i < geometry.input_channels; ++i)
  for (std::int64_t z = 0; z < depth.padded(); ++z)
  for (std::int64_t y = 0; y < height.padded(); ++y)
  for (std::int64_t x = 0; x < width.padded(); ++x) {
    map(n, i, z, y, x) = input(n, i, depth.source(z), height.source(y), width.source(x));
  }
  // clang-format on
  return map;
}

Tensor<double> flip_weight(const Geometry& geometry, const Tensor<double>& weight) {
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Sizes sizes = geometry.weight_sizes();
  sizes[0] = static_cast<std::size_t>(geometry.output_channels);
  sizes[1] = static_cast<std::size_t>(I);
  Tensor<double> flipped = zeros(sizes);
  const auto turned = xt::range(xt::placeholders::_, xt::placeholders::_, -1);
  for (std::int64_t o = 0; o < geometry.output_channels; ++o) {
    for (std::int64_t i = 0; i < I; ++i) {
      xt::noalias(xt::strided_view(flipped, Slices{o, i})) =
          xt::strided_view(weight, Slices{o / O * I + i, o % O, turned, turned, turned});
    }
  }
  return flipped;
}

Tensor<double> stamp(const Geometry& geometry, const Operands<double>& operands,
                     std::int64_t stamps) {
  const auto& [input, w, bias] = operands;
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Tensor<double> canvas = zeros(
      resized(geometry.output_sizes(), depth.uncropped(), height.uncropped(), width.uncropped()));
  progress::Steps cells(static_cast<std::int64_t>(input.size()));
  // clang-format off
  for (std::int64_t n = 0; n < geometry.batch; ++n)
  for (std::int64_t i = 0; i < geometry.input_channels; ++i) {
    const std::int64_t first = i / I * O;  // the group's first output channel
    const auto kernel = xt::strided_view(w, Slices{i});
    for (std::int64_t z = 0; z < depth.input; ++z)
    for (std::int64_t y = 0; y < height.input; ++y)
    for (std::int64_t x = 0; x < width.input; ++x) {
      if (stamps-- <= 0) return canvas;  // the loops run in the flat order of the input's cells
      const Slices place{n, xt::range(first, first + O), stamped(depth, z), stamped(height, y),
                         stamped(width, x)};
      xt::noalias(xt::strided_view(canvas, place)) += input(n, i, z, y, x) * kernel;
      cells.advance();
    }
  }
  // clang-format on
  return canvas;
}

Tensor<double> crop(const Geometry& geometry, const Tensor<double>& uncropped,
                    const Tensor<double>& bias) {
  Position begin{}, end{};
  for (std::size_t at = 0; at < 3; ++at) {
    const Axis& axis = geometry.axes[at];
    begin[at] = -axis.padding_begin;
    // Above zero where output padding reaches beyond the last stamp.
    end[at] = axis.padding_begin + axis.output - axis.uncropped();
  }
  Tensor<double> output = add_border(uncropped, begin, end);
  if (geometry.has_bias()) output += bias;
  return output;
}

Tensor<double> scatter_convolution(const Geometry& geometry, const Operands<double>& operands,
                                   std::int64_t stamps) {
  const auto& [input, w, bias] = operands;
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  // Kernel cell by kernel cell all inputs stamp at once, so those whose turn has not come are zero.
  Tensor<double> stamping = input;
  std::fill(stamping.begin() + std::min<std::int64_t>(stamps, std::ssize(stamping)), stamping.end(),
            0.0);
  const Tensor<double> padded = pad_input(geometry, stamping);
  Tensor<double> output = zeros(geometry.output_sizes());
  if (output.size() == 0) return output;
  progress::Steps cells(static_cast<std::int64_t>(w.size()));
  // clang-format off
  for (std::int64_t o = 0; o < geometry.output_channels; ++o)
  for (std::int64_t i = 0; i < I; ++i)
  for (std::int64_t kz = 0; kz < depth.kernel; ++kz)
  for (std::int64_t ky = 0; ky < height.kernel; ++ky)
  for (std::int64_t kx = 0; kx < width.kernel; ++kx) {
    const Slices met{xt::all(), o / O * I + i, read_by(depth, kz), read_by(height, ky),
                     read_by(width, kx)};
    xt::noalias(xt::strided_view(output, Slices{xt::all(), o})) +=
        w(o, i, kz, ky, kx) * xt::strided_view(padded, met);
    cells.advance();
  }
  // clang-format on
  if (geometry.has_bias()) output += bias;
  return output;
}

}  // namespace convscope

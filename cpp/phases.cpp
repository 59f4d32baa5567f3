// Splits every axis by residues, computes each combination as an ordinary convolution.
#include "phases.hpp"

#include <algorithm>
#include <numeric>

#include "limits.hpp"
#include "progress.hpp"
#include "say.hpp"

namespace convscope {
namespace {

AxisPhase phase_of(const Axis& axis, std::int64_t offset) {
  const std::int64_t common = std::gcd(axis.dilation, axis.stride);
  const std::int64_t period = axis.stride / common;  // kernel cells so far apart meet one residue
  const std::int64_t target = offset + axis.padding_begin;
  std::int64_t first = 0;
  while (first < std::min(period, axis.kernel) &&
         (target - first * axis.dilation) % axis.stride != 0) {
    ++first;
  }

  AxisPhase phase{.offset = offset, .taps = {}, .ordinary = axis};
  Axis& ordinary = phase.ordinary;
  ordinary.stride = ordinary.dilation = 1;
  ordinary.padding_begin = ordinary.padding_end = ordinary.output_padding = ordinary.kernel = 0;
  ordinary.output = (axis.output - offset + axis.stride - 1) / axis.stride;
  if (first == std::min(period, axis.kernel)) return phase;  // no kernel cell comes here

  for (std::int64_t k = first; k < axis.kernel; k += period) phase.taps.push_back(k);
  std::reverse(phase.taps.begin(), phase.taps.end());
  ordinary.kernel = std::ssize(phase.taps);
  ordinary.dilation = axis.dilation / common;
  const std::int64_t reach = ordinary.dilation * (ordinary.kernel - 1);
  ordinary.padding_begin = reach - (target - first * axis.dilation) / axis.stride;
  ordinary.padding_end = ordinary.output + reach - axis.input - ordinary.padding_begin;
  return phase;
}

void gather_kernel(const Geometry& geometry, const Tensor<double>& weight,
                   const std::array<const AxisPhase*, 3>& axes, Phase& phase) {
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Sizes sizes{static_cast<std::size_t>(geometry.output_channels), static_cast<std::size_t>(I)};
  for (std::size_t at = 0; at < 3; ++at) sizes[2 + at] = axes[at]->taps.size();
  phase.kernel = Tensor<double>::from_shape(sizes);
  // clang-format off
  for (std::int64_t o = 0; o < geometry.output_channels; ++o)
  for (std::int64_t i = 0; i < I; ++i)
  for (std::int64_t kz : axes[0]->taps)
  for (std::int64_t ky : axes[1]->taps)
  for (std::int64_t kx : axes[2]->taps) {
    const std::int64_t block = (o / O * I + i) * O + o % O;
    const std::int64_t from = ((block * depth.kernel + kz) * height.kernel + ky) * width.kernel + kx;
    phase.kernel.data()[phase.kernel_source.size()] = weight.data()[from];
    phase.kernel_source.push_back(static_cast<std::int32_t>(from));
  }
  // clang-format on
}

void note_cells(const Geometry& geometry, Phase& phase) {
  const auto& [depth, height, width] = geometry.axes;
  const auto& [oz, oy, ox] = phase.offset;
  // clang-format off
  for (std::int64_t block = 0; block < geometry.batch * geometry.output_channels; ++block)
  for (std::int64_t z = oz; z < depth.output; z += depth.stride)
  for (std::int64_t y = oy; y < height.output; y += height.stride)
  for (std::int64_t x = ox; x < width.output; x += width.stride) {
    phase.output_source.push_back(static_cast<std::int32_t>(
        ((block * depth.output + z) * height.output + y) * width.output + x));
  }
  // clang-format on
}

}  // namespace

std::vector<AxisPhase> phases_of(const Axis& axis) {
  std::vector<AxisPhase> phases;
  for (std::int64_t offset = 0; offset < std::min(axis.stride, axis.output); ++offset) {
    phases.push_back(phase_of(axis, offset));
  }
  return phases;
}

Check phases_within_limits(const Geometry& geometry) {
  Shape counts;
  for (const Axis& axis : geometry.spatial_axes()) {
    counts.push_back(std::min(axis.stride, axis.output));
  }
  if (element_count(counts) <= kMaxPhases) return Passed{};
  return refuse(Code::limit_elements, "method",
                {"The output splits into ", join(counts, " x "), " phases, more than the ",
                 kMaxPhases, " that the engine lists. Use a smaller stride, or another method."});
}

std::vector<Phase> split_into_phases(const Geometry& geometry, const Operands<double>& operands) {
  std::array<std::vector<AxisPhase>, 3> split;
  for (std::size_t at = 0; at < 3; ++at) split[at] = phases_of(geometry.axes[at]);
  Operands<double> small{operands.input, {}, operands.bias};
  std::vector<Phase> phases;
  const auto count = static_cast<double>(split[0].size() * split[1].size() * split[2].size());
  // clang-format off
  for (const AxisPhase& depth : split[0])
  for (const AxisPhase& height : split[1])
  for (const AxisPhase& width : split[2]) {
        // clang-format on
        const std::array<const AxisPhase*, 3> axes{&depth, &height, &width};
        const progress::Part part(static_cast<double>(phases.size()), 1, count);
        Phase& phase = phases.emplace_back();
        Geometry ordinary = geometry;
        ordinary.op.transposed = false;
        ordinary.weight_shape[0] = geometry.output_channels;
        ordinary.weight_shape[1] = geometry.inputs_per_group();
        for (std::size_t at = 0; at < 3; ++at) {
          ordinary.axes[at] = axes[at]->ordinary;
          phase.offset[at] = axes[at]->offset;
          phase.dilation[at] = axes[at]->ordinary.dilation;
          phase.padding_begin[at] = axes[at]->ordinary.padding_begin;
          phase.padding_end[at] = axes[at]->ordinary.padding_end;
        }
        gather_kernel(geometry, operands.weight, axes, phase);
        small.weight = phase.kernel;
        phase.output = convolve(ordinary, small);
        note_cells(geometry, phase);
      }
  return phases;
}

Tensor<double> interleave(const Geometry& geometry, const std::vector<Phase>& phases) {
  Tensor<double> output = Tensor<double>::from_shape(geometry.output_sizes());
  for (const Phase& phase : phases) {
    for (std::size_t at = 0; at < phase.output_source.size(); ++at) {
      output.data()[phase.output_source[at]] = phase.output.data()[at];
    }
  }
  return output;
}

}  // namespace convscope

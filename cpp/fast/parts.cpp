// Goes through the parts of all axes, and packs.
#include "parts.hpp"

#include <algorithm>

#include "work.hpp"

namespace convscope::fast {
namespace {

// One product after another: calls `visit(i, z, y, x)` with the taps of the three axes.
template <typename Visit>
void each_product(const std::array<const AxisPart*, 3>& axes, Index inputs, Visit visit) {
  for (Index i = 0; i < inputs; ++i) {
    for (const AxisPart::Tap& z : axes[0]->taps) {
      for (const AxisPart::Tap& y : axes[1]->taps) {
        for (const AxisPart::Tap& x : axes[2]->taps) visit(i, z, y, x);
      }
    }
  }
}

void pack(const Geometry& geometry, const float* weight, bool whole_blocks, Part& part) {
  const Index inputs = static_cast<Index>(geometry.inputs_per_group());
  const Index outputs = static_cast<Index>(geometry.outputs_per_group());
  const Index groups = static_cast<Index>(geometry.groups);
  const Index channels = std::ssize(part.phases) * outputs;
  const Index rows = whole_blocks ? (channels + kBlock - 1) / kBlock * kBlock : channels;
  const WeightPlace place(geometry);
  part.group_weights = rows * part.products;
  if (part.products == 0) return;
  part.weights.assign(static_cast<std::size_t>(groups * part.group_weights), 0);
  float* to = part.weights.data();
  for (Index group = 0; group < groups; ++group, to += part.group_weights) {
    for (Index channel = 0; channel < channels; ++channel) {
      const Index first = channel / kBlock * kBlock, block = std::min(kBlock, rows - first);
      Index product = 0;
      each_product(part.phases[channel / outputs], inputs,
                   [&](Index i, const auto& z, const auto& y, const auto& x) {
                     const Index cell =
                         (z.kernel * place.height + y.kernel) * place.width + x.kernel;
                     const Index at = product % kProducts, from = product - at;
                     const Index together = std::min(kProducts, part.products - from);
                     to[from * rows + first * together + at * block + channel - first] =
                         weight[place(group, channel % outputs, i) + cell];
                     ++product;
                   });
    }
  }
}

}  // namespace

WeightPlace::WeightPlace(const Geometry& geometry)
    : height(static_cast<Index>(geometry.axes[1].kernel)),
      width(static_cast<Index>(geometry.axes[2].kernel)) {
  const Index cells = static_cast<Index>(geometry.axes[0].kernel) * height * width;
  const Index inputs = static_cast<Index>(geometry.inputs_per_group());
  const Index outputs = static_cast<Index>(geometry.outputs_per_group());
  group_step = outputs * inputs * cells;
  output_step = geometry.op.transposed ? cells : inputs * cells;
  input_step = geometry.op.transposed ? outputs * cells : cells;
}

std::vector<Part> pack_parts(const Geometry& geometry, const Canvas& canvas, const float* weight,
                             bool whole_blocks) {
  const Index inputs = static_cast<Index>(geometry.inputs_per_group());
  const auto& [depth, height, width] = canvas.axes();
  std::vector<Part> parts;
  // clang-format off
  for (const AxisPart& z : depth.parts)
  for (const AxisPart& y : height.parts)
  for (const AxisPart& x : width.parts) {
        // clang-format on
        const std::array<const AxisPart*, 3> axes{&z, &y, &x};
        std::vector<std::int32_t> offset;
        each_product(axes, inputs, [&](Index i, const auto& tz, const auto& ty, const auto& tx) {
          offset.push_back(
              static_cast<std::int32_t>(i * canvas.channel() + canvas.offset(tz, ty, tx)));
        });
        const auto same = std::find_if(parts.begin(), parts.end(),
                                       [&](const Part& part) { return part.offset == offset; });
        if (same != parts.end()) {
          same->phases.push_back(axes);
          continue;
        }
        Part& part = parts.emplace_back();
        part.phases.push_back(axes);
        part.products = std::ssize(offset);
        part.offset = std::move(offset);
      }
  for (Part& part : parts) pack(geometry, weight, whole_blocks, part);
  return parts;
}

}  // namespace convscope::fast

// Goes through the parts of all axes, and packs.
#include "parts.hpp"

#include <algorithm>

#include "work.hpp"

namespace convscope::fast {
namespace {

// One product after another: calls `visit(i, z, y, x)` with the taps of the three axes.
template <typename Visit>
void each_product(const Part& part, Index inputs, Visit visit) {
  for (Index i = 0; i < inputs; ++i) {
    for (const AxisPart::Tap& z : part.axes[0]->taps) {
      for (const AxisPart::Tap& y : part.axes[1]->taps) {
        for (const AxisPart::Tap& x : part.axes[2]->taps) visit(i, z, y, x);
      }
    }
  }
}

void pack(const Geometry& geometry, const float* weight, bool whole_blocks, Part& part) {
  const Index inputs = static_cast<Index>(geometry.inputs_per_group());
  const Index outputs = static_cast<Index>(geometry.outputs_per_group());
  const Index groups = static_cast<Index>(geometry.groups);
  const Index rows = whole_blocks ? (outputs + kBlock - 1) / kBlock * kBlock : outputs;
  const WeightPlace place(geometry);
  part.group_weights = rows * part.products;
  part.weights.assign(static_cast<std::size_t>(groups * part.group_weights), 0);
  float* to = part.weights.data();
  for (Index group = 0; group < groups; ++group) {
    for (Index first = 0; first < rows; first += kBlock) {
      const Index block = std::min(kBlock, rows - first);
      each_product(part, inputs, [&](Index i, const auto& z, const auto& y, const auto& x) {
        const Index cell = (z.kernel * place.height + y.kernel) * place.width + x.kernel;
        for (Index o = first; o < std::min(first + block, outputs); ++o) {
          to[o - first] = weight[place(group, o, i) + cell];
        }
        to += block;
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
        Part& part = parts.emplace_back(Part{.axes = {&z, &y, &x}, .offset = {}, .weights = {}});
        each_product(part, inputs, [&](Index i, const auto& tz, const auto& ty, const auto& tx) {
          part.offset.push_back(
              static_cast<std::int32_t>(i * canvas.channel() + canvas.offset(tz, ty, tx)));
        });
        part.products = std::ssize(part.offset);
        pack(geometry, weight, whole_blocks, part);
      }
  return parts;
}

}  // namespace convscope::fast

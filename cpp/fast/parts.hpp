// The small convolutions that make one output, each with its weights packed and its products'
// places on the canvas: one for a convolution, one per phase for a transposed one.
#pragma once

#include <vector>

#include "canvas.hpp"

namespace convscope::fast {

struct Part {
  // Of the canvas. Phases whose kernel cells meet the same cells of the input are one part with as
  // many times the channels: such as all of them where the kernel is as long as the stride.
  std::vector<std::array<const AxisPart*, 3>> phases;
  Index products = 0;                // input channels of a group times taps
  std::vector<std::int32_t> offset;  // of each product
  std::vector<float> weights;        // group by group, as Work::weights wants them
  Index group_weights = 0;           // numbers per group
};

// `weight`: in PyTorch's layout, turned already. With `whole_blocks` the last block of channels is
// filled up with zeros. The canvas must outlive the parts.
std::vector<Part> pack_parts(const Geometry& geometry, const Canvas& canvas, const float* weight,
                             bool whole_blocks);

// Where one weight stands, (O, I/G, K, K, K) or transposed (I, O/G, K, K, K).
struct WeightPlace {
  explicit WeightPlace(const Geometry& geometry);
  Index operator()(Index group, Index o, Index i) const {
    return group * group_step + o * output_step + i * input_step;
  }
  Index group_step, output_step, input_step, height, width;
};

}  // namespace convscope::fast

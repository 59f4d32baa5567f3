// The small convolutions that make one output, each with its weights packed and its products'
// places on the canvas: one for a convolution, one per phase for a transposed one.
#pragma once

#include <vector>

#include "canvas.hpp"

namespace convscope::fast {

struct Part {
  std::array<const AxisPart*, 3> axes;  // of the canvas
  Index products = 0;                   // input channels of a group times taps
  std::vector<std::int32_t> offset;     // of each product
  std::vector<float> weights;           // group by group, as Work::weights wants them
  Index group_weights = 0;              // numbers per group

  // Its output is the whole output: nothing has to be interleaved.
  bool is_whole() const { return axes[0]->step * axes[1]->step * axes[2]->step == 1; }
};

// In row-major order of their first output positions. `weight`: in PyTorch's layout, turned
// already. With `whole_blocks` the last block of channels is filled up with zeros. The canvas must
// outlive them.
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

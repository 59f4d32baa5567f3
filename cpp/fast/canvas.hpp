// The input as the kernels read it: padded once, by any padding mode, and for a stride S split into
// the positions of each residue modulo S. Neighbouring outputs then always read neighbouring cells,
// whatever the stride, and no kernel ever meets a border.
// Also says which ordinary convolutions of stride 1 on that canvas make the output: one for a
// convolution, one per phase for a transposed one (phases.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "../geometry.hpp"
#include "vector.hpp"

namespace convscope::fast {

// One axis of one of the small convolutions. Output cell c reads canvas cell c + at of each tap.
struct AxisPart {
  Index first, step, cells;  // output positions: first, first + step, …
  struct Tap {
    Index kernel;         // cell of the kernel
    Index residue, at{};  // of the canvas
  };
  std::vector<Tap> taps;
};

struct AxisPlan {
  Index residues = 1;                // laid out one after the other
  Index length = 0;                  // cells of each
  std::vector<std::int32_t> source;  // residues x length: the input's cell, or -1 for a zero
  std::vector<AxisPart> parts;

  Index cells() const { return parts.front().cells; }  // the most of any part
  Index reach() const { return length - cells(); }
};

// `kernel` positions from each of the `cells` that are `step` apart in the padded input.
AxisPlan plan_convolution(const Axis& axis);
AxisPlan plan_transposed(const Axis& axis);

// Some rows of some channels: depth whole, height from a first row on, width whole.
class Canvas {
 public:
  Canvas() = default;
  // `rows`: output rows that one filling serves.
  Canvas(std::array<AxisPlan, 3> axes, const std::array<Axis, 3>& input, Index rows);

  const std::array<AxisPlan, 3>& axes() const { return axes_; }
  Index rows() const { return rows_; }
  Index channel() const { return channel_; }  // floats from one channel to the next
  Index depth_pitch() const { return residue_rows_ * axes_[1].residues; }
  Index height_pitch() const { return axes_[2].length * axes_[2].residues; }

  // Which of the pairs of a part of depth and one of height, in row-major order.
  std::size_t line(const AxisPart& z, const AxisPart& y) const {
    return static_cast<std::size_t>((&z - axes_[0].parts.data()) * std::ssize(axes_[1].parts) +
                                    (&y - axes_[1].parts.data()));
  }

  // Where a tap's first cell lies, in floats from its channel's first.
  Index offset(const AxisPart::Tap& z, const AxisPart::Tap& y, const AxisPart::Tap& x) const;

  // The canvas for output rows from `first_row` on, of so many channels of the input: in `memory`,
  // or the input itself where nothing is padded, split or left out.
  const float* laid_out(const float* input, Index channels, Index first_row, float* memory) const;

  // Floats of `memory` per channel.
  Index needed() const { return is_input_ ? 0 : channel_; }

 private:
  // Neighbouring canvas cells of a row that lie equally far apart in the input, or are zeros.
  struct Run {
    Index cells;
    std::int32_t from, step;  // from -1: zeros
  };
  void note_runs();
  void fill(const float* input, Index channels, Index first_row, float* row) const;
  void fill_row(const float* input, float* row) const;

  std::array<AxisPlan, 3> axes_{};
  Index rows_ = 0, channel_ = 0;
  Index residue_rows_ = 0;  // floats of all rows of one residue
  Index canvas_rows_ = 0;   // rows of one residue
  std::array<Index, 3> input_{};
  std::vector<Run> runs_;
  bool is_input_ = false;
};

}  // namespace convscope::fast

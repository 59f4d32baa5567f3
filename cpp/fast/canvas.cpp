// Plans axes by residues, and copies rows onto the canvas.
#include "canvas.hpp"

#include <algorithm>
#include <map>

#include "../phases.hpp"

namespace convscope::fast {
namespace {

// From so many floats on, a call of memcpy takes no longer than vectors of a loop: WebAssembly's
// goes by single floats, or leaves the module.
constexpr Index kLongRun = 512;

// In whole vectors.
void fill_zeros(float* to, Index count) {
  for (Index at = 0; at < count; at += kLanes) store(to + at, splat(0));
}

}  // namespace

AxisPlan plan_convolution(const Axis& axis) {
  const Index stride = static_cast<Index>(axis.stride),
              dilation = static_cast<Index>(axis.dilation);
  AxisPlan plan;
  AxisPart part{.first = 0, .step = 1, .cells = static_cast<Index>(axis.output), .taps = {}};
  std::vector<Index> residues;    // those that a tap meets
  std::map<Index, Index> places;  // of these
  for (Index k = 0; k < axis.kernel; ++k) {
    const std::int64_t at = std::int64_t{k} * dilation;
    const Index residue = static_cast<Index>(at % stride);
    const auto [known, is_new] = places.emplace(residue, std::ssize(residues));
    part.taps.push_back(
        {.kernel = k, .residue = known->second, .at = static_cast<Index>(at / stride)});
    if (is_new) residues.push_back(residue);
  }
  plan.residues = std::ssize(residues);
  plan.length = part.cells + part.taps.back().at;
  for (const Index residue : residues) {
    for (Index at = 0; at < plan.length; ++at) {
      const std::int64_t position = std::int64_t{at} * stride + residue;
      plan.source.push_back(
          position < axis.padded() ? static_cast<std::int32_t>(axis.source(position)) : -1);
    }
  }
  plan.parts.push_back(std::move(part));
  return plan;
}

AxisPlan plan_transposed(const Axis& axis) {
  const std::vector<AxisPhase> phases = phases_of(axis);
  AxisPlan plan;
  // The canvas begins where the first tap of any phase does.
  bool any = false;
  std::int64_t before = 0;
  for (const AxisPhase& phase : phases) {
    if (phase.taps.empty()) continue;
    before = any ? std::max(before, phase.ordinary.padding_begin) : phase.ordinary.padding_begin;
    any = true;
  }
  for (const AxisPhase& phase : phases) {
    AxisPart part{.first = static_cast<Index>(phase.offset),
                  .step = static_cast<Index>(axis.stride),
                  .cells = static_cast<Index>(phase.ordinary.output),
                  .taps = {}};
    Index at = static_cast<Index>(before - phase.ordinary.padding_begin);
    for (const std::int64_t k : phase.taps) {
      part.taps.push_back({.kernel = static_cast<Index>(k), .residue = 0, .at = at});
      at += static_cast<Index>(phase.ordinary.dilation);
    }
    // All phases are computed as far as the first, which has the most cells.
    const Index cells = static_cast<Index>(phases.front().ordinary.output);
    plan.length = std::max(plan.length, cells + (part.taps.empty() ? 0 : part.taps.back().at));
    plan.parts.push_back(std::move(part));
  }
  for (Index at = 0; at < plan.length; ++at) {
    const std::int64_t source = at - before;
    plan.source.push_back(0 <= source && source < axis.input ? static_cast<std::int32_t>(source)
                                                             : -1);
  }
  return plan;
}

Canvas::Canvas(std::array<AxisPlan, 3> axes, const std::array<Axis, 3>& input, Index rows)
    : axes_(std::move(axes)), rows_(std::min(rows, axes_[1].cells())), is_input_(true) {
  for (std::size_t at = 0; at < 3; ++at) {
    input_[at] = static_cast<Index>(input[at].input);
    const std::vector<std::int32_t>& source = axes_[at].source;
    if (std::ssize(source) != input_[at]) is_input_ = false;
    for (std::size_t cell = 0; cell < source.size(); ++cell) {
      if (source[cell] != static_cast<std::int32_t>(cell)) is_input_ = false;
    }
  }
  canvas_rows_ = is_input_ ? input_[1] : rows_ + axes_[1].reach();
  residue_rows_ = canvas_rows_ * height_pitch();
  channel_ = axes_[0].residues * axes_[0].length * depth_pitch();
  note_runs();
}

Index Canvas::offset(const AxisPart::Tap& z, const AxisPart::Tap& y, const AxisPart::Tap& x) const {
  return (z.residue * axes_[0].length + z.at) * depth_pitch() + y.residue * residue_rows_ +
         y.at * height_pitch() + x.residue * axes_[2].length + x.at;
}

const float* Canvas::laid_out(const float* input, Index channels, Index first_row,
                              float* memory) const {
  if (is_input_) return input + first_row * height_pitch();
  fill(input, channels, first_row, memory);
  return memory;
}

void Canvas::fill(const float* input, Index channels, Index first_row, float* row) const {
  const auto& [depth, height, width] = axes_;
  const auto& [D, H, W] = input_;
  for (Index channel = 0; channel < channels; ++channel) {
    const float* volume = input + channel * D * H * W;
    for (const std::int32_t z : depth.source) {
      for (Index residue = 0; residue < height.residues; ++residue) {
        const std::int32_t* sources = height.source.data() + residue * height.length;
        for (Index at = first_row; at < first_row + canvas_rows_; ++at) {
          const Index y = z < 0 || at >= height.length ? -1 : sources[at];
          if (y < 0) {
            fill_zeros(row, height_pitch());
          } else {
            fill_row(volume + (z * H + y) * W, row);
          }
          row += height_pitch();
        }
      }
    }
  }
}

void Canvas::note_runs() {
  const std::vector<std::int32_t>& source = axes_[2].source;
  const Index size = std::ssize(source);
  for (Index at = 0; at < size; at += runs_.back().cells) {
    Run run{.cells = 1, .from = source[at], .step = 0};
    if (run.from >= 0) {
      run.step = at + 1 < size && source[at + 1] > run.from ? source[at + 1] - run.from : 1;
    }
    while (at + run.cells < size &&
           source[at + run.cells] == run.from + static_cast<std::int32_t>(run.cells) * run.step) {
      ++run.cells;
    }
    runs_.push_back(run);
  }
}

// Writes whole vectors: what goes beyond a run, or beyond the row, is written over by what comes
// next, and behind the last row there is room. Reads as far beyond the input.
void Canvas::fill_row(const float* input, float* row) const {
  for (const Run& run : runs_) {
    const float* from = run.from < 0 ? nullptr : input + run.from;
    if (from == nullptr) {
      fill_zeros(row, run.cells);
    } else if (run.step == 1 && run.cells >= kLongRun) {
      std::copy_n(from, run.cells, row);
    } else if (run.step == 1) {
      for (Index at = 0; at < run.cells; at += 4 * kLanes) {
        for (Index n = 0; n < 4 * kLanes; n += kLanes) store(row + at + n, load(from + at + n));
      }
    } else if (run.step == 2) {
      for (Index at = 0; at < run.cells; at += kLanes, from += 2 * kLanes) {
        store(row + at, take_even(load(from), load(from + kLanes)));
      }
    } else {
      for (Index at = 0; at < run.cells; ++at) row[at] = from[at * run.step];
    }
    row += run.cells;
  }
}

}  // namespace convscope::fast

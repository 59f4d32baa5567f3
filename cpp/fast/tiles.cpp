// Any layer by tiles: lays out the canvas band by band, runs every part on it, interleaves phases.
#include <algorithm>

#include "kernel.hpp"
#include "parts.hpp"
#include "work.hpp"

namespace convscope::fast {
namespace {

// Floats of canvas and phases that one band may take: about half of a second-level cache, or, where
// channels are few and every cell is read only some times, of a first-level one.
constexpr Index kLargeBand = Index{1} << 18;
constexpr Index kSmallBand = Index{1} << 14;

// From so many output channels on, packing cells pays.
constexpr Index kManyChannels = 8;

// A kernel of one cell that visits every position: the axes do not matter.
bool is_pointwise(const Geometry& geometry) {
  return !geometry.op.transposed &&
         std::all_of(geometry.axes.begin(), geometry.axes.end(), [](const Axis& axis) {
           return axis.kernel == 1 && axis.stride == 1 && axis.output == axis.input &&
                  axis.padding_begin == 0;
         });
}

std::array<Axis, 3> axes_of(const Geometry& geometry) {
  std::array<Axis, 3> axes = geometry.axes;
  if (!is_pointwise(geometry)) return axes;
  for (std::size_t at = 0; at < 2; ++at) {
    axes[2].input *= axes[at].input;
    axes[at].input = axes[at].output = 1;
  }
  axes[2].output = axes[2].input;
  return axes;
}

Canvas canvas_for(const Geometry& geometry, bool panels) {
  const std::array<Axis, 3> axes = axes_of(geometry);
  std::array<AxisPlan, 3> plans;
  for (std::size_t at = 0; at < 3; ++at) {
    plans[at] = geometry.op.transposed ? plan_transposed(axes[at]) : plan_convolution(axes[at]);
  }
  const auto& [depth, height, width] = plans;
  const Index inputs = static_cast<Index>(geometry.inputs_per_group());
  const Index outputs = static_cast<Index>(geometry.outputs_per_group());
  Index per_row =
      inputs * depth.residues * depth.length * height.residues * width.residues * width.length;
  if (geometry.op.transposed) {
    per_row += outputs * depth.cells() * width.cells() * std::ssize(width.parts);
  }
  const Index band = panels ? kLargeBand : kSmallBand;
  // The rows that neighbouring bands both lay out must stay few.
  const Index rows = std::max({band / std::max<Index>(per_row, 1), 4 * height.reach(), Index{4}});
  return Canvas(std::move(plans), axes, rows);
}

class Tiles : public Kernel {
 public:
  explicit Tiles(const Numbers& numbers)
      : outputs_(static_cast<Index>(numbers.geometry.outputs_per_group())),
        inputs_(static_cast<Index>(numbers.geometry.inputs_per_group())),
        groups_(static_cast<Index>(numbers.geometry.groups)),
        panels_(outputs_ >= kManyChannels),
        begin_(numbers.bias),
        canvas_(canvas_for(numbers.geometry, panels_)),
        parts_(pack_parts(numbers.geometry, canvas_, numbers.weight.data(), panels_)) {
    const std::array<Axis, 3> axes = axes_of(numbers.geometry);
    for (std::size_t at = 0; at < 3; ++at) {
      output_[at] = static_cast<Index>(axes[at].output);
      input_ *= static_cast<Index>(axes[at].input);
    }
    begin_.resize(begin_.size() + kBlock);  // a last block may be filled up
  }

  const char* name() const override { return panels_ ? "panels" : "direct"; }

  Index workspace() const override { return canvas_floats() + phase_floats() + panel_space(); }

  void run(const float* input, float* output, float* workspace) const override {
    const Index plane = output_[0] * output_[1] * output_[2];
    for (Index group = 0; group < groups_; ++group) {
      const float* from = input + group * inputs_ * input_;
      for (Index row = 0; row < canvas_.axes()[1].cells(); row += canvas_.rows()) {
        const float* cells = canvas_.laid_out(from, inputs_, row, workspace);
        run_band(cells, group, row, output + group * outputs_ * plane, workspace + canvas_floats());
      }
    }
  }

 private:
  Index canvas_floats() const {
    return canvas_.needed() == 0 ? 0 : inputs_ * canvas_.needed() + kBeyond;
  }
  // Of the parts that are interleaved together.
  Index phase_cells() const {
    return canvas_.axes()[0].cells() * canvas_.rows() * canvas_.axes()[2].cells();
  }
  Index phase_floats() const {
    if (parts_.empty() || parts_.front().is_whole()) return 0;
    return std::ssize(canvas_.axes()[2].parts) * outputs_ * phase_cells();
  }
  Index panel_space() const { return panels_ ? panel_floats() : 0; }

  Work work_of(const Part& part, const float* cells, Index group, Index row) const {
    const auto& [z, y, x] = part.axes;
    return {.depth = z->cells,
            .rows = std::min(canvas_.rows(), y->cells - row),
            .width = x->cells,
            .canvas = cells,
            .depth_pitch = canvas_.depth_pitch(),
            .height_pitch = canvas_.height_pitch(),
            .products = part.products,
            .offset = part.offset.data(),
            .weights = part.weights.data() + group * part.group_weights,
            .channels = outputs_,
            .begin = begin_.data() + group * outputs_};
  }

  void run_band(const float* cells, Index group, Index row, float* output, float* memory) const {
    float* panels = memory + phase_floats();
    const Index phases = std::ssize(canvas_.axes()[2].parts);
    for (Index first = 0; first < std::ssize(parts_); first += phases) {
      for (Index phase = 0; phase < phases; ++phase) {
        const Part& part = parts_[first + phase];
        Work work = work_of(part, cells, group, row);
        if (work.rows <= 0) break;
        if (part.is_whole()) {
          work.sums = output + row * output_[2];
          work.channel_pitch = output_[0] * output_[1] * output_[2];
          work.depth_step = output_[1] * output_[2];
        } else {
          work.sums = memory + phase * outputs_ * phase_cells();
          work.channel_pitch = phase_cells();
          work.depth_step = work.rows * work.width;
        }
        if (panels_ && work.products > 0) {
          run_panels(work, panels);
        } else {
          run_direct(work);
        }
      }
      if (!parts_[first].is_whole()) collect(&parts_[first], row, memory, output);
    }
  }

  // The phases of one row of phases, row by row to where they belong.
  void collect(const Part* parts, Index row, const float* memory, float* output) const {
    const AxisPart *const z = parts->axes[0], *const y = parts->axes[1];
    const Index rows = std::min(canvas_.rows(), y->cells - row);
    for (Index channel = 0; channel < outputs_; ++channel) {
      for (Index pz = 0; pz < z->cells; ++pz) {
        for (Index py = 0; py < rows; ++py) {
          const Index oz = z->first + pz * z->step, oy = y->first + (row + py) * y->step;
          float* to = output + ((channel * output_[0] + oz) * output_[1] + oy) * output_[2];
          interleave(parts, memory + channel * phase_cells(), pz * rows + py, to);
        }
      }
    }
  }

  void interleave(const Part* parts, const float* memory, Index row, float* to) const {
    const Index phases = std::ssize(canvas_.axes()[2].parts);
    const Index pitch = outputs_ * phase_cells();
    Index done = 0;
    if (phases == 2) {
      const Index width = parts[1].axes[2]->cells;
      const float* even = memory + row * parts[0].axes[2]->cells;
      const float* odd = memory + pitch + row * width;
      for (; done + kLanes <= width; done += kLanes) {
        const Float4 a = load(even + done), b = load(odd + done);
        store(to + 2 * done, zip_low(a, b));
        store(to + 2 * done + kLanes, zip_high(a, b));
      }
    }
    for (Index phase = 0; phase < phases; ++phase) {
      const Index width = parts[phase].axes[2]->cells;
      const float* from = memory + phase * pitch + row * width;
      for (Index x = done; x < width; ++x) to[x * phases + phase] = from[x];
    }
  }

  Index outputs_, inputs_, groups_;
  bool panels_;
  std::vector<float> begin_;
  Canvas canvas_;
  std::vector<Part> parts_;
  std::array<Index, 3> output_{};
  Index input_ = 1;
};

}  // namespace

std::unique_ptr<const Kernel> make_tiles(const Numbers& numbers) {
  return std::make_unique<const Tiles>(numbers);
}

}  // namespace convscope::fast

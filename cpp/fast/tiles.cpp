// Any layer by tiles: lays out the canvas band by band, runs every part on it, interleaves phases.
#include <algorithm>
#include <optional>

#include "../progress.hpp"
#include "kernel.hpp"
#include "parts.hpp"
#include "tame.hpp"
#include "weaves.hpp"

namespace convscope::fast {
namespace {

// Floats of canvas and phases that one band may take: less than a second-level cache holds.
constexpr Index kBand = Index{1} << 16;

// One cell in so many may lie between rows that are computed together.
constexpr Index kBetween = 12;

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

Canvas canvas_for(const Geometry& geometry) {
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
    per_row += outputs * depth.cells() * width.cells() * std::ssize(depth.parts) *
               std::ssize(height.parts) * std::ssize(width.parts);
  }
  // The rows that neighbouring bands both lay out must stay few.
  const Index most = std::max({kBand / std::max<Index>(per_row, 1), 4 * height.reach(), Index{4}});
  const Index bands = (height.cells() + most - 1) / most;  // of about the same height
  const Index rows = (height.cells() + bands - 1) / bands;
  return Canvas(std::move(plans), axes, rows);
}

class Tiles : public Kernel {
 public:
  explicit Tiles(const Numbers& numbers)
      : outputs_(static_cast<Index>(numbers.geometry.outputs_per_group())),
        inputs_(static_cast<Index>(numbers.geometry.inputs_per_group())),
        groups_(static_cast<Index>(numbers.geometry.groups)),
        panels_(outputs_ >= kManyChannels),
        canvas_(canvas_for(numbers.geometry)),
        parts_(pack_parts(numbers.geometry, canvas_, numbers.weight.data(), panels_)) {
    const std::array<Axis, 3> axes = axes_of(numbers.geometry);
    for (std::size_t at = 0; at < 3; ++at) {
      output_[at] = static_cast<Index>(axes[at].output);
      input_ *= static_cast<Index>(axes[at].input);
    }
    note_slots();
    if (panels_) note_weaves(is_tame(numbers.weight));
    for (Index group = 0; group < groups_; ++group) {
      for (Index at = 0; at < repeats_ * outputs_; ++at) {
        begin_.push_back(numbers.bias[group * outputs_ + at % outputs_]);
      }
    }
    begin_.resize(begin_.size() + kBlock);  // a last block may be filled up
  }

  const char* name() const override { return panels_ ? "panels" : "direct"; }

  Index workspace() const override { return canvas_floats() + phase_floats() + panel_space(); }

  bool run(const float* input, float* output, float* workspace) const override {
    const Index plane = output_[0] * output_[1] * output_[2];
    progress::Steps rows(std::int64_t{groups_} * canvas_.axes()[1].cells());
    for (Index group = 0; group < groups_; ++group) {
      const float* from = input + group * inputs_ * input_;
      const bool tame = weaves_ && weaves_->adds_up() && is_tame(from, inputs_ * input_);
      for (Index row = 0; row < canvas_.axes()[1].cells(); row += canvas_.rows()) {
        const float* cells = canvas_.laid_out(from, inputs_, row, workspace);
        run_band(cells, group, row, tame, output + group * outputs_ * plane,
                 workspace + canvas_floats());
        rows.advance(canvas_.rows());
      }
    }
    return true;
  }

 private:
  Index canvas_floats() const {
    return canvas_.needed() == 0 ? 0 : inputs_ * canvas_.needed() + kBeyond;
  }
  // The output of the only phase is the whole output: nothing has to be interleaved.
  bool is_whole() const {
    const AxisPart *const z = &canvas_.axes()[0].parts[0], *const y = &canvas_.axes()[1].parts[0],
                          *const x = &canvas_.axes()[2].parts[0];
    return z->step * y->step * x->step == 1;
  }
  // Whether its sums go straight into the output, and nothing has to be collected.
  bool is_placed() const { return is_whole() || weaves_; }

  // Phases whose rows are little shorter than the canvas's are computed as one long row each, the
  // cells between them with the rest: no tiles are lost at the ends of rows.
  bool in_one_row() const {
    const Index width = canvas_.axes()[2].cells();
    return !is_whole() && !panels_ && canvas_.height_pitch() - width <= width / kBetween;
  }
  Index phase_width() const {
    return in_one_row() ? canvas_.height_pitch() : canvas_.axes()[2].cells();
  }
  // Of one channel of one phase.
  Index phase_cells() const { return canvas_.axes()[0].cells() * canvas_.rows() * phase_width(); }
  Index phase_floats() const {
    if (is_placed()) return 0;
    Index phases = 0;
    for (const Part& part : parts_) phases += std::ssize(part.phases);
    return phases * outputs_ * phase_cells();
  }
  Index panel_space() const { return panels_ ? panel_floats() : 0; }

  void run_band(const float* cells, Index group, Index row, bool tame, float* output,
                float* memory) const {
    Work work{.depth = canvas_.axes()[0].cells(),
              .rows = std::min(canvas_.rows(), canvas_.axes()[1].cells() - row),
              .width = canvas_.axes()[2].cells(),
              .canvas = cells,
              .depth_pitch = canvas_.depth_pitch(),
              .height_pitch = canvas_.height_pitch(),
              .sums = memory,
              .channel_pitch = phase_cells()};
    const Index rows = work.rows;
    work.depth_step = rows * phase_width();
    if (in_one_row()) {
      work.width += (rows - 1) * phase_width();
      work.rows = 1;
    }
    if (is_whole()) {
      work.sums = output + row * work.width;
      work.channel_pitch = output_[0] * output_[1] * output_[2];
      work.depth_step = output_[1] * output_[2];
    }
    work.begin = begin_.data() + group * repeats_ * outputs_;
    float* panels = memory + phase_floats();
    if (weaves_) return weaves_->run(work, group, row, tame, output, panels);
    for (const Part& part : parts_) {
      work.products = part.products;
      work.offset = part.offset.data();
      work.weights = part.weights.data() + group * part.group_weights;
      work.channels = std::ssize(part.phases) * outputs_;
      if (panels_ && work.products > 0) {
        run_panels(work, panels);
      } else {
        run_direct(work);
      }
      if (!is_whole()) work.sums += work.channels * phase_cells();
    }
    if (!is_whole()) collect(row, rows, memory, output);
  }

  // Every row of the output from the phases that it takes its cells from in turn.
  void collect(Index row, Index rows, const float* memory, float* output) const {
    const Index phases = std::ssize(canvas_.axes()[2].parts), width = phase_width();
    std::vector<const float*> from(static_cast<std::size_t>(phases));
    for (Index channel = 0; channel < outputs_; ++channel) {
      for (Index line = 0; line < std::ssize(slot_); line += phases) {
        const AxisPart& z = canvas_.axes()[0].parts[line / phases / height_phases()];
        const AxisPart& y = canvas_.axes()[1].parts[line / phases % height_phases()];
        for (Index pz = 0; pz < z.cells; ++pz) {
          for (Index py = 0; py < std::min(rows, y.cells - row); ++py) {
            for (Index phase = 0; phase < phases; ++phase) {
              const Index plane = slot_[line + phase] * outputs_ + channel;
              from[phase] = memory + plane * phase_cells() + (pz * rows + py) * width;
            }
            const Index oz = z.first + pz * z.step, oy = y.first + (row + py) * y.step;
            interleave(from, output + ((channel * output_[0] + oz) * output_[1] + oy) * output_[2]);
          }
        }
      }
    }
  }

  void interleave(const std::vector<const float*>& from, float* to) const {
    const std::vector<AxisPart>& phases = canvas_.axes()[2].parts;
    Index done = 0;
    if (phases.size() == 2) {
      for (; done + kLanes <= phases[1].cells; done += kLanes) {
        const Float4 even = load(from[0] + done), odd = load(from[1] + done);
        store(to + 2 * done, zip_low(even, odd));
        store(to + 2 * done + kLanes, zip_high(even, odd));
      }
    }
    const Index step = phases[0].step;
    for (std::size_t phase = 0; phase < phases.size(); ++phase) {
      for (Index x = done; x < phases[phase].cells; ++x) {
        to[x * step + phases[phase].first] = from[phase][x];
      }
    }
  }

  void note_slots() {
    // Parts hold their phases in no order of the axes.
    const auto& [depth, height, width] = canvas_.axes();
    slot_.resize(depth.parts.size() * height.parts.size() * width.parts.size());
    Index slot = 0;
    for (const Part& part : parts_) {
      repeats_ = std::max(repeats_, std::ssize(part.phases));
      for (const auto& [z, y, x] : part.phases) {
        const Index line = static_cast<Index>(canvas_.line(*z, *y));
        slot_[line * std::ssize(width.parts) + (x - width.parts.data())] = slot++;
      }
    }
  }

  void note_weaves(bool tame) {
    Weaves weaves(canvas_, parts_, outputs_, output_);
    if (weaves.empty()) return;
    if (tame) weaves.add_up(groups_);
    weaves_ = std::move(weaves);
  }

  Index height_phases() const { return std::ssize(canvas_.axes()[1].parts); }

  Index outputs_, inputs_, groups_;
  bool panels_;
  Canvas canvas_;
  std::vector<Part> parts_;
  std::vector<Index> slot_;  // of each phase, in row-major order: where it stands among the parts
  std::optional<Weaves> weaves_;  // without, phases are computed one by one
  Index repeats_ = 1;             // the most phases of any part
  std::vector<float> begin_;      // per group the biases, as often as that
  std::array<Index, 3> output_{};
  Index input_ = 1;
};

}  // namespace

std::unique_ptr<const Kernel> make_tiles(const Numbers& numbers) {
  return std::make_unique<const Tiles>(numbers);
}

}  // namespace convscope::fast

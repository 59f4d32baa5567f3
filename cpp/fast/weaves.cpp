// Finds the phases of each row, and hands those that read the same cells on together.
#include "weaves.hpp"

#include <algorithm>

namespace convscope::fast {

Weaves::Weaves(const Canvas& canvas, std::span<const Part> parts, Index outputs,
               const std::array<Index, 3>& output)
    : outputs_(outputs),
      output_(output[0] * output[1] * output[2]),
      depth_step_(canvas.axes()[0].parts[0].step * output[1] * output[2]),
      row_step_(canvas.axes()[1].parts[0].step * output[2]) {
  const auto& axes = canvas.axes();
  const bool same = std::all_of(axes.begin(), axes.end(), [](const AxisPlan& axis) {
    return std::all_of(axis.parts.begin(), axis.parts.end(), [&](const AxisPart& part) {
      return part.cells == axis.cells() && part.step == std::ssize(axis.parts);
    });
  });
  const bool at_once = std::all_of(parts.begin(), parts.end(), [](const Part& part) {
    return 0 < part.products && part.products <= kProducts;
  });
  if (!same || !at_once || axes[2].parts.size() != 2 || outputs % kBlock != 0) return;
  rows_.resize(axes[0].parts.size() * axes[1].parts.size());
  for (const Part& part : parts) {
    for (std::size_t phase = 0; phase < part.phases.size(); ++phase) {
      const auto& [z, y, x] = part.phases[phase];
      Row& row = rows_[canvas.line(*z, *y)];
      const std::size_t odd = x == &axes[2].parts[1];
      row.part[odd] = &part;
      row.phase[odd] = static_cast<Index>(phase);
      row.offset = (z->first * output[1] + y->first) * output[2];
    }
  }
}

void Weaves::add_up(Index groups) {
  for (Row& row : rows_) {
    for (Index group = 0; group < groups; ++group) {
      std::vector<float> sevens = pack_sevens(pair_of(row, {.channels = outputs_}, group));
      if (sevens.empty()) return;
      row.sevens.push_back(std::move(sevens));
    }
  }
}

Pair Weaves::pair_of(const Row& row, const Work& work, Index group) const {
  Pair pair{work, work};
  for (std::size_t odd = 0; odd < 2; ++odd) {
    const Part& part = *row.part[odd];
    Work& phase = odd == 0 ? pair.even : pair.odd;
    phase.products = part.products;
    phase.offset = part.offset.data();
    phase.weights = part.weights.data() + group * part.group_weights +
                    row.phase[odd] * outputs_ * part.products;
  }
  return pair;
}

void Weaves::run(Work work, Index group, Index row, bool tame, float* output, float* panels) const {
  work.channels = outputs_;
  work.channel_pitch = output_;
  work.depth_step = depth_step_;
  work.row_step = row_step_;
  std::vector<Pair> pairs;
  for (const Row& phases : rows_) {
    Pair pair = pair_of(phases, work, group);
    pair.even.sums = output + row * row_step_ + phases.offset;
    if (tame && adds_up()) pair.sevens = phases.sevens[group].data();
    if (!pairs.empty() && pairs[0].even.offset != pair.even.offset) {
      run_pairs(pairs, panels);
      pairs.clear();
    }
    pairs.push_back(pair);
  }
  run_pairs(pairs, panels);
}

}  // namespace convscope::fast

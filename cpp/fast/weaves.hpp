// Phases of a transposed convolution that are computed two at a time, straight into the rows of the
// output in which their cells alternate: nothing has to be collected.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "parts.hpp"
#include "work.hpp"

namespace convscope::fast {

class Weaves {
 public:
  // Where all phases have as many cells, rows have two each, and all products are taken in at
  // once; else empty. The parts must outlive it.
  Weaves(const Canvas& canvas, std::span<const Part> parts, Index outputs,
         const std::array<Index, 3>& output);

  // From now on, inputs that are tame take fewer products. Only for weights that are tame.
  void add_up(Index groups);
  bool adds_up() const { return !rows_.empty() && !rows_[0].sevens.empty(); }

  bool empty() const { return rows_.empty(); }

  // `work`: the cells at hand, from a row of them on. `output`: of the group.
  void run(Work work, Index group, Index row, bool tame, float* output, float* panels) const;

 private:
  struct Row {
    std::array<const Part*, 2> part;
    std::array<Index, 2> phase;              // of those of the part
    Index offset;                            // in the output
    std::vector<std::vector<float>> sevens;  // per group
  };

  Pair pair_of(const Row& row, const Work& work, Index group) const;

  Index outputs_, output_, depth_step_, row_step_;
  std::vector<Row> rows_;
};

}  // namespace convscope::fast

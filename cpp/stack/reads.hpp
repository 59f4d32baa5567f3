// Which cells of a layer's input one cell of its output reads, on one axis: what sizes, receptive
// fields and counts of paths are made from. Knows no channels and no numbers.
#pragma once

#include <cmath>

#include "../geometry.hpp"

namespace convscope::stack {

inline std::int64_t floor_divide(std::int64_t number, std::int64_t by) {
  return number >= 0 ? number / by : -((-number + by - 1) / by);
}

struct Reads {
  enum class Kind {
    window,  // p S + k dilation - P for every k: convolutions, pools, padding; K = 1: cell by cell
    spread,  // every i with i S + k dilation - P = p: transposed convolutions, pixel shuffle
    adaptive,  // from floor(p input / output) to ceil((p + 1) input / output)
    nearest,   // floor(p scale)
    linear,    // the two cells beside a point between them
    all,       // every cell
  };
  Kind kind = Kind::window;
  Axis axis{};       // sizes; of window and spread also all the rest
  double scale = 1;  // nearest and linear: cells of the input per cell of the output
  bool align_corners = false;

  // Of the window and of integer steps there is one formula for every cell.
  bool is_affine() const { return kind == Kind::window || is_dense_spread(); }
  // The first and the last cell that output cell 0 reads, were there no borders. Of affine ones.
  std::int64_t first() const;
  std::int64_t last() const;
  // Cells of the input from one output cell to the next, and the centre of output cell 0 among
  // them. Not of `all`.
  double step() const;
  double offset() const;

  // All that the cells from p to q read lies in it, were there no borders.
  std::pair<std::int64_t, std::int64_t> hull(std::int64_t p, std::int64_t q) const;

  // Steps that `each` takes at most.
  std::int64_t taps() const;

  // Calls visit(i) for every cell that output cell p reads, as often as it reads it. Bounded: only
  // cells that are there. Else the axis has no borders, and p may lie beyond the output.
  template <typename Visit>
  void each(std::int64_t p, bool bounded, Visit visit) const {
    const auto inside = [&](std::int64_t i) { return 0 <= i && i < axis.input; };
    switch (kind) {
      case Kind::window:
        for (std::int64_t k = 0; k < axis.kernel; ++k) {
          const std::int64_t at = p * axis.stride + k * axis.dilation;
          const std::int64_t i = bounded ? axis.source(at) : at - axis.padding_begin;
          if (!bounded || i >= 0) visit(i);
        }
        break;
      case Kind::spread:
        for (std::int64_t k = 0; k < axis.kernel; ++k) {
          const std::int64_t reach = p + axis.padding_begin - k * axis.dilation;
          const std::int64_t i = floor_divide(reach, axis.stride);
          if (i * axis.stride == reach && (!bounded || inside(i))) visit(i);
        }
        break;
      case Kind::adaptive: {
        const std::int64_t at = p < 0 ? 0 : p < axis.output ? p : axis.output - 1;
        const std::int64_t end = ((at + 1) * axis.input + axis.output - 1) / axis.output;
        for (std::int64_t i = at * axis.input / axis.output; i < end; ++i) visit(i);
        break;
      }
      case Kind::nearest: {
        const std::int64_t i = nearest(p);
        visit(bounded && i >= axis.input ? axis.input - 1 : i);
        break;
      }
      case Kind::linear: {
        const Between between = point(p, bounded);
        visit(between.cell);
        if (between.share > 0) visit(between.cell + 1);
        break;
      }
      case Kind::all:
        for (std::int64_t i = 0; i < axis.input; ++i) visit(i);
        break;
    }
  }

  // The cell that `nearest` takes, without regard to the end of the axis. In single precision, as
  // PyTorch does it.
  std::int64_t nearest(std::int64_t p) const {
    return static_cast<std::int64_t>(std::floor(static_cast<float>(p) * static_cast<float>(scale)));
  }

  // A point between two cells: `share` of the way from `cell` to the next.
  struct Between {
    std::int64_t cell;
    double share;
  };
  Between point(std::int64_t p, bool bounded) const;

 private:
  bool is_dense_spread() const { return kind == Kind::spread && axis.stride == 1; }
};

// One output cell per input cell.
Reads each_cell(const char* name, std::int64_t size);

}  // namespace convscope::stack

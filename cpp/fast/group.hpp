// Cells that are multiplied together, and the panels that what they need is copied into.
#pragma once

#include <cstdint>

#include "work.hpp"

namespace convscope::fast {

inline constexpr int kVectors = 2;
inline constexpr Index kCells = kVectors * kLanes;  // of a panel
inline constexpr Index kWide =
    2 * kCells;                       // of two: in rows without gaps, whole lines of the cache
inline constexpr Index kPanels = 12;  // that share one reading of the weights: 8 KiB each

// So many cells, and where each begins on the canvas.
struct Group {
  Index first, count;
  const float* cell[kPanels * kCells];
};

// Fills in the cells from `first` on; after the last, as many that may be read as fill up two
// panels.
void find_cells(const Work& work, const float* canvas, Group& group);

// For one product after another the numbers of kCells cells.
void pack(const float* const* cell, const std::int32_t* offset, Index products, float* panel);

}  // namespace convscope::fast

// Packs cells and multiplies: a matrix product of weights and packed cells, in blocks that the
// caches hold. (After K. Goto, R. van de Geijn, "Anatomy of high-performance matrix
// multiplication", 2008.)
#include <algorithm>

#include "group.hpp"
#include "tile.hpp"

namespace convscope::fast {

void find_cells(const Work& work, const float* canvas, Group& group) {
  const Index plane = work.rows * work.width;
  Index x = group.first % work.width, y = group.first % plane / work.width;
  const float* volume = canvas + group.first / plane * work.depth_pitch;
  const Index padded = (group.count + kWide - 1) / kWide * kWide;
  for (Index at = 0; at < padded; ++at) {
    if (at >= group.count) {  // fills up the last panels
      group.cell[at] = group.cell[at - 1] + 1;
      continue;
    }
    group.cell[at] = volume + y * work.height_pitch + x;
    if (++x < work.width) continue;
    x = 0;
    if (++y < work.rows) continue;
    y = 0;
    volume += work.depth_pitch;
  }
}

void pack(const float* const* cell, const std::int32_t* offset, Index products, float* panel) {
  if (cell[kCells - 1] - cell[0] == kCells - 1) {  // neighbours, since they ascend
    for (Index k = 0; k < products; ++k, panel += kCells) {
      const float* from = cell[0] + offset[k];
      store(panel, load(from));
      store(panel + kLanes, load(from + kLanes));
    }
    return;
  }
  for (Index k = 0; k < products; ++k) {
    for (Index at = 0; at < kCells; ++at) *panel++ = cell[at][offset[k]];
  }
}

namespace {

// A tile at the last channels or cells: computed whole, of which only a part is kept.
void edge_tile(Index products, const float* weights, const float* panel, const Sums& sums,
               Index channels, Index cells) {
  float whole[kBlock * kCells] = {};
  float begin[kBlock] = {};
  for (Index m = 0; m < channels; ++m) {
    if (sums.begin) {
      begin[m] = sums.begin[m];
    } else {
      std::copy_n(sums.at + m * sums.pitch, cells, whole + m * kCells);
    }
  }
  tile<kBlock, kVectors>(products, weights, Panel<kVectors>{panel},
                         {whole, kCells, sums.begin ? begin : nullptr});
  for (Index m = 0; m < channels; ++m) {
    std::copy_n(whole + m * kCells, cells, sums.at + m * sums.pitch);
  }
}

// Some products of all channels and the cells of a group. `from`: the first of these products.
void multiply(const Work& work, const float* panel, const Group& group, float* sums, Index from,
              Index products) {
  const Index rows = (work.channels + kBlock - 1) / kBlock * kBlock;
  for (Index cell = 0; cell < group.count; cell += kCells, panel += kCells * products) {
    const Index cells = std::min(kCells, group.count - cell);
    for (Index channel = 0; channel < work.channels; channel += kBlock) {
      const float* weights = work.weights + from * rows + channel * products;
      const Index channels = std::min(kBlock, work.channels - channel);
      const Sums here{sums + channel * work.channel_pitch + group.first + cell, work.channel_pitch,
                      from == 0 ? work.begin + channel : nullptr};
      if (channels < kBlock || cells < kCells) {
        edge_tile(products, weights, panel, here, channels, cells);
      } else {
        tile<kBlock, kVectors>(products, weights, Panel<kVectors>{panel}, here);
      }
    }
  }
}

void run_volume(const Work& work, const float* canvas, Index depth, float* sums, float* panels) {
  const Index cells = depth * work.rows * work.width;
  Group group;
  for (group.first = 0; group.first < cells; group.first += group.count) {
    group.count = std::min(kPanels * kCells, cells - group.first);
    find_cells(work, canvas, group);
    for (Index from = 0; from < work.products; from += kProducts) {
      const Index products = std::min(kProducts, work.products - from);
      for (Index cell = 0; cell < group.count; cell += kCells) {
        pack(group.cell + cell, work.offset + from, products, panels + cell * products);
      }
      multiply(work, panels, group, sums, from, products);
    }
  }
}

}  // namespace

Index panel_floats() { return kPanels * kCells * kProducts; }

void run_panels(const Work& work, float* panels) {
  if (work.depth_step == work.rows * work.width) {  // no gaps: one run over all cells
    run_volume(work, work.canvas, work.depth, work.sums, panels);
    return;
  }
  for (Index z = 0; z < work.depth; ++z) {
    run_volume(work, work.canvas + z * work.depth_pitch, 1, work.sums + z * work.depth_step,
               panels);
  }
}

}  // namespace convscope::fast

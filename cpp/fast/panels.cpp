// Packs cells and multiplies: a matrix product of weights and packed cells, in blocks that the
// caches hold. (After K. Goto, R. van de Geijn, "Anatomy of high-performance matrix
// multiplication", 2008.)
#include <algorithm>

#include "tile.hpp"
#include "work.hpp"

namespace convscope::fast {
namespace {

constexpr int kVectors = 2;
constexpr Index kCells = kVectors * kLanes;  // of a panel
constexpr Index kPanels = 12;                // that share one reading of the weights: 8 KiB each

// So many cells, and where each begins on the canvas.
struct Group {
  Index first, count;
  const float* cell[kPanels * kCells];
};

void find_cells(const Work& work, const float* canvas, Group& group) {
  const Index plane = work.rows * work.width;
  Index x = group.first % work.width, y = group.first % plane / work.width;
  const float* volume = canvas + group.first / plane * work.depth_pitch;
  const Index padded = (group.count + kCells - 1) / kCells * kCells;
  for (Index at = 0; at < padded; ++at) {
    if (at >= group.count) {  // fills up the last panel
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

// The sums of a block of channels and of some cells, both from their first on.
void store_pair(const Work& work, Index channel, Index first, Index cells, const float* even,
                const float* odd) {
  const Index plane = work.rows * work.width;
  Index x = first % work.width, y = first % plane / work.width, z = first / plane;
  for (Index at = 0; at < cells;) {
    const Index together = std::min(cells - at, work.width - x);
    float* to =
        work.sums + channel * work.channel_pitch + z * work.depth_step + y * work.row_step + 2 * x;
    for (Index m = 0; m < kBlock; ++m, to += work.channel_pitch) {
      const float *a = even + m * kCells + at, *b = odd + m * kCells + at;
      if (together == kCells) {
        for (Index n = 0; n < kCells; n += kLanes) {
          store(to + 2 * n, zip_low(load(a + n), load(b + n)));
          store(to + 2 * n + kLanes, zip_high(load(a + n), load(b + n)));
        }
      } else {
        for (Index n = 0; n < together; ++n) {
          to[2 * n] = a[n];
          to[2 * n + 1] = b[n];
        }
      }
    }
    at += together;
    x = 0;
    if (++y == work.rows) {
      y = 0;
      ++z;
    }
  }
}

// All products of all channels and of some cells, from `first` on.
void multiply_pair(const Work& even, const Work& odd, const float* const* panel, Index first,
                   Index cells) {
  for (Index channel = 0; channel < even.channels; channel += kBlock) {
    float sums[2][kBlock * kCells];
    tile<kBlock, kVectors>(even.products, even.weights + channel * even.products,
                           Panel<kVectors>{panel[0]}, {sums[0], kCells, even.begin + channel});
    tile<kBlock, kVectors>(odd.products, odd.weights + channel * odd.products,
                           Panel<kVectors>{panel[1]}, {sums[1], kCells, odd.begin + channel});
    store_pair(even, channel, first, cells, sums[0], sums[1]);
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

void run_pairs(std::span<const Work> works, float* panels) {
  const Work& first = works.front();
  const Index cells = first.depth * first.rows * first.width;
  Group group;
  for (group.first = 0; group.first < cells; group.first += group.count) {
    group.count = std::min(kPanels * kCells, cells - group.first);
    find_cells(first, first.canvas, group);
    for (Index cell = 0; cell < group.count; cell += kCells) {
      const std::int32_t* packed[2] = {};
      for (std::size_t pair = 0; pair < works.size(); pair += 2) {
        const float* panel[2];
        for (std::size_t odd = 0; odd < 2; ++odd) {
          const Work& work = works[pair + odd];
          const std::size_t slot = work.offset == packed[0] ? 0 : odd;
          float* const to = panels + static_cast<Index>(slot) * kCells * kProducts;
          if (work.offset != packed[slot]) pack(group.cell + cell, work.offset, work.products, to);
          packed[slot] = work.offset;
          panel[odd] = to;
        }
        multiply_pair(works[pair], works[pair + 1], panel, group.first + cell,
                      std::min(kCells, group.count - cell));
      }
    }
  }
}

}  // namespace convscope::fast

// What a kernel is given: one ordinary convolution of stride 1 on a canvas, and where its sums go.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vector.hpp"

namespace convscope::fast {

struct Work {
  // Cells of the output, row by row; the canvas has its own distances between them.
  Index depth = 1, rows = 1, width = 1;
  const float* canvas = nullptr;
  Index depth_pitch = 0, height_pitch = 0;

  // The products of each cell: so many, at these offsets from the cell's own place on the canvas.
  Index products = 0;
  const std::int32_t* offset = nullptr;

  // In the order in which they are read, since memory is fastest so: for kProducts after kProducts
  // one block of output channels after the other, each with the weights of its channels side by
  // side for every product.
  const float* weights = nullptr;
  Index channels = 0;
  const float* begin = nullptr;  // per channel: the bias, or 0

  float* sums = nullptr;  // rows follow each other without gaps
  Index channel_pitch = 0, depth_step = 0;
  Index row_step = 0;  // for run_pairs
};

// Channels of a block: the height of a tile.
inline constexpr Index kBlock = 4;

// Products that all cells at hand take in before the next ones, so that what they read stays in the
// first-level cache.
inline constexpr Index kProducts = 256;

// Floats that kernels may read beyond the last cell of a canvas.
inline constexpr Index kBeyond = 32;

// Reads the canvas in place: best where few output channels share what is read, so that copying
// would cost more than it saves. Its last block is as small as need be.
void run_direct(const Work& work);

// Copies what a few hundred cells need into panels that the nearest cache holds, and multiplies
// those by all channels: best where there are many. Its last block is filled up with zeros.
void run_panels(const Work& work, float* panels);
Index panel_floats();  // enough for run_pairs too

// Two convolutions of the same cells and of as many whole blocks of channels, of no more than
// kProducts. Their sums alternate: where `even` says, in rows of twice the width that are
// `row_step` apart. Both begin with the same numbers.
struct Pair {
  Work even, odd;
  const float* sevens = nullptr;  // what pack_sevens gave; null: each is multiplied by itself
};

// The weights of both for seven products instead of eight; empty where that does not help, or where
// they read different cells. Only for numbers that are tame.
std::vector<float> pack_sevens(const Pair& pair);

// Pairs that read the same cells.
void run_pairs(std::span<const Pair> pairs, float* panels);

}  // namespace convscope::fast

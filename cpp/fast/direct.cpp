// Tiles over the rows of the canvas.
#include <algorithm>

#include "tile.hpp"
#include "work.hpp"

namespace convscope::fast {
namespace {

// Vectors of a tile of M channels: as many sums as the registers hold.
template <int M>
constexpr int kVectors = M == 1   ? 6
                         : M == 2 ? 4
                         : M == 3 ? 3
                                  : 2;

// As many tiles of N vectors as fit from `x` on; gives where they end.
template <int M, int N>
Index tiles_of(const Work& work, const float* weights, const float* cells, const Sums& sums,
               Index x) {
  for (; x + N * kLanes <= work.width; x += N * kLanes) {
    tile<M, N>(work.products, weights, Taps{cells + x, work.offset},
               {sums.at + x, sums.pitch, sums.begin});
  }
  return x;
}

// The last cells of a row, fewer than a vector: computed whole, of which only a part is kept.
template <int M>
void rest_of(const Work& work, const float* weights, const float* cells, const Sums& sums,
             Index count) {
  float whole[M * kLanes] = {};
  if (!sums.begin) {
    for (int m = 0; m < M; ++m) std::copy_n(sums.at + m * sums.pitch, count, whole + m * kLanes);
  }
  tile<M, 1>(work.products, weights, Taps{cells, work.offset}, {whole, kLanes, sums.begin});
  for (int m = 0; m < M; ++m) std::copy_n(whole + m * kLanes, count, sums.at + m * sums.pitch);
}

// One row of M channels.
template <int M>
void row_of(const Work& work, const float* weights, const float* cells, const Sums& sums) {
  constexpr int N = kVectors<M>;
  Index x = tiles_of<M, N>(work, weights, cells, sums, 0);
  if constexpr (N > 2) x = tiles_of<M, 2>(work, weights, cells, sums, x);
  x = tiles_of<M, 1>(work, weights, cells, sums, x);
  if (x < work.width) {
    rest_of<M>(work, weights, cells + x, {sums.at + x, sums.pitch, sums.begin}, work.width - x);
  }
}

template <int M>
void block_of(const Work& work, Index channel, const float* weights, bool first) {
  const float* begin = first ? work.begin + channel : nullptr;
  for (Index z = 0; z < work.depth; ++z) {
    for (Index y = 0; y < work.rows; ++y) {
      const float* cells = work.canvas + z * work.depth_pitch + y * work.height_pitch;
      float* sums = work.sums + channel * work.channel_pitch + z * work.depth_step + y * work.width;
      row_of<M>(work, weights, cells, {sums, work.channel_pitch, begin});
    }
  }
}

void run_products(const Work& work, bool first) {
  const float* weights = work.weights;
  Index channel = 0;
  for (; channel + kBlock <= work.channels; channel += kBlock) {
    block_of<kBlock>(work, channel, weights, first);
    weights += kBlock * work.products;
  }
  switch (work.channels - channel) {
    case 1:
      block_of<1>(work, channel, weights, first);
      break;
    case 2:
      block_of<2>(work, channel, weights, first);
      break;
    case 3:
      block_of<3>(work, channel, weights, first);
      break;
    default:
      break;
  }
}

}  // namespace

void run_direct(const Work& work) {
  Work some = work;
  bool first = true;
  for (Index left = work.products; first || left > 0; left -= kProducts) {
    some.products = std::min(kProducts, left);
    run_products(some, first);
    some.offset += some.products;
    some.weights += some.channels * some.products;
    first = false;
  }
}

}  // namespace convscope::fast

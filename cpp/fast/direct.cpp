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
                                  : 2;

// One row of M channels. What is left at its end is computed with some of its neighbours again.
template <int M>
void row_of(const Work& work, const float* weights, const float* cells, const Sums& sums) {
  constexpr int N = kVectors<M>;
  const Index width = work.width;
  const auto at = [&](Index x) { return Taps{cells + x, work.offset}; };
  const auto to = [&](Index x) { return Sums{sums.at + x, sums.pitch, sums.begin}; };
  if (width < kLanes) {
    float narrow[M * kLanes];
    tile<M, 1>(work.products, weights, at(0), {narrow, kLanes, sums.begin});
    for (int m = 0; m < M; ++m) {
      std::copy_n(narrow + m * kLanes, width, sums.at + m * sums.pitch);
    }
    return;
  }
  Index x = 0;
  for (; x + N * kLanes <= width; x += N * kLanes) tile<M, N>(work.products, weights, at(x), to(x));
  if (width - x > kLanes && width >= N * kLanes) {
    x = width - N * kLanes;
    tile<M, N>(work.products, weights, at(x), to(x));
    return;
  }
  for (; x < width; x += kLanes) {
    const Index last = std::min(x, width - kLanes);
    tile<M, 1>(work.products, weights, at(last), to(last));
  }
}

template <int M>
void block_of(const Work& work, Index channel, const float* weights) {
  for (Index z = 0; z < work.depth; ++z) {
    for (Index y = 0; y < work.rows; ++y) {
      const float* cells = work.canvas + z * work.depth_pitch + y * work.height_pitch;
      float* sums = work.sums + channel * work.channel_pitch + z * work.depth_step + y * work.width;
      row_of<M>(work, weights, cells, {sums, work.channel_pitch, work.begin + channel});
    }
  }
}

}  // namespace

void run_direct(const Work& work) {
  const float* weights = work.weights;
  Index channel = 0;
  for (; channel + kBlock <= work.channels; channel += kBlock) {
    block_of<kBlock>(work, channel, weights);
    weights += kBlock * work.products;
  }
  switch (work.channels - channel) {
    case 1:
      block_of<1>(work, channel, weights);
      break;
    case 2:
      block_of<2>(work, channel, weights);
      break;
    case 3:
      block_of<3>(work, channel, weights);
      break;
    default:
      break;
  }
}

}  // namespace convscope::fast

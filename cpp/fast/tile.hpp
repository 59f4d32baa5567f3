// The one inner loop of all dense kernels: M output channels by 4 N neighbouring cells, kept in
// registers while it runs over all products. Knows nothing of axes, padding or channels.
#pragma once

#include <cstdint>

#include "vector.hpp"

namespace convscope::fast {

// Where the cells of one product after another lie …
struct Taps {  // … at an offset each from the first cell
  const float* cells;
  const std::int32_t* offset;
  const float* next() { return cells + *offset++; }
};
template <int N>
struct Panel {  // … packed one behind the other
  const float* cells;
  const float* next() {
    const float* here = cells;
    cells += kLanes * N;
    return here;
  }
};

// Where sums go: M rows so far apart. They begin with one number each, or go on from what is there.
struct Sums {
  float* at;
  Index pitch;
  const float* begin;  // M numbers; null: go on
};

// M + N + M N must not exceed 15 vectors: WebAssembly engines on x86 have 15 registers to give and
// load all operands of a step before its first product. 4 x 2 and 2 x 4 are the fastest that fit:
// 93 % of what multiply-adds alone reach; 4 x 3 spills and falls to 46 %.
// `weights` holds M numbers for each of `count` products.
template <int M, int N, typename Cells>
inline void tile(Index count, const float* weights, Cells cells, const Sums& sums) {
  Float4 sum[M][N];
  for (int m = 0; m < M; ++m) {
    for (int n = 0; n < N; ++n) {
      sum[m][n] = sums.begin ? splat(sums.begin[m]) : load(sums.at + m * sums.pitch + kLanes * n);
    }
  }
  for (Index k = 0; k < count; ++k) {
    const float* from = cells.next();
    Float4 x[N];
    for (int n = 0; n < N; ++n) x[n] = load(from + kLanes * n);
    for (int m = 0; m < M; ++m) {
      const Float4 w = splat(weights[m]);
      for (int n = 0; n < N; ++n) sum[m][n] = multiply_add(w, x[n], sum[m][n]);
    }
    weights += M;
  }
  for (int m = 0; m < M; ++m) {
    for (int n = 0; n < N; ++n) store(sums.at + m * sums.pitch + kLanes * n, sum[m][n]);
  }
}

}  // namespace convscope::fast

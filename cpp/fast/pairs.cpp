// Phases of a transposed convolution, two at a time, woven into the rows of the output where their
// cells alternate.
//
// Where both read the same cells, the weights of the two and the cells of two panels are matrices
// of two by two blocks, whose product takes seven products of blocks instead of eight. (V.
// Strassen, "Gaussian elimination is not optimal", Numerische Mathematik 13, 1969.) The sums of
// weights are made once, those of cells while they are packed, and those of products while they are
// stored.
#include <algorithm>

#include "group.hpp"
#include "tile.hpp"

namespace convscope::fast {
namespace {

constexpr Index kSevens = 7;
constexpr Index kMinProducts = 48;  // below, adding up takes as long as an eighth of multiplying

// The rows of the output that the cells of two panels lie in.
struct Runs {
  struct Run {
    Index cell, cells, to;  // `to`: where in a channel's output
  };
  Index count = 0;
  Run run[kWide];
};

Runs runs_of(const Work& work, Index first, Index cells) {
  const Index plane = work.rows * work.width;
  Index x = first % work.width, y = first % plane / work.width, z = first / plane;
  Runs runs;
  for (Index cell = 0; cell < cells;) {
    const Index together = std::min(cells - cell, work.width - x);
    runs.run[runs.count++] = {cell, together, z * work.depth_step + y * work.row_step + 2 * x};
    cell += together;
    x = 0;
    if (++y < work.rows) continue;
    y = 0;
    ++z;
  }
  return runs;
}

void weave(float* to, Float4 even, Float4 odd) {
  store(to, zip_low(even, odd));
  store(to + kLanes, zip_high(even, odd));
}

// `even`, `odd`: kWide sums of each channel of a block, whose output begins at `to`.
void store_block(const Runs& runs, const float* even, const float* odd, float* to, Index pitch) {
  for (Index m = 0; m < kBlock; ++m, even += kWide, odd += kWide, to += pitch) {
    for (const Runs::Run& run : std::span(runs.run, static_cast<std::size_t>(runs.count))) {
      const float *a = even + run.cell, *b = odd + run.cell;
      float* row = to + run.to;
      Index n = 0;
      for (; n + kLanes <= run.cells; n += kLanes) weave(row + 2 * n, load(a + n), load(b + n));
      for (; n < run.cells; ++n) {
        row[2 * n] = a[n];
        row[2 * n + 1] = b[n];
      }
    }
  }
}

void multiply_eight(const Pair& pair, const float* even_panels, const float* odd_panels,
                    const Runs& runs) {
  const Work &even = pair.even, &odd = pair.odd;
  for (Index channel = 0; channel < even.channels; channel += kBlock) {
    float sums[2][kBlock * kWide];
    for (Index at = 0; at < kWide; at += kCells) {
      tile<kBlock, kVectors>(even.products, even.weights + channel * even.products,
                             Panel<kVectors>{even_panels + at * even.products},
                             {sums[0] + at, kWide, even.begin + channel});
    }
    for (Index at = 0; at < kWide; at += kCells) {
      tile<kBlock, kVectors>(odd.products, odd.weights + channel * odd.products,
                             Panel<kVectors>{odd_panels + at * odd.products},
                             {sums[1] + at, kWide, odd.begin + channel});
    }
    store_block(runs, sums[0], sums[1], even.sums + channel * even.channel_pitch,
                even.channel_pitch);
  }
}

void multiply_seven(const Pair& pair, const float* panels, const Runs& runs) {
  static constexpr float kZeros[kBlock] = {};
  const Work& work = pair.even;
  const Index half = work.products / 2;
  const float* weights = pair.sevens;
  for (Index channel = 0; channel < work.channels; channel += kBlock) {
    float product[kSevens][kBlock * kCells];
    for (Index at = 0; at < kSevens; ++at, weights += half * kBlock) {
      // Each of the four sums below has one bias more than it takes away.
      tile<kBlock, kVectors>(half, weights, Panel<kVectors>{panels + at * half * kCells},
                             {product[at], kCells, at < 3 ? work.begin + channel : kZeros});
    }
    float* to = work.sums + channel * work.channel_pitch;
    float even[kBlock * kWide], odd[kBlock * kWide];
    const bool straight = runs.run[0].cells == kWide;
    for (Index m = 0; m < kBlock; ++m) {
      float* row = to + m * work.channel_pitch + runs.run[0].to;
#pragma clang loop unroll(disable)
      for (Index n = 0; n < kCells; n += kLanes) {
        const Index at = m * kCells + n;
        const Float4 m1 = load(product[0] + at), m2 = load(product[1] + at),
                     m3 = load(product[2] + at), m4 = load(product[3] + at),
                     m5 = load(product[4] + at), m6 = load(product[5] + at),
                     m7 = load(product[6] + at);
        const Float4 even1 = m1 + m4 - m5 + m7, even2 = m3 + m5;
        const Float4 odd1 = m2 + m4, odd2 = m1 - m2 + m3 + m6;
        if (straight) {
          weave(row + 2 * n, even1, odd1);
          weave(row + 2 * (kCells + n), even2, odd2);
        } else {
          store(even + m * kWide + n, even1);
          store(even + m * kWide + kCells + n, even2);
          store(odd + m * kWide + n, odd1);
          store(odd + m * kWide + kCells + n, odd2);
        }
      }
    }
    if (!straight) store_block(runs, even, odd, to, work.channel_pitch);
  }
}

// Four cells from the `at`-th on, at an offset: neighbours, or wherever they lie.
struct Neighbours {
  const float* cells;
  Float4 operator()(Index at, Index offset) const { return load(cells + at + offset); }
};
struct Anywhere {
  const float* const* cell;
  Float4 operator()(Index at, Index offset) const {
    return Float4{cell[at][offset], cell[at + 1][offset], cell[at + 2][offset],
                  cell[at + 3][offset]};
  }
};

template <typename Cells>
void pack_seven(Cells cells, const std::int32_t* offset, Index half, float* panels) {
  const Index step = half * kCells;
  for (Index k = 0; k < half; ++k) {
#pragma clang loop unroll(disable)
    for (Index n = 0; n < kCells; n += kLanes) {
      const Float4 b11 = cells(n, offset[k]), b12 = cells(kCells + n, offset[k]);
      const Float4 b21 = cells(n, offset[half + k]), b22 = cells(kCells + n, offset[half + k]);
      float* to = panels + k * kCells + n;
      store(to, b11 + b22);
      store(to + step, b11);
      store(to + 2 * step, b12 - b22);
      store(to + 3 * step, b21 - b11);
      store(to + 4 * step, b22);
      store(to + 5 * step, b11 + b12);
      store(to + 6 * step, b21 + b22);
    }
  }
}

bool are_neighbours(const float* const* cell) { return cell[kWide - 1] - cell[0] == kWide - 1; }

void run_sevens(std::span<const Pair> pairs, const float* const* cell, const Runs& runs,
                float* panels) {
  const Work& work = pairs.front().even;
  if (are_neighbours(cell)) {
    pack_seven(Neighbours{cell[0]}, work.offset, work.products / 2, panels);
  } else {
    pack_seven(Anywhere{cell}, work.offset, work.products / 2, panels);
  }
  for (const Pair& pair : pairs) multiply_seven(pair, panels, runs);
}

// Two panels, one behind the other.
void pack_two(const float* const* cell, const Work& work, float* panels) {
  float* second = panels + kCells * work.products;
  if (!are_neighbours(cell)) {
    pack(cell, work.offset, work.products, panels);
    pack(cell + kCells, work.offset, work.products, second);
    return;
  }
  for (Index k = 0; k < work.products; ++k, panels += kCells, second += kCells) {
    const float* from = cell[0] + work.offset[k];
    store(panels, load(from));
    store(panels + kLanes, load(from + kLanes));
    store(second, load(from + kCells));
    store(second + kLanes, load(from + kCells + kLanes));
  }
}

void run_eights(std::span<const Pair> pairs, const float* const* cell, const Runs& runs,
                float* panels) {
  float* const odd_panels = panels + kWide * kProducts;
  const std::int32_t* odd = nullptr;  // whose cells are in the panels
  pack_two(cell, pairs.front().even, panels);
  for (const Pair& pair : pairs) {
    const bool same = pair.odd.offset == pair.even.offset;
    if (!same && pair.odd.offset != odd) {
      odd = pair.odd.offset;
      pack_two(cell, pair.odd, odd_panels);
    }
    multiply_eight(pair, panels, same ? panels : odd_panels, runs);
  }
}

}  // namespace

std::vector<float> pack_sevens(const Pair& pair) {
  const Work &even = pair.even, &odd = pair.odd;
  std::vector<float> sevens;
  if (even.offset != odd.offset || even.products % 2 != 0 || even.products < kMinProducts) {
    return sevens;
  }
  const Index half = even.products / 2 * kBlock;
  for (Index at = 0; at < even.channels * even.products; at += 2 * half) {
    const float *a11 = even.weights + at, *a12 = a11 + half;
    const float *a21 = odd.weights + at, *a22 = a21 + half;
    const auto add = [&](const float* a, const float* b, float sign) {
      for (Index k = 0; k < half; ++k) sevens.push_back(a[k] + sign * b[k]);
    };
    add(a11, a22, 1);
    add(a21, a22, 1);
    sevens.insert(sevens.end(), a11, a11 + half);
    sevens.insert(sevens.end(), a22, a22 + half);
    add(a11, a12, 1);
    add(a21, a11, -1);
    add(a12, a22, -1);
  }
  return sevens;
}

void run_pairs(std::span<const Pair> pairs, float* panels) {
  const Work& work = pairs.front().even;
  const Index cells = work.depth * work.rows * work.width;
  Group group;
  for (group.first = 0; group.first < cells; group.first += group.count) {
    group.count = std::min(kPanels * kCells, cells - group.first);
    find_cells(work, work.canvas, group);
    for (Index cell = 0; cell < group.count; cell += kWide) {
      const Index count = std::min(kWide, group.count - cell);
      const Runs runs = runs_of(work, group.first + cell, count);
      // What fills up the last panels may be any numbers, which must not be added to others.
      if (pairs.front().sevens && count == kWide) {
        run_sevens(pairs, group.cell + cell, runs, panels);
      } else {
        run_eights(pairs, group.cell + cell, runs, panels);
      }
    }
  }
}

}  // namespace convscope::fast

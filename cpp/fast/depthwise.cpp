// A convolution of single maps, as depthwise layers and image filters are: every output row
// straight from the rows of the input that it meets, which need no canvas. At the left and right
// border, where kernel cells meet padding, cell by cell.
#include <algorithm>

#include "../progress.hpp"
#include "kernel.hpp"

namespace convscope::fast {
namespace {

// More output channels of one input are better done together, on a canvas.
constexpr Index kMostOutputs = 2;

// Narrower maps would be mostly border.
constexpr Index kMinWidth = 8;

// A row of the input, and the kernel row that meets it.
struct Meeting {
  Index input, kernel;  // in floats from the map's and the kernel's first
};

// An output cell at the border: which cells of an input row it meets, by which of a kernel row.
struct Border {
  Index x;
  std::vector<std::pair<Index, Index>> cells;  // input, kernel
};

// Cells from, from + S, from + 2 S, from + 3 S; for S = 2 reads one float beyond them.
template <int S>
Float4 cells_at(const float* from) {
  if constexpr (S == 1) return load(from);
  return take_even(load(from), load(from + kLanes));
}

struct Row {
  const float* input;    // of the map, at the row's first inner cell
  const float* weights;  // of the map
  std::span<const Meeting> meetings;
  Index width, dilation;  // kernel cells of a row, and how far apart
  float bias;
};

// The four cells that begin k behind a's first, where b follows a.
template <int k>
Float4 shifted(Float4 a, Float4 b) {
  return __builtin_shufflevector(a, b, k, k + 1, k + 2, k + 3);
}

// N vectors of sums take in one kernel row: with K = 3 of three neighbours, what they meet being
// read once; with K = 0 of any number, cell by cell. A step of a loop must be small: WebAssembly
// engines load all that it reads before its first product.
template <int K, int S, int N>
void take_in(const Row& row, const float* cells, const float* weights, Float4* sum) {
  if constexpr (K == 0) {
    const float* const end = weights + row.width;
#pragma clang loop unroll(disable)
    for (; weights < end; ++weights, cells += row.dilation) {
      const Float4 w = splat(*weights);
      for (int n = 0; n < N; ++n) {
        sum[n] = multiply_add(w, cells_at<S>(cells + Index{n} * S * kLanes), sum[n]);
      }
    }
  } else {
    static_assert(K == 3);
    const Float4 w0 = splat(weights[0]), w1 = splat(weights[1]), w2 = splat(weights[2]);
    Float4 a = load(cells);
    for (int n = 0; n < N; ++n) {
      if constexpr (S == 1) {
        const Float4 b = load(cells += kLanes);
        sum[n] = multiply_add(w0, a, sum[n]);
        sum[n] = multiply_add(w1, shifted<1>(a, b), sum[n]);
        sum[n] = multiply_add(w2, shifted<2>(a, b), sum[n]);
        a = b;
      } else {
        const Float4 b = load(cells += kLanes), c = load(cells += kLanes);
        const Float4 even = take_even(a, b);
        sum[n] = multiply_add(w0, even, sum[n]);
        sum[n] = multiply_add(w1, take_odd(a, b), sum[n]);
        sum[n] = multiply_add(w2, shifted<1>(even, c), sum[n]);
        a = c;
      }
    }
  }
}

// 4 N inner cells from `x` on.
template <int K, int S, int N>
void tile(const Row& row, Index x, float* to) {
  Float4 sum[N];
  for (Float4& each : sum) each = splat(row.bias);
#pragma clang loop unroll(disable)
  for (const Meeting& meeting : row.meetings) {
    take_in<K, S, N>(row, row.input + meeting.input + x * S, row.weights + meeting.kernel, sum);
  }
  for (int n = 0; n < N; ++n) store(to + x + n * kLanes, sum[n]);
}

// Vectors of a tile: the fastest.
template <int K, int S>
constexpr int kVectors = K == 0 ? (S == 1 ? 7 : 4) : (S == 1 ? 4 : 3);

// All inner cells of a row, `count` of them, at least a vector: the last tile overlaps the one
// before.
template <int K, int S>
void inner_cells(const Row& row, Index count, float* to) {
  constexpr int N = kVectors<K, S>;
  Index x = 0;
  for (; x + N * kLanes <= count; x += N * kLanes) tile<K, S, N>(row, x, to);
  if (x == count) return;
  if (count >= N * kLanes) return tile<K, S, N>(row, count - N * kLanes, to);
  for (; x + kLanes <= count; x += kLanes) tile<K, S, 1>(row, x, to);
  if (x < count) tile<K, S, 1>(row, count - kLanes, to);
}

using Inner = void (*)(const Row& row, Index count, float* to);

Inner inner_for(const Axis& width) {
  const bool three = width.kernel == 3 && width.dilation == 1;
  if (width.stride == 2) return three ? inner_cells<3, 2> : inner_cells<0, 2>;
  return three ? inner_cells<3, 1> : inner_cells<0, 1>;
}

class Depthwise : public Kernel {
 public:
  explicit Depthwise(const Numbers& numbers)
      : inputs_(static_cast<Index>(numbers.geometry.groups)),
        outputs_(static_cast<Index>(numbers.geometry.outputs_per_group())),
        axis_(numbers.geometry.axes[2]),
        inner_cells_(inner_for(axis_)),
        weights_(numbers.weight.begin(), numbers.weight.end()),
        bias_(numbers.bias) {
    for (const Axis& axis : numbers.geometry.axes) {
      input_ *= static_cast<Index>(axis.input);
      output_ *= static_cast<Index>(axis.output);
      kernel_ *= static_cast<Index>(axis.kernel);
    }
    note_meetings(numbers.geometry.axes[0], numbers.geometry.axes[1]);
    note_border();
  }

  const char* name() const override { return "depthwise"; }
  Index workspace() const override { return 0; }

  bool run(const float* input, float* output, float*) const override {
    progress::Steps maps(inputs_ * outputs_);
    for (Index channel = 0; channel < inputs_ * outputs_; ++channel) {
      run_map(input + channel / outputs_ * input_, channel, output + channel * output_);
      maps.advance();
    }
    return true;
  }

 private:
  void note_meetings(const Axis& depth, const Axis& height) {
    for (std::int64_t z = 0; z < depth.output; ++z) {
      for (std::int64_t y = 0; y < height.output; ++y) {
        for (std::int64_t kz = 0; kz < depth.kernel; ++kz) {
          const std::int64_t plane = depth.source(z * depth.stride + kz * depth.dilation);
          for (std::int64_t ky = 0; plane >= 0 && ky < height.kernel; ++ky) {
            const std::int64_t line = height.source(y * height.stride + ky * height.dilation);
            if (line < 0) continue;
            meetings_.push_back({static_cast<Index>((plane * height.input + line) * axis_.input),
                                 static_cast<Index>((kz * height.kernel + ky) * axis_.kernel)});
          }
        }
        ends_.push_back(meetings_.size());
      }
    }
  }

  // Inner cells are those whose kernel cells all meet cells of the input itself.
  void note_border() {
    const std::int64_t last = axis_.input - axis_.effective_kernel() + axis_.padding_begin;
    const std::int64_t end = last < 0 ? 0 : std::min(axis_.output, last / axis_.stride + 1);
    const std::int64_t first =
        axis_.padding_begin <= 0 ? 0 : (axis_.padding_begin + axis_.stride - 1) / axis_.stride;
    if (end - first >= kLanes) {
      first_ = static_cast<Index>(first);
      inner_ = static_cast<Index>(end - first);
    }
    for (std::int64_t x = 0; x < axis_.output; ++x) {
      if (first_ <= x && x < first_ + inner_) continue;
      Border& border = border_.emplace_back(Border{.x = static_cast<Index>(x), .cells = {}});
      for (std::int64_t k = 0; k < axis_.kernel; ++k) {
        const std::int64_t cell = axis_.source(x * axis_.stride + k * axis_.dilation);
        if (cell >= 0) border.cells.emplace_back(cell, k);
      }
    }
  }

  void run_map(const float* input, Index channel, float* output) const {
    const float* weights = weights_.data() + channel * kernel_;
    const float bias = bias_[channel];
    const Index start = static_cast<Index>(first_ * axis_.stride - axis_.padding_begin);
    std::size_t from = 0;
    for (const std::size_t end : ends_) {
      const std::span<const Meeting> meetings{meetings_.data() + from, end - from};
      from = end;
      if (inner_ > 0) {
        inner_cells_({input + start, weights, meetings, static_cast<Index>(axis_.kernel),
                      static_cast<Index>(axis_.dilation), bias},
                     inner_, output + first_);
      }
      for (const Border& border : border_) {
        float sum = bias;
        for (const Meeting& meeting : meetings) {
          for (const auto& [cell, k] : border.cells) {
            sum += input[meeting.input + cell] * weights[meeting.kernel + k];
          }
        }
        output[border.x] = sum;
      }
      output += axis_.output;
    }
  }

  Index inputs_, outputs_;
  Axis axis_;  // the width
  Inner inner_cells_;
  Index input_ = 1, output_ = 1, kernel_ = 1;  // numbers of a map
  std::vector<float> weights_, bias_;
  std::vector<Meeting> meetings_;  // of one output row after the other …
  std::vector<std::size_t> ends_;  // … where those of each end
  Index first_ = 0, inner_ = 0;    // inner cells of a row
  std::vector<Border> border_;     // all others
};

}  // namespace

std::unique_ptr<const Kernel> make_depthwise(const Numbers& numbers) {
  const Geometry& geometry = numbers.geometry;
  const Axis& width = geometry.axes[2];
  if (geometry.op.transposed || geometry.inputs_per_group() != 1 ||
      geometry.outputs_per_group() > kMostOutputs || width.stride > 2 || width.output < kMinWidth) {
    return nullptr;
  }
  return std::make_unique<const Depthwise>(numbers);
}

}  // namespace convscope::fast

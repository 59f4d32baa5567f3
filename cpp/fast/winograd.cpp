// 3 x 3 kernels of stride 1 by Winograd's minimal filtering F(4 x 4, 3 x 3): 36 products for 16
// outputs instead of 144. Tiles of 6 x 6 cells and the kernels are evaluated at six points,
// multiplied there, and the products are taken back to outputs. (A. Lavin, S. Gray, "Fast
// algorithms for convolutional neural networks", arXiv:1509.09308.)
//
// The points are 0, 3/4, -3/4, 3/2, -3/2 and infinity, not the usual 0, 1, -1, 2, -2: measured over
// 512 channels the largest error is 3.5e-6 of the largest output, where the usual ones give 1.3e-5
// and plain float32 sums 2.4e-6. It grows with the root of the channels: kMaxInputs keeps it below
// 1e-5.
//
// All cells of a tile meet in every product: run declines inputs that are not tame.
#include <algorithm>

#include "../progress.hpp"
#include "canvas.hpp"
#include "kernel.hpp"
#include "parts.hpp"
#include "tame.hpp"
#include "tile.hpp"
#include "work.hpp"

namespace convscope::fast {
namespace {

constexpr Index kOut = 4, kIn = 6, kPoints = kIn * kIn;

constexpr float kA = 0.75F, kB = 1.5F;
constexpr float kA2 = kA * kA, kB2 = kB * kB, kA3 = kA2 * kA, kB3 = kB2 * kB;

constexpr int kVectors = 2;
constexpr Index kCells = kVectors * kLanes;  // tiles that are multiplied together
constexpr Index kMinChannels = 16, kMaxInputs = 1024;
constexpr Index kBand = Index{1} << 18;  // floats of points of one band: a second-level cache
constexpr Index kMinTiles = 24;          // of a band, so that the weights are not read too often

// Values of the polynomials with coefficients d at the points, d and its result `step` vectors
// apart.
inline void to_points(const Float4* d, Index step, Float4* points) {
  const Float4 d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step],
               d5 = d[5 * step];
  const Float4 even_a = d4 - kB2 * d2, odd_a = kA * (d3 - kB2 * d1);
  const Float4 even_b = d4 - kA2 * d2, odd_b = kB * (d3 - kA2 * d1);
  points[0] = kA2 * kB2 * d0 - (kA2 + kB2) * d2 + d4;
  points[step] = even_a + odd_a;
  points[2 * step] = even_a - odd_a;
  points[3 * step] = even_b + odd_b;
  points[4 * step] = even_b - odd_b;
  points[5 * step] = kA2 * kB2 * d1 - (kA2 + kB2) * d3 + d5;
}

inline void from_points(const Float4* m, Index step, Float4* out) {
  const Float4 even_a = m[step] + m[2 * step], odd_a = m[step] - m[2 * step];
  const Float4 even_b = m[3 * step] + m[4 * step], odd_b = m[3 * step] - m[4 * step];
  out[0] = m[0] + even_a + even_b;
  out[1] = kA * odd_a + kB * odd_b;
  out[2] = kA2 * even_a + kB2 * even_b;
  out[3] = kA3 * odd_a + kB3 * odd_b + m[5 * step];
}

// Kernels w of three cells at the points, divided by what the points' differences multiply up to.
inline void kernel_to_points(const Float4* w, Index step, Float4* points) {
  constexpr float at_a = 1 / (2 * kA2 * (kA2 - kB2)), at_b = 1 / (2 * kB2 * (kB2 - kA2));
  const Float4 w0 = w[0], w1 = w[step], w2 = w[2 * step];
  const Float4 even_a = at_a * (w0 + kA2 * w2), odd_a = at_a * kA * w1;
  const Float4 even_b = at_b * (w0 + kB2 * w2), odd_b = at_b * kB * w1;
  points[0] = 1 / (kA2 * kB2) * w0;
  points[step] = even_a + odd_a;
  points[2 * step] = even_a - odd_a;
  points[3 * step] = even_b + odd_b;
  points[4 * step] = even_b - odd_b;
  points[5 * step] = w2;
}

// One tile per position of a stride of 4.
Axis axis_of_tiles(Axis axis) {
  axis.output = (axis.output + kOut - 1) / kOut;
  axis.kernel = kIn;
  axis.stride = kOut;
  return axis;
}

void transpose(Float4& a, Float4& b, Float4& c, Float4& d) {
  const Float4 ac = zip_low(a, c), bd = zip_low(b, d);
  const Float4 ac_high = zip_high(a, c), bd_high = zip_high(b, d);
  a = zip_low(ac, bd);
  b = zip_high(ac, bd);
  c = zip_low(ac_high, bd_high);
  d = zip_high(ac_high, bd_high);
}

class Winograd : public Kernel {
 public:
  explicit Winograd(const Numbers& numbers)
      : outputs_(static_cast<Index>(numbers.geometry.outputs_per_group())),
        inputs_(static_cast<Index>(numbers.geometry.inputs_per_group())),
        groups_(static_cast<Index>(numbers.geometry.groups)),
        rows_((outputs_ + kBlock - 1) / kBlock * kBlock),
        bias_(numbers.bias) {
    const auto& [depth, height, width] = numbers.geometry.axes;
    const std::array<Axis, 3> axes{depth, axis_of_tiles(height), axis_of_tiles(width)};
    height_ = static_cast<Index>(height.output);
    width_ = static_cast<Index>(width.output);
    input_ = static_cast<Index>(height.input * width.input);
    tiles_wide_ = static_cast<Index>(axes[2].output);
    const Index tiles = std::max(kMinTiles, kBand / (kPoints * (inputs_ + rows_)));
    canvas_ =
        Canvas({plan_convolution(axes[0]), plan_convolution(axes[1]), plan_convolution(axes[2])},
               axes, (tiles + tiles_wide_ - 1) / tiles_wide_);
    pitch_ = (canvas_.rows() * tiles_wide_ + kLanes - 1 + kCells - 1) / kCells * kCells;
    if (pitch_ % (2 * kCells) == 0)
      pitch_ += kCells;  // rows apart by a power of two evict each other
    for (Index i = 0; i < inputs_; ++i) offset_.push_back(static_cast<std::int32_t>(i * pitch_));
    for (const AxisPart::Tap& y : canvas_.axes()[1].parts[0].taps) {
      for (const AxisPart::Tap& x : canvas_.axes()[2].parts[0].taps) {
        cell_.push_back(canvas_.offset(canvas_.axes()[0].parts[0].taps[0], y, x));
      }
    }
    pack(numbers);
  }

  const char* name() const override { return "winograd"; }

  Index workspace() const override {
    return inputs_ * canvas_.needed() + kBeyond + kPoints * (inputs_ + rows_) * pitch_;
  }

  bool run(const float* input, float* output, float* workspace) const override {
    if (!is_tame(input, groups_ * inputs_ * input_)) return false;
    float* points = workspace + inputs_ * canvas_.needed() + kBeyond;
    float* products = points + kPoints * inputs_ * pitch_;
    progress::Steps lines(std::int64_t{groups_} * canvas_.axes()[1].cells());
    for (Index group = 0; group < groups_; ++group) {
      const float* from = input + group * inputs_ * input_;
      float* to = output + group * outputs_ * height_ * width_;
      for (Index row = 0; row < canvas_.axes()[1].cells(); row += canvas_.rows()) {
        const Index rows = std::min(canvas_.rows(), canvas_.axes()[1].cells() - row);
        const float* canvas = canvas_.laid_out(from, inputs_, row, workspace);
        for (Index i = 0; i < inputs_; ++i) {
          take_in(canvas + i * canvas_.channel(), rows, points + i * pitch_);
        }
        multiply(group, rows * tiles_wide_, points, products);
        for (Index o = 0; o < outputs_; ++o) {
          give_out(products + o * pitch_, row, rows, bias_[group * outputs_ + o],
                   to + o * height_ * width_);
        }
        lines.advance(rows);
      }
    }
    return true;
  }

 private:
  // Point by point: blocks of channels, for every input channel one weight each.
  void pack(const Numbers& numbers) {
    const WeightPlace place(numbers.geometry);
    weights_.assign(static_cast<std::size_t>(groups_ * kPoints * rows_ * inputs_), 0);
    for (Index group = 0; group < groups_; ++group) {
      for (Index o = 0; o < outputs_; o += kBlock) {
        for (Index i = 0; i < inputs_; ++i) {
          Float4 cells[3 * kIn] = {}, points[kPoints];  // of the block's channels
          for (Index m = 0; m < std::min(kBlock, outputs_ - o); ++m) {
            const float* kernel = &numbers.weight[place(group, o + m, i)];
            for (Index y = 0; y < 3; ++y) {
              for (Index x = 0; x < 3; ++x) cells[y * kIn + x][m] = kernel[3 * y + x];
            }
          }
          for (Index y = 0; y < 3; ++y) kernel_to_points(cells + y * kIn, 1, cells + y * kIn);
          for (Index x = 0; x < kIn; ++x) kernel_to_points(cells + x, kIn, points + x);
          float* to = &weights_[(group * kPoints * rows_ + o) * inputs_ + i * kBlock];
          for (Index point = 0; point < kPoints; ++point) {
            store(to + point * rows_ * inputs_, points[point]);
          }
        }
      }
    }
  }

  // The tiles of one channel at the points, four neighbouring tiles at a time. What a row has
  // beyond its last tile is overwritten by the next one.
  void take_in(const float* canvas, Index rows, float* points) const {
    for (Index ty = 0; ty < rows; ++ty) {
      for (Index tx = 0; tx < tiles_wide_; tx += kLanes) {
        const float* cells = canvas + ty * canvas_.height_pitch() + tx;
        float* to = points + ty * tiles_wide_ + tx;
        Float4 lines[kPoints], values[kIn];
        for (Index y = 0; y < kIn; ++y) {
          for (Index x = 0; x < kIn; ++x) values[x] = load(cells + cell_[y * kIn + x]);
          to_points(values, 1, lines + y * kIn);
        }
        for (Index x = 0; x < kIn; ++x) to_points(lines + x, kIn, lines + x);
        for (Index point = 0; point < kPoints; ++point) {
          store(to + point * inputs_ * pitch_, lines[point]);
        }
      }
    }
  }

  void multiply(Index group, Index tiles, const float* points, float* products) const {
    static constexpr float kZeros[kBlock] = {};
    const float* weights = weights_.data() + group * kPoints * rows_ * inputs_;
    for (Index point = 0; point < kPoints; ++point) {
      for (Index cell = 0; cell < tiles; cell += kCells) {
        const float* cells = points + point * inputs_ * pitch_ + cell;
        float* sums = products + point * rows_ * pitch_ + cell;
        for (Index o = 0; o < rows_; o += kBlock) {
          tile<kBlock, kVectors>(inputs_, weights + (point * rows_ + o) * inputs_,
                                 Taps{cells, offset_.data()}, {sums + o * pitch_, pitch_, kZeros});
        }
      }
    }
  }

  void give_out(const float* products, Index first_row, Index rows, float bias,
                float* output) const {
    for (Index ty = 0; ty < rows; ++ty) {
      for (Index tx = 0; tx < tiles_wide_; tx += kLanes) {
        const float* from = products + ty * tiles_wide_ + tx;
        Float4 lines[kIn * kOut], cells[kPoints];
        for (Index point = 0; point < kPoints; ++point) {
          cells[point] = load(from + point * rows_ * pitch_);
        }
        for (Index y = 0; y < kIn; ++y) from_points(cells + y * kIn, 1, lines + y * kOut);
        for (Index x = 0; x < kOut; ++x) {
          Float4 column[kOut];
          from_points(lines + x, kOut, column);
          for (Index y = 0; y < kOut; ++y) cells[y * kOut + x] = column[y] + bias;
        }
        put(cells, (first_row + ty) * kOut, tx * kOut, output);
      }
    }
  }

  // Four tiles side by side, as far as they lie in the output.
  void put(Float4* cells, Index y, Index x, float* output) const {
    for (Index row = 0; row < std::min(kOut, height_ - y); ++row) {
      Float4* line = cells + row * kOut;
      transpose(line[0], line[1], line[2], line[3]);
      float* to = output + (y + row) * width_ + x;
      const Index width = width_ - x;
      for (Index at = 0; at < kOut; ++at) {
        if (width >= (at + 1) * kLanes) {
          store(to + at * kLanes, line[at]);
        } else if (width > at * kLanes) {
          float last[kLanes];
          store(last, line[at]);
          std::copy_n(last, width - at * kLanes, to + at * kLanes);
        }
      }
    }
  }

  Index outputs_, inputs_, groups_;
  Index rows_;  // output channels, filled up to whole blocks
  std::vector<float> bias_;
  Canvas canvas_;  // its cells are tiles
  Index tiles_wide_ = 0, height_ = 0, width_ = 0, input_ = 0;
  Index pitch_ = 0;  // floats from one channel's tiles to the next
  std::vector<std::int32_t> offset_;
  std::vector<Index> cell_;
  std::vector<float> weights_;
};

}  // namespace

std::unique_ptr<const Kernel> make_winograd(const Numbers& numbers) {
  const Geometry& geometry = numbers.geometry;
  const auto& [depth, height, width] = geometry.axes;
  const auto fits = [](const Axis& axis) {
    return axis.kernel == 3 && axis.stride == 1 && axis.dilation == 1;
  };
  const bool flat = depth.input == 1 && depth.kernel == 1 && depth.output == 1;
  if (geometry.op.transposed || !flat || !fits(height) || !fits(width) ||
      !is_tame(numbers.weight) || geometry.outputs_per_group() < kMinChannels ||
      geometry.inputs_per_group() < kMinChannels || geometry.inputs_per_group() > kMaxInputs) {
    return nullptr;
  }
  return std::make_unique<const Winograd>(numbers);
}

}  // namespace convscope::fast

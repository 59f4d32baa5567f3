// A matrix times a vector, where tiles would have one cell to fill: a convolution whose kernel
// covers the whole input, or a transposed one of a single cell, which spreads one kernel. Reading
// the weights is all that takes time: they are packed in the order in which they are read.
#include <algorithm>

#include "kernel.hpp"
#include "parts.hpp"
#include "tile.hpp"
#include "work.hpp"

namespace convscope::fast {
namespace {

constexpr int kVectors = 6;
constexpr Index kColumns = kVectors * kLanes;  // of a panel of weights
constexpr Index kMinColumns = 8;               // below, tiles lose less

class Product : public Kernel {
 public:
  // `columns` results per group, each the sum of `products` products of a number and a weight.
  Product(const Numbers& numbers, Index products, Index columns)
      : groups_(static_cast<Index>(numbers.geometry.groups)),
        products_(products),
        columns_(columns),
        panels_((columns + kColumns - 1) / kColumns),
        weights_(static_cast<std::size_t>(groups_ * panels_ * kColumns * products)),
        bias_(numbers.bias) {}

  const char* name() const override { return "product"; }

 protected:
  void set_weight(Index group, Index product, Index column, float weight) {
    const Index panel = group * panels_ + column / kColumns;
    weights_[(panel * products_ + product) * kColumns + column % kColumns] = weight;
  }

  // `sums` has room for whole panels.
  void multiply(Index group, const float* numbers, float* sums) const {
    static constexpr float kZero = 0;
    for (Index panel = 0; panel < panels_; ++panel) {
      const float* weights = &weights_[(group * panels_ + panel) * products_ * kColumns];
      tile<1, kVectors>(products_, numbers, Panel<kVectors>{weights},
                        {sums + panel * kColumns, 0, &kZero});
    }
  }
  Index sums() const { return panels_ * kColumns; }

  Index groups_, products_, columns_, panels_;
  std::vector<float> weights_;  // panel by panel, for every product a row of columns
  std::vector<float> bias_;
};

// One cell out: the columns are the output channels, the products those of the kernel's cells.
class Gathered : public Product {
 public:
  explicit Gathered(const Numbers& numbers)
      : Product(numbers, static_cast<Index>(numbers.geometry.inputs_per_group()) * cells(numbers),
                static_cast<Index>(numbers.geometry.outputs_per_group())),
        inputs_(static_cast<Index>(numbers.geometry.inputs_per_group())) {
    const std::array<Axis, 3>& axes = numbers.geometry.axes;
    canvas_ = Canvas(
        {plan_convolution(axes[0]), plan_convolution(axes[1]), plan_convolution(axes[2])}, axes, 1);
    for (const Axis& axis : axes) input_ *= static_cast<Index>(axis.input);
    const Part part =
        std::move(pack_parts(numbers.geometry, canvas_, numbers.weight.data(), false)[0]);
    offset_ = part.offset;
    const WeightPlace place(numbers.geometry);
    const Index per_input = cells(numbers);
    for (Index group = 0; group < groups_; ++group) {
      for (Index o = 0; o < columns_; ++o) {
        for (Index k = 0; k < products_; ++k) {
          set_weight(group, k, o, numbers.weight[place(group, o, k / per_input) + k % per_input]);
        }
      }
    }
  }

  Index workspace() const override {
    return inputs_ * canvas_.needed() + kBeyond + products_ + sums();
  }

  bool run(const float* input, float* output, float* workspace) const override {
    float* numbers = workspace + inputs_ * canvas_.needed() + kBeyond;
    float* sums = numbers + products_;
    for (Index group = 0; group < groups_; ++group) {
      const float* canvas =
          canvas_.laid_out(input + group * inputs_ * input_, inputs_, 0, workspace);
      for (Index k = 0; k < products_; ++k) numbers[k] = canvas[offset_[k]];
      multiply(group, numbers, sums);
      for (Index o = 0; o < columns_; ++o) {
        output[group * columns_ + o] = sums[o] + bias_[group * columns_ + o];
      }
    }
    return true;
  }

 private:
  static Index cells(const Numbers& numbers) {
    const auto& [depth, height, width] = numbers.geometry.axes;
    return static_cast<Index>(depth.kernel * height.kernel * width.kernel);
  }

  Index inputs_, input_ = 1;
  Canvas canvas_;
  std::vector<std::int32_t> offset_;
};

// One cell in: the columns are the outputs themselves, the products those of the input channels.
class Spread : public Product {
 public:
  explicit Spread(const Numbers& numbers)
      : Product(numbers, static_cast<Index>(numbers.geometry.inputs_per_group()),
                static_cast<Index>(numbers.geometry.outputs_per_group()) * cells(numbers)),
        cells_(cells(numbers)) {
    const WeightPlace place(numbers.geometry);
    // Output position p of an axis meets kernel cell p + P.
    std::array<Index, 3> size{}, skip{};
    for (std::size_t at = 0; at < 3; ++at) {
      size[at] = static_cast<Index>(numbers.geometry.axes[at].output);
      skip[at] = static_cast<Index>(numbers.geometry.axes[at].padding_begin);
    }
    for (Index group = 0; group < groups_; ++group) {
      for (Index column = 0; column < columns_; ++column) {
        const Index at = column % cells_;
        const Index x = at % size[2] + skip[2];
        const Index y = at / size[2] % size[1] + skip[1];
        const Index z = at / size[2] / size[1] + skip[0];
        const Index cell = (z * place.height + y) * place.width + x;
        for (Index i = 0; i < products_; ++i) {
          set_weight(group, i, column, numbers.weight[place(group, column / cells_, i) + cell]);
        }
      }
    }
  }

  Index workspace() const override { return sums(); }

  bool run(const float* input, float* output, float* workspace) const override {
    for (Index group = 0; group < groups_; ++group) {
      multiply(group, input + group * products_, workspace);
      for (Index column = 0; column < columns_; ++column) {
        output[group * columns_ + column] =
            workspace[column] + bias_[(group * columns_ + column) / cells_];
      }
    }
    return true;
  }

 private:
  static Index cells(const Numbers& numbers) {
    const auto& [depth, height, width] = numbers.geometry.axes;
    return static_cast<Index>(depth.output * height.output * width.output);
  }

  Index cells_;
};

}  // namespace

std::unique_ptr<const Kernel> make_product(const Numbers& numbers) {
  const Geometry& geometry = numbers.geometry;
  const auto is_one = [&](std::int64_t Axis::*size) {
    return std::all_of(geometry.axes.begin(), geometry.axes.end(),
                       [size](const Axis& axis) { return axis.*size == 1; });
  };
  if (geometry.outputs_per_group() < kMinColumns) return nullptr;
  if (geometry.op.transposed) {
    // Each output meets one kernel cell: none would have to be filled up with zeros.
    const bool dense =
        std::all_of(geometry.axes.begin(), geometry.axes.end(), [](const Axis& axis) {
          return axis.dilation == 1 && axis.padding_begin >= 0 &&
                 axis.padding_begin + axis.output <= axis.kernel;
        });
    if (!is_one(&Axis::input) || !dense) return nullptr;
    return std::make_unique<const Spread>(numbers);
  }
  if (!is_one(&Axis::output)) return nullptr;
  return std::make_unique<const Gathered>(numbers);
}

}  // namespace convscope::fast

// The kernels that a layer chooses among. Each packs the weights its own way and computes one
// sample of the batch. None checks anything.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "../geometry.hpp"
#include "vector.hpp"

namespace convscope::fast {

class Kernel {
 public:
  Kernel() = default;
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;
  virtual ~Kernel() = default;

  virtual const char* name() const = 0;
  virtual Index workspace() const = 0;  // floats
  // False: nothing was computed, because the input holds numbers that would spoil others.
  virtual bool run(const float* input, float* output, float* workspace) const = 0;
};

// The numbers of a layer: the weight in PyTorch's layout, turned already; the bias, or zeros.
struct Numbers {
  const Geometry& geometry;
  std::span<const float> weight;
  const std::vector<float>& bias;  // O numbers
};

// Fewer than some hundred products in all; null for any other layer.
std::unique_ptr<const Kernel> make_terms(const Numbers& numbers);

// Any layer, by tiles on a canvas: in place or by panels. An ordinary convolution, or one per
// phase.
std::unique_ptr<const Kernel> make_tiles(const Numbers& numbers);

// One input channel per group, as in depthwise layers and filters of images, of stride 1 or 2;
// null for any other layer.
std::unique_ptr<const Kernel> make_depthwise(const Numbers& numbers);

// 3 x 3 kernels of stride 1 with many channels; null for any other layer.
std::unique_ptr<const Kernel> make_winograd(const Numbers& numbers);

// One cell in, or one cell out: a matrix times a vector. Null for any other layer.
std::unique_ptr<const Kernel> make_product(const Numbers& numbers);

}  // namespace convscope::fast

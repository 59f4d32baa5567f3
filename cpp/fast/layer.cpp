// Chooses the kernel, and runs it on every sample.
#include "layer.hpp"

#include <algorithm>
#include <cmath>

#include "../limits.hpp"
#include "../progress.hpp"
#include "kernel.hpp"

namespace convscope::fast {
namespace {

bool all_finite(std::span<const float> numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](float x) { return std::isfinite(x); });
}

// Floats of a canvas, and products of one output channel: what addresses of 32 bits reach, with
// room for the weights, the input and the output.
constexpr std::int64_t kMaxCanvas = std::int64_t{2} * kMaxElements;

// No fewer cells of the canvas than that (see canvas.cpp).
std::int64_t canvas_length(const Axis& axis, bool transposed) {
  const std::int64_t reach = axis.effective_kernel() / axis.stride + 2;
  if (transposed) return axis.output / axis.stride + reach;
  return std::min(axis.stride, axis.kernel) * (axis.output + reach);
}

std::unique_ptr<const Kernel> choose(const Numbers& numbers) {
  if (auto terms = make_terms(numbers)) return terms;
  if (auto product = make_product(numbers)) return product;
  if (auto depthwise = make_depthwise(numbers)) return depthwise;
  if (auto winograd = make_winograd(numbers)) return winograd;
  return make_tiles(numbers);
}

}  // namespace

bool Layer::takes(const Geometry& geometry, std::span<const float> weight,
                  std::span<const float> bias) {
  if (geometry.dtype != DType::float32) return false;
  if (element_count(geometry.output_shape) == 0 || geometry.input_channels == 0) return false;
  std::int64_t phases = 1, canvas = geometry.inputs_per_group();
  for (const Axis& axis : geometry.axes) {
    if (geometry.op.transposed) phases *= std::min(axis.stride, axis.output);
    if (__builtin_mul_overflow(canvas, canvas_length(axis, geometry.op.transposed), &canvas)) {
      return false;
    }
    if (phases > kMaxPhases || canvas > kMaxCanvas) return false;
  }
  return all_finite(weight) && all_finite(bias);
}

Layer::Layer(const Geometry& geometry, std::span<const float> weight, std::span<const float> bias)
    : batch_(static_cast<Index>(geometry.batch)) {
  std::vector<float> begin(bias.begin(), bias.end());
  begin.resize(static_cast<std::size_t>(geometry.output_channels));
  Index input = static_cast<Index>(geometry.input_channels);
  Index output = static_cast<Index>(geometry.output_channels);
  for (const Axis& axis : geometry.axes) {
    input *= static_cast<Index>(axis.input);
    output *= static_cast<Index>(axis.output);
  }
  input_ = input;
  output_ = output;
  kernel_ = choose({geometry, weight, begin});
}

Layer::~Layer() = default;
Layer::Layer(Layer&&) noexcept = default;
Layer& Layer::operator=(Layer&&) noexcept = default;

const char* Layer::kernel() const { return kernel_->name(); }

Index Layer::workspace() const { return kernel_->workspace() + kSlack; }

bool Layer::run(const float* input, float* output, float* workspace) const {
  for (Index n = 0; n < batch_; ++n) {
    const progress::Part part(static_cast<double>(n), 1, static_cast<double>(batch_));
    if (!kernel_->run(input + n * input_, output + n * output_, workspace)) return false;
  }
  return true;
}

}  // namespace convscope::fast

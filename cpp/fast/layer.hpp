// A layer for speed: weights packed once, then run on one input after another, in float32.
// Takes a checked Geometry; never checks. Sums are taken in float32 and in another order than the
// reference's, so results differ from it by rounding: less than 1e-5 of the largest output, unless
// large products cancel out.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "../geometry.hpp"
#include "vector.hpp"

namespace convscope::fast {

class Layer {
 public:
  // Numbers that may be read, not used, behind an input and a workspace.
  static constexpr Index kSlack = 32;

  // Whether results are exact enough: float32; weights and bias finite, since a padding's zero
  // times infinity is NaN here and left out by the reference; and no more than kMaxPhases phases.
  static bool takes(const Geometry& geometry, std::span<const float> weight,
                    std::span<const float> bias);

  // The weight in PyTorch's layout, turned already if it is to be; the bias empty where there is
  // none.
  Layer(const Geometry& geometry, std::span<const float> weight, std::span<const float> bias);
  ~Layer();
  Layer(Layer&&) noexcept;
  Layer& operator=(Layer&&) noexcept;

  // Which kernel was chosen: "direct", "panels", …
  const char* kernel() const;

  // Floats that run needs for itself, slack included.
  Index workspace() const;

  // (N, I, spatial…) to (N, O, spatial…). False: the kernel cannot take these numbers (infinities,
  // NaN or beyond 2^60, and they would spread over outputs they do not belong to); use the
  // reference.
  [[nodiscard]] bool run(const float* input, float* output, float* workspace) const;

 private:
  Index batch_, input_ = 0, output_ = 0;  // samples, numbers of each
  std::unique_ptr<const class Kernel> kernel_;
};

}  // namespace convscope::fast

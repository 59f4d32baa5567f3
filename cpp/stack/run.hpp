// Real values through a small stack: every layer's output and the weights that made it. Plain
// loops; convolutions are those of reference.hpp. In evaluation, so that norms of batches and
// dropout change nothing by chance.
#pragma once

#include "stack.hpp"
#include "values.hpp"

namespace convscope::stack {

struct RunOptions {
  std::uint32_t seed = 0;
  bool ones = false;  // all weights 1, all biases 0
  DType dtype = DType::float32;
};

// Of one layer. Empty shapes: it has none.
struct LayerRun {
  Values output{}, weight{}, bias{};
  Values merged{};  // its input, where skips met
};

// Multiplications and steps of pools, of all layers together: a few seconds. A DCGAN fits.
inline constexpr std::int64_t kMaxStackOperations = std::int64_t{1} << 28;

// The input has the stack's shape. Refuses a stack that fails, and what takes too long.
Result<std::vector<LayerRun>> run_stack(const Stack& stack, const Values& input,
                                        const RunOptions& options);

}  // namespace convscope::stack

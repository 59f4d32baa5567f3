// Layers that keep the shape: activations and norms, number by number.
#pragma once

#include "plan.hpp"
#include "values.hpp"

namespace convscope::stack {

// In place. `weight` and `bias` are those of norms and of PReLU, or empty.
void apply_activation(const Plan& plan, Values& values, const Values& weight);
void apply_norm(const Plan& plan, Values& values, const Values& weight, const Values& bias);

}  // namespace convscope::stack

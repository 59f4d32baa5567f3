// Layers that keep the shape: norms and activations.
#pragma once

#include "fields.hpp"
#include "plan.hpp"

namespace convscope::stack {

Result<Plan> plan_norm(const LayerValue& layer, const Incoming& input, const OperationName& name);
Result<Plan> plan_activation(const LayerValue& layer, const Incoming& input,
                             const OperationName& name);

}  // namespace convscope::stack

// Layers of features without places: linear, flatten and unflatten.
#pragma once

#include "fields.hpp"
#include "plan.hpp"

namespace convscope::stack {

Result<Plan> plan_linear(const LayerValue& layer, const Incoming& input);
Result<Plan> plan_flatten(const LayerValue& layer, const Incoming& input);
Result<Plan> plan_unflatten(const LayerValue& layer, const Incoming& input);

}  // namespace convscope::stack

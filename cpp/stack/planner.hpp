// One layer on one input: the operation by its name, then its sizes and counts.
#pragma once

#include "fields.hpp"
#include "plan.hpp"

namespace convscope::stack {

// Sizes and counts of one layer; skips are merged already. The order of checks is PyTorch's.
Result<Plan> plan_layer(const LayerValue& layer, const Incoming& input);

// The operation alone.
Result<OperationName> read_operation(const LayerValue& layer);

}  // namespace convscope::stack

// Layers that make maps larger or smaller without weights: upsampling and pixel shuffles.
#pragma once

#include "fields.hpp"
#include "plan.hpp"

namespace convscope::stack {

Result<Plan> plan_upsample(const LayerValue& layer, const Incoming& input);
// `forward`: pixel_shuffle, else its inverse.
Result<Plan> plan_shuffle(const LayerValue& layer, const Incoming& input, bool forward);

}  // namespace convscope::stack

// The windows of pools and of padding: sizes per axis, by the formula of convolutions.
#pragma once

#include "fields.hpp"
#include "plan.hpp"

namespace convscope::stack {

// The axes of a pool, an adaptive pool or a padding of an input with `axes`; what the numbers need
// of it goes into `plan`.
Result<std::vector<Reads>> plan_window(const LayerValue& layer, std::vector<Reads> axes,
                                       const OperationName& name, Plan& plan);

// The output of a pool: that of a convolution, with ceilMode one more where cells remain, unless
// that window would begin behind the input (torch.nn.MaxPool2d).
std::int64_t pooled_size(const Axis& axis, bool ceil_mode);

}  // namespace convscope::stack

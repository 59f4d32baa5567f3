// Layers without weights that gather cells: pools, padding, upsampling, pixel shuffles.
#pragma once

#include "plan.hpp"
#include "values.hpp"

namespace convscope::stack {

Values windowed(const Plan& plan, const Values& input);
Values shuffled(const Plan& plan, const Values& input);

}  // namespace convscope::stack

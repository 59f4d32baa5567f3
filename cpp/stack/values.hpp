// The numbers of one map or weight, flat, in the order of its shape.
#pragma once

#include "../tensor.hpp"

namespace convscope::stack {

struct Values {
  Shape shape{};
  std::vector<double> data{};
};

}  // namespace convscope::stack

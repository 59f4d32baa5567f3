// What all kinds of layers share; see plan.hpp.
#include "plan.hpp"

#include "../checks.hpp"

namespace convscope::stack {

Reads along(const Incoming& input, std::size_t at) {
  const Op op{false, input.spatial()};
  return each_cell(axis_name(op, at), input.shape[input.channel_axis() + 1 + at]);
}

Plan plan_same(const Incoming& input) {
  Plan plan;
  plan.input = plan.output = input.shape;
  if (input.spatial() == 0) plan.flow = Flow::features;
  for (int at = 0; at < input.spatial(); ++at) plan.axes.push_back(along(input, at));
  return plan;
}

void settle(Plan& plan, const Incoming& input, std::int64_t channels) {
  plan.input = input.shape;
  plan.output.assign(input.shape.begin(), input.shape.begin() + input.channel_axis());
  plan.output.push_back(channels);
  for (const Reads& reads : plan.axes) plan.output.push_back(reads.axis.output);
}

std::int64_t Plan::parameters() const {
  const std::int64_t count = weight ? element_count(*weight) : 0;
  return count + (bias ? element_count(*bias) : 0);
}

}  // namespace convscope::stack

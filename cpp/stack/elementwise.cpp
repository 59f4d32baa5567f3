// Parameters of norms and activations; see elementwise.hpp.
#include "elementwise.hpp"

namespace convscope::stack {

using Kind = Operation::Kind;

Result<Plan> plan_norm(const LayerValue& layer, const Incoming& input, const OperationName& name) {
  Plan plan = plan_same(input);
  const std::int64_t channels = input.shape[input.channel_axis()];
  const bool is_group = name.kind() == Kind::group_norm;
  const char* key = is_group ? "numChannels" : "numFeatures";
  Result<bool> affine = read_truth(layer, "affine", name.kind() != Kind::instance_norm);
  if (!affine) return affine.refusal();
  Result<std::int64_t> told = read_number(layer, key, channels);
  if (!told) return told.refusal();
  // Instance norm without parameters does not look.
  if (*affine || name.kind() != Kind::instance_norm) {
    const char* what = name.kind() == Kind::batch_norm ? "running_mean" : "weight";
    const std::string torch =
        say("RuntimeError: ", what, " should contain ", channels, " elements not ", *told);
    Check right = expect_channels(layer, key, channels, is_group ? std::string() : torch);
    if (!right) return right.refusal();
  }
  if (is_group) {
    Result<std::int64_t> groups = read_needed(layer, "numGroups");
    if (!groups) return groups.refusal();
    if (channels % *groups != 0) {
      return refuse(Code::channels_not_divisible, "numGroups",
                    {"The input's channels (", channels, ") must be divisible by `numGroups` (",
                     *groups, "). Use a number that divides ", channels, "."},
                    {"ValueError: num_channels must be divisible by num_groups"});
    }
    plan.groups = *groups;
  }
  Result<double> eps = read_real(layer, "eps", 1e-5);
  if (!eps) return eps.refusal();
  plan.slope = *eps;
  if (*affine) plan.weight = plan.bias = Shape{channels};
  return plan;
}

Result<Plan> plan_activation(const LayerValue& layer, const Incoming& input,
                             const OperationName& name) {
  Plan plan = plan_same(input);
  const std::string_view op = name.operation->name;
  if (op == "prelu") {
    Result<std::int64_t> count = read_number(layer, "numParameters", 1);
    if (!count) return count.refusal();
    const std::int64_t channels = input.shape[input.channel_axis()];
    if (*count != 1 && *count != channels) {
      return refuse(Code::channels_mismatch, "numParameters",
                    {"`numParameters` is ", *count, ", but it must be 1 or the input's channels, ",
                     channels, "."},
                    {"RuntimeError: Mismatch of parameter numbers and input channel size. Found "
                     "parameter numbers = ",
                     *count, " and channel size = ", channels, "."});
    }
    plan.weight = Shape{*count};
  }
  if (op == "softmax" || op == "log_softmax") {
    const auto rank = static_cast<std::int64_t>(input.shape.size());
    Result<std::int64_t> dim =
        read_number(layer, "dim", static_cast<std::int64_t>(input.channel_axis()));
    if (!dim) return dim.refusal();
    const std::int64_t at = *dim < 0 ? *dim + rank : *dim;
    if (at < static_cast<std::int64_t>(input.channel_axis()) || at >= rank) {
      return refuse(Code::index_out_of_range, "dim",
                    {"`dim` is ", *dim, ", but the axes behind the batch of an input of shape ",
                     input.shape, " are ", input.channel_axis(), " to ", rank - 1, "."});
    }
    plan.softmax_axis = at;
    if (plan.axes.empty()) {
      plan.flow = Flow::mix;
    } else if (at > static_cast<std::int64_t>(input.channel_axis())) {
      plan.axes[static_cast<std::size_t>(at) - input.channel_axis() - 1].kind = Reads::Kind::all;
    }
  }
  static constexpr std::pair<std::string_view, std::pair<const char*, double>> kSlopes[] = {
      {"leaky_relu", {"negativeSlope", 0.01}}, {"elu", {"alpha", 1}}, {"softplus", {"beta", 1}}};
  for (const auto& [activation, key] : kSlopes) {
    if (activation != op) continue;
    Result<double> slope = read_real(layer, key.first, key.second);
    if (!slope) return slope.refusal();
    plan.slope = *slope;
  }
  if (op == "hardtanh") {
    Result<double> low = read_real(layer, "minVal", -1), high = read_real(layer, "maxVal", 1);
    if (!low) return low.refusal();
    if (!high) return high.refusal();
    plan.low = *low;
    plan.high = *high;
  }
  return plan;
}

}  // namespace convscope::stack

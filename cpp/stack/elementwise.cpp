// Parameters of norms and activations; see elementwise.hpp.
#include "elementwise.hpp"

#include <algorithm>

namespace convscope::stack {

using Kind = Operation::Kind;

namespace {

// What PyTorch says of batch and group norm where the batch axis is missing: it takes the next one
// for the channels.
std::string unbatched_norm(const OperationName& name, const Incoming& input, std::int64_t told) {
  const auto rank = static_cast<std::int64_t>(input.shape.size());
  if (name.kind() == Kind::group_norm) {
    return say(
        "RuntimeError: Expected weight to be a vector of size equal to the number of "
        "channels in input, but got weight of shape [",
        told, "] and input of shape ", input.shape);
  }
  if (name.spatial == 1 && rank == 2) {
    return say("RuntimeError: running_mean should contain ", input.shape[1], " elements not ",
               told);
  }
  return say("ValueError: expected ", name.spatial == 1 ? "2D or 3D" : say(name.spatial + 2, "D"),
             " input (got ", rank, "D input)");
}

// Norms of one number are refused even in evaluation: it would always be 0.
Check expect_several(const Incoming& input, const OperationName& name, std::int64_t groups) {
  const std::size_t first = input.channel_axis() + 1;
  Shape size(input.shape.begin() + static_cast<std::ptrdiff_t>(first), input.shape.end());
  const bool is_cell = std::all_of(size.begin(), size.end(), [](std::int64_t n) { return n == 1; });
  const std::int64_t batch = input.batched ? input.shape[0] : 1;
  const std::int64_t channels = input.shape[first - 1];
  const bool is_group = name.kind() == Kind::group_norm;
  if (!is_cell || (is_group && (batch != 1 || channels != groups))) return Passed{};
  size.insert(size.begin(), {batch, channels});
  const std::string torch =
      is_group ? say("ValueError: Expected more than 1 value per channel when training, got input "
                     "size ",
                     size)
               : say("ValueError: Expected more than 1 spatial element when training, got input "
                     "size torch.Size(",
                     size, ")");
  return refuse(Code::input_rank, "op",
                {name.text(),
                 " needs more than one number to take the mean of, but its input has "
                 "shape ",
                 input.shape, ". Use a larger map, or another norm."},
                {torch});
}

}  // namespace

Result<Plan> plan_norm(const LayerValue& layer, const Incoming& input, const OperationName& name) {
  Plan plan = plan_same(input);
  const std::int64_t channels = input.shape[input.channel_axis()];
  const bool is_group = name.kind() == Kind::group_norm;
  const char* key = is_group ? "numChannels" : "numFeatures";
  Result<bool> affine = read_truth(layer, "affine", name.kind() != Kind::instance_norm);
  if (!affine) return affine.refusal();
  Result<std::int64_t> told = read_number(layer, key, channels);
  if (!told) return told.refusal();
  if (!input.batched && name.kind() != Kind::instance_norm) {
    return refuse_unbatched(name.text(), input.shape,
                            *affine ? unbatched_norm(name, input, *told) : std::string());
  }
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
  if (name.kind() != Kind::batch_norm) {
    if (Check several = expect_several(input, name, plan.groups); !several) {
      return several.refusal();
    }
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
    if (*count != 1 && !input.batched) {
      const std::int64_t taken = input.shape.size() > 1 ? input.shape[1] : 1;
      return refuse_unbatched(
          name.text(), input.shape,
          say("RuntimeError: Mismatch of parameter numbers and input channel size. "
              "Found parameter numbers = ",
              *count, " and channel size = ", taken, "."));
    }
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
    // What PyTorch takes where nothing is said, whether or not there is a batch.
    Result<std::int64_t> dim = read_number(layer, "dim", rank == 1 || rank == 3 ? 0 : 1);
    if (!dim) return dim.refusal();
    if (layer.at("dim").is_missing() && *dim == 0 && input.batched) {
      return refuse(Code::missing_argument, "dim",
                    {"Without `dim`, ", name.text(), " takes axis 0 of an input of shape ",
                     input.shape, ", which is the batch. Give `dim`."});
    }
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

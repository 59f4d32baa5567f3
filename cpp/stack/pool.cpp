// Pools and padding; see pool.hpp.
#include "pool.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

Result<std::vector<Reads>> plan_pool(const LayerValue& layer, std::vector<Reads> axes, bool is_max,
                                     Plan& plan) {
  const int count = static_cast<int>(axes.size());
  if (Check there = require(layer, "kernelSize"); !there) return there.refusal();
  Result<Numbers> kernel = read_axes(layer, "kernelSize", count, 1, 1);
  if (!kernel) return kernel.refusal();
  Result<Numbers> stride =
      layer.at("stride").is_missing() ? kernel : read_axes(layer, "stride", count, 1, 1);
  if (!stride) return stride.refusal();
  Result<Numbers> padding = read_axes(layer, "padding", count, 0, 0);
  if (!padding) return padding.refusal();
  Result<Numbers> dilation = read_axes(layer, "dilation", is_max ? count : 1, 1, 1);
  if (!dilation) return dilation.refusal();
  Result<bool> ceil_mode = read_truth(layer, "ceilMode", false);
  if (!ceil_mode) return ceil_mode.refusal();
  Result<bool> counts_padding = read_truth(layer, "countIncludePad", true);
  if (!counts_padding) return counts_padding.refusal();
  Result<std::int64_t> divisor = read_number(layer, "divisorOverride", 0);
  if (!divisor) return divisor.refusal();
  if (count == 1 && !is_max && !layer.at("divisorOverride").is_missing()) {
    return refuse(Code::not_applicable, "divisorOverride",
                  {"Pools of one axis take no `divisorOverride`. Leave it out."},
                  {"TypeError: __init__() got an unexpected keyword argument 'divisor_override'"});
  }
  if (*divisor == 0 && !layer.at("divisorOverride").is_missing()) {
    return refuse(Code::argument_not_positive, "divisorOverride",
                  {"`divisorOverride` is 0, and nothing can be divided by that. Leave it out, or "
                   "use another number."},
                  {"RuntimeError: divisor must be not zero"});
  }
  plan.counts_padding = *counts_padding;
  plan.divisor = *divisor;
  for (int at = 0; at < count; ++at) {
    Axis& axis = axes[at].axis;
    axis.kernel = (*kernel)[at];
    axis.stride = (*stride)[at];
    axis.dilation = is_max ? (*dilation)[at] : 1;
    axis.padding_begin = axis.padding_end = (*padding)[at];
    if (axis.padding_begin > axis.kernel / 2) {
      const bool is_flat = is_max && count == 1;
      const std::string torch =
          say("RuntimeError: ", is_flat ? "max_pool1d() padding" : "pad",
              " should be at most half of kernel size, but got ",
              is_flat ? "padding=" : "pad=", axis.padding_begin, " and kernel_size=", axis.kernel);
      return refuse(Code::padding_exceeds_kernel, "padding",
                    {"The pool's padding of the ", axis.name, " is ", axis.padding_begin,
                     ", but it can be at most half of the kernel (", axis.kernel, "). Use at most ",
                     axis.kernel / 2, "."},
                    {torch}, at);
    }
    axis.output = pooled_size(axis, *ceil_mode);
    if (axis.output < 1) {
      return refuse(Code::kernel_exceeds_input, "kernelSize",
                    {"The pool's kernel spans ", axis.effective_kernel(), " cells of the ",
                     axis.name, ", but the padded input has only ", axis.padded(),
                     ". Use a smaller kernel, or a larger input."},
                    {}, at);
    }
  }
  return axes;
}

// null, or a list with nulls: the input's size stays.
Result<std::vector<Reads>> plan_adaptive(const LayerValue& layer, std::vector<Reads> axes) {
  const Value& size = layer.at("outputSize");
  LayerValue filled = layer;
  const bool is_list = size.kind == Value::Kind::list && size.list.size() == axes.size();
  for (std::size_t at = 0; at < axes.size(); ++at) {
    Axis& axis = axes[at].axis;
    filled.set("outputSize", is_list ? Value(size.list[at]) : size);
    Result<Numbers> output = read_axes(filled, "outputSize", 1, axis.input, 1);
    if (!output) return output.refusal();
    axis.output = output->front();
    if (axis.input > 0 && axis.input % axis.output == 0) {
      axis.kernel = axis.stride = axis.input / axis.output;
    } else {
      axes[at].kind = Reads::Kind::adaptive;
    }
  }
  return axes;
}

// Padding by itself is a window of one cell over the padded input, in any of the modes.
Result<std::vector<Reads>> plan_pad(const LayerValue& layer, std::vector<Reads> axes, Plan& plan) {
  if (Check there = require(layer, "padding"); !there) return there.refusal();
  Result<double> value = read_real(layer, "value", 0);
  if (!value) return value.refusal();
  plan.slope = *value;
  const int count = static_cast<int>(axes.size());
  Request request;
  request.op = {false, count};
  request.input = {1, 1};
  request.weight = Shape{1, 1};
  for (const Reads& reads : axes) {
    request.input.push_back(reads.axis.input);
    request.weight->push_back(1);
  }
  Result<Padding> padding = read_padding(layer.at("padding"), count);
  if (!padding) return padding.refusal();
  request.padding = *padding;
  const Value& mode = layer.at("paddingMode");
  if (!mode.is_missing()) request.padding_mode = mode.text;
  request.stride = request.dilation = Numbers(count, 1);
  request.output_padding = Numbers(count, 0);
  Result<Geometry> geometry = infer_unlimited(request);
  if (!geometry) return geometry.refusal();
  for (int at = 0; at < count; ++at) axes[at].axis = geometry->spatial_axes()[at];
  return axes;
}

}  // namespace

std::int64_t pooled_size(const Axis& axis, bool ceil_mode) {
  const std::int64_t output = convolved_size(axis);
  const std::int64_t span = axis.span();
  if (!ceil_mode || span % axis.stride == 0) return output;
  // Beyond a kernel that is too large for the input, the one window begins at the padding.
  const std::int64_t more = span < 0 ? (span > -axis.stride ? 1 : 0) : output + 1;
  const bool begins_behind = (more - 1) * axis.stride >= axis.input + axis.padding_begin;
  return begins_behind ? more - 1 : more;
}

Result<std::vector<Reads>> plan_window(const LayerValue& layer, std::vector<Reads> axes,
                                       const OperationName& name, Plan& plan) {
  switch (name.kind()) {
    case Kind::max_pool:
    case Kind::avg_pool:
      return plan_pool(layer, std::move(axes), name.kind() == Kind::max_pool, plan);
    case Kind::pad:
      return plan_pad(layer, std::move(axes), plan);
    default:
      return plan_adaptive(layer, std::move(axes));
  }
}

}  // namespace convscope::stack

// Convolutions by geometry.hpp, all else by the files of their kinds; see planner.hpp.
#include "planner.hpp"

#include "../limits.hpp"
#include "elementwise.hpp"
#include "features.hpp"
#include "pool.hpp"
#include "resize.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

Value to_list(const Shape& shape) {
  std::vector<Value> list;
  for (std::int64_t size : shape) list.push_back(Value::of(static_cast<double>(size)));
  return Value::of(std::move(list));
}

// The layer as the request that the rest of the engine knows.
Result<Request> to_request(const LayerValue& layer, const Incoming& input) {
  if (Check there = require(layer, "outChannels"); !there) return there.refusal();
  if (Check there = require(layer, "kernelSize"); !there) return there.refusal();
  const std::int64_t channels = input.shape[input.channel_axis()];
  Value in = layer.at("inChannels");
  if (in.is_missing()) in = Value::of(static_cast<double>(channels));
  // The request's own shape may be of any size: the stack need not compute it.
  const TensorValue small{.present = true, .shape = to_list({1})};
  Result<Request> request = read_request({.op = layer.at("op"),
                                          .stride = layer.at("stride"),
                                          .padding = layer.at("padding"),
                                          .dilation = layer.at("dilation"),
                                          .groups = layer.at("groups"),
                                          .output_padding = layer.at("outputPadding"),
                                          .output_size = layer.at("outputSize"),
                                          .padding_mode = layer.at("paddingMode"),
                                          .in_channels = std::move(in),
                                          .out_channels = layer.at("outChannels"),
                                          .kernel_size = layer.at("kernelSize"),
                                          .flip_kernel = {},
                                          .input = small,
                                          .weight = {},
                                          .bias = {}});
  if (!request) return request;
  Result<bool> bias = read_truth(layer, "bias", true);
  if (!bias) return bias.refusal();
  request->input = input.shape;
  if (*bias) request->bias = Shape{*request->out_channels};
  return request;
}

Result<Plan> plan_conv(const LayerValue& layer, const Incoming& input) {
  Result<Request> request = to_request(layer, input);
  if (!request) return request.refusal();
  Result<Geometry> geometry = infer_unlimited(*request);
  if (!geometry) return geometry.refusal();
  Plan plan;
  const bool transposed = geometry->op.transposed;
  // Output by input channels of one group, for each group.
  Shape products{geometry->batch, geometry->input_channels, geometry->outputs_per_group()};
  for (const Axis& axis : geometry->spatial_axes()) {
    plan.axes.push_back(
        {.kind = transposed ? Reads::Kind::spread : Reads::Kind::window, .axis = axis});
    products.push_back(axis.kernel);
    products.push_back(transposed ? axis.input : axis.output);
  }
  plan.multiply_adds = element_count(products);
  plan.weight = geometry->weight_shape;
  plan.bias = request->bias;
  settle(plan, input, geometry->output_channels);
  plan.geometry = std::move(*geometry);
  return plan;
}

Result<Plan> plan_kind(const LayerValue& layer, const Incoming& input, const OperationName& name) {
  switch (name.kind()) {
    case Kind::conv:
    case Kind::conv_transpose:
      return plan_conv(layer, input);
    case Kind::upsample:
      return plan_upsample(layer, input);
    case Kind::pixel_shuffle:
    case Kind::pixel_unshuffle:
      return plan_shuffle(layer, input, name.kind() == Kind::pixel_shuffle);
    case Kind::linear:
      return plan_linear(layer, input);
    case Kind::flatten:
      return plan_flatten(layer, input);
    case Kind::unflatten:
      return plan_unflatten(layer, input);
    case Kind::batch_norm:
    case Kind::instance_norm:
    case Kind::group_norm:
      return plan_norm(layer, input, name);
    case Kind::activation:
      return plan_activation(layer, input, name);
    case Kind::identity:
      return plan_same(input);
    default: {
      Plan plan;
      Result<std::vector<Reads>> axes = plan_window(layer, plan_same(input).axes, name, plan);
      if (!axes) return axes.refusal();
      plan.axes = std::move(*axes);
      settle(plan, input, input.shape[input.channel_axis()]);
      return plan;
    }
  }
}

}  // namespace

Result<OperationName> read_operation(const LayerValue& layer) {
  const Value& op = layer.at("op");
  if (op.kind == Value::Kind::text) {
    if (const std::optional<OperationName> found = find_operation(op.text)) return *found;
  }
  return refuse(
      op.is_missing() ? Code::missing_argument : Code::unknown_op, "op",
      {"`op` is '", op.text,
       "', which is no layer of a stack. Use a name such as conv2d, max_pool2d, upsample, "
       "linear or relu."});
}

Result<Plan> plan_layer(const LayerValue& layer, const Incoming& input) {
  Result<OperationName> name = read_operation(layer);
  if (!name) return name.refusal();
  const bool may_be_flat = name->kind() == Kind::batch_norm && name->spatial == 1;
  if (name->operation->has_axes && input.spatial() != name->spatial &&
      !(may_be_flat && input.spatial() == 0)) {
    return refuse(Code::input_rank, "op",
                  {name->text(), " needs an input with ", name->spatial,
                   chosen(name->spatial == 1 ? " spatial axis" : " spatial axes"),
                   ", but its shape is ", input.shape, "."});
  }
  Result<Plan> plan = plan_kind(layer, input, *name);
  if (!plan) return plan;
  plan->operation = *name;
  for (std::int64_t size : plan->output) {
    if (size < 1) {
      return refuse(Code::output_too_small, "op",
                    {"The output would have shape ", plan->output,
                     ", but a stack needs at least one cell on every axis."});
    }
    if (size <= kMaxArgument) continue;
    return refuse(Code::too_large, "op",
                  {"The output of shape ", plan->output,
                   " is larger than the engine counts: ", kMaxArgument, " on an axis."});
  }
  return plan;
}

}  // namespace convscope::stack

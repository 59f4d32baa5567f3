// Sizes and counts of one layer; see layer.hpp. Convolutions are those of geometry.hpp.
#include "layer.hpp"

#include <algorithm>
#include <cmath>

#include "../checks.hpp"
#include "../limits.hpp"
#include "fields.hpp"
#include "pool.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

Reads along(const Incoming& input, std::size_t at) {
  const Op op{false, input.spatial()};
  return each_cell(axis_name(op, at), input.shape[input.channel_axis() + 1 + at]);
}

// An output like the input, cell by cell.
Plan plan_same(const Incoming& input) {
  Plan plan;
  plan.input = plan.output = input.shape;
  if (input.spatial() == 0) plan.flow = Flow::features;
  for (int at = 0; at < input.spatial(); ++at) plan.axes.push_back(along(input, at));
  return plan;
}

// Sizes from the axes; the channels are given.
void settle(Plan& plan, const Incoming& input, std::int64_t channels) {
  plan.input = input.shape;
  plan.output.assign(input.shape.begin(), input.shape.begin() + input.channel_axis());
  plan.output.push_back(channels);
  for (const Reads& reads : plan.axes) plan.output.push_back(reads.axis.output);
}

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

// "nearest" reads the floor, the others lie between two cells.
Result<Plan> plan_upsample(const LayerValue& layer, const Incoming& input) {
  static constexpr const char* kLinear[] = {"linear", "bilinear", "trilinear"};
  const int axes = input.spatial();
  const Value& mode = layer.at("mode");
  const bool is_nearest = mode.is_missing() || mode.text == "nearest";
  if (!is_nearest && (axes == 0 || mode.text != kLinear[axes - 1])) {
    return refuse(
        Code::mode_unknown, "mode",
        {"`mode` is '", mode.text, "', but with ", axes, " spatial axes only 'nearest' and '",
         axes == 0 ? "linear" : kLinear[axes - 1], "' are known. Use one of them."});
  }
  Result<bool> align = read_truth(layer, "alignCorners", false);
  if (!align) return align.refusal();
  const bool has_size = !layer.at("size").is_missing();
  if (has_size == !layer.at("scaleFactor").is_missing()) {
    return refuse(Code::missing_argument, has_size ? "size" : "scaleFactor",
                  {"Upsampling needs either `size` or `scaleFactor`. Give one of them."},
                  {has_size ? "ValueError: only one of size or scale_factor should be defined"
                            : "ValueError: either size or scale_factor should be defined"});
  }
  Plan plan;
  Numbers sizes;
  if (has_size) {
    Result<Numbers> read = read_axes(layer, "size", axes, 1, 1);
    if (!read) return read.refusal();
    sizes = *read;
  }
  for (int at = 0; at < axes; ++at) {
    Reads reads = along(input, at);
    reads.kind = is_nearest ? Reads::Kind::nearest : Reads::Kind::linear;
    Axis& axis = reads.axis;
    const auto size = static_cast<double>(axis.input);
    if (has_size) {
      axis.output = sizes[at];
      reads.scale = size / static_cast<double>(axis.output);
    } else {
      Value factor = layer.at("scaleFactor");
      if (factor.kind == Value::Kind::list) {
        const std::size_t count = factor.list.size();
        factor = count == 1                                ? Value(factor.list[0])
                 : count == static_cast<std::size_t>(axes) ? Value(factor.list[at])
                                                           : Value();
      }
      if (factor.kind != Value::Kind::number || !(factor.number > 0) ||
          factor.number * size >= static_cast<double>(kMaxArgument) || factor.number * size < 1) {
        return refuse(
            Code::wrong_type, "scaleFactor",
            {"`scaleFactor` must be a number above 0, or one per axis, and leave at least "
             "one cell."});
      }
      axis.output = static_cast<std::int64_t>(std::floor(size * factor.number));
      reads.scale = 1 / factor.number;
    }
    reads.align_corners = *align && !is_nearest;
    if (reads.align_corners) {
      reads.scale = axis.output > 1 ? (size - 1) / static_cast<double>(axis.output - 1) : 0;
    }
    // Whole steps have a closed form.
    const std::int64_t factor = axis.output / std::max<std::int64_t>(axis.input, 1);
    if (is_nearest && factor * axis.input == axis.output &&
        reads.scale * static_cast<double>(factor) == 1) {
      reads.kind = Reads::Kind::spread;
      axis.kernel = axis.stride = factor;
    }
    plan.axes.push_back(reads);
  }
  settle(plan, input, input.shape[input.channel_axis()]);
  return plan;
}

Result<Plan> plan_shuffle(const LayerValue& layer, const Incoming& input, bool forward) {
  const char* key = forward ? "upscaleFactor" : "downscaleFactor";
  Result<std::int64_t> factor = read_needed(layer, key);
  if (!factor) return factor.refusal();
  const std::int64_t channels = input.shape[input.channel_axis()];
  if (input.spatial() != 2) {
    return refuse(Code::input_rank, "op",
                  {"A pixel shuffle needs an input with two spatial axes, but its shape is ",
                   input.shape, "."});
  }
  const std::int64_t squared = *factor * *factor;
  if (forward && channels % squared != 0) {
    return refuse(Code::channels_not_divisible, key,
                  {"The input's channels (", channels, ") must be divisible by the square of `",
                   key, "` (", squared, "). Use a multiple of ", squared, "."},
                  {"RuntimeError: pixel_shuffle expects its input's 'channel' dimension to be "
                   "divisible by the square of upscale_factor, but input.size(-3)=",
                   channels, " is not divisible by ", squared});
  }
  Plan plan;
  for (std::size_t at = 0; at < 2; ++at) {
    Reads reads = along(input, at);
    Axis& axis = reads.axis;
    axis.kernel = axis.stride = *factor;
    if (forward) {
      reads.kind = Reads::Kind::spread;
      axis.output = transposed_size(axis);
    } else if (axis.input % *factor != 0) {
      return refuse(
          Code::size_not_divisible, key,
          {"The input's ", axis.name, " (", axis.input, ") must be divisible by `", key, "` (",
           *factor, ")."},
          {"RuntimeError: pixel_unshuffle expects ", axis.name,
           " to be divisible by downscale_factor, but input.size(",
           static_cast<std::int64_t>(at) - 2, ")=", axis.input, " is not divisible by ", *factor},
          static_cast<int>(at));
    } else {
      axis.output = convolved_size(axis);
    }
    plan.axes.push_back(reads);
  }
  settle(plan, input, forward ? channels / squared : channels * squared);
  return plan;
}

Result<Plan> plan_linear(const LayerValue& layer, const Incoming& input) {
  Plan plan = plan_same(input);
  const std::int64_t in = input.shape.back();
  if (Check right = expect_channels(layer, "inFeatures", in); !right) return right.refusal();
  Result<std::int64_t> out = read_needed(layer, "outFeatures");
  if (!out) return out.refusal();
  Result<bool> bias = read_truth(layer, "bias", true);
  if (!bias) return bias.refusal();
  plan.weight = Shape{*out, in};
  if (*bias) plan.bias = Shape{*out};
  plan.output.back() = *out;
  if (plan.axes.empty()) {
    plan.flow = Flow::mix;
  } else {
    plan.axes.back().kind = Reads::Kind::all;
    plan.axes.back().axis.output = *out;
  }
  Shape products = plan.output;
  products.push_back(in);
  plan.multiply_adds = element_count(products);
  return plan;
}

Result<Plan> plan_flatten(const LayerValue& layer, const Incoming& input) {
  const auto rank = static_cast<std::int64_t>(input.shape.size());
  const auto channel = static_cast<std::int64_t>(input.channel_axis());
  Result<std::int64_t> start = read_number(layer, "startDim", 1);
  if (!start) return start.refusal();
  Result<std::int64_t> end = read_number(layer, "endDim", -1);
  if (!end) return end.refusal();
  const std::int64_t from = *start < 0 ? *start + rank : *start;
  const std::int64_t to = *end < 0 ? *end + rank : *end;
  if (from != channel || to != rank - 1) {
    return refuse(Code::not_applicable, from != channel ? "startDim" : "endDim",
                  {"A stack flattens channels and all spatial axes into one. Use startDim ",
                   channel, " and endDim -1."});
  }
  Plan plan = plan_same(input);
  plan.flow = input.spatial() == 0 ? Flow::features : Flow::flatten;
  plan.axes.clear();
  const std::int64_t features =
      element_count(Shape(input.shape.begin() + input.channel_axis(), input.shape.end()));
  plan.output.resize(input.channel_axis());
  plan.output.push_back(features);
  return plan;
}

Result<Plan> plan_unflatten(const LayerValue& layer, const Incoming& input) {
  const auto rank = static_cast<std::int64_t>(input.shape.size());
  const auto channel = static_cast<std::int64_t>(input.channel_axis());
  Result<std::int64_t> dim = read_number(layer, "dim", channel);
  if (!dim) return dim.refusal();
  if (input.spatial() != 0 || (*dim < 0 ? *dim + rank : *dim) != channel) {
    return refuse(Code::not_applicable, "dim",
                  {"A stack unflattens features into channels and spatial axes, on axis ", channel,
                   ", but the input has shape ", input.shape, "."});
  }
  if (Check there = require(layer, "size"); !there) return there.refusal();
  Result<Numbers> size = read_per_axis(layer.at("size"), "size", 1, 1);
  if (!size) return size.refusal();
  const std::int64_t features = input.shape.back();
  std::int64_t known = 1, open = 0;
  for (std::int64_t entry : *size) {
    if (entry == -1) {
      ++open;
    } else {
      known = element_count({known, entry});
    }
  }
  const bool has_negative =
      std::any_of(size->begin(), size->end(), [](std::int64_t entry) { return entry < -1; });
  const bool fits = open == 0 ? known == features : known > 0 && features % known == 0;
  if (has_negative || open > 1 || !fits || size->size() > 4 || size->empty()) {
    return refuse(Code::size_mismatch, "size",
                  {"`size` ", *size, " does not make ", features,
                   " features into channels and up to three spatial axes: its product must be ",
                   features, "."},
                  {"RuntimeError: unflatten: Provided sizes ", *size,
                   " don't multiply up to the size of dim ", channel, " (", features,
                   ") in the input tensor"});
  }
  Plan plan = plan_same(input);
  plan.flow = size->size() == 1 ? Flow::features : Flow::unflatten;
  plan.output.resize(input.channel_axis());
  for (std::int64_t entry : *size) plan.output.push_back(entry == -1 ? features / known : entry);
  return plan;
}

Result<Plan> plan_norm(const LayerValue& layer, const Incoming& input, const OperationName& name) {
  Plan plan = plan_same(input);
  const std::int64_t channels = input.shape[input.channel_axis()];
  const bool is_group = name.kind() == Kind::group_norm;
  const char* key = is_group ? "numChannels" : "numFeatures";
  if (Check right = expect_channels(layer, key, channels); !right) return right.refusal();
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
  Result<bool> affine = read_truth(layer, "affine", name.kind() != Kind::instance_norm);
  if (!affine) return affine.refusal();
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

std::int64_t Plan::parameters() const {
  std::int64_t count = weight ? element_count(*weight) : 0;
  return count + (bias ? element_count(*bias) : 0);
}

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
                  {layer.at("op").text, " needs an input with ", name->spatial,
                   chosen(name->spatial == 1 ? " spatial axis" : " spatial axes"),
                   ", but its shape is ", input.shape, "."});
  }
  Result<Plan> plan = plan_kind(layer, input, *name);
  if (!plan) return plan;
  plan->operation = *name;
  for (std::int64_t size : plan->output) {
    if (size <= kMaxArgument) continue;
    return refuse(Code::too_large, "op",
                  {"The output of shape ", plan->output,
                   " is larger than the engine counts: ", kMaxArgument, " on an axis."});
  }
  return plan;
}

}  // namespace convscope::stack

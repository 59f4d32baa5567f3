// Sizes of enlarged maps; see resize.hpp.
#include "resize.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../limits.hpp"

namespace convscope::stack {

// "nearest" reads the floor, the others lie between two cells.
Result<Plan> plan_upsample(const LayerValue& layer, const Incoming& input) {
  static constexpr const char* kLinear[] = {"linear", "bilinear", "trilinear"};
  const int axes = input.spatial();
  if (axes == 0) {
    return refuse(Code::input_rank, "op",
                  {"Upsampling needs an input with one to three spatial axes, but its shape is ",
                   input.shape, "."});
  }
  const Value& mode = layer.at("mode");
  const bool is_nearest = mode.is_missing() || mode.text == "nearest";
  const char* between = kLinear[axes - 1];
  if (!input.batched) {  // PyTorch takes the first axis for the batch
    return refuse_unbatched("upsample", input.shape,
                            is_nearest ? std::string()
                                       : say("NotImplementedError: Got ", axes + 1, "D input, but ",
                                             mode.text, " mode needs ", axes + 2, "D input"));
  }
  if (!is_nearest && mode.text != between) {
    return refuse(Code::mode_unknown, "mode",
                  {"`mode` is '", mode.text, "', but with ", axes,
                   " spatial axes only 'nearest' and '", between, "' are known. Use one of them."});
  }
  Result<bool> align = read_truth(layer, "alignCorners", false);
  if (!align) return align.refusal();
  if (*align && is_nearest) {
    return refuse(Code::mode_unknown, "alignCorners",
                  {"`alignCorners` needs a mode that goes between cells, such as '", between,
                   "', not 'nearest'. Leave it out, or use that mode."},
                  {"ValueError: align_corners option can only be set with the interpolating modes: "
                   "linear | bilinear | bicubic | trilinear"});
  }
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
  std::int64_t all = channels / squared;
  if (!forward && __builtin_mul_overflow(channels, squared, &all)) {
    all = std::numeric_limits<std::int64_t>::max();
  }
  settle(plan, input, all);
  return plan;
}

}  // namespace convscope::stack

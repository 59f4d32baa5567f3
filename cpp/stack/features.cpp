// Features from maps and back; see features.hpp.
#include "features.hpp"

#include <algorithm>

namespace convscope::stack {

Result<Plan> plan_linear(const LayerValue& layer, const Incoming& input) {
  Plan plan = plan_same(input);
  const std::int64_t in = input.shape.back();
  Result<std::int64_t> out = read_needed(layer, "outFeatures");
  if (!out) return out.refusal();
  Result<std::int64_t> told = read_number(layer, "inFeatures", in);
  if (!told) return told.refusal();
  const std::int64_t rows = element_count(input.shape) / in;
  Check right = expect_channels(layer, "inFeatures", in,
                                say("RuntimeError: mat1 and mat2 shapes cannot be multiplied (",
                                    rows, "x", in, " and ", *told, "x", *out, ")"));
  if (!right) return right.refusal();
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

}  // namespace convscope::stack

// A case as changes of the request that its user wrote.
#include <cmath>

#include "diagnose.hpp"

namespace convscope {
namespace {

using Numbers = std::vector<std::int64_t>;

Value to_value(const Numbers& numbers) {
  std::vector<Value> list;
  for (std::int64_t number : numbers) list.push_back(Value::of(static_cast<double>(number)));
  return Value::of(std::move(list));
}

Value to_value(const Padding& padding) {
  if (padding.word) return Value::of(*padding.word);
  if (padding.begin == padding.end) return to_value(padding.begin);
  std::vector<Value> pairs;
  for (std::size_t at = 0; at < padding.begin.size(); ++at) {
    pairs.push_back(to_value(Numbers{padding.begin[at], padding.end[at]}));
  }
  return Value::of(std::move(pairs));
}

// The bias that the fit adds to.
Changes::TensorChange fitted_bias(const Case& after, Evaluation& evaluation, const Fitted& fitted) {
  const Result<Geometry> geometry = infer_geometry(after.request);
  const std::int64_t channels = geometry ? geometry->output_channels : 0;
  Changes::TensorChange bias{.key = "bias", .shape = {channels}, .data = {}};
  bias.data.assign(static_cast<std::size_t>(channels), 0);
  if (after.request.bias) bias.data = evaluation.edited_bias(after).data;
  for (std::size_t o = 0; o < bias.data.size(); ++o) {
    bias.data[o] += fitted.offset;
    if (o < fitted.bias.size() && !std::isnan(fitted.bias[o])) bias.data[o] += fitted.bias[o];
  }
  return bias;
}

}  // namespace

Changes changes_of(const Problem& problem, const Request& plain, const Case& after,
                   Evaluation& evaluation, const Fitted& fitted) {
  Changes changes;
  const Request &given = problem.request, &now = after.request;
  const auto set = [&](const char* key, Value value) {
    changes.arguments.emplace_back(key, std::move(value));
  };
  if (now.op.transposed != plain.op.transposed) set("op", Value::of(now.op.name()));
  if (now.stride != plain.stride) set("stride", to_value(now.stride));
  if (now.dilation != plain.dilation) set("dilation", to_value(now.dilation));
  // A word for the padding means other numbers where kernel or dilation have changed.
  const bool words = given.padding.word.has_value() && !plain.padding.word;
  if (words || now.padding.begin != plain.padding.begin || now.padding.end != plain.padding.end ||
      now.padding.word != plain.padding.word) {
    set("padding", to_value(now.padding));
  }
  if (now.padding_mode != plain.padding_mode) set("paddingMode", Value::of(now.padding_mode));
  if (now.groups != plain.groups) set("groups", Value::of(static_cast<double>(now.groups)));
  if (now.flip_kernel != plain.flip_kernel) set("flipKernel", Value::of(now.flip_kernel));
  if (now.output_padding != plain.output_padding || given.output_size) {
    set("outputPadding", to_value(now.output_padding));
  }
  if (given.output_size) set("outputSize", {});
  // What a layer's own arguments say of the weight may no longer hold; the weight itself says it.
  if (given.in_channels) set("inChannels", {});
  if (given.out_channels) set("outChannels", {});
  if (given.kernel_size) set("kernelSize", {});

  if (!after.input.empty()) {
    Numbered input = evaluation.edited_input(after);
    changes.tensors.push_back(
        {.key = "input", .shape = std::move(input.shape), .data = std::move(input.data)});
  }
  if (!after.weight.empty()) {
    Numbered weight = evaluation.edited_weight(after);
    changes.tensors.push_back(
        {.key = "weight", .shape = std::move(weight.shape), .data = std::move(weight.data)});
  }
  if (after.fit == Case::Fit::offset || after.fit == Case::Fit::bias) {
    changes.tensors.push_back(fitted_bias(after, evaluation, fitted));
  } else if (plain.bias && !now.bias) {
    changes.tensors.push_back({.key = "bias", .is_removed = true, .shape = {}, .data = {}});
  } else if (!after.bias.empty() && now.bias) {
    Numbered bias = evaluation.edited_bias(after);
    changes.tensors.push_back(
        {.key = "bias", .shape = std::move(bias.shape), .data = std::move(bias.data)});
  }
  return changes;
}

}  // namespace convscope

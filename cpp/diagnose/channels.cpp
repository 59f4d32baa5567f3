// Hypotheses about which channels are summed, and about the bias.
#include "hypotheses.hpp"

namespace convscope {
namespace {

using Kind = Hypothesis::Kind;

bool edit_weight(const Edit& edit, Case& subject) {
  const Shape shape = edited_shape(edit, *subject.request.weight);
  if (shape.empty()) return false;
  subject.request.weight = shape;
  subject.weight.push_back(edit);
  return true;
}

std::int64_t output_channels(const Request& request) {
  const Shape& weight = *request.weight;
  return request.op.transposed ? weight[1] * request.groups : weight[0];
}

}  // namespace

bool apply_channels(const Hypothesis& hypothesis, Case& subject) {
  Request& request = subject.request;
  const bool transposed = request.op.transposed;
  const std::int64_t I = channels_of(request), groups = request.groups;
  if (groups < 1 || I % groups != 0) {
    // Only other groups can help.
    if (hypothesis.kind != Kind::groups) return false;
  }
  switch (hypothesis.kind) {
    case Kind::groups:
      request.groups = hypothesis.value;
      return hypothesis.value != groups;
    case Kind::groups_of_one:
      if (groups != 1) return false;
      request.groups = hypothesis.value;
      return edit_weight({.kind = Edit::Kind::blocks, .number = hypothesis.value}, subject);
    case Kind::first_channel_only:
      if (I == groups) return false;
      return edit_weight(
          {.kind = Edit::Kind::first_channel, .number = I / groups, .transposed = transposed},
          subject);
    case Kind::channels_mean: {
      if (I == groups) return false;
      const double factor = static_cast<double>(groups) / static_cast<double>(I);
      return edit_weight({.kind = Edit::Kind::scale, .factor = factor}, subject);
    }
    case Kind::groups_ignored:
      if (groups == 1 || transposed) return false;
      request.groups = 1;
      return edit_weight({.kind = Edit::Kind::spread, .number = groups}, subject);
    case Kind::groups_interleaved:
      if (groups == 1 || I == groups) return false;
      subject.input.push_back({.kind = Edit::Kind::interleave,
                               .number = groups,
                               .spatial = static_cast<std::int8_t>(request.op.spatial)});
      return true;
    default:
      break;
  }
  if (!request.bias || request.bias->size() != 1) return false;
  const std::int64_t length = (*request.bias)[0];
  switch (hypothesis.kind) {
    case Kind::bias_missing:
      request.bias = {};
      return true;
    case Kind::bias_doubled:
      subject.bias.push_back({.kind = Edit::Kind::scale, .factor = 2});
      return true;
    case Kind::bias_length: {
      const std::int64_t O = output_channels(request);
      if (length == O || length == 0) return false;
      request.bias = Shape{O};
      subject.bias.push_back({.kind = Edit::Kind::resize, .number = O});
      return true;
    }
    case Kind::bias_on_input:
      if (length != I) return false;
      request.bias = {};
      subject.input.push_back(
          {.kind = Edit::Kind::lift, .spatial = static_cast<std::int8_t>(request.op.spatial)});
      return true;
    default:
      return false;
  }
}

}  // namespace convscope

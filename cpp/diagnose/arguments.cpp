// Hypotheses about the arguments: stride, dilation, padding and what stands for it elsewhere.
#include <algorithm>

#include "hypotheses.hpp"

namespace convscope {
namespace {

using Kind = Hypothesis::Kind;
using Numbers = std::vector<std::int64_t>;

bool set(Numbers& numbers, int axis, std::int64_t value) {
  const Numbers before = numbers;
  for (int at = 0; at < std::ssize(numbers); ++at) {
    if (axis < 0 || axis == at) numbers[at] = value;
  }
  return numbers != before;
}

bool set_padding(Request& request, const Numbers& begin, const Numbers& end) {
  Padding& padding = request.padding;
  if (!padding.word && padding.begin == begin && padding.end == end) return false;
  padding = {.word = {}, .begin = begin, .end = end, .pairs = begin != end};
  return true;
}

// What "..." pads in TensorFlow, from the input's size:
//   convolution  output = ceil(input / stride), so that in all
//                max((output - 1) stride + dilation (kernel - 1) + 1 - input, 0) cells are added
//   transposed   output = input stride, so that dilation (kernel - 1) + 1 - stride are cut off
//                (below zero: added at the end)
// half of it, rounded down, at the begin; with SAME_LOWER at the end (tf.nn.convolution; ONNX).
bool pad_same(Request& request, bool lower) {
  if (!has_ranks(request)) return false;
  const std::size_t axes = request.op.spatial;
  if (request.stride.size() != axes || request.dilation.size() != axes) return false;
  Numbers begin, end;
  for (std::size_t at = 0; at < axes; ++at) {
    const std::int64_t input = request.input[request.input.size() - axes + at];
    const std::int64_t reach = request.dilation[at] * ((*request.weight)[2 + at] - 1) + 1;
    const std::int64_t stride = request.stride[at];
    if (stride < 1) return false;
    std::int64_t total = reach - stride;
    if (!request.op.transposed) {
      total =
          std::max<std::int64_t>(((input + stride - 1) / stride - 1) * stride + reach - input, 0);
    }
    const std::int64_t less = total > 0 ? total / 2 : 0, more = total - less;
    begin.push_back(lower ? more : less);
    end.push_back(lower ? less : more);
  }
  if (lower && begin == end) return false;  // the same as the usual one
  Numbers none(axes, 0);
  const bool extra = request.op.transposed && request.output_padding != none;
  request.output_padding = none;
  return set_padding(request, begin, end) || extra;
}

// What the end loses, the begin loses instead: the cells that the stride leaves over, the output
// padding, or else unequal paddings changed over.
bool crop_other_side(Request& request) {
  Numbers begin = request.padding.begin, end = request.padding.end;
  const Result<Geometry> geometry = infer_geometry(request);
  if (!geometry) return false;
  if (begin != end) return set_padding(request, end, begin);
  const auto axes = geometry->spatial_axes();
  for (std::size_t at = 0; at < axes.size(); ++at) {
    begin[at] -= request.op.transposed ? axes[at].output_padding : axes[at].remainder();
  }
  if (request.op.transposed) set(request.output_padding, -1, 0);
  return set_padding(request, begin, end);
}

}  // namespace

bool apply_argument(const Hypothesis& hypothesis, Case& subject) {
  Request& request = subject.request;
  const auto& [kind, id, prior, axis, other, value, touches] = hypothesis;
  if (kind == Kind::stride) return set(request.stride, axis, value);
  if (kind == Kind::dilation) return set(request.dilation, axis, value);
  if (kind == Kind::output_padding) {
    return request.op.transposed && set(request.output_padding, axis, value);
  }
  if (kind == Kind::padding_mode) {
    static constexpr const char* kModes[] = {"zeros", "reflect", "replicate", "circular"};
    if (request.op.transposed || request.padding_mode == kModes[value]) return false;
    request.padding_mode = kModes[value];
    return true;
  }
  if (kind == Kind::same_tensorflow) return pad_same(request, false);
  if (kind == Kind::same_lower) return pad_same(request, true);

  if (std::ssize(request.padding.begin) != request.op.spatial) return false;  // still a word
  if (kind == Kind::cropped_other_side) return crop_other_side(request);
  Numbers begin = request.padding.begin, end = request.padding.end;
  if (kind == Kind::padding || kind == Kind::padding_begin) set(begin, axis, value);
  if (kind == Kind::padding || kind == Kind::padding_end) set(end, axis, value);
  if (kind == Kind::shifted) {
    for (int at = 0; at < request.op.spatial; ++at) {
      if (axis >= 0 && axis != at) continue;
      begin[at] += value;
      end[at] -= value;
    }
  }
  return set_padding(request, begin, end);
}

}  // namespace convscope

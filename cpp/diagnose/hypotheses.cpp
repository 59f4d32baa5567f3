// The list, in its order, with the prior of each.
#include "hypotheses.hpp"

#include <algorithm>

namespace convscope {
namespace {

using Kind = Hypothesis::Kind;

enum Touched : std::uint32_t {
  kStride = 1U << 0,  // and the two bits above, one per axis
  kDilation = 1U << 3,
  kBegin = 1U << 6,
  kEnd = 1U << 9,
  kOutputPadding = 1U << 12,
  kMode = 1U << 15,
  kGroups = 1U << 16,
  kOp = 1U << 17,
  kFlip = 1U << 18,
  kKernelAxes = 1U << 19,
  kInputAxes = 1U << 20,
  kOutputAxes = 1U << 21,
  kWeightLayout = 1U << 22,
  kInputLayout = 1U << 23,
  kOutputLayout = 1U << 24,
  kBias = 1U << 25,
  kChannels = 1U << 26,
  kFit = 1U << 27,
};

// The bits of one argument: of one axis, or of all.
std::uint32_t bits(std::uint32_t argument, int axis) {
  return axis < 0 ? argument * 7 : argument << axis;
}

class List {
 public:
  explicit List(const Request& request) : request_(request), axes_(request.op.spatial) {}

  std::vector<Hypothesis> all() {
    exchanged();
    layouts();
    arguments();
    channels();
    fits();
    return list_;
  }

 private:
  void add(Kind kind, const char* id, double prior, std::uint32_t touches, std::int64_t value = 0,
           int axis = -1, int other_axis = -1) {
    list_.push_back({kind, id, prior, axis, other_axis, value, touches});
  }

  // An argument on all axes at once and on each alone; further off is less plausible.
  void argument(Kind kind, const char* id, double prior, std::uint32_t touches,
                const std::vector<std::int64_t>& present, std::int64_t least, std::int64_t most) {
    if (std::ssize(present) != axes_) return;
    const auto values = [&](int axis) {
      for (std::int64_t value = least; value <= most; ++value) {
        const std::int64_t now = present[std::max(axis, 0)];
        const bool is_one_number = std::count(present.begin(), present.end(), now) == axes_;
        if (value == now && (axis >= 0 || is_one_number)) continue;
        const double off = static_cast<double>(std::abs(value - now));
        add(kind, id, prior * (axis < 0 ? 1 : 0.6) / (1 + off / 16), bits_of(touches, axis), value,
            axis);
      }
    };
    values(-1);
    for (int axis = 0; axes_ > 1 && axis < axes_; ++axis) values(axis);
  }

  static std::uint32_t bits_of(std::uint32_t touches, int axis) {
    std::uint32_t result = 0;
    for (std::uint32_t one : {kStride, kDilation, kBegin, kEnd, kOutputPadding}) {
      if ((touches & one) != 0) result |= bits(one, axis);
    }
    return result;
  }

  void arguments() {
    const std::vector<std::int64_t>&begin = request_.padding.begin, &end = request_.padding.end;
    argument(Kind::stride, "stride", 0.6, kStride, request_.stride, 1, 4);
    argument(Kind::dilation, "dilation", 0.5, kDilation, request_.dilation, 1, 4);
    std::int64_t reach = 4, most_op = 0;
    for (int at = 0; at < axes_ && has_ranks(request_); ++at) {
      const std::int64_t kernel = (*request_.weight)[2 + at];
      const bool known = std::ssize(request_.dilation) == axes_;
      reach = std::max(reach, (known ? request_.dilation[at] : 1) * (kernel - 1));
      if (std::ssize(request_.stride) != axes_ || !known) continue;
      most_op = std::max({most_op, request_.stride[at] - 1, request_.dilation[at] - 1});
    }
    argument(Kind::padding, "padding", 0.6, kBegin | kEnd, begin, 0,
             std::min<std::int64_t>(reach, 8));
    if (!begin.empty() && !end.empty()) {
      argument(Kind::padding_begin, "padding_begin", 0.2, kBegin, begin,
               *std::min_element(begin.begin(), begin.end()) - 2,
               *std::max_element(begin.begin(), begin.end()) + 2);
      argument(Kind::padding_end, "padding_end", 0.2, kEnd, end,
               *std::min_element(end.begin(), end.end()) - 2,
               *std::max_element(end.begin(), end.end()) + 2);
    }
    add(Kind::cropped_other_side, "cropped_other_side", 0.45,
        bits(kBegin, -1) | bits(kEnd, -1) | bits(kOutputPadding, -1));
    for (int axis = -1; axis < (axes_ > 1 ? axes_ : 0); ++axis) {
      for (std::int64_t by : {-1, 1, -2, 2}) {
        add(Kind::shifted, "shifted", (axis < 0 ? 0.25 : 0.22) / (by * by > 1 ? 1.5 : 1),
            bits(kBegin, axis) | bits(kEnd, axis), by, axis);
      }
    }
    add(Kind::same_tensorflow, "same_tensorflow", 0.65, bits(kBegin, -1) | bits(kEnd, -1));
    add(Kind::same_lower, "same_lower", 0.3, bits(kBegin, -1) | bits(kEnd, -1));
    if (request_.op.transposed) {
      argument(Kind::output_padding, "output_padding", 0.6, kOutputPadding, request_.output_padding,
               0, std::min<std::int64_t>(most_op, 8));
    }
    for (std::int64_t mode = 0; mode < 4; ++mode) {
      add(Kind::padding_mode, "padding_mode", 0.5, kMode, mode);
    }
  }

  void exchanged() {
    add(Kind::kernel_flipped, "kernel_flipped", 0.9, kFlip);
    add(Kind::op_exchanged, "op_exchanged", 0.55, kOp | kWeightLayout, 0);
    add(Kind::op_exchanged, "op_exchanged", 0.6, kOp | kWeightLayout, 1);
  }

  void layouts() {
    add(Kind::weight_layout, "weight_layout", 0.7, kWeightLayout);
    add(Kind::weight_permuted, "weight_layout", 0.7, kWeightLayout);
    add(Kind::weight_channels_last, "weight_channels_last", 0.35, kWeightLayout);
    add(Kind::weight_tensorflow, "weight_tensorflow", 0.4, kWeightLayout);
    add(Kind::input_channels_last, "input_channels_last", 0.5, kInputLayout);
    add(Kind::input_channels_last_flat, "input_channels_last", 0.45, kInputLayout);
    add(Kind::output_channels_last, "output_channels_last", 0.6, kOutputLayout);
    add(Kind::output_channels_last_flat, "output_channels_last", 0.4, kOutputLayout);
    for (int a = 0; a < axes_; ++a) {
      for (int b = a + 1; b < axes_; ++b) {
        add(Kind::kernel_transposed, "kernel_transposed", 0.5, kKernelAxes, 0, a, b);
        add(Kind::input_transposed, "input_transposed", 0.35, kInputAxes, 0, a, b);
        add(Kind::output_transposed, "output_transposed", 0.4, kOutputAxes, 0, a, b);
      }
    }
  }

  void channels() {
    if (!has_ranks(request_)) return;
    const std::int64_t I = channels_of(request_);
    for (std::int64_t groups = 1, listed = 0; groups <= I && listed < 8; ++groups) {
      if (I % groups != 0 || groups == request_.groups) continue;
      if (++listed == 8) groups = I;
      const double prior = groups == 1 || groups == I ? 0.5 : 0.35;
      add(Kind::groups, "groups", prior, kGroups, groups);
      if (groups > 1) {
        add(Kind::groups_of_one, "groups", prior, kGroups | kChannels | kWeightLayout, groups);
      }
    }
    add(Kind::first_channel_only, "first_channel_only", 0.3, kChannels);
    add(Kind::channels_mean, "channels_mean", 0.3, kChannels | kFit);
    add(Kind::groups_ignored, "groups_ignored", 0.3, kGroups | kChannels);
    add(Kind::groups_interleaved, "groups_interleaved", 0.2, kChannels | kInputLayout);
    add(Kind::bias_missing, "bias_missing", 0.85, kBias);
    add(Kind::bias_doubled, "bias_doubled", 0.4, kBias);
    add(Kind::bias_length, "bias_length", 0.4, kBias);
    add(Kind::bias_on_input, "bias_on_input", 0.2, kBias);
  }

  void fits() {
    for (Precision precision : {Precision::float16, Precision::bfloat16, Precision::tf32}) {
      static constexpr const char* kIds[] = {"rounded_float16", "rounded_bfloat16", "rounded_tf32"};
      const int at = static_cast<int>(precision);
      add(Kind::rounded, kIds[at], precision == Precision::bfloat16 ? 0.45 : 0.5, kFit, at);
    }
    const char* bias = request_.bias ? "bias_different" : "bias_added";
    add(Kind::bias_fitted, bias, request_.bias ? 0.25 : 0.7, kFit | kBias);
    add(Kind::factor, "factor", 0.3, kFit);
    add(Kind::offset, "offset", 0.24, kFit | kBias);
    add(Kind::factor_and_offset, "factor_and_offset", 0.1, kFit | kBias);
  }

  const Request& request_;
  const int axes_;
  std::vector<Hypothesis> list_;
};

}  // namespace

std::int64_t channels_of(const Request& request) {
  return request.input[request.input.size() - request.op.spatial - 1];
}

bool has_ranks(const Request& request) {
  const std::size_t axes = request.op.spatial;
  return (request.input.size() == axes + 1 || request.input.size() == axes + 2) && request.weight &&
         request.weight->size() == axes + 2;
}

Request plain_request(const Request& request) {
  Request plain = request;
  const std::size_t axes = request.op.spatial;
  if (const Result<Geometry> geometry = infer_geometry(request)) {
    plain.weight = geometry->weight_shape;
    plain.in_channels = plain.out_channels = {};
    plain.kernel_size = {};
    plain.output_size = {};
    plain.padding = {};
    plain.stride.clear();
    plain.dilation.clear();
    plain.output_padding.clear();
    for (const Axis& axis : geometry->spatial_axes()) {
      plain.stride.push_back(axis.stride);
      plain.dilation.push_back(axis.dilation);
      plain.output_padding.push_back(axis.output_padding);
      plain.padding.begin.push_back(axis.padding_begin);
      plain.padding.end.push_back(axis.padding_end);
    }
    plain.padding.pairs = plain.padding.begin != plain.padding.end;
    return plain;
  }
  plain.output_size = {};  // no change may lean on the output padding that it would ask for
  if (plain.padding.word && *plain.padding.word == "valid") {
    plain.padding = {};
    plain.padding.begin = plain.padding.end = {0};
  }
  for (auto* numbers : {&plain.stride, &plain.dilation, &plain.output_padding, &plain.padding.begin,
                        &plain.padding.end}) {
    // By value: assign() must not read from what it overwrites.
    if (numbers->size() == 1) numbers->assign(axes, std::int64_t{numbers->front()});
  }
  return plain;
}

std::vector<Hypothesis> list_hypotheses(const Request& request) { return List(request).all(); }

bool apply(const Hypothesis& hypothesis, Case& subject) {
  if (hypothesis.kind <= Kind::padding_mode) return apply_argument(hypothesis, subject);
  if (!has_ranks(subject.request)) {
    // Only what brings the axes into another order can help then.
    return hypothesis.kind == Kind::output_channels_last && apply_layout(hypothesis, subject);
  }
  switch (hypothesis.kind) {
    case Kind::groups:
    case Kind::groups_of_one:
    case Kind::first_channel_only:
    case Kind::channels_mean:
    case Kind::groups_ignored:
    case Kind::groups_interleaved:
    case Kind::bias_missing:
    case Kind::bias_doubled:
    case Kind::bias_length:
    case Kind::bias_on_input:
      return apply_channels(hypothesis, subject);
    case Kind::rounded: {
      subject.precision = static_cast<Precision>(hypothesis.value);
      const Edit round{.kind = Edit::Kind::round, .number = hypothesis.value};
      subject.input.push_back(round);
      subject.weight.push_back(round);
      // TF32 keeps what is added, the bias, in float32.
      if (subject.precision != Precision::tf32) subject.bias.push_back(round);
      return true;
    }
    case Kind::factor:
      subject.fit = Case::Fit::factor;
      return true;
    case Kind::offset:
      subject.fit = Case::Fit::offset;
      return true;
    case Kind::factor_and_offset:
      subject.fit = Case::Fit::factor_and_offset;
      return true;
    case Kind::bias_fitted:
      subject.fit = Case::Fit::bias;
      return true;
    default:
      return apply_layout(hypothesis, subject);
  }
}

}  // namespace convscope

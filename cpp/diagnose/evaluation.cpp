// Cell by cell through reference.hpp's sum, so that a wrong hypothesis costs a cell or two.
#include "evaluation.hpp"

#include <algorithm>
#include <cmath>

#include "../turn.hpp"
#include "fit.hpp"

namespace convscope {
namespace {

// Edited tensors are forgotten when together they hold more numbers: 64 MiB.
constexpr std::int64_t kMostKept = std::int64_t{1} << 23;

// Cells that tell how far off a case is that does not match.
constexpr std::size_t kSample = 16;

// (…, C, spatial…) as (…, spatial…, C).
Shape channels_last(const Shape& shape, int spatial) {
  Shape result(shape);
  const auto channel = result.end() - spatial - 1;
  std::rotate(channel, channel + 1, result.end());
  return result;
}

// The output cell that a flat index into the shown output names.
Cell cell_at(std::int64_t flat, const Geometry& geometry, bool is_channels_last) {
  const Sizes sizes = geometry.output_sizes();
  Cell cell{};
  const auto take = [&](std::size_t axis) {
    const std::int64_t size = static_cast<std::int64_t>(sizes[axis]);
    cell[axis] = flat % size;
    flat /= size;
  };
  if (is_channels_last) take(1);
  for (std::size_t axis : {4, 3, 2}) take(axis);
  if (!is_channels_last) take(1);
  take(0);
  return cell;
}

std::size_t coprime_step(std::size_t count) {
  std::size_t step = std::max<std::size_t>(1, count * 618 / 1000);
  const auto gcd = [](std::size_t a, std::size_t b) {
    while (b != 0) std::swap(a %= b, b);
    return a;
  };
  while (gcd(step, count) != 1) ++step;
  return step;
}

}  // namespace

struct Evaluation::Prepared {
  Geometry geometry;
  Operand input, weight, bias;
  const Alignment* alignment = nullptr;
  bool is_channels_last = false;
  std::int64_t terms = 1;  // multiplications per cell
};

bool Problem::has_numbers() const {
  const auto whole = [](const Numbered& tensor) {
    return std::ssize(tensor.data) == element_count(tensor.shape);
  };
  return whole(input) && whole(weight) && (!bias || whole(*bias));
}

Evaluation::Evaluation(const Problem& problem, const Expected& expected,
                       const CompareOptions& options)
    : problem_(problem),
      expected_(expected),
      slack_(slack_of(expected, tolerance_of(expected, options))) {
  // Corners first, then far apart.
  const std::size_t count = expected.data.size();
  if (count == 0) return;
  const std::size_t step = coprime_step(count);
  order_.reserve(count);
  for (std::size_t at = 0, cell = 0; at < count; ++at, cell = (cell + step) % count) {
    order_.push_back(cell);
  }
  const auto last = std::find(order_.begin(), order_.end(), count - 1);
  if (count > 1) std::rotate(order_.begin() + 1, last, last + 1);
}

Evaluation::Edited Evaluation::edited_of(int which, const std::vector<Edit>& edits) {
  const Numbered& given = which == 0   ? problem_.input
                          : which == 1 ? problem_.weight
                                       : *problem_.bias;
  if (edits.empty()) return {Edited(), &given};  // owned by the problem
  const std::pair key(which, edits);
  if (const auto found = edited_.find(key); found != edited_.end()) return found->second;
  const Edited before = edited_of(which, {edits.begin(), edits.end() - 1});
  static const std::vector<double> kNone;
  auto result = std::make_shared<const Numbered>(
      edited(edits.back(), *before, problem_.bias ? problem_.bias->data : kNone));
  kept_ += std::ssize(result->data);
  edited_[key] = result;
  return result;
}

Evaluation::Operand Evaluation::operand(int which, const std::vector<Edit>& edits,
                                        const Geometry& geometry) {
  const std::tuple key(which, which == 1 && geometry.flip_kernel, edits);
  if (const auto found = operands_.find(key); found != operands_.end()) return found->second;
  const Edited numbers = edited_of(which, edits);
  const Sizes sizes = which == 0   ? geometry.input_sizes()
                      : which == 1 ? geometry.weight_sizes()
                                   : Sizes{1, static_cast<std::size_t>(geometry.biases), 1, 1, 1};
  Tensor<double> tensor = Tensor<double>::from_shape(sizes);
  std::copy(numbers->data.begin(), numbers->data.end(), tensor.data());
  if (which == 1) turn_kernel(geometry, tensor);
  if (kept_ > kMostKept) {
    edited_.clear();
    operands_.clear();
    kept_ = 0;
  }
  kept_ += static_cast<std::int64_t>(tensor.size());
  const Operand result = std::make_shared<const Tensor<double>>(std::move(tensor));
  operands_[key] = result;
  return result;
}

const Alignment& Evaluation::alignment(const Shape& shape) {
  const auto found = alignments_.find(shape);
  if (found != alignments_.end()) return found->second;
  return alignments_[shape] = align(shape, expected_);
}

// Whether the sizes are the expected ones, before the checks, which take longer and which most
// cases need not come to.
bool Evaluation::may_fit(const Case& subject) {
  const Request& request = subject.request;
  const std::size_t spatial = request.op.spatial;
  const auto per_axis = [&](const std::vector<std::int64_t>& list) {
    return list.size() == spatial;
  };
  if (!has_ranks(request) || request.is_layer() || request.output_size || request.padding.word ||
      !per_axis(request.stride) || !per_axis(request.dilation) ||
      !per_axis(request.padding.begin) || !per_axis(request.padding.end) ||
      !per_axis(request.output_padding)) {
    return true;
  }
  if (channels_of(request) == 0) return true;  // which leaves no output channels
  const Shape& weight = *request.weight;
  const bool transposed = request.op.transposed;
  const std::size_t first = request.input.size() - spatial;
  Shape shape(request.input.begin(), request.input.end() - request.op.spatial - 1);
  shape.push_back(transposed ? weight[1] * request.groups : weight[0]);
  for (std::size_t at = 0; at < spatial; ++at) {
    const Axis axis{.input = request.input[first + at],
                    .kernel = weight[2 + at],
                    .stride = request.stride[at],
                    .dilation = request.dilation[at],
                    .padding_begin = request.padding.begin[at],
                    .padding_end = request.padding.end[at],
                    .output_padding = request.output_padding[at]};
    if (axis.stride < 1) return false;
    shape.push_back(transposed ? transposed_size(axis) : convolved_size(axis));
  }
  // What the checks refuse, and align() does not count with.
  for (std::int64_t size : shape) {
    if (size < 0) return false;
  }
  const bool permutes = subject.view == Case::View::channels_last;
  return alignment(permutes ? channels_last(shape, request.op.spatial) : shape).fits();
}

bool Evaluation::prepare(const Case& subject, Prepared& prepared) {
  if (!may_fit(subject)) return false;
  const Result<Geometry> geometry = infer_geometry(subject.request);
  if (!geometry) return false;
  const Shape& shape = geometry->output_shape;
  const bool permutes = subject.view == Case::View::channels_last;
  prepared.alignment = &alignment(permutes ? channels_last(shape, geometry->op.spatial) : shape);
  if (!prepared.alignment->fits()) return false;
  prepared.geometry = *geometry;
  prepared.is_channels_last = subject.view != Case::View::same;
  if (!expected_.has_numbers() || !problem_.has_numbers()) return true;
  prepared.input = operand(0, subject.input, *geometry);
  prepared.weight = operand(1, subject.weight, *geometry);
  static const Operand kNone = std::make_shared<const Tensor<double>>();
  prepared.bias = geometry->has_bias() ? operand(2, subject.bias, *geometry) : kNone;
  prepared.terms = geometry->inputs_per_group();
  for (const Axis& axis : geometry->spatial_axes()) prepared.terms *= axis.kernel;
  return true;
}

double Evaluation::value(const Prepared& prepared, std::size_t at) {
  operations_ += prepared.terms;
  return output_cell(
      prepared.geometry, *prepared.input, *prepared.weight, *prepared.bias,
      cell_at(prepared.alignment->cells[at], prepared.geometry, prepared.is_channels_last));
}

Evidence Evaluation::evaluate(const Case& subject, bool whole) {
  Evidence evidence;
  Prepared prepared;
  if (!prepare(subject, prepared)) return evidence;
  evidence.fits = true;
  evidence.hidden = prepared.alignment->hidden;
  evidence.reshaped = prepared.alignment->reshaped;
  if (!expected_.has_numbers() || !problem_.has_numbers()) return evidence;
  if (subject.fit != Case::Fit::none) return fit(subject, prepared);

  evidence.matches = true;
  double squares = 0;
  for (std::size_t looked_at = 0; looked_at < order_.size(); ++looked_at) {
    const std::size_t at = order_[looked_at];
    const double wanted = expected_.data[at];
    const double exact = value(prepared, at);
    // A half-precision output is rounded once more.
    const double rounded = subject.precision ? round_to(*subject.precision, exact) : exact;
    const double off = std::min(distance(exact, wanted), distance(rounded, wanted));
    evidence.max_abs = std::max(evidence.max_abs, off);
    const bool is_off = !agrees(exact, wanted, slack_[at]) && !agrees(rounded, wanted, slack_[at]);
    evidence.matches = evidence.matches && !is_off;
    if (is_off_ != nullptr) (*is_off_)[at] = is_off;
    if (looked_at < kSample) {
      squares += off * off;
      evidence.typical = std::sqrt(squares / static_cast<double>(looked_at + 1));
    }
    ++evidence.compared;
    if (!evidence.matches && !whole) break;
  }
  return evidence;
}

Evidence Evaluation::evaluate_baseline(const Case& baseline) {
  std::vector<std::uint8_t> is_off(order_.size());
  is_off_ = &is_off;
  const Evidence evidence = evaluate(baseline, true);
  is_off_ = nullptr;
  std::stable_partition(order_.begin(), order_.end(),
                        [&](std::size_t at) { return is_off[at] != 0; });
  return evidence;
}

Evidence Evaluation::fit(const Case& subject, const Prepared& prepared) {
  Evidence evidence{
      .fits = true, .hidden = prepared.alignment->hidden, .reshaped = prepared.alignment->reshaped};
  evidence.typical = INFINITY;
  const std::size_t channels = static_cast<std::size_t>(prepared.geometry.output_channels);
  // First a few cells, then all: what does not fit them does not fit more.
  for (const std::size_t count : {std::min<std::size_t>(24, order_.size()), order_.size()}) {
    FitCells cells;
    for (std::size_t looked_at = 0; looked_at < count; ++looked_at) {
      const std::size_t at = order_[looked_at];
      const Cell cell =
          cell_at(prepared.alignment->cells[at], prepared.geometry, prepared.is_channels_last);
      cells.actual.push_back(value(prepared, at));
      cells.expected.push_back(expected_.data[at]);
      cells.slack.push_back(slack_[at]);
      cells.channel.push_back(static_cast<std::size_t>(cell[1]));
    }
    const bool is_all = count == order_.size();
    const std::optional<Fitted> fitted = fit_cells(subject.fit, cells, channels, is_all);
    if (!fitted) return evidence;
    evidence.fitted = *fitted;
    evidence.compared = static_cast<std::int64_t>(count);
    evidence.max_abs = largest_residual(cells, *fitted);
    if (is_all) break;
  }
  evidence.matches = true;
  return evidence;
}

Evidence Evaluation::evaluate_near(const Case& rounded, const Case& baseline) {
  Evidence evidence;
  Prepared prepared, sizes;
  Case absolute = baseline;
  for (auto* edits : {&absolute.input, &absolute.weight, &absolute.bias}) {
    edits->push_back({.kind = Edit::Kind::absolute});
  }
  if (!rounded.precision || !prepare(baseline, prepared) || !prepare(absolute, sizes)) {
    return evidence;
  }
  evidence.fits = true;
  evidence.hidden = prepared.alignment->hidden;
  evidence.reshaped = prepared.alignment->reshaped;
  double squares = 0;
  for (std::size_t at = 0; at < order_.size(); ++at) {
    const double wanted = expected_.data[at], actual = value(prepared, at);
    const double bound = half_unit(*rounded.precision) * value(sizes, at);
    const double off = distance(actual, wanted);
    if (off > slack_[at] + 3 * bound) return evidence;
    if (bound > 0) squares += off / bound * (off / bound);
    evidence.max_abs = std::max(evidence.max_abs, off);
  }
  evidence.compared = std::ssize(order_);
  // Rounding errors are a good part of their bound, not a hundredth of it.
  const double count = static_cast<double>(std::max<std::size_t>(1, order_.size()));
  evidence.is_near = std::sqrt(squares / count) > 0.02;
  return evidence;
}

Numbered Evaluation::edited_input(const Case& subject) { return *edited_of(0, subject.input); }
Numbered Evaluation::edited_weight(const Case& subject) { return *edited_of(1, subject.weight); }
Numbered Evaluation::edited_bias(const Case& subject) { return *edited_of(2, subject.bias); }

}  // namespace convscope

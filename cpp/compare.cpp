// Lays the visible block upon the tensor, then subtracts cell by cell.
#include "compare.hpp"

#include <algorithm>
#include <cmath>

#include "say.hpp"

namespace convscope {

Expected::Expected() = default;
Expected::Expected(const Expected&) = default;
Expected::Expected(Expected&&) noexcept = default;
Expected& Expected::operator=(Expected&&) noexcept = default;
Expected::~Expected() = default;

Comparison::Comparison() = default;
Comparison::Comparison(Comparison&&) noexcept = default;
Comparison& Comparison::operator=(Comparison&&) noexcept = default;
Comparison::~Comparison() = default;

namespace {

// One axis of the block, beside the axis of the tensor it is laid upon.
struct Shown {
  std::int64_t visible = 1;
  std::optional<std::int64_t> gap;
  std::optional<std::int64_t> size;  // of the whole axis, where the print tells it

  bool is_unit() const { return visible == 1 && !gap; }

  // Whether an axis of the tensor can be the one shown.
  bool fits(std::int64_t actual) const {
    if (size && *size != actual) return false;
    return gap ? visible < actual : visible == actual;
  }

  std::int64_t index(std::int64_t at, std::int64_t actual) const {
    return gap && at > *gap ? actual - visible + at : at;
  }

  // "at least 7", "6"
  std::string length() const {
    if (size) return say(*size);
    return gap ? say("at least ", visible + 1) : say(visible);
  }
};

std::vector<Shown> shown_axes(const Expected& expected) {
  std::vector<Shown> axes;
  for (std::size_t at = 0; at < expected.visible.size(); ++at) {
    Shown axis{.visible = expected.visible[at], .gap = {}, .size = {}};
    if (at < expected.gaps.size()) axis.gap = expected.gaps[at];
    if (expected.shape && at < expected.shape->size()) axis.size = (*expected.shape)[at];
    axes.push_back(axis);
  }
  return axes;
}

std::string shape_text(const Shape& shape) { return "[" + join(shape, ", ") + "]"; }

std::string describe(const std::vector<Shown>& axes) {
  std::string text = "[";
  for (const Shown& axis : axes) {
    if (text.size() > 1) text += ", ";
    text += axis.length();
  }
  return text + "]";
}

// Axes that take part: where and how long in the tensor, and what is shown of them.
struct Pairing {
  std::vector<std::int64_t> sizes, strides;  // of the tensor
  std::vector<Shown> axes;

  bool fits() const {
    if (sizes.size() != axes.size()) return false;
    for (std::size_t at = 0; at < sizes.size(); ++at) {
      if (!axes[at].fits(sizes[at])) return false;
    }
    return true;
  }
};

std::vector<std::int64_t> strides_of(const Shape& shape) {
  std::vector<std::int64_t> strides(shape.size(), 1);
  for (std::size_t at = shape.size(); at-- > 1;) strides[at - 1] = strides[at] * shape[at];
  return strides;
}

Pairing without_units(const Shape& actual, const std::vector<Shown>& axes) {
  Pairing pairing;
  const std::vector<std::int64_t> strides = strides_of(actual);
  for (std::size_t at = 0; at < actual.size(); ++at) {
    if (actual[at] == 1) continue;
    pairing.sizes.push_back(actual[at]);
    pairing.strides.push_back(strides[at]);
  }
  for (const Shown& axis : axes) {
    if (!axis.is_unit()) pairing.axes.push_back(axis);
  }
  return pairing;
}

std::string misfit(const Shape& actual, const std::vector<Shown>& axes) {
  std::string reason =
      say("The shapes differ: ", shape_text(actual), " here, ", describe(axes), " expected.");
  if (actual.size() != axes.size()) return reason;
  for (std::size_t at = 0; at < axes.size(); ++at) {
    if (axes[at].fits(actual[at])) continue;
    return say(reason, " Axis ", at, " has ", actual[at], actual[at] == 1 ? " cell" : " cells",
               " instead of ", axes[at].length(), ".");
  }
  return reason;
}

// Row-major over the visible block.
std::vector<std::int64_t> cells_of(const Pairing& pairing) {
  std::vector<std::int64_t> cells{0};
  for (std::size_t at = 0; at < pairing.axes.size(); ++at) {
    const Shown& axis = pairing.axes[at];
    std::vector<std::int64_t> finer;
    finer.reserve(cells.size() * static_cast<std::size_t>(axis.visible));
    for (std::int64_t cell : cells) {
      for (std::int64_t index = 0; index < axis.visible; ++index) {
        finer.push_back(cell + axis.index(index, pairing.sizes[at]) * pairing.strides[at]);
      }
    }
    cells = std::move(finer);
  }
  return cells;
}

Shape index_of(std::int64_t cell, const Shape& shape) {
  Shape index(shape.size());
  for (std::size_t at = shape.size(); at-- > 0;) {
    index[at] = cell % shape[at];
    cell /= shape[at];
  }
  return index;
}

double largest(const std::vector<double>& numbers) {
  double most = 0;
  for (double number : numbers) {
    if (std::isfinite(number)) most = std::max(most, std::abs(number));
  }
  return most;
}

}  // namespace

Alignment align(const Shape& actual, const Expected& expected) {
  const std::vector<Shown> axes = shown_axes(expected);
  Alignment alignment;
  Pairing pairing{.sizes = actual, .strides = strides_of(actual), .axes = axes};
  if (!pairing.fits() && actual.size() != axes.size()) {
    alignment.reshaped = true;
    pairing = without_units(actual, axes);
    if (!pairing.fits() && axes.size() == 1) {
      pairing = {.sizes = {element_count(actual)}, .strides = {1}, .axes = axes};
    }
  }
  if (!pairing.fits()) {
    alignment.reshaped = false;
    alignment.reason = misfit(actual, axes);
    return alignment;
  }
  alignment.hidden = element_count(actual) - element_count(expected.visible);
  if (expected.has_numbers()) alignment.cells = cells_of(pairing);
  return alignment;
}

Tolerance tolerance_of(const Expected& expected, const CompareOptions& options) {
  const bool single = options.dtype == DType::float32 || expected.dtype != "float64";
  Tolerance tolerance{.from_digits = expected.decimals.has_value(),
                      .rtol = single ? 1e-5 : 1e-7,
                      .atol = single ? 1e-8 : 1e-10};
  if (expected.dtype == "float16") tolerance = {tolerance.from_digits, 1e-3, 1e-5};
  if (expected.dtype == "bfloat16") tolerance = {tolerance.from_digits, 1.6e-2, 1e-5};
  const double unit = single ? 0x1p-23 : 0x1p-52;
  tolerance.atol = std::max(tolerance.atol, 8 * unit * largest(expected.data));
  tolerance.rtol = options.rtol.value_or(tolerance.rtol);
  tolerance.atol = options.atol.value_or(tolerance.atol);
  return tolerance;
}

std::vector<double> slack_of(const Expected& expected, const Tolerance& tolerance) {
  double unit = 0;
  if (expected.decimals && (*expected.decimals != 0 || !expected.whole_is_exact)) {
    unit = std::pow(10.0, -*expected.decimals);
  }
  std::vector<double> slack;
  slack.reserve(expected.data.size());
  for (double number : expected.data) {
    const double size = std::isfinite(number) ? std::abs(number) : 0;
    double half_unit = unit / 2;
    if (expected.scientific) {
      half_unit = size == 0 ? 0 : half_unit * std::pow(10.0, std::floor(std::log10(size)));
    }
    // A number half way between two prints is off by half a unit, and by the rounding of doubles.
    if (half_unit > 0) half_unit += half_unit * 1e-9 + size * 0x1p-50;
    slack.push_back(half_unit + tolerance.atol + tolerance.rtol * size);
  }
  return slack;
}

bool agrees(double actual, double expected, double slack) {
  return actual == expected || std::abs(actual - expected) <= slack ||
         (std::isnan(actual) && std::isnan(expected));
}

double distance(double actual, double expected) {
  if (actual == expected || (std::isnan(actual) && std::isnan(expected))) return 0;
  const double difference = std::abs(actual - expected);
  return std::isnan(difference) ? INFINITY : difference;
}

std::string_view verdict_name(Comparison::Verdict verdict) {
  switch (verdict) {
    case Comparison::Verdict::match:
      return "match";
    case Comparison::Verdict::differs:
      return "differs";
    case Comparison::Verdict::cannot_compare:
      break;
  }
  return "cannot_compare";
}

Comparison compare(const Shape& shape, const double* data, const Expected& expected,
                   const CompareOptions& options) {
  using Verdict = Comparison::Verdict;
  Comparison result;
  result.tolerance = tolerance_of(expected, options);
  const Alignment alignment = align(shape, expected);
  result.reshaped = alignment.reshaped;
  result.hidden = alignment.hidden;
  if (!alignment.fits() || !expected.has_numbers()) {
    result.verdict = alignment.fits() ? Verdict::match : Verdict::cannot_compare;
    result.reason = alignment.reason;
    return result;
  }

  const std::vector<double> slack = slack_of(expected, result.tolerance);
  std::vector<std::size_t> unequal;
  double sum = 0;
  for (std::size_t at = 0; at < expected.data.size(); ++at) {
    const double actual = data[alignment.cells[at]], wanted = expected.data[at];
    const double off = distance(actual, wanted);
    const bool outside = !agrees(actual, wanted, slack[at]);
    result.difference.push_back(off == 0 ? 0 : actual - wanted);
    result.outside.push_back(outside);
    result.differing += outside;
    result.max_abs = std::max(result.max_abs, off);
    sum += off;
    if (off != 0) unequal.push_back(at);
  }
  result.compared = static_cast<std::int64_t>(expected.data.size());
  if (result.compared > 0) result.mean_abs = sum / static_cast<double>(result.compared);
  if (result.max_abs > 0) {
    const double scale = largest(expected.data);
    result.max_relative = scale > 0 ? result.max_abs / scale : INFINITY;
  }
  result.verdict = result.differing == 0 ? Verdict::match : Verdict::differs;

  const auto off = [&](std::size_t at) {
    return distance(data[alignment.cells[at]], expected.data[at]);
  };
  const std::size_t listed = std::min(kWorstCells, unequal.size());
  std::partial_sort(
      unequal.begin(), unequal.begin() + static_cast<std::ptrdiff_t>(listed), unequal.end(),
      [&](std::size_t a, std::size_t b) { return off(a) != off(b) ? off(a) > off(b) : a < b; });
  unequal.resize(listed);
  for (std::size_t at : unequal) {
    const std::int64_t cell = alignment.cells[at];
    result.worst.push_back(
        {index_of(cell, shape), data[cell], expected.data[at], result.difference[at]});
  }
  return result;
}

}  // namespace convscope

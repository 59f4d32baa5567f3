// Arguments that give a shape: tried in their ranges, each axis by itself.
#include <algorithm>

#include "diagnose.hpp"

namespace convscope {
namespace {

using Numbers = std::vector<std::int64_t>;

struct Argument {
  const char *id, *key, *words;
  std::int64_t least, most;
  double prior;
};

constexpr Argument kArguments[] = {
    {"stride", "stride", "stride", 1, 16, 0.6},
    {"padding", "padding", "padding", 0, 16, 0.65},
    {"output_padding", "outputPadding", "output padding", 0, 15, 0.5},
    {"kernel_size", "kernelSize", "kernel", 1, 16, 0.45},
    {"dilation", "dilation", "dilation", 1, 16, 0.35},
};
enum : std::size_t { kStride, kPadding, kOutputPadding, kKernel, kDilation };

Numbers values_of(const Request& request, std::size_t argument) {
  switch (argument) {
    case kStride:
      return request.stride;
    case kPadding:
      return request.padding.begin;
    case kOutputPadding:
      return request.output_padding;
    case kKernel:
      return {request.weight->begin() + 2, request.weight->end()};
    default:
      return request.dilation;
  }
}

Request with(const Request& request, std::size_t argument, const Numbers& values) {
  Request result = request;
  switch (argument) {
    case kStride:
      result.stride = values;
      break;
    case kPadding:
      result.padding = {.word = {}, .begin = values, .end = values};
      break;
    case kOutputPadding:
      result.output_padding = values;
      break;
    case kKernel:
      std::copy(values.begin(), values.end(), result.weight->begin() + 2);
      break;
    default:
      result.dilation = values;
  }
  return result;
}

// How an output of the request compares with the expected sizes, axis by axis.
class Sought {
 public:
  Sought(const Expected& expected, int spatial) : expected_(expected), spatial_(spatial) {}

  bool is_given() const { return std::ssize(expected_.visible) >= spatial_; }

  bool fits(const Request& request) const {
    const Result<Geometry> geometry = infer_unlimited(request);
    return geometry && align(geometry->output_shape, expected_).fits();
  }

  // Per spatial axis; empty where the request is refused.
  std::vector<bool> axes(const Request& request) const {
    const Result<Geometry> geometry = infer_unlimited(request);
    std::vector<bool> fitting;
    if (!geometry) return fitting;
    const std::size_t first = expected_.visible.size() - spatial_;
    for (std::size_t at = 0; at < static_cast<std::size_t>(spatial_); ++at) {
      Expected axis;
      axis.visible = {expected_.visible[first + at]};
      if (expected_.shape) axis.shape = Shape{(*expected_.shape)[first + at]};
      if (first + at < expected_.gaps.size()) axis.gaps = {expected_.gaps[first + at]};
      fitting.push_back(align({geometry->spatial_axes()[at].output}, axis).fits());
    }
    return fitting;
  }

 private:
  const Expected& expected_;
  const int spatial_;
};

// "4" or "[4, 5]"
std::string text(const Numbers& values) {
  const bool is_one =
      std::count(values.begin(), values.end(), values.front()) == std::ssize(values);
  return is_one ? say(values.front()) : say(values);
}

std::string clause_of(const Request& request, std::size_t argument, const Numbers& values) {
  return say("the ", kArguments[argument].words, " is ", text(values), " instead of ",
             text(values_of(request, argument)));
}

void change(Changes& changes, const Request& given, const Request& plain, std::size_t argument,
            const Numbers& values) {
  if (argument == kKernel) {
    Shape shape = *plain.weight;
    std::copy(values.begin(), values.end(), shape.begin() + 2);
    if (given.weight) changes.tensors.push_back({.key = "weight", .shape = shape, .data = {}});
    if (!given.kernel_size) return;
  }
  std::vector<Value> list;
  for (std::int64_t value : values) list.push_back(Value::of(static_cast<double>(value)));
  changes.arguments.emplace_back(kArguments[argument].key, Value::of(std::move(list)));
}

std::int64_t steps_between(const Numbers& a, const Numbers& b) {
  std::int64_t steps = 0;
  for (std::size_t at = 0; at < a.size(); ++at) steps += std::abs(a[at] - b[at]);
  return steps;
}

// All values of one argument that give the shape: the same on every axis; failing that, the nearest
// of each axis.
std::vector<Numbers> solutions(const Request& request, std::size_t argument, const Sought& sought) {
  const Numbers present = values_of(request, argument);
  std::vector<Numbers> found;
  if (std::ssize(present) != request.op.spatial) return found;
  std::vector<Numbers> per_axis(present.size());
  for (std::int64_t value = kArguments[argument].least; value <= kArguments[argument].most;
       ++value) {
    const Numbers values(present.size(), value);
    const Request changed = with(request, argument, values);
    const std::vector<bool> axes = sought.axes(changed);
    for (std::size_t at = 0; at < axes.size(); ++at) {
      if (axes[at]) per_axis[at].push_back(value);
    }
    if (values != present && sought.fits(changed)) found.push_back(values);
  }
  if (!found.empty()) return found;
  Numbers nearest;
  for (std::size_t at = 0; at < present.size(); ++at) {
    if (per_axis[at].empty()) return found;
    nearest.push_back(*std::min_element(
        per_axis[at].begin(), per_axis[at].end(), [&](std::int64_t a, std::int64_t b) {
          return std::abs(a - present[at]) < std::abs(b - present[at]);
        }));
  }
  if (nearest != present && sought.fits(with(request, argument, nearest))) found.push_back(nearest);
  return found;
}

bool is_usable(const Request& request, std::size_t argument) {
  return argument != kOutputPadding || request.op.transposed;
}

}  // namespace

std::vector<Cause> arguments_for_shape(const Problem& problem, const Request& plain,
                                       const Expected& expected) {
  std::vector<Cause> causes;
  const Sought sought(expected, plain.op.spatial);
  if (!sought.is_given() || !has_ranks(plain)) return causes;

  const auto add = [&](const Request& request, std::size_t argument, const Numbers& values,
                       const Cause& base) {
    Cause cause = base;
    cause.ids.emplace_back(kArguments[argument].id);
    const std::string clause = clause_of(request, argument, values);
    cause.sentence +=
        cause.sentence.empty() ? say("The shape comes out if ", clause) : say(" and ", clause);
    change(*cause.changes, problem.request, request, argument, values);
    const double steps = static_cast<double>(steps_between(values_of(request, argument), values));
    cause.plausibility *= kArguments[argument].prior / (1 + steps / 8);
    causes.push_back(cause);
  };
  Cause none;
  none.is_shape_only = true;
  none.plausibility = 1;
  none.changes.emplace();
  if (problem.request.output_size) none.changes->arguments.emplace_back("outputSize", Value());

  for (std::size_t argument = 0; argument < std::size(kArguments); ++argument) {
    if (!is_usable(plain, argument)) continue;
    for (const Numbers& values : solutions(plain, argument, sought)) {
      add(plain, argument, values, none);
    }
  }
  if (causes.empty()) {
    for (std::size_t argument = 0; argument < std::size(kArguments); ++argument) {
      const Numbers present = values_of(plain, argument);
      if (!is_usable(plain, argument) || std::ssize(present) != plain.op.spatial) continue;
      const std::int64_t least = kArguments[argument].least;
      for (std::int64_t value = least;
           value <= std::min<std::int64_t>(least + 5, kArguments[argument].most); ++value) {
        const Numbers values(present.size(), value);
        if (values == present) continue;
        add(plain, argument, values, none);
        const Cause base = causes.back();
        causes.pop_back();
        const Request changed = with(plain, argument, values);
        for (std::size_t other = argument + 1; other < std::size(kArguments); ++other) {
          if (!is_usable(plain, other)) continue;
          for (const Numbers& found : solutions(changed, other, sought)) {
            add(changed, other, found, base);
          }
        }
      }
    }
  }
  for (Cause& cause : causes) cause.sentence += ".";
  std::stable_sort(causes.begin(), causes.end(),
                   [](const Cause& a, const Cause& b) { return a.plausibility > b.plausibility; });
  if (causes.size() > kMostCauses) causes.erase(causes.begin() + kMostCauses, causes.end());
  for (Cause& cause : causes) cause.is_tied = causes.size() > 1;
  return causes;
}

}  // namespace convscope

// Counts per axis, then multiplies: kernel cells of different axes combine freely.
#include "coverage.hpp"

#include <algorithm>
#include <numeric>

#include "limits.hpp"

namespace convscope {
namespace {

// Whether kernel cell k ties an input to output position p.
bool reaches(const Axis& axis, bool transposed, std::int64_t p, std::int64_t k) {
  if (!transposed) return axis.source(p * axis.stride + k * axis.dilation) >= 0;
  const std::int64_t reach = p + axis.padding_begin - k * axis.dilation;
  return reach >= 0 && reach % axis.stride == 0 && reach / axis.stride < axis.input;
}

std::vector<std::int64_t> counts_of(const Axis& axis, bool transposed) {
  std::vector<std::int64_t> counts;
  for (std::int64_t p = 0; p < axis.output; ++p) {
    std::int64_t count = 0;
    for (std::int64_t k = 0; k < axis.kernel; ++k) count += reaches(axis, transposed, p, k);
    counts.push_back(count);
  }
  return counts;
}

}  // namespace

Result<Coverage> coverage(const Geometry& geometry) {
  Coverage coverage;
  for (const Axis& axis : geometry.spatial_axes()) {
    coverage.shape.push_back(axis.output);
    if (element_count({axis.output, axis.kernel}) <= kMaxOperations) continue;
    return refuse(Code::limit_operations, "weight",
                  {"Counting would take more than ", kMaxOperations,
                   " steps, the most the engine takes on. Use a smaller kernel or input."});
  }
  if (element_count(coverage.shape) > kMaxElements) {
    return refuse(Code::limit_elements, "input",
                  {"The output has more than ", kMaxElements,
                   " positions, the most the engine takes. Use a smaller input."});
  }
  std::array<std::vector<std::int64_t>, 3> counts;
  for (std::size_t at = 0; at < 3; ++at) {
    counts[at] = counts_of(geometry.axes[at], geometry.op.transposed);
  }
  // A kernel without channels may be too large for its counts to fit.
  for (std::int64_t z : counts[0]) {
    for (std::int64_t y : counts[1]) {
      for (std::int64_t x : counts[2]) {
        const std::int64_t count = std::min<std::int64_t>(element_count({z, y, x}), INT32_MAX);
        coverage.data.push_back(static_cast<std::int32_t>(count));
      }
    }
  }
  if (coverage.data.empty()) return coverage;
  const auto [least, most] = std::minmax_element(coverage.data.begin(), coverage.data.end());
  coverage.min = *least;
  coverage.max = *most;
  return coverage;
}

bool spreads_evenly(const Axis& axis) {
  return std::gcd(axis.dilation, axis.stride) == 1 && axis.kernel % axis.stride == 0;
}

}  // namespace convscope

// Ranges from the size formula; what is legal from the checks themselves.
#include "sizes.hpp"

#include <algorithm>

#include "limits.hpp"

namespace convscope {
namespace {

// The smallest input from `first` up to the present one that the checks accept. What they ask of
// an input (not empty, not smaller than kernel or padding) a larger one meets too: so halving finds
// it.
std::int64_t smallest_legal(Request request, std::size_t at, std::int64_t first) {
  std::int64_t& size = request.input[at];
  std::int64_t least = std::max<std::int64_t>(first, 1), most = size;
  while (least < most) {
    size = least + (most - least) / 2;
    if (infer_geometry(request)) {
      most = size;
    } else {
      least = size + 1;
    }
  }
  return most;
}

AxisSizes choices_of(const Axis& axis) {
  AxisSizes sizes{.base = axis.output - axis.output_padding};
  for (std::int64_t padding = 0; padding < std::max(axis.stride, axis.dilation); ++padding) {
    Axis back = axis;
    back.input = sizes.base + padding;
    if (back.input < 1) continue;
    sizes.choices.push_back({padding, back.input, convolved_size(back)});
  }
  return sizes;
}

}  // namespace

Result<std::vector<AxisSizes>> sizes(const Request& request, const Geometry& geometry) {
  std::vector<AxisSizes> result;
  int number = 0;
  for (const Axis& axis : geometry.spatial_axes()) {
    if (!geometry.op.transposed) {
      const std::int64_t first = axis.input - axis.remainder();
      const std::size_t at = request.input.size() - geometry.op.spatial + number;
      result.push_back(
          {.first = smallest_legal(request, at, first), .last = first + axis.stride - 1});
    } else if (std::max(axis.stride, axis.dilation) > kMaxChoices) {
      return refuse(Code::limit_elements, axis.stride > kMaxChoices ? "stride" : "dilation",
                    {"More than ", kMaxChoices, " output paddings would be listed for the ",
                     axis.name, ". Use a smaller stride and dilation."},
                    {}, number);
    } else {
      result.push_back(choices_of(axis));
    }
    ++number;
  }
  return result;
}

}  // namespace convscope

// torch.nn's output_size: a wish for the output's size, answered by output padding.
// Takes the request, puts the output padding into `arguments`. Only transposed operations come
// here.
#include <algorithm>

#include "checks.hpp"
#include "say.hpp"

namespace convscope {
namespace {

Refusal incomplete(Words torch) {
  return refuse(Code::argument_length, "outputSize",
                {"`outputSize` needs an input with spatial axes, and stride, padding and dilation "
                 "with one number per axis."},
                torch);
}

}  // namespace

Check resolve_output_size(const Request& request, Arguments& arguments) {
  const std::size_t axes = request.op.spatial;
  const std::size_t lead = request.input.size() == axes + 2 ? 2 : 1;
  const Shape& weight = arguments.weight;
  Numbers wanted = *request.output_size;
  if (wanted.size() == lead + axes) wanted.erase(wanted.begin(), wanted.begin() + lead);
  if (wanted.size() != axes) {
    return refuse(
        Code::output_size_length, "outputSize",
        {"`outputSize` is ", *request.output_size, ", but it needs ", axes,
         axes == 1 ? " number, or " : " numbers, or ", lead + axes, " with the axes before them."},
        {"ValueError: ConvTranspose", axes, "D: for ", request.input.size(),
         "D input, output_size must have ", axes, " or ", lead + axes, " elements (got ",
         wanted.size(), ")"});
  }
  Numbers least, most;
  int axis = -1;
  for (std::size_t at = 0; at < axes; ++at) {
    if (lead + at >= request.input.size()) {
      const std::int64_t rank = static_cast<std::int64_t>(request.input.size());
      return incomplete({"IndexError: Dimension out of range (expected to be in range of [", -rank,
                         ", ", rank - 1, "], but got ", lead + at, ")"});
    }
    if (at < arguments.stride.size() && request.padding.word) {
      return incomplete({"TypeError: unsupported operand type(s) for -: 'int' and 'str'"});
    }
    if (at >= arguments.stride.size() || at >= arguments.padding_begin.size() ||
        at >= arguments.dilation.size() || 2 + at >= weight.size()) {
      return incomplete({"IndexError: tuple index out of range"});
    }
    least.push_back((request.input[lead + at] - 1) * arguments.stride[at] -
                    arguments.padding_begin[at] - arguments.padding_end[at] +
                    arguments.dilation[at] * (weight[2 + at] - 1) + 1);
    most.push_back(least[at] + arguments.stride[at] - 1);
    if (axis < 0 && (wanted[at] < least[at] || wanted[at] > most[at])) axis = static_cast<int>(at);
  }
  if (axis >= 0) {
    const Shape rest(request.input.begin() + std::min<std::size_t>(2, request.input.size()),
                     request.input.end());
    return refuse(
        Code::output_size_range, "outputSize",
        {"Output size", axis_suffix(request.op, axis), " ", wanted[axis],
         " cannot be reached: this input, kernel and stride give ", least[axis], " to ", most[axis],
         ". Choose a size in that range."},
        {"ValueError: requested an output size of ", wanted, ", but valid sizes range from ", least,
         " to ", most, " (for an input of torch.Size(", rest, "))"},
        axis);
  }
  arguments.output_padding.clear();
  for (std::size_t at = 0; at < axes; ++at) {
    arguments.output_padding.push_back(wanted[at] - least[at]);
  }
  return Passed{};
}

}  // namespace convscope

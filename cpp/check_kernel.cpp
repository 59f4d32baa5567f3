// What only PyTorch's kernels refuse, after the shapes have been found to fit. Which kernel runs
// depends on dtype, batch and groups; so do its words. Never looks at padding modes.
#include "checks.hpp"
#include "say.hpp"

namespace convscope {

Result<bool> check_kernel(const Request& request, const Arguments& arguments) {
  const Shape& input = arguments.input;
  const Shape& weight = arguments.weight;
  if (input[0] == 0) return true;
  for (std::size_t at = 0; at < arguments.dilation.size(); ++at) {
    const int axis = static_cast<int>(at);
    if (arguments.dilation[at] < 1) {
      return Error{Code::dilation_not_positive, "dilation",
                   say(axis_label("Dilation", request.op, at), " is ", arguments.dilation[at],
                       ", but it must be at least 1. Use 1 for a dense kernel."), "", axis};
    }
    if (weight[2 + at] < 1) {
      return Error{Code::kernel_empty, "weight",
                   say(axis_label("Kernel", request.op, at),
                       " is 0, but a kernel needs at least one cell per axis."), "", axis};
    }
    if (input[2 + at] < 1) {
      return Error{Code::input_empty, "input",
                   say(axis_label("Input", request.op, at), " is 0, but an input needs at least one "
                       "cell per axis."), "", axis};
    }
    if (!request.op.transposed) continue;
    if (arguments.output_padding[at] >= std::max(arguments.stride[at], arguments.dilation[at])) {
      return Error{Code::output_padding_too_large, "outputPadding",
                   say(axis_label("Output padding", request.op, at), " is ",
                       arguments.output_padding[at], ", but it must be below stride (",
                       arguments.stride[at], ") or dilation (", arguments.dilation[at], ")."), "", axis};
    }
    const std::int64_t output = (input[2 + at] - 1) * arguments.stride[at] -
                                arguments.padding_begin[at] - arguments.padding_end[at] +
                                arguments.dilation[at] * (weight[2 + at] - 1) +
                                arguments.output_padding[at] + 1;
    if (output < 1) {
      return Error{Code::output_too_small, "padding",
                   say(axis_label("Output", request.op, at), " would be ", output,
                       ", but it must be at least 1. Use less padding."), "", axis};
    }
  }
  return true;
}

}  // namespace convscope

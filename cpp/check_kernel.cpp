// What only PyTorch's kernels refuse, after the shapes have been found to fit. Which kernel runs
// depends on dtype, batch and groups, and so do its words. Never looks at padding modes.
#include <algorithm>

#include "checks.hpp"
#include "say.hpp"

namespace convscope {
namespace {

Numbers spatial_part(const Shape& shape) { return Numbers(shape.begin() + 2, shape.end()); }

// PyTorch computes 1-D as 2-D with height 1, and says so.
Numbers as_seen(Numbers numbers, std::int64_t height) {
  if (numbers.size() == 1) numbers.insert(numbers.begin(), height);
  return numbers;
}

// "stride_height: 1 stride_width: 2"
std::string named(const char* name, const Numbers& numbers, const char* separator) {
  static constexpr const char* kAxes[] = {"_depth: ", "_height: ", "_width: "};
  std::string text;
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    text += say(at == 0 ? "" : separator, name, kAxes[3 - numbers.size() + at], numbers[at]);
  }
  return text;
}

int first_below(const Numbers& numbers, std::int64_t least) {
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (numbers[at] < least) return static_cast<int>(at);
  }
  return -1;
}

// Whether float32 goes to oneDNN; the rule of ConvParams::use_mkldnn for one thread.
bool uses_onednn(const Request& request, const Arguments& seen) {
  if (request.op.transposed || request.dtype != DType::float32) return false;
  const Shape &input = seen.input, &weight = seen.weight;
  const auto not_one = [](std::int64_t number) { return number != 1; };
  const std::int64_t kernel_width = weight.back();
  const std::int64_t kernel_height = weight.size() == 3 ? 1 : weight[weight.size() - 2];
  const bool plain = std::none_of(seen.stride.begin(), seen.stride.end(), not_one) &&
                     std::none_of(seen.dilation.begin(), seen.dilation.end(), not_one) &&
                     input[0] < 16 && kernel_width == 1 && kernel_height == 1;
  const bool large = input.size() == 3
                         ? element_count(input) > 20480
                         : element_count(Shape(input.begin(), input.begin() + 4)) > 20480;
  return !plain &&
         (request.groups > 1 || (kernel_width > 3 && kernel_height > 3) || input[0] > 1 || large);
}

Refusal kernel_empty(const Request& request, int axis, Words torch) {
  return refuse(Code::kernel_empty, "weight",
                {"Kernel", axis_suffix(request.op, axis),
                 " is 0, but a kernel needs at least one cell on every axis. Use 1 or more."},
                torch, axis);
}

Refusal dilation_not_positive(const Request& request, const Arguments& seen, int axis,
                              Words torch) {
  return refuse(Code::dilation_not_positive, "dilation",
                {"Dilation", axis_suffix(request.op, axis), " is ", seen.dilation[axis],
                 ", but it must be at least 1. Use 1 for a kernel without gaps."},
                torch, axis);
}

Refusal output_too_small(const Request& request, const Numbers& output, int axis, Words torch) {
  return refuse(Code::output_too_small, "padding",
                {"Output", axis_suffix(request.op, axis), " would be ", output[axis],
                 ", but it must be at least 1: the padding takes more off than the stamps give. "
                 "Use less padding, or a larger input or kernel."},
                torch, axis);
}

Numbers transposed_sizes(const Arguments& seen) {
  Numbers sizes;
  for (std::size_t at = 0; at < seen.stride.size(); ++at) {
    sizes.push_back((seen.input[2 + at] - 1) * seen.stride[at] - seen.padding_begin[at] -
                    seen.padding_end[at] + seen.dilation[at] * (seen.weight[2 + at] - 1) +
                    seen.output_padding[at] + 1);
  }
  return sizes;
}

// Without images or channels nothing is computed, so little is refused: what the empty result's
// shape or an empty weight cannot be.
Check check_empty(const Request& request, const Arguments& seen) {
  if (seen.input[1] != 0 && element_count(seen.weight) == 0) {
    return refuse(Code::kernel_empty, "weight",
                  {"The weight of shape ", seen.weight, " is empty. Give it at least one cell."},
                  {"IndexError: select(): index 0 out of range for tensor of size [0] at "
                   "dimension 0"});
  }
  if (!request.op.transposed) return Passed{};
  const Numbers output = transposed_sizes(seen);
  const int axis = first_below(output, 0);
  if (axis < 0) return Passed{};
  int inferred = 0;  // a size of -1 asks the reshape to find it out
  for (std::int64_t size : output) {
    if (size == -1 && ++inferred == 2) {
      return output_too_small(request, output, axis,
                              {"RuntimeError: only one dimension can be inferred"});
    }
    if (size < -1) {
      return output_too_small(request, output, axis,
                              {"RuntimeError: invalid shape dimension ", size});
    }
  }
  Shape shape{seen.input[0], seen.weight[1] * request.groups};
  const Numbers spatial = as_seen(output, 1);
  shape.insert(shape.end(), spatial.begin(), spatial.end());
  return output_too_small(request, output, axis,
                          {"RuntimeError: cannot reshape tensor of 0 elements into shape ", shape,
                           " because the unspecified dimension size -1 can be any value and is "
                           "ambiguous"});
}

Check check_types(const Request& request, bool onednn) {
  const bool single = request.dtype == DType::float32;
  const char* other = single ? "float64" : "float32";
  const char* same = single ? "float32" : "float64";
  const char* torch = single ? "RuntimeError: expected scalar type Float but found Double"
                             : "RuntimeError: expected scalar type Double but found Float";
  if (request.weight_dtype && *request.weight_dtype != request.dtype) {
    return refuse(Code::dtype_mismatch, "weight",
                  {"The weight is ", other, ", but the input is ", same, kSameType},
                  {onednn ? "RuntimeError: Input type (torch.FloatTensor) and weight type "
                            "(torch.DoubleTensor) should be the same or input should be a MKLDNN "
                            "tensor and weight is a dense tensor"
                          : torch});
  }
  if (request.bias_dtype && *request.bias_dtype != request.dtype) {
    // PyTorch's native 3-D convolution takes it; here all must agree.
    return refuse(Code::dtype_mismatch, "bias",
                  {"The bias is ", other, ", but the input is ", same, kSameType},
                  {request.op.transposed ? torch : ""});
  }
  return Passed{};
}

Check check_transposed(const Request& request, const Arguments& seen) {
  const Numbers kernel = spatial_part(seen.weight);
  const bool flat = request.op.spatial < 3;
  if (const int axis = first_below(kernel, 1); axis >= 0 && flat) {
    return kernel_empty(request, axis,
                        {"RuntimeError: kernel size should be greater than zero, but got ",
                         named("kernel", as_seen(kernel, 1), " ")});
  }
  const Numbers dilation = as_seen(seen.dilation, 1), stride = as_seen(seen.stride, 1);
  if (const int axis = first_below(seen.dilation, 1); axis >= 0) {
    return dilation_not_positive(request, seen, axis,
                                 {"RuntimeError: dilation should be greater than zero, but got ",
                                  named("dilation", dilation, ", ")});
  }
  for (std::size_t at = 0; at < seen.stride.size(); ++at) {
    const std::int64_t extra = seen.output_padding[at];
    if (extra < seen.stride[at] || extra < seen.dilation[at]) continue;
    return refuse(Code::output_padding_too_large, "outputPadding",
                  {"Output padding", axis_suffix(request.op, at), " is ", extra,
                   ", but it must be below the stride (", seen.stride[at], ") or the dilation (",
                   seen.dilation[at], "). Use at most ",
                   std::max(seen.stride[at], seen.dilation[at]) - 1, "."},
                  {"RuntimeError: output padding must be smaller than either stride or dilation, "
                   "but got ",
                   named("output_padding", as_seen(seen.output_padding, 0), " "), " ",
                   named("stride", stride, " "), " ", named("dilation", dilation, " ")},
                  static_cast<int>(at));
  }
  if (element_count(seen.weight) == 0) {
    Shape weight{seen.weight[0] / request.groups, seen.weight[1]};
    const Numbers seen_kernel = as_seen(kernel, 1);
    weight.insert(weight.end(), seen_kernel.begin(), seen_kernel.end());
    return refuse(Code::kernel_empty, "weight",
                  {"The weight of shape ", seen.weight,
                   " is empty. Give it at least one cell on every axis."},
                  {flat ? "RuntimeError: non-empty 2D or 4D weight tensor expected, but got: "
                        : "RuntimeError: non-empty 5D (n_output_plane x n_input_plane x "
                          "kernel_depth x kernel_height x kernel_width) tensor expected for "
                          "weight, but got: ",
                   weight});
  }
  const Numbers output = transposed_sizes(seen);
  if (const int axis = first_below(output, 1); axis >= 0) {
    return output_too_small(request, output, axis,
                            {"RuntimeError: Given input size per channel: (",
                             join(as_seen(spatial_part(seen.input), 1), " x "),
                             "). Calculated output size per channel: (",
                             join(as_seen(output, 1), " x "), "). Output size is too small"});
  }
  return Passed{};
}

Check check_convolution(const Request& request, const Arguments& seen, bool onednn) {
  const Numbers kernel = spatial_part(seen.weight);
  const int hole = first_below(kernel, 1), fold = first_below(seen.dilation, 1);
  if (onednn) {
    if (fold >= 0) {
      return dilation_not_positive(request, seen, fold,
                                   {"RuntimeError: non-positive dilation is not supported"});
    }
    if (hole >= 0) {
      return kernel_empty(request, hole,
                          {"RuntimeError: could not create a descriptor for a dilated convolution "
                           "forward propagation primitive"});
    }
    return Passed{};
  }
  const bool dilated = std::any_of(seen.dilation.begin(), seen.dilation.end(),
                                   [](std::int64_t dilation) { return dilation != 1; });
  if (hole >= 0) {
    const Numbers sizes = as_seen(kernel, 1);
    const std::string words = dilated                   ? say(" ", sizes)
                              : request.op.spatial == 3 ? say(": ", join(sizes, " x "), " (TxHxW)")
                                                        : " " + named("kernel", sizes, " ");
    return kernel_empty(request, hole,
                        {"RuntimeError: kernel size should be greater than zero, but got", words});
  }
  if (fold >= 0) {
    return dilation_not_positive(request, seen, fold,
                                 {"RuntimeError: dilation should be greater than zero, but got ",
                                  as_seen(seen.dilation, 1)});
  }
  return Passed{};
}

}  // namespace

Check check_kernel(const Request& request, const Arguments& seen) {
  const Shape& input = seen.input;
  if (input[0] == 0 || input[1] == 0) return check_empty(request, seen);
  const Numbers sizes = spatial_part(input);
  if (const int axis = first_below(sizes, 1); axis >= 0) {
    Shape shape{input[0], input[1]};
    const Numbers seen_sizes = as_seen(sizes, 1);
    shape.insert(shape.end(), seen_sizes.begin(), seen_sizes.end());
    return refuse(Code::input_empty, "input",
                  {"Input", axis_suffix(request.op, axis),
                   " is 0, but an input needs at least one cell on every axis. Only the batch may "
                   "be empty."},
                  {"RuntimeError: Only zero batch or zero channel inputs are supported, but got "
                   "input shape: ",
                   shape},
                  axis);
  }
  const bool onednn = uses_onednn(request, seen);
  if (Check types = check_types(request, onednn); !types) return types;
  return request.op.transposed ? check_transposed(request, seen)
                               : check_convolution(request, seen, onednn);
}

}  // namespace convscope

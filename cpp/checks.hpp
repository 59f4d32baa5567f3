// What PyTorch refuses, in the order in which it refuses, in its words and in ours.
// Takes a Request; gives its arguments with one entry per axis, or the first refusal.
#pragma once

#include <string>
#include <vector>

#include "request.hpp"

namespace convscope {

// The arguments after all checks: one entry per axis everywhere, input with its batch axis.
struct Arguments {
  bool batched = true;
  Shape input, weight;
  std::vector<std::int64_t> stride, dilation, output_padding, padding_begin, padding_end;
  PaddingMode padding_mode = PaddingMode::zeros;
};

// torch.nn's constructor, when the layer's own arguments are given; derives the weight's shape
// where it is missing. Source: torch/nn/modules/conv.py of PyTorch 1.13.
Result<Request> check_layer(const Request& request);

// The part of it about padding strings and modes, which holds without a layer too.
Result<bool> check_transposed_mode(const Request& request);
Result<bool> check_padding_words(const Request& request);

// F.pad before a convolution whose padding mode is not zeros: gives the padded shape, and puts the
// padding of every axis into `arguments`. Order and words are those of PyTorch 1.13's kernels.
Result<Shape> check_padding(const Request& request, Arguments& arguments);

// What only the kernel that PyTorch picks for this dtype, batch and groups refuses.
// `weight` and `arguments` have passed the function's own checks.
Result<bool> check_kernel(const Request& request, const Arguments& arguments);

// All of it: constructor, padding, then the function itself.
Result<Arguments> check_request(const Request& request);

// "Stride height", or "Stride" where there is only one axis.
std::string axis_label(const char* argument, const Op& op, std::size_t axis);
const char* axis_name(const Op& op, std::size_t axis);

}  // namespace convscope

// What PyTorch refuses, in the order in which it refuses, in its words and in ours.
// Takes a Request; gives its arguments with one entry per axis, or the first refusal. The order and
// the words are those of PyTorch 1.13.1 on a CPU, one thread.
#pragma once

#include <string>
#include <vector>

#include "request.hpp"

namespace convscope {

using Numbers = std::vector<std::int64_t>;

// The arguments after all checks: one entry per axis everywhere, input with its batch axis.
struct Arguments {
  bool batched = true;
  Shape input, weight;
  Numbers stride, dilation, output_padding, padding_begin, padding_end;
  PaddingMode padding_mode = PaddingMode::zeros;
  // A padding mode given for more axes than the operation has: PyTorch pads the channels too.
  bool pads_channels = false;
};

// The stages, in the order in which PyTorch comes to them; each has a file of its own.

// 1. torch.nn's constructor, when the layer's own arguments are given; derives the weight's shape
//    where it is missing. After torch/nn/modules/conv.py.
Result<Request> check_layer(const Request& given);
//    The parts about padding modes and padding strings, which hold without a layer too.
Check check_transposed_mode(const Request& request);
Check check_padding_words(const Request& request);

// 2. F.pad before a convolution whose padding mode is not zeros: gives the padded shape, and puts
//    the padding of every axis into `arguments`.
Result<Shape> check_padding(const Request& request, Arguments& arguments);

// 3. torch.nn's outputSize: becomes the output padding that reaches it.
Check resolve_output_size(const Request& request, Arguments& arguments);

// 4. The function itself, up to the choice of a kernel. `request.input` is what it sees: after
//    stage 2. Fills in what was written once for all axes.
Check check_function(const Request& request, Arguments& arguments);

// 5. What only the kernel that PyTorch picks for this dtype, batch and groups refuses.
//    `seen` holds what reaches it: zero padding not yet done, other padding done.
Check check_kernel(const Request& request, const Arguments& seen);

// All of it.
Result<Arguments> check_request(const Request& given);

// Words that several stages use.
const char* axis_name(const Op& op, std::size_t axis);    // "height"
const char* axis_suffix(const Op& op, std::size_t axis);  // " height", or "" on the only axis
Refusal weight_too_flat(const Shape& weight);
inline constexpr char kSameType[] =
    ". Give all as Float32Array, or all as Float64Array (a plain array counts as float64).";

}  // namespace convscope

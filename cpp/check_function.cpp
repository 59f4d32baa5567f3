// The checks of torch.nn.functional.conv…, in the order of PyTorch's at::convolution. Takes what
// the function sees, fills in one argument per axis. Never knows of layers or padding modes.
#include <algorithm>

#include "checks.hpp"
#include "say.hpp"

namespace convscope {
namespace {

constexpr char kPerAxis[] = ". Give one number, or one per axis.";

template <typename Predicate>
int find_axis(const Numbers& numbers, Predicate wrong) {
  const auto at = std::find_if(numbers.begin(), numbers.end(), wrong);
  return at == numbers.end() ? -1 : static_cast<int>(at - numbers.begin());
}

Check check_rank(const Request& request) {
  const std::size_t unbatched = request.op.spatial + 1;
  if (request.input.size() == unbatched || request.input.size() == unbatched + 1) return Passed{};
  return refuse(
      Code::input_rank, "input",
      {"The input has shape ", request.input, ", but ", request.op.name(), " needs ", unbatched,
       " axes (channels, then space), or ", unbatched + 1, " with a batch in front."},
      {"RuntimeError: Expected ", unbatched, "D (unbatched) or ", unbatched + 1,
       "D (batched) input to ", request.op.name(), ", but got input of size: ", request.input});
}

// 1-D and 2-D convolutions compare the bias's type before anything else.
Check check_bias_type(const Request& request) {
  if (request.op.transposed || request.op.spatial == 3) return Passed{};
  if (!request.bias_dtype || *request.bias_dtype == request.dtype) return Passed{};
  const bool single = request.dtype == DType::float32;
  return refuse(Code::dtype_mismatch, "bias",
                {"The bias is ", chosen(single ? "float64" : "float32"), ", but the input is ",
                 chosen(single ? "float32" : "float64"), kSameType},
                {"RuntimeError: Input type (", single ? "float" : "double", ") and bias type (",
                 single ? "double" : "float", ") should be the same"});
}

Refusal weight_rank(const Request& request, const Shape& input, const Shape& weight,
                    const char* space) {
  return refuse(Code::weight_rank, "weight",
                {"The weight has shape ", weight, ", but ", request.op.name(), " needs ",
                 request.op.spatial + 2, " axes: two of channels and ", request.op.spatial,
                 " of the kernel."},
                {"RuntimeError: Expected ", weight.size(), "-dimensional input for ", weight.size(),
                 "-dimensional weight", space, weight, ", but got ", input.size(),
                 "-dimensional input of size ", input, " instead"});
}

// at::native::convolution_same: from the word to numbers, put into `arguments`. Where a kernel
// needs one cell more at the end, that one is padded beforehand: `seen` is what at::convolution
// sees.
Check resolve_same(const Request& request, Arguments& arguments, Arguments& seen) {
  const Shape& weight = arguments.weight;
  if (weight.size() < 3) return weight_too_flat(weight);
  const std::size_t axes = weight.size() - 2;
  if (weight.size() != seen.input.size()) return weight_rank(request, seen.input, weight, "");
  for (const char* name : {"stride", "dilation"}) {
    const Numbers& numbers = name[0] == 's' ? request.stride : request.dilation;
    if (numbers.size() == axes || numbers.size() == 1) continue;
    return refuse(Code::argument_length, name,
                  {"`", name, "` is ", numbers, ", but the kernel has ", axes,
                   chosen(axes == 1 ? " axis" : " axes"), kPerAxis},
                  {"RuntimeError: ", name, " cannot broadcast to ", axes, " dimensions"});
  }
  if (find_axis(request.stride, [](std::int64_t stride) { return stride != 1; }) >= 0) {
    return refuse(Code::same_with_stride, "padding",
                  {"Padding 'same' keeps the input's size, which only stride 1 can do, but the "
                   "stride is ",
                   request.stride, ". Use stride 1, or give the padding in numbers."},
                  {"RuntimeError: padding='same' is not supported for strided convolutions"});
  }
  arguments.padding_begin.clear();
  arguments.padding_end.clear();
  for (std::size_t at = 0; at < axes; ++at) {
    const std::int64_t dilation = request.dilation[request.dilation.size() == 1 ? 0 : at];
    const std::int64_t total = dilation * (weight[2 + at] - 1);
    const std::int64_t begin = total / 2, end = total - begin;
    arguments.padding_begin.push_back(begin);
    arguments.padding_end.push_back(end);
    seen.input[2 + at] += std::max<std::int64_t>(0, end - begin);
  }
  seen.padding_begin = seen.padding_end = arguments.padding_begin;
  for (std::size_t at = 0; at < axes; ++at) {  // a total below zero: refused as a negative padding
    seen.padding_begin[at] = std::min(arguments.padding_begin[at], arguments.padding_end[at]);
    seen.padding_end[at] = seen.padding_begin[at];
  }
  return Passed{};
}

Check resolve_padding_word(const Request& request, Arguments& arguments, Arguments& seen) {
  if (*request.padding.word == "same") return resolve_same(request, arguments, seen);
  if (*request.padding.word == "valid") {
    arguments.padding_begin = arguments.padding_end = {0};
    seen.padding_begin = seen.padding_end = {0};
    return Passed{};
  }
  return refuse(Code::padding_string, "padding",
                {"Padding is the text '", *request.padding.word,
                 "', but only 'same' and 'valid' are known. Use one of them, or numbers."},
                {"RuntimeError: Invalid padding string: '", *request.padding.word, "'"});
}

// One entry is repeated for every axis of the kernel.
Check expand(Numbers& numbers, const char* field, const char* torch_name, std::size_t axes) {
  if (numbers.size() == axes) return Passed{};
  if (numbers.size() == 1) {
    numbers = Numbers(axes, numbers[0]);
    return Passed{};
  }
  return refuse(
      Code::argument_length, field,
      {"`", field, "` is ", numbers, ", but the kernel has ", axes,
       chosen(axes == 1 ? " axis" : " axes"), kPerAxis},
      {"RuntimeError: expected ", torch_name, " to be a single integer value or a list of ", axes,
       " values to match the convolution dimensions, but got ", torch_name, "=", numbers});
}

Check expand_all(Arguments& seen) {
  const std::size_t axes = seen.weight.size() - 2;
  struct Argument {
    Numbers& numbers;
    const char *field, *torch_name;
  };
  for (auto& [numbers, field, torch_name] :
       {Argument{seen.stride, "stride", "stride"},
        Argument{seen.padding_begin, "padding", "padding"},
        Argument{seen.padding_end, "padding", "padding"},
        Argument{seen.dilation, "dilation", "dilation"},
        Argument{seen.output_padding, "outputPadding", "output_padding"}}) {
    if (Check expanded = expand(numbers, field, torch_name, axes); !expanded) return expanded;
  }
  return Passed{};
}

// Pairs may be negative: at that end a convolution crops its input, and a transposed one grows its
// output. PyTorch cannot say them in a layer, only with F.pad before it.
Check check_crop(const Request& request, const Arguments& seen) {
  if (!request.padding.pairs || request.op.transposed) return Passed{};
  for (std::size_t at = 0; at < seen.padding_begin.size(); ++at) {
    const std::int64_t size = seen.input[2 + at];
    if (size + seen.padding_begin[at] + seen.padding_end[at] >= 0) continue;
    return refuse(
        Code::padding_crops_all, "padding",
        {"A negative padding crops: ", seen.padding_begin[at], " and ", seen.padding_end[at],
         " leave nothing of the input's ", size, " cells. Crop less, or use 0."},
        {}, static_cast<int>(at));
  }
  return Passed{};
}

Check check_signs(const Request& request, const Arguments& seen) {
  const auto negative = [](std::int64_t number) { return number < 0; };
  const int axis_at_fault = find_axis(seen.padding_begin, negative);
  if (axis_at_fault >= 0 && !request.padding.pairs) {
    const char* remedy =
        request.padding.word ? "Use a kernel and a dilation of at least 1." : "Use 0 for none.";
    return refuse(Code::padding_negative, "padding",
                  {"Padding", axis_suffix(request.op, axis_at_fault), " is ",
                   seen.padding_begin[axis_at_fault],
                   ", but a padding with zeros cannot be negative. ", remedy},
                  {"RuntimeError: negative padding is not supported"}, axis_at_fault);
  }
  if (const int axis = find_axis(seen.output_padding, negative); axis >= 0) {
    return refuse(Code::output_padding_negative, "outputPadding",
                  {"Output padding", axis_suffix(request.op, axis), " is ",
                   seen.output_padding[axis], ", but it cannot be negative. Use 0 for none."},
                  {"RuntimeError: negative output_padding is not supported"}, axis);
  }
  const auto below_one = [](std::int64_t number) { return number < 1; };
  if (const int axis = find_axis(seen.stride, below_one); axis >= 0) {
    return refuse(Code::stride_not_positive, "stride",
                  {"Stride", axis_suffix(request.op, axis), " is ", seen.stride[axis],
                   ", but a stride must be at least 1. Use 1 to visit every position."},
                  {"RuntimeError: non-positive stride is not supported"}, axis);
  }
  return Passed{};
}

Check check_channels(const Request& request, const Shape& input, const Shape& weight) {
  const std::int64_t groups = request.groups;
  const bool transposed = request.op.transposed;
  const char* first_axis =
      transposed ? " input channels (its first axis), " : " output channels (its first axis), ";
  if (weight[0] < groups) {
    return refuse(Code::weight_below_groups, "weight",
                  {"The weight has ", weight[0], first_axis, "too few for ", groups,
                   groups == 1 ? " group." : " groups. Use at least one per group."},
                  {"RuntimeError: Given groups=", groups, ", expected weight to be at least ",
                   groups, " at dimension 0, but got weight of size ", weight, " instead"});
  }
  if (weight[0] % groups != 0) {
    return refuse(Code::weight_not_divisible, "weight",
                  {"The weight has ", weight[0], first_axis, "which ", groups,
                   " groups cannot share evenly. Use a multiple of ", groups, ", or other groups."},
                  {"RuntimeError: Given groups=", groups, ", expected weight to be divisible by ",
                   groups, " at dimension 0, but got weight of size [", weight, "] instead"});
  }
  const std::int64_t expected = transposed ? weight[0] : weight[1] * groups;
  if (input[1] != expected) {
    const std::string given = transposed ? std::string("transposed=1") : say("groups=", groups);
    return refuse(
        Code::channels_mismatch, "input",
        {"The input has ", input[1], input[1] == 1 ? " channel" : " channels",
         ", but a weight of shape ", weight, " with ", groups, groups == 1 ? " group" : " groups",
         " takes ", expected, ". Change the input or the weight."},
        {"RuntimeError: Given ", given, ", weight of size ", weight, ", expected input", input,
         " to have ", expected, " channels, but got ", input[1], " channels instead"});
  }
  const std::int64_t outputs = transposed ? weight[1] * groups : weight[0];
  if (request.bias && *request.bias != Shape{outputs}) {
    return refuse(Code::bias_shape, "bias",
                  {"The bias has shape ", *request.bias, ", but there are ", outputs,
                   " output channels, one number for each. Use shape [", outputs, "]."},
                  {"RuntimeError: Given ", transposed ? "transposed=1, " : "", "weight of size ",
                   weight, ", expected bias to be 1-dimensional with ", outputs,
                   " elements, but got bias of size ", *request.bias, " instead"});
  }
  return Passed{};
}

// The kernel must fit into the padded input; the sizes are compared before anything is divided.
Check check_reach(const Request& request, const Arguments& seen) {
  Numbers padded, kernel;
  int axis = -1;
  for (std::size_t at = 0; at + 2 < seen.weight.size(); ++at) {
    padded.push_back(seen.input[2 + at] + seen.padding_begin[at] + seen.padding_end[at]);
    kernel.push_back(seen.dilation[at] * (seen.weight[2 + at] - 1) + 1);
    if (axis < 0 && padded[at] < kernel[at]) axis = static_cast<int>(at);
  }
  if (axis < 0) return Passed{};
  const std::string dilated =
      seen.dilation[axis] == 1 ? "" : say(" with dilation ", seen.dilation[axis]);
  return refuse(Code::kernel_exceeds_input, "weight",
                {"Kernel", axis_suffix(request.op, axis), " ", seen.weight[2 + axis], dilated,
                 " spans ", kernel[axis], ", but the padded input has only ", padded[axis],
                 ". Use a smaller kernel, less dilation or more padding."},
                {"RuntimeError: Calculated padded input size per channel: (", join(padded, " x "),
                 "). Kernel size: (", join(kernel, " x "),
                 "). Kernel size can't be greater than actual input size"},
                axis);
}

}  // namespace

Check check_function(const Request& request, Arguments& arguments) {
  if (Check bias = check_bias_type(request); !bias) return bias;
  if (Check rank = check_rank(request); !rank) return rank;

  Arguments seen = arguments;
  seen.input = request.input;
  if (seen.input.size() == static_cast<std::size_t>(request.op.spatial) + 1) {
    seen.input.insert(seen.input.begin(), 1);
  }
  if (arguments.padding_mode != PaddingMode::zeros) {
    seen.padding_begin = seen.padding_end = Numbers(request.op.spatial, 0);  // done already
  } else if (request.padding.word) {
    Check word = resolve_padding_word(request, arguments, seen);
    if (!word) return word;
  }

  if (seen.weight.size() < 3) return weight_too_flat(seen.weight);
  if (request.groups <= 0) {
    return refuse(Code::groups_not_positive, "groups",
                  {"Groups is ", request.groups,
                   ", but there must be at least 1. Use 1 to connect every input channel with "
                   "every output channel."},
                  {"RuntimeError: non-positive groups is not supported"});
  }
  if (Check expanded = expand_all(seen); !expanded) return expanded;
  if (Check signs = check_signs(request, seen); !signs) return signs;
  if (seen.weight.size() != seen.input.size()) {
    return weight_rank(request, seen.input, seen.weight, " ");
  }
  if (Check crop = check_crop(request, seen); !crop) return crop;
  if (Check channels = check_channels(request, seen.input, seen.weight); !channels) return channels;
  if (!request.op.transposed) {
    if (Check reach = check_reach(request, seen); !reach) return reach;
  }
  if (Check kernel = check_kernel(request, seen); !kernel) return kernel;

  arguments.stride = seen.stride;
  arguments.dilation = seen.dilation;
  arguments.output_padding = seen.output_padding;
  const std::size_t axes = seen.weight.size() - 2;
  for (Numbers* padding : {&arguments.padding_begin, &arguments.padding_end}) {
    if (padding->size() == 1) *padding = Numbers(axes, (*padding)[0]);
  }
  return Passed{};
}

}  // namespace convscope

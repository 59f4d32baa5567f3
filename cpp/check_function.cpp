// The checks of torch.nn.functional.conv…, in the order of PyTorch 1.13's at::convolution, and the
// one way through all checks. Takes a Request, gives one argument per axis or the first refusal.
#include <algorithm>

#include "checks.hpp"
#include "say.hpp"

namespace convscope {
namespace {

using Numbers = std::vector<std::int64_t>;

// The first axis where `wrong` holds, or -1.
template <typename Predicate>
int find_axis(const Numbers& numbers, Predicate wrong) {
  const auto at = std::find_if(numbers.begin(), numbers.end(), wrong);
  return at == numbers.end() ? -1 : static_cast<int>(at - numbers.begin());
}

Result<bool> check_rank(const Request& request) {
  const std::size_t unbatched = request.op.spatial + 1;
  if (request.input.size() == unbatched || request.input.size() == unbatched + 1) return true;
  return Error{Code::input_rank, "input",
               say("The input has shape ", request.input, ", but ", request.op.name(),
                   " needs (channels, ", request.op.spatial == 1 ? "length" : "spatial axes",
                   ") with or without a batch axis in front: ", unbatched, " or ", unbatched + 1,
                   " axes."),
               say("RuntimeError: Expected ", unbatched, "D (unbatched) or ", unbatched + 1,
                   "D (batched) input to ", request.op.name(), ", but got input of size: ",
                   request.input)};
}

Error weight_too_flat(const Shape& weight) {
  return Error{Code::weight_rank, "weight",
               say("The weight has shape ", weight,
                   ", but it needs two axes of channels and at least one of the kernel."),
               "RuntimeError: weight should have at least three dimensions"};
}

Error weight_rank(const Request& request, const Shape& input, const Shape& weight,
                  const char* space) {
  return Error{Code::weight_rank, "weight",
               say("The weight has shape ", weight, ", but ", request.op.name(), " needs ",
                   request.op.spatial + 2, " axes: two of channels and ", request.op.spatial,
                   " of the kernel."),
               say("RuntimeError: Expected ", weight.size(), "-dimensional input for ",
                   weight.size(), "-dimensional weight", space, weight, ", but got ", input.size(),
                   "-dimensional input of size ", input, " instead")};
}

// One entry is repeated for every axis of the weight.
Result<Numbers> expand(const Numbers& numbers, const char* field, const char* torch_name,
                       std::size_t axes) {
  if (numbers.size() == axes) return numbers;
  if (numbers.size() == 1) return Numbers(axes, numbers[0]);
  return Error{Code::argument_length, field,
               say("`", field, "` is ", numbers, ", but the kernel has ", axes,
                   axes == 1 ? " axis" : " axes", ". Give one number, or one per axis."),
               say("RuntimeError: expected ", torch_name, " to be a single integer value or a list of ",
                   axes, " values to match the convolution dimensions, but got ", torch_name, "=",
                   numbers)};
}

Error groups_not_positive(std::int64_t groups) {
  return Error{Code::groups_not_positive, "groups",
               say("Groups is ", groups, ", but there must be at least 1. Use 1 to connect every "
                   "input channel with every output channel."),
               "RuntimeError: non-positive groups is not supported"};
}

// at::native::convolution_same: from the word to numbers. Gives the input's shape after the padding
// of one cell at the end that even kernels need, and puts the rest into `arguments`.
Result<Shape> resolve_same(const Request& request, const Shape& input, const Shape& weight,
                           Arguments& arguments) {
  if (weight.size() < 3) return weight_too_flat(weight);
  const std::size_t axes = weight.size() - 2;
  if (weight.size() != input.size()) return weight_rank(request, input, weight, "");
  for (const char* name : {"stride", "dilation"}) {
    const Numbers& numbers = name[0] == 's' ? request.stride : request.dilation;
    if (numbers.size() == axes || numbers.size() == 1) continue;
    return Error{Code::argument_length, name,
                 say("`", name, "` is ", numbers, ", but the kernel has ", axes,
                     axes == 1 ? " axis" : " axes", ". Give one number, or one per axis."),
                 say("RuntimeError: ", name, " cannot broadcast to ", axes, " dimensions")};
  }
  if (const int axis = find_axis(request.stride, [](auto stride) { return stride != 1; }); axis >= 0) {
    return Error{Code::same_with_stride, "padding",
                 say("Padding 'same' keeps the input's size, which only stride 1 can do, but the "
                     "stride is ", request.stride, ". Use stride 1, or give the padding in numbers."),
                 "RuntimeError: padding='same' is not supported for strided convolutions"};
  }
  Shape padded = input;
  arguments.padding_begin.clear();
  arguments.padding_end.clear();
  for (std::size_t at = 0; at < axes; ++at) {
    const std::int64_t dilation = request.dilation[request.dilation.size() == 1 ? 0 : at];
    const std::int64_t total = dilation * (weight[2 + at] - 1);
    const std::int64_t begin = total / 2, end = total - begin;
    arguments.padding_begin.push_back(begin);
    arguments.padding_end.push_back(end);
    if (end > begin) padded[2 + at] += end - begin;
  }
  return padded;
}

Result<bool> check_signs(const Request& request, const Arguments& arguments) {
  const auto negative = [](std::int64_t number) { return number < 0; };
  for (const Numbers* padding : {&arguments.padding_begin, &arguments.padding_end}) {
    const int axis = find_axis(*padding, negative);
    if (axis < 0) continue;
    const bool word = request.padding.word.has_value();  // 'same' with a kernel or dilation below 1
    return Error{Code::padding_negative, "padding",
                 say(axis_label("Padding", request.op, axis), " is ", (*padding)[axis],
                     ", but a padding with zeros cannot be negative. ",
                     word ? "Use a kernel and a dilation of at least 1."
                          : "Use 0 for none."),
                 "RuntimeError: negative padding is not supported", axis};
  }
  if (const int axis = find_axis(arguments.output_padding, negative); axis >= 0) {
    return Error{Code::output_padding_negative, "outputPadding",
                 say(axis_label("Output padding", request.op, axis), " is ",
                     arguments.output_padding[axis], ", but it cannot be negative. Use 0 for none."),
                 "RuntimeError: negative output_padding is not supported", axis};
  }
  const auto below_one = [](std::int64_t number) { return number < 1; };
  if (const int axis = find_axis(arguments.stride, below_one); axis >= 0) {
    return Error{Code::stride_not_positive, "stride",
                 say(axis_label("Stride", request.op, axis), " is ", arguments.stride[axis],
                     ", but a stride must be at least 1. Use 1 to visit every position."),
                 "RuntimeError: non-positive stride is not supported", axis};
  }
  return true;
}

// at::native::check_shape_forward from the weight's channels on.
Result<bool> check_channels(const Request& request, const Shape& input, const Shape& weight) {
  const std::int64_t groups = request.groups;
  const bool transposed = request.op.transposed;
  if (weight[0] < groups) {
    return Error{Code::weight_below_groups, "weight",
                 say("The weight has ", weight[0], transposed ? " input" : " output",
                     " channels (its first axis), too few for ", groups, " groups. Use at least ",
                     groups, ", or fewer groups."),
                 say("RuntimeError: Given groups=", groups, ", expected weight to be at least ",
                     groups, " at dimension 0, but got weight of size ", weight, " instead")};
  }
  if (weight[0] % groups != 0) {
    return Error{Code::weight_not_divisible, "weight",
                 say("The weight has ", weight[0], transposed ? " input" : " output",
                     " channels (its first axis), which ", groups, " groups cannot share evenly. "
                     "Use a multiple of ", groups, ", or other groups."),
                 say("RuntimeError: Given groups=", groups, ", expected weight to be divisible by ",
                     groups, " at dimension 0, but got weight of size [", weight, "] instead")};
  }
  const std::int64_t expected = transposed ? weight[0] : weight[1] * groups;
  const std::string given = transposed ? std::string("transposed=1") : say("groups=", groups);
  if (input[1] != expected) {
    return Error{Code::channels_mismatch, "input",
                 say("The input has ", input[1], input[1] == 1 ? " channel" : " channels",
                     ", but a weight of shape ", weight, " with ", groups,
                     groups == 1 ? " group" : " groups", " takes ", expected,
                     ". Change the input or the weight."),
                 say("RuntimeError: Given ", given, ", weight of size ", weight,
                     ", expected input", input, " to have ", expected, " channels, but got ",
                     input[1], " channels instead")};
  }
  const std::int64_t outputs = transposed ? weight[1] * groups : weight[0];
  if (request.bias && *request.bias != Shape{outputs}) {
    return Error{Code::bias_shape, "bias",
                 say("The bias has shape ", *request.bias, ", but there are ", outputs,
                     " output channels, one number for each: shape [", outputs, "]."),
                 say("RuntimeError: Given ", transposed ? "transposed=1, " : "", "weight of size ",
                     weight, ", expected bias to be 1-dimensional with ", outputs,
                     " elements, but got bias of size ", *request.bias, " instead")};
  }
  return true;
}

Result<bool> check_reach(const Request& request, const Arguments& arguments, const Shape& input,
                         const Shape& weight) {
  Numbers padded, kernel;
  int axis = -1;
  for (std::size_t at = 0; at + 2 < weight.size(); ++at) {
    padded.push_back(input[2 + at] + arguments.padding_begin[at] + arguments.padding_end[at]);
    kernel.push_back(arguments.dilation[at] * (weight[2 + at] - 1) + 1);
    if (axis < 0 && padded[at] < kernel[at]) axis = static_cast<int>(at);
  }
  if (axis < 0) return true;
  return Error{Code::kernel_exceeds_input, "weight",
               say(axis_label("Kernel", request.op, axis), " ", weight[2 + axis],
                   arguments.dilation[axis] == 1
                       ? std::string()
                       : say(" with dilation ", arguments.dilation[axis], " spans ", kernel[axis]),
                   arguments.dilation[axis] == 1 ? " is larger than the padded input, " : ", but the padded input has only ",
                   padded[axis], ". Use a smaller kernel, less dilation or more padding."),
               say("RuntimeError: Calculated padded input size per channel: (", join(padded, " x "),
                   "). Kernel size: (", join(kernel, " x "),
                   "). Kernel size can't be greater than actual input size"),
               axis};
}

// torch.nn's outputSize: becomes the output padding that reaches it.
Result<bool> resolve_output_size(const Request& request, const Shape& weight, Arguments& arguments) {
  const std::size_t axes = request.op.spatial;
  const std::size_t lead = request.input.size() == axes + 2 ? 2 : 1;
  Numbers wanted = *request.output_size;
  if (wanted.size() == lead + axes) wanted.erase(wanted.begin(), wanted.begin() + lead);
  if (wanted.size() != axes) {
    return Error{Code::output_size_length, "outputSize",
                 say("`outputSize` is ", *request.output_size, ", but it needs ", axes,
                     " numbers, or ", lead + axes, " with batch and channels."),
                 say("ValueError: ConvTranspose", axes, "D: for ", request.input.size(),
                     "D input, output_size must have ", axes, " or ", lead + axes,
                     " elements (got ", wanted.size(), ")")};
  }
  Numbers least, most;
  int axis = -1;
  for (std::size_t at = 0; at < axes; ++at) {
    if (lead + at >= request.input.size() || 2 + at >= weight.size() ||
        at >= arguments.stride.size() || at >= arguments.dilation.size() ||
        at >= arguments.padding_begin.size()) {
      return Error{Code::argument_length, "outputSize",
                   "`outputSize` needs stride, padding and dilation with one number per axis.",
                   "IndexError: tuple index out of range"};
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
    return Error{Code::output_size_range, "outputSize",
                 say(axis_label("Output size", request.op, axis), " ", wanted[axis],
                     " cannot be reached: this input, kernel and stride give ", least[axis], " to ",
                     most[axis], ". Choose a size in that range."),
                 say("ValueError: requested an output size of ", wanted,
                     ", but valid sizes range from ", least, " to ", most,
                     " (for an input of torch.Size(", rest, "))"),
                 axis};
  }
  for (std::size_t at = 0; at < axes; ++at) arguments.output_padding[at] = wanted[at] - least[at];
  return true;
}

Result<PaddingMode> read_mode(const Request& request) {
  if (Result<bool> mode = check_transposed_mode(request); !mode) return mode.error();
  if (request.padding_mode != "zeros") {
    if (Result<bool> words = check_padding_words(request); !words) return words.error();
  }
  if (request.padding_mode == "reflect") return PaddingMode::reflect;
  if (request.padding_mode == "replicate") return PaddingMode::replicate;
  if (request.padding_mode == "circular") return PaddingMode::circular;
  return PaddingMode::zeros;
}

Result<bool> check_applicable(const Request& request) {
  if (request.op.transposed) return true;
  if (request.output_size) {
    return Error{Code::not_applicable, "outputSize",
                 "`outputSize` belongs to transposed convolutions: a convolution has one size only. "
                 "Leave it out.",
                 "TypeError: forward() got an unexpected keyword argument 'output_size'"};
  }
  if (find_axis(request.output_padding, [](auto number) { return number != 0; }) >= 0) {
    return Error{Code::not_applicable, "outputPadding",
                 say("`outputPadding` belongs to transposed convolutions; ", request.op.name(),
                     " has none. Leave it out or set it to 0."),
                 say("TypeError: ", request.op.layer(),
                     ".__init__() got an unexpected keyword argument 'output_padding'")};
  }
  return true;
}

}  // namespace

const char* axis_name(const Op& op, std::size_t axis) {
  static constexpr const char* kNames[] = {"depth", "height", "width"};
  return op.spatial == 1 ? "length" : kNames[3 - op.spatial + axis];
}

std::string axis_label(const char* argument, const Op& op, std::size_t axis) {
  if (op.spatial == 1 || axis >= static_cast<std::size_t>(op.spatial)) return argument;
  return say(argument, " ", axis_name(op, axis));
}

Result<Arguments> check_request(const Request& given) {
  if (Result<bool> applicable = check_applicable(given); !applicable) return applicable.error();
  Request request = given;
  if (request.is_layer()) {
    Result<Request> layer = check_layer(given);
    if (!layer) return layer.error();
    request = *layer;
  }
  const Shape weight = *request.weight;
  Result<PaddingMode> mode = read_mode(request);
  if (!mode) return mode.error();

  Arguments arguments;
  arguments.padding_mode = *mode;
  arguments.stride = request.stride;
  arguments.dilation = request.dilation;
  arguments.output_padding = request.output_padding;
  arguments.padding_begin = request.padding.begin;
  arguments.padding_end = request.padding.end;

  if (request.op.transposed && request.padding.word) {
    return Error{Code::padding_not_applicable, "padding",
                 say("A transposed convolution takes its padding in numbers, not '",
                     *request.padding.word, "'. Use 0 to keep the whole output."),
                 say("TypeError: ", request.op.name(), "(): argument 'padding'",
                     request.is_layer() ? " (position 5) must be tuple of ints, not tuple"
                                        : " must be tuple of ints, not str")};
  }
  if (request.output_size) {
    Result<bool> reached = resolve_output_size(request, weight, arguments);
    if (!reached) return reached.error();
  }

  // A padding mode pads first; the function then sees the padded input and no padding.
  Shape seen = request.input;
  const bool padded_first = *mode != PaddingMode::zeros;
  if (padded_first) {
    Result<Shape> padded = check_padding(request, arguments);
    if (!padded) return padded.error();
    seen = *padded;
  }
  Request function = request;
  function.input = seen;
  if (Result<bool> rank = check_rank(function); !rank) return rank.error();
  arguments.batched = seen.size() == static_cast<std::size_t>(request.op.spatial) + 2;
  arguments.input = request.input;
  if (!arguments.batched) {
    seen.insert(seen.begin(), 1);
    arguments.input.insert(arguments.input.begin(), 1);
  }

  // What remains to be padded by the function itself.
  Arguments inner = arguments;
  inner.input = seen;
  inner.weight = weight;
  if (padded_first) {
    inner.padding_begin = inner.padding_end = Numbers(request.op.spatial, 0);
  } else if (request.padding.word) {
    if (*request.padding.word == "same") {
      Result<Shape> same = resolve_same(request, seen, weight, arguments);
      if (!same) return same.error();
      // One cell more at the end is padded beforehand; the function pads both ends alike.
      inner.input = *same;
      inner.padding_begin = inner.padding_end = arguments.padding_begin;
      for (std::size_t at = 0; at < arguments.padding_end.size(); ++at) {
        if (arguments.padding_end[at] < arguments.padding_begin[at]) {
          inner.padding_begin[at] = inner.padding_end[at] = arguments.padding_end[at];
        }
      }
    } else if (*request.padding.word == "valid") {
      arguments.padding_begin = arguments.padding_end = {0};
      inner.padding_begin = inner.padding_end = {0};
    } else {
      return Error{Code::padding_string, "padding",
                   say("Padding is the text '", *request.padding.word,
                       "', but only 'same' and 'valid' are known. Use one of them, or numbers."),
                   say("RuntimeError: Invalid padding string: '", *request.padding.word, "'")};
    }
  }

  if (weight.size() < 3) return weight_too_flat(weight);
  if (request.groups <= 0) return groups_not_positive(request.groups);
  const std::size_t axes = weight.size() - 2;
  struct Expansion {
    Numbers* numbers;
    const char* field;
    const char* torch_name;
  };
  for (auto [numbers, field, torch_name] :
       {Expansion{&inner.stride, "stride", "stride"},
        Expansion{&inner.padding_begin, "padding", "padding"},
        Expansion{&inner.padding_end, "padding", "padding"},
        Expansion{&inner.dilation, "dilation", "dilation"},
        Expansion{&inner.output_padding, "outputPadding", "output_padding"}}) {
    Result<Numbers> expanded = expand(*numbers, field, torch_name, axes);
    if (!expanded) return expanded.error();
    *numbers = *expanded;
  }
  if (Result<bool> signs = check_signs(request, inner); !signs) return signs.error();
  if (weight.size() != inner.input.size()) {
    return weight_rank(request, inner.input, weight, " ");
  }
  if (Result<bool> channels = check_channels(request, inner.input, weight); !channels) {
    return channels.error();
  }
  if (!request.op.transposed) {
    Result<bool> reach = check_reach(request, inner, inner.input, weight);
    if (!reach) return reach.error();
  }
  if (Result<bool> kernel = check_kernel(request, inner); !kernel) return kernel.error();

  arguments.weight = weight;
  arguments.stride = inner.stride;
  arguments.dilation = inner.dilation;
  arguments.output_padding = inner.output_padding;
  for (Numbers* padding : {&arguments.padding_begin, &arguments.padding_end}) {
    if (padding->size() == 1) *padding = Numbers(axes, (*padding)[0]);
  }
  return arguments;
}

}  // namespace convscope

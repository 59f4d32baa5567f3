// The checks of torch.nn's constructor, in its order. Takes a Request with inChannels, outChannels
// or kernelSize; gives it with the weight that the layer would make. Never looks at the input.
#include <algorithm>

#include "checks.hpp"
#include "say.hpp"

namespace convscope {
namespace {

// Python's repr of a string: quotes, and escapes for what would not print.
std::string python_repr(const std::string& text) {
  const bool has_single = text.find('\'') != std::string::npos;
  const char quote = has_single && text.find('"') == std::string::npos ? '"' : '\'';
  std::string repr(1, quote);
  for (char letter : text) {
    if (letter == '\n') {
      repr += "\\n";
    } else if (letter == '\t') {
      repr += "\\t";
    } else if (letter == '\r') {
      repr += "\\r";
    } else {
      if (letter == '\\' || letter == quote) repr += '\\';
      repr += letter;
    }
  }
  return repr + quote;
}

// Python's // and % round towards minus infinity.
std::int64_t floor_divide(std::int64_t number, std::int64_t by) {
  const std::int64_t quotient = number / by;
  return number % by != 0 && (number < 0) != (by < 0) ? quotient - 1 : quotient;
}

Refusal not_divisible(const char* field, const char* words, const char* torch,
                      std::int64_t channels, std::int64_t groups) {
  return refuse(Code::channels_not_divisible, field,
                {words, " (", channels, ") must be divisible by groups (", groups,
                 "). Use a multiple of ", groups, ", or other groups."},
                {"ValueError: ", torch, " must be divisible by groups"});
}

// The channels and kernel that were not given are those of the weight, if there is one.
Result<Request> complete(Request request) {
  if (!request.weight && !(request.in_channels && request.out_channels && request.kernel_size)) {
    return refuse(Code::missing_argument, "weight",
                  {"Without a weight, inChannels, outChannels and kernelSize are all needed."});
  }
  if (request.weight && request.weight->size() >= 2) {
    const std::int64_t first = (*request.weight)[0];
    const std::int64_t second = (*request.weight)[1] * request.groups;
    if (!request.in_channels) request.in_channels = request.op.transposed ? first : second;
    if (!request.out_channels) request.out_channels = request.op.transposed ? second : first;
    if (!request.kernel_size) {
      request.kernel_size.emplace(request.weight->begin() + 2, request.weight->end());
    }
  }
  return request;
}

}  // namespace

Check check_padding_words(const Request& request) {
  if (request.padding.word) {
    const std::string& word = *request.padding.word;
    if (word != "same" && word != "valid") {
      return refuse(Code::padding_string, "padding",
                    {"Padding is the text ", python_repr(word),
                     ", but only 'same' and 'valid' are known. Use one of them, or numbers."},
                    {"ValueError: Invalid padding string ", python_repr(word),
                     ", should be one of {'same', 'valid'}"});
    }
    const bool strided = std::any_of(request.stride.begin(), request.stride.end(),
                                     [](std::int64_t stride) { return stride != 1; });
    if (word == "same" && strided) {
      return refuse(Code::same_with_stride, "padding",
                    {"Padding 'same' keeps the input's size, which only stride 1 can do, but the "
                     "stride is ",
                     request.stride, ". Use stride 1, or give the padding in numbers."},
                    {"ValueError: padding='same' is not supported for strided convolutions"});
    }
  }
  const std::string& mode = request.padding_mode;
  if (mode != "zeros" && mode != "reflect" && mode != "replicate" && mode != "circular") {
    return refuse(Code::padding_mode_unknown, "paddingMode",
                  {"Padding mode '", mode,
                   "' is unknown. Use 'zeros', 'reflect', 'replicate' or 'circular'."},
                  {"ValueError: padding_mode must be one of {'replicate', 'reflect', 'zeros', "
                   "'circular'}, but got padding_mode='",
                   mode, "'"});
  }
  return Passed{};
}

Check check_transposed_mode(const Request& request) {
  if (request.op.transposed && request.padding_mode != "zeros") {
    return refuse(
        Code::padding_mode_not_applicable, "paddingMode",
        {"A transposed convolution has padding mode 'zeros' only, not '", request.padding_mode,
         "': its padding cuts the output off. Use 'zeros'."},
        {"ValueError: Only \"zeros\" padding mode is supported for ", request.op.layer()});
  }
  return Passed{};
}

Result<Request> check_layer(const Request& given) {
  if (Check mode = check_transposed_mode(given); !mode) return mode.refusal();
  const std::int64_t groups = given.groups;
  if (groups <= 0) {
    return refuse(Code::groups_not_positive, "groups",
                  {"Groups is ", groups,
                   ", but there must be at least 1. Use 1 to connect every "
                   "input channel with every output channel."},
                  {"ValueError: groups must be a positive integer"});
  }
  Result<Request> completed = complete(given);
  if (!completed) return completed;
  Request& request = *completed;
  if (!request.in_channels) return request;  // a weight of fewer than two axes: refused later
  const std::int64_t in = *request.in_channels, out = *request.out_channels;
  if (in % groups != 0) {
    return not_divisible("inChannels", "The input channels", "in_channels", in, groups);
  }
  if (out % groups != 0) {
    return not_divisible("outChannels", "The output channels", "out_channels", out, groups);
  }
  // A transposed layer takes a padding string for a tuple of letters and fails later.
  if (!request.op.transposed) {
    if (Check words = check_padding_words(request); !words) return words.refusal();
  }

  Shape weight = request.op.transposed ? Shape{in, floor_divide(out, groups)}
                                       : Shape{out, floor_divide(in, groups)};
  weight.insert(weight.end(), request.kernel_size->begin(), request.kernel_size->end());
  for (std::size_t at = 0; at < weight.size(); ++at) {
    if (weight[at] >= 0) continue;
    const char* field = at >= 2                              ? "kernelSize"
                        : (at == 0) == request.op.transposed ? "inChannels"
                                                             : "outChannels";
    return refuse(Code::negative_size, field,
                  {"The weight would have shape ", weight,
                   ", but a size cannot be below 0. Use a positive number."},
                  {"RuntimeError: Trying to create tensor with negative dimension ", weight[at],
                   ": ", weight});
  }
  if (request.weight && *request.weight != weight) {
    return refuse(Code::weight_shape, "weight",
                  {"The weight has shape ", *request.weight, ", but a ", request.op.layer(),
                   " with ", in, " input channels, ", out, " output channels, ", groups,
                   " groups and this kernel size has a weight of shape ", weight, "."});
  }
  request.weight = weight;
  return request;
}

}  // namespace convscope

// The one way through all checks, stage by stage. Takes a Request, gives one argument per axis or
// the first refusal.
#include "checks.hpp"

#include <algorithm>

#include "say.hpp"

namespace convscope {
namespace {

Check check_applicable(const Request& request) {
  if (request.op.transposed) return Passed{};
  if (request.output_size) {
    return refuse(Code::not_applicable, "outputSize",
                  {"`outputSize` belongs to transposed convolutions: a convolution has one size "
                   "only. Leave it out."},
                  {"TypeError: ", request.op.layer(),
                   ".forward() got an unexpected keyword argument 'output_size'"});
  }
  const auto& extra = request.output_padding;
  if (std::any_of(extra.begin(), extra.end(), [](std::int64_t number) { return number != 0; })) {
    return refuse(Code::not_applicable, "outputPadding",
                  {"`outputPadding` belongs to transposed convolutions; ", request.op.name(),
                   " has none. Leave it out or set it to 0."},
                  {"TypeError: ", request.op.layer(),
                   ".__init__() got an unexpected keyword argument 'output_padding'"});
  }
  return Passed{};
}

Result<PaddingMode> read_mode(const Request& request) {
  if (Check mode = check_transposed_mode(request); !mode) return mode.refusal();
  if (request.padding_mode != "zeros") {
    if (Check words = check_padding_words(request); !words) return words.refusal();
  }
  if (request.padding_mode == "reflect") return PaddingMode::reflect;
  if (request.padding_mode == "replicate") return PaddingMode::replicate;
  if (request.padding_mode == "circular") return PaddingMode::circular;
  return PaddingMode::zeros;
}

Refusal no_padding_word(const Request& request) {
  return refuse(Code::padding_not_applicable, "padding",
                {"A transposed convolution takes its padding in numbers, not '",
                 *request.padding.word, "'. Use 0 to keep the whole output."},
                {"TypeError: ", request.op.name(), "(): argument 'padding'",
                 request.is_layer() ? " (position 5) must be tuple of ints, not tuple"
                                    : " must be tuple of ints, not str"});
}

}  // namespace

const char* axis_name(const Op& op, std::size_t axis) {
  return op.spatial == 1 ? "length" : axis_suffix(op, axis) + 1;
}

const char* axis_suffix(const Op& op, std::size_t axis) {
  static constexpr const char* kNames[] = {" depth", " height", " width"};
  if (op.spatial == 1 || axis >= static_cast<std::size_t>(op.spatial)) return "";
  return kNames[3 - op.spatial + axis];
}

Refusal weight_too_flat(const Shape& weight) {
  return refuse(Code::weight_rank, "weight",
                {"The weight has shape ", weight,
                 ", but it needs two axes of channels and at least one of the kernel."},
                {"RuntimeError: weight should have at least three dimensions"});
}

Result<Arguments> check_request(const Request& given) {
  if (Check applicable = check_applicable(given); !applicable) return applicable.refusal();
  Request request = given;
  if (request.is_layer()) {
    Result<Request> layer = check_layer(given);
    if (!layer) return layer.refusal();
    request = *layer;
  }
  Result<PaddingMode> mode = read_mode(request);
  if (!mode) return mode.refusal();

  Arguments arguments;
  arguments.padding_mode = *mode;
  arguments.weight = *request.weight;
  arguments.stride = request.stride;
  arguments.dilation = request.dilation;
  arguments.output_padding = request.output_padding;
  arguments.padding_begin = request.padding.begin;
  arguments.padding_end = request.padding.end;

  if (request.output_size) {
    Check reached = resolve_output_size(request, arguments);
    if (!reached) return reached.refusal();
  }
  if (request.op.transposed && request.padding.word) return no_padding_word(request);

  arguments.input = request.input;
  if (*mode != PaddingMode::zeros) {
    Result<Shape> padded = check_padding(request, arguments);
    if (!padded) return padded.refusal();
    request.input = *padded;
  }
  if (Check function = check_function(request, arguments); !function) return function.refusal();
  if (arguments.pads_channels) {
    return refuse(Code::argument_length, "padding",
                  {"Padding has more entries than ", request.op.name(),
                   " has axes. Give one number, or one per axis."});
  }
  arguments.batched = arguments.input.size() == static_cast<std::size_t>(request.op.spatial) + 2;
  if (!arguments.batched) arguments.input.insert(arguments.input.begin(), 1);
  return arguments;
}

}  // namespace convscope

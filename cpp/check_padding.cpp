// What F.pad refuses before a convolution that pads by reflection, repetition or going round.
// Takes the request, gives the padded shape. Zero padding never comes here.
#include <algorithm>

#include "checks.hpp"
#include "say.hpp"

namespace convscope {
namespace {

// 'same' and 'valid' in numbers. Layers pair dilations with kernel axes; the shorter list decides.
void resolve_words(const Request& request, Arguments& arguments) {
  if (!request.padding.word) return;
  const Shape& weight = arguments.weight;
  const std::size_t axes = weight.size() < 2 ? 0 : weight.size() - 2;
  arguments.padding_begin = arguments.padding_end = Numbers(axes, 0);
  if (*request.padding.word != "same") return;
  for (std::size_t at = 0; at < std::min(axes, request.dilation.size()); ++at) {
    const std::int64_t total = request.dilation[at] * (weight[2 + at] - 1);
    const std::int64_t begin = total >= 0 ? total / 2 : (total - 1) / 2;  // rounds down
    arguments.padding_begin[at] = begin;
    arguments.padding_end[at] = total - begin;
  }
}

// The input as F.pad sees it: the last `axes` of its axes are padded.
struct Padded {
  const Request& request;
  const Shape& input;
  const Numbers &begin, &end;
  std::size_t axes, lead;
  Shape shape{};

  std::int64_t size(std::size_t axis) const { return input[lead + axis]; }
  std::int64_t result(std::size_t axis) const { return shape[lead + axis]; }
  // The operation's own axis, for the words; -1 beyond.
  int spatial_axis(std::size_t axis) const {
    return static_cast<int>(axis) + request.op.spatial - static_cast<int>(axes);
  }
};

Refusal wrong_rank(const Padded& padded, Words torch) {
  return refuse(
      Code::padding_rank, "input",
      {"Padding mode '", padded.request.padding_mode, "' of ", padded.axes,
       chosen(padded.axes == 1 ? " axis" : " axes"), " does not work on an input of shape ",
       padded.input, ". Give the input a batch axis, and one padding per spatial axis."},
      torch);
}

Refusal too_wide(const Padded& padded, std::size_t axis, const char* limit, Words torch) {
  const int spatial = padded.spatial_axis(axis);
  return refuse(Code::padding_exceeds_input, "padding",
                {"Padding", axis_suffix(padded.request.op, spatial), " is ", padded.begin[axis],
                 " and ", padded.end[axis], ", but padding mode '", padded.request.padding_mode,
                 "' can add at most ", limit, " the input's ", padded.size(axis),
                 " cells there. Use less padding, or mode 'zeros'."},
                torch, spatial);
}

Refusal nothing_left(const Padded& padded, std::size_t axis, Words torch) {
  const int spatial = padded.spatial_axis(axis);
  return refuse(
      Code::padding_crops_all, "padding",
      {"A negative padding crops: ", padded.begin[axis], " and ", padded.end[axis],
       " leave nothing of the input's ", padded.size(axis), " cells. Crop less, or use 0."},
      torch, spatial);
}

// Axes of length 0 where the mode needs cells to copy from. Only a batch may be empty, and for
// 1-D and 2-D reflection whatever comes first.
Check check_empty(const Padded& padded, PaddingMode mode) {
  const Shape& input = padded.input;
  const bool reflects = mode == PaddingMode::reflect && padded.axes < 3;
  const bool batched = input.size() == padded.axes + 2;
  const std::size_t first = batched || reflects ? 1 : 0;
  const auto empty = std::find(input.begin() + first, input.end(), 0);
  if (empty == input.end()) return Passed{};
  const std::string ranks = say(padded.axes + 1, "D or ", padded.axes + 2, "D (batch mode) tensor");
  const std::string torch =
      reflects ? say(ranks, " expected for input, but got: [ torch.",
                     padded.request.dtype == DType::float32 ? "Float" : "Double", "Tensor{",
                     join(input, ","), "} ]")
               : say("Expected ", ranks,
                     " with possibly 0 batch size and other non-zero dimensions for input, but "
                     "got: ",
                     input);
  return refuse(Code::padding_empty_input, "input",
                {"The input has shape ", input, ", but padding mode '", padded.request.padding_mode,
                 "' needs at least one cell on every axis. Use a larger input."},
                {"RuntimeError: ", torch});
}

Check check_reflection(const Padded& padded) {
  for (std::size_t at = padded.axes; at-- > 0;) {  // width first
    if (padded.begin[at] < padded.size(at) && padded.end[at] < padded.size(at)) continue;
    const std::string input = padded.axes == 2 ? say(padded.input.size()) : say(padded.input);
    return too_wide(padded, at, "one less than",
                    {"RuntimeError: Argument #", 4 + 2 * (padded.axes - 1 - at),
                     ": Padding size should be less than the corresponding input dimension, but "
                     "got: padding (",
                     padded.begin[at], ", ", padded.end[at], ") at dimension ", padded.lead + at,
                     " of input ", input});
  }
  return Passed{};
}

// Reflection and repetition refuse at once only where no axis keeps a cell; then come the words
// of whatever makes a tensor with a negative size.
Check check_crop(const Padded& padded, PaddingMode mode) {
  const auto none = [&](std::size_t at) { return padded.result(at) < 1; };
  bool all = true;
  for (std::size_t at = 0; at < padded.axes; ++at) all = all && none(at);
  const bool reflects = mode == PaddingMode::reflect;
  if (all) {
    std::string sizes, results;
    for (std::size_t at = 0; at < padded.axes; ++at) {
      const char* name = &"D: H: W: "[3 * (3 - padded.axes + at)];
      const std::string_view label(name, 3);
      if (at != 0) {
        sizes += padded.axes == 3 && at == 1 ? " " : ", ";
        results += " ";
      }
      sizes += say(label, padded.size(at));
      results += say(label, padded.result(at));
    }
    const char* close = padded.axes == 2               ? (reflects ? ")is" : " ) is")
                        : padded.axes == 1 && reflects ? ")is"
                                                       : ") is";
    return nothing_left(padded, 0,
                        {"RuntimeError: ", padded.axes == 1 && reflects ? "2" : "", "input (",
                         sizes, close, " too small. Calculated output ", results});
  }
  for (std::size_t at = 0; at < padded.axes; ++at) {
    if (padded.result(at) >= 0) continue;
    if (reflects && padded.axes == 2) {
      return nothing_left(padded, at, {"RuntimeError: numel: integer multiplication overflow"});
    }
    return nothing_left(padded, at,
                        {"RuntimeError: Trying to create tensor with negative dimension ",
                         padded.result(at), ": ", padded.shape});
  }
  return Passed{};
}

// PyTorch 1.13 refuses an input without a batch axis here, PyTorch 2 takes it. So does this engine.
Check check_circular(const Padded& padded) {
  for (std::size_t at = 0; at < padded.axes; ++at) {
    const std::int64_t size = padded.size(at), begin = padded.begin[at], end = padded.end[at];
    if (begin > size || end > size) {
      return too_wide(padded, at, "as many as",
                      {"RuntimeError: Padding value causes wrapping around more than once."});
    }
    if (padded.result(at) < 0) {
      return nothing_left(
          padded, at, {"RuntimeError: Negative padding value is resulting in an empty dimension"});
    }
    // Cropped at one end and wrapped at the other: what is left must fill the wrap.
    const std::int64_t kept =
        size + std::min<std::int64_t>(begin, 0) + std::min<std::int64_t>(end, 0);
    if (kept < 0 || std::max(begin, end) > kept) return nothing_left(padded, at, {});
  }
  return Passed{};
}

}  // namespace

Result<Shape> check_padding(const Request& request, Arguments& arguments) {
  resolve_words(request, arguments);
  const Shape& input = request.input;
  const std::size_t axes = arguments.padding_begin.size();
  Padded padded{request,
                input,
                arguments.padding_begin,
                arguments.padding_end,
                axes,
                input.size() - std::min(axes, input.size())};
  if (axes > input.size()) return wrong_rank(padded, {"RuntimeError: Padding length too large"});
  if (axes < 1 || axes > 3 || padded.lead < 1 || padded.lead > 2) {
    return wrong_rank(padded, {"NotImplementedError: Only 2D, 3D, 4D, 5D padding with non-constant "
                               "padding are supported for now"});
  }
  padded.shape = input;
  for (std::size_t at = 0; at < axes; ++at) {
    padded.shape[padded.lead + at] += arguments.padding_begin[at] + arguments.padding_end[at];
  }

  if (arguments.padding_mode == PaddingMode::circular) {
    if (Check circular = check_circular(padded); !circular) return circular.refusal();
  } else {
    const PaddingMode mode = arguments.padding_mode;
    if (Check empty = check_empty(padded, mode); !empty) return empty.refusal();
    if (mode == PaddingMode::reflect) {
      if (Check reflection = check_reflection(padded); !reflection) return reflection.refusal();
    }
    if (Check crop = check_crop(padded, mode); !crop) return crop.refusal();
  }

  // From F.pad's axes, the last of the input, to the operation's.
  const std::size_t spatial = static_cast<std::size_t>(request.op.spatial);
  const Shape shape = padded.shape;
  for (Numbers* padding : {&arguments.padding_begin, &arguments.padding_end}) {
    while (padding->size() < spatial) padding->insert(padding->begin(), 0);
    while (padding->size() > spatial) {
      arguments.pads_channels = arguments.pads_channels || padding->front() != 0;
      padding->erase(padding->begin());
    }
  }
  return shape;
}

}  // namespace convscope

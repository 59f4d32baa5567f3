// The clause of each hypothesis: what would have to be so for the numbers to agree.
#include <cmath>
#include <cstdio>

#include "../checks.hpp"
#include "hypotheses.hpp"

namespace convscope {
namespace {

using Kind = Hypothesis::Kind;
using Numbers = std::vector<std::int64_t>;

bool all_same(const Numbers& numbers) {
  for (std::int64_t number : numbers) {
    if (number != numbers.front()) return false;
  }
  return !numbers.empty();
}

// "2", or "[2, 1]" where the axes differ.
std::string text(const Numbers& numbers) {
  return all_same(numbers) ? say(numbers.front()) : say(numbers);
}

std::string text(const Padding& padding) {
  if (padding.word) return say("'", *padding.word, "'");
  if (padding.begin == padding.end) return text(padding.begin);
  if (all_same(padding.begin) && all_same(padding.end)) {
    return say(padding.begin.front(), " at the begin and ", padding.end.front(), " at the end");
  }
  return say(padding.begin, " at the begin and ", padding.end, " at the end");
}

// "the stride is 1 instead of 2", "the stride of the height is 1 instead of 2"
std::string argument(const Hypothesis& hypothesis, const char* name, const Request& request,
                     const Numbers& before, const Numbers& after) {
  if (hypothesis.axis < 0 || request.op.spatial == 1) {
    return say("the ", name, " is ", text(after), " instead of ", text(before));
  }
  const std::size_t axis = hypothesis.axis;
  return say("the ", name, " of the ", axis_name(request.op, axis), " is ", after[axis],
             " instead of ", before[axis]);
}

std::string axes(const Hypothesis& hypothesis, const Request& request) {
  return say(axis_name(request.op, hypothesis.axis), " and ",
             axis_name(request.op, hypothesis.other_axis));
}

std::string decimal(double number) {
  char digits[32];
  std::snprintf(digits, sizeof(digits), "%.6g", number);
  return digits;
}

std::string list(const std::vector<double>& numbers) {
  std::string result = "[";
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (at != 0) result += ", ";
    if (at == 8) return result + "…]";
    result += std::isnan(numbers[at]) ? "?" : decimal(numbers[at]);
  }
  return result + "]";
}

std::string shape(const Shape& sizes) { return say(sizes); }

}  // namespace

std::string clause(const Hypothesis& hypothesis, const Request& before, const Request& after,
                   const Fitted& fitted) {
  switch (hypothesis.kind) {
    case Kind::stride:
      return argument(hypothesis, "stride", before, before.stride, after.stride);
    case Kind::dilation:
      return argument(hypothesis, "dilation", before, before.dilation, after.dilation);
    case Kind::output_padding:
      return argument(hypothesis, "output padding", before, before.output_padding,
                      after.output_padding);
    case Kind::padding:
      if (before.padding.begin != before.padding.end) break;
      return argument(hypothesis, "padding", before, before.padding.begin, after.padding.begin);
    case Kind::padding_begin:
      return argument(hypothesis, "padding at the begin", before, before.padding.begin,
                      after.padding.begin);
    case Kind::padding_end:
      return argument(hypothesis, "padding at the end", before, before.padding.end,
                      after.padding.end);
    case Kind::shifted: {
      const std::int64_t by = std::abs(hypothesis.value);
      return say("everything is shifted by ", by, by == 1 ? " cell" : " cells", " towards the ",
                 hypothesis.value > 0 == !before.op.transposed ? "end" : "begin",
                 hypothesis.axis < 0 ? std::string()
                                     : say(" of the ", axis_name(before.op, hypothesis.axis)),
                 ": padding ", text(after.padding), " instead of ", text(before.padding));
    }
    case Kind::cropped_other_side:
      return say("the cells that are left over are lost at the begin instead of the end: padding ",
                 text(after.padding), " instead of ", text(before.padding));
    case Kind::same_tensorflow:
      return say("the padding is TensorFlow's 'SAME': ", text(after.padding), " instead of ",
                 text(before.padding));
    case Kind::same_lower:
      return say("the padding is SAME_LOWER, with the odd cell at the begin: ", text(after.padding),
                 " instead of ", text(before.padding));
    case Kind::padding_mode:
      return say("the padding mode is '", after.padding_mode, "' instead of '", before.padding_mode,
                 "'");
    case Kind::groups:
    case Kind::groups_of_one:
      return say("the groups are ", after.groups, " instead of ", before.groups);
    case Kind::op_exchanged:
      return say("the operation is ", after.op.name(), " instead of ", before.op.name(),
                 hypothesis.value == 1 ? ", with the weight's channel axes exchanged" : "");
    case Kind::kernel_flipped:
      return before.flip_kernel ? "the kernel is used as it is, not turned by 180°"
                                : "the kernel is turned by 180°, which is true convolution";
    case Kind::kernel_transposed:
      return say("the kernel has ", axes(hypothesis, before), " exchanged");
    case Kind::input_transposed:
      return say("the input has ", axes(hypothesis, before), " exchanged");
    case Kind::output_transposed:
      return say("the output has ", axes(hypothesis, before), " exchanged");
    case Kind::weight_permuted:
    case Kind::weight_layout:
      return say("the weight's first two axes are exchanged: ",
                 before.op.transposed ? "(out, in) for (in, out)" : "(in, out) for (out, in)");
    case Kind::weight_channels_last:
      return "the weight's numbers are stored channels-last, with the second axis behind the "
             "kernel's";
    case Kind::weight_tensorflow:
      return "the weight's numbers are stored in TensorFlow's order, with the channels behind the "
             "kernel's axes";
    case Kind::input_channels_last:
      return say("the input is channels-last: ", shape(before.input), " permuted to ",
                 shape(after.input));
    case Kind::input_channels_last_flat:
      return "the input's numbers are stored channels-last under a channels-first shape";
    case Kind::output_channels_last:
      return "the expected numbers are channels-last";
    case Kind::output_channels_last_flat:
      return "the expected numbers are stored channels-last under a channels-first shape";
    case Kind::bias_missing:
      return "the bias is left out";
    case Kind::bias_doubled:
      return "the bias is added twice";
    case Kind::bias_length:
      return say("the bias has ", (*after.bias)[0], " numbers instead of ", (*before.bias)[0]);
    case Kind::bias_on_input:
      return "the bias is added to the input's channels instead of the output's";
    case Kind::first_channel_only:
      return "only the first input channel is summed";
    case Kind::channels_mean:
      return "the mean over the input channels is taken instead of the sum";
    case Kind::groups_ignored:
      return say("all ", before.groups, " groups read the first group's input channels");
    case Kind::groups_interleaved:
      return say("every group reads each ", before.groups,
                 "th input channel instead of neighbouring ones");
    case Kind::rounded: {
      static constexpr const char* kNames[] = {"float16", "bfloat16", "TF32"};
      return say("input and weight are rounded to ", kNames[hypothesis.value], " first");
    }
    case Kind::factor:
      return say("the output is multiplied by ", decimal(fitted.factor));
    case Kind::offset:
      return say("the number ", decimal(fitted.offset), " is added to every cell");
    case Kind::factor_and_offset:
      return say("the output is multiplied by ", decimal(fitted.factor), " and ",
                 decimal(fitted.offset), " is added");
    case Kind::bias_fitted:
      return say(before.bias ? "the bias is larger by " : "a bias is added: ", list(fitted.bias));
  }
  return say("the padding is ", text(after.padding), " instead of ", text(before.padding));
}

}  // namespace convscope

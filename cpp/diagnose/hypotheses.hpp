// What may have been done otherwise by whoever computed the expected numbers: one Hypothesis each,
// with how plausible it is before any number is looked at. Takes a request, gives the hypotheses in
// a fixed order, and what a request becomes under one. Computes no output.
#pragma once

#include "../geometry.hpp"
#include "edits.hpp"

namespace convscope {

// The arguments and numbers of a request, as it is or as a hypothesis has it.
struct Case {
  // How the expected numbers are laid out.
  enum class View { same, channels_last, channels_last_flat };
  // What is fitted to the output: one factor, one number added, both, or one number per channel.
  enum class Fit { none, factor, offset, factor_and_offset, bias };

  Request request;  // plain: see plain_request
  std::vector<Edit> input, weight, bias;
  View view = View::same;
  Fit fit = Fit::none;
  std::optional<Precision> precision;
};

struct Hypothesis {
  // clang-format off
  enum class Kind {
    stride, dilation, output_padding, padding, padding_begin, padding_end, shifted,
    cropped_other_side, same_tensorflow, same_lower, padding_mode, groups, groups_of_one, op_exchanged,
    kernel_flipped, kernel_transposed, input_transposed, output_transposed,
    weight_permuted, weight_layout, weight_channels_last, weight_tensorflow,
    input_channels_last, input_channels_last_flat, output_channels_last, output_channels_last_flat,
    bias_missing, bias_doubled, bias_length, bias_on_input,
    first_channel_only, channels_mean, groups_ignored, groups_interleaved,
    rounded, factor, offset, factor_and_offset, bias_fitted,
  };
  // clang-format on
  Kind kind;
  const char* id;             // stable: pages branch on it; several kinds may share one
  double prior = 0;           // plausibility, between 0 and 1: common mistakes first
  int axis = -1;              // spatial axis from 0; -1: all
  int other_axis = -1;        // with which it is exchanged
  std::int64_t value = 0;     // what the argument becomes, or how much is added
  std::uint32_t touches = 0;  // bits of what it changes: two that touch the same make no pair
};

// The same request with one entry per axis, its padding and output padding in numbers, and without
// the layer's own arguments; what cannot be resolved, as the request is refused, stays as it is.
Request plain_request(const Request& request);

// For a plain request. Independent of all numbers.
std::vector<Hypothesis> list_hypotheses(const Request& request);

// Whether the hypothesis says anything of this case; if so, what it becomes. A pair is applied one
// after the other, in the order of the list.
bool apply(const Hypothesis& hypothesis, Case& subject);

// Parts of it, by what they change.
bool apply_argument(const Hypothesis& hypothesis, Case& subject);
bool apply_layout(const Hypothesis& hypothesis, Case& subject);
bool apply_channels(const Hypothesis& hypothesis, Case& subject);

// What a fit has found.
struct Fitted {
  double factor = 1, offset = 0;
  std::vector<double> bias{};  // added per output channel; NaN where no cell of it is shown
};

// "the stride is 1 instead of 2": `before` is the plain request, `after` what it became.
std::string clause(const Hypothesis& hypothesis, const Request& before, const Request& after,
                   const Fitted& fitted);

std::int64_t channels_of(const Request& request);  // of the input
bool has_ranks(const Request& request);            // of input and weight, for this operation

}  // namespace convscope

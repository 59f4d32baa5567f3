// Which arguments turn one size into another, by one layer or by several behind each other: every
// answer in the ranges that are searched, those first that people would write.
#pragma once

#include "plan.hpp"

namespace convscope::stack {

struct Range {
  std::int64_t least = 1, most = 1;  // both included
};

struct SizeQuestion {
  OperationName operation{};
  std::int64_t from = 1, to = 1;
  std::int64_t layers = 1;
  Range kernel{1, 7}, stride{1, 4}, padding{0, 3}, dilation{1, 2}, output_padding{0, 3};
  std::size_t limit = 100;  // of the answers that are listed
};

// On one axis, which is what sizes are about.
struct SizeArguments {
  std::int64_t kernel = 1, stride = 1, padding = 0, dilation = 1, output_padding = 0;

  bool operator==(const SizeArguments&) const = default;
};

struct SizeAnswer {
  std::vector<SizeArguments> layers{};
  std::vector<std::int64_t> sizes{};  // from `from` to `to`
  bool customary = false;
};

struct SizeAnswers {
  double total = 0, tried = 0;  // of all sequences in the ranges; exact up to 2^53
  // Customary ones first; of these and of the others all layers alike, then all but the first, then
  // the rest. Fewer than asked for where finding them would take long.
  std::vector<SizeAnswer> listed{};
};

// Whether ranges of this argument mean anything to the operation.
bool has_dilation(const OperationName& operation);
bool has_output_padding(const OperationName& operation);
// A convolution or a pool.
bool is_solvable(const OperationName& operation);

// Refuses more combinations than it can go through.
Result<SizeAnswers> solve_sizes(const SizeQuestion& question);

}  // namespace convscope::stack

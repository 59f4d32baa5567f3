// One layer has the choices in the ranges, several the sequences of them; see solve.hpp. Sizes are
// those of geometry.hpp and pool.hpp, and what they refuse is no answer.
#include "solve.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "../limits.hpp"
#include "pool.hpp"
#include "sequences.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

constexpr std::size_t kMaxChoices = std::size_t{1} << 22;
constexpr std::int64_t kMaxSteps = std::int64_t{1} << 24;

bool is_pool(const OperationName& operation) {
  return operation.kind() == Kind::max_pool || operation.kind() == Kind::avg_pool;
}

class Search {
 public:
  explicit Search(const SizeQuestion& question)
      : question_(question), transposed_(question.operation.kind() == Kind::conv_transpose) {}

  Result<SizeAnswers> run() {
    all_choices();
    const Journey journey = journey_of();
    const auto count = static_cast<std::int64_t>(choices_.size());
    // Each first layer is tried with each other one behind it.
    const std::int64_t pairs = question_.layers > 1 ? count * count : 1;
    if (choices_.size() > kMaxChoices || pairs > kMaxSteps / question_.layers) {
      return too_many(count);
    }
    const std::optional<Sequences> sequences = Sequences::find(journey);
    if (!sequences) return too_many(count);
    answers_.total = sequences->total();
    answers_.tried = std::pow(static_cast<double>(count), static_cast<double>(question_.layers));
    const std::vector<Sequence> alike = alike_behind_first(*sequences, journey);
    for (const bool customary : {true, false}) {
      for (const Sequence& sequence : alike) {
        if (is_customary(sequence) == customary && room() > 0) keep(sequence);
      }
      const auto others = sequences->best(customary, room(), [](const Sequence& sequence) {
        return !is_alike_behind_first(sequence);
      });
      for (const Sequence& sequence : others) keep(sequence);
    }
    return std::move(answers_);
  }

 private:
  const SizeQuestion& question_;
  const bool transposed_;
  SizeAnswers answers_{};

  std::vector<SizeArguments> choices_{};

  Refusal too_many(std::int64_t count) const {
    return refuse(Code::limit_operations, "ranges",
                  {"The ranges hold ", count, " combinations for ", question_.layers,
                   " layers, more than are searched. Narrow them."});
  }

  void all_choices() {
    const Range dilation = has_dilation(question_.operation) ? question_.dilation : Range{1, 1};
    const Range extra =
        has_output_padding(question_.operation) ? question_.output_padding : Range{0, 0};
    SizeArguments a;
    // clang-format off
    for (a.kernel = question_.kernel.least; a.kernel <= question_.kernel.most; ++a.kernel)
    for (a.stride = question_.stride.least; a.stride <= question_.stride.most; ++a.stride)
    for (a.padding = question_.padding.least; a.padding <= question_.padding.most; ++a.padding)
    for (a.dilation = dilation.least; a.dilation <= dilation.most; ++a.dilation)
    for (a.output_padding = extra.least; a.output_padding <= extra.most; ++a.output_padding) {
      if (choices_.size() > kMaxChoices) return;
      if (is_legal(a)) choices_.push_back(a);
    }
    // clang-format on
  }

  Journey journey_of() const {
    Journey journey{.from = question_.from, .to = question_.to, .layers = question_.layers};
    for (const SizeArguments& a : choices_) journey.choices.push_back({weight(a), is_customary(a)});
    journey.after = [this](std::int64_t size, std::size_t choice) {
      return after(size, choices_[choice]);
    };
    // What a transposed layer takes away at most is twice the padding; others cannot grow without
    // end.
    const std::int64_t shrinks = 2 * question_.padding.most;
    journey.most = [this, shrinks](std::int64_t layers) {
      const std::int64_t back = question_.to + layers * shrinks;
      return transposed_ ? std::min(back, kMaxArgument) : kMaxArgument;
    };
    return journey;
  }

  // Whatever the size of the input.
  bool is_legal(const SizeArguments& a) const {
    if (is_pool(question_.operation)) return a.padding <= a.kernel / 2;
    return !transposed_ || a.output_padding < std::max(a.stride, a.dilation);
  }

  // The size that a layer gives; below 1: it refuses.
  std::int64_t after(std::int64_t size, const SizeArguments& a) const {
    const Axis axis{.input = size,
                    .kernel = a.kernel,
                    .stride = a.stride,
                    .dilation = a.dilation,
                    .padding_begin = a.padding,
                    .padding_end = a.padding,
                    .output_padding = a.output_padding};
    if (transposed_) return transposed_size(axis);
    return is_pool(question_.operation) ? pooled_size(axis, false) : convolved_size(axis);
  }

  // All layers alike first, then by weight.
  std::vector<Sequence> alike_behind_first(const Sequences& sequences,
                                           const Journey& journey) const {
    std::vector<Sequence> found;
    sequences.firsts([&](std::size_t first) {
      for (std::size_t rest = 0; rest < choices_.size(); ++rest) {
        std::int64_t size = after(question_.from, choices_[first]);
        for (std::int64_t layer = 1; layer < question_.layers && size >= 1; ++layer) {
          size = after(size, choices_[rest]);
          if (size > journey.most(question_.layers - layer - 1)) size = 0;
        }
        if (size != question_.to) continue;
        Sequence sequence(static_cast<std::size_t>(question_.layers), rest);
        sequence[0] = first;
        found.push_back(std::move(sequence));
        if (question_.layers == 1) break;  // there is no rest
      }
    });
    const auto order = [&](const Sequence& sequence) {
      Weight whole;
      for (const std::size_t choice : sequence) whole = whole + journey.choices[choice].weight;
      return std::tuple(sequence.front() != sequence.back(), whole);
    };
    std::stable_sort(found.begin(), found.end(),
                     [&](const Sequence& a, const Sequence& b) { return order(a) < order(b); });
    return found;
  }

  static bool is_alike_behind_first(const Sequence& sequence) {
    return std::all_of(sequence.begin() + 1, sequence.end(),
                       [&](std::size_t choice) { return choice == sequence.back(); });
  }

  std::size_t room() const { return question_.limit - answers_.listed.size(); }

  void keep(const Sequence& sequence) {
    SizeAnswer answer{.sizes = {question_.from}, .customary = is_customary(sequence)};
    for (const std::size_t choice : sequence) {
      answer.layers.push_back(choices_[choice]);
      answer.sizes.push_back(after(answer.sizes.back(), choices_[choice]));
    }
    answers_.listed.push_back(std::move(answer));
  }

  bool is_customary(const Sequence& sequence) const {
    return std::all_of(sequence.begin(), sequence.end(),
                       [&](std::size_t choice) { return is_customary(choices_[choice]); });
  }

  bool is_customary(const SizeArguments& a) const {
    if (transposed_) return a.kernel % a.stride == 0 && a.dilation == 1 && a.output_padding == 0;
    if (is_pool(question_.operation)) return a.stride == a.kernel && a.padding == 0;
    return a.kernel % 2 == 1 && a.padding == a.dilation * (a.kernel - 1) / 2;
  }

  // Without dilation and output padding first, then small.
  static Weight weight(const SizeArguments& a) {
    return {a.dilation - 1 + a.output_padding, a.kernel, a.padding + a.stride};
  }
};

}  // namespace

bool has_dilation(const OperationName& operation) { return operation.kind() != Kind::avg_pool; }

bool has_output_padding(const OperationName& operation) {
  return operation.kind() == Kind::conv_transpose;
}

bool is_solvable(const OperationName& operation) {
  return operation.kind() == Kind::conv || operation.kind() == Kind::conv_transpose ||
         is_pool(operation);
}

Result<SizeAnswers> solve_sizes(const SizeQuestion& question) { return Search(question).run(); }

}  // namespace convscope::stack

// Goes through all combinations in the ranges; see solve.hpp. Sizes are those of geometry.hpp and
// pool.hpp, and what they refuse is no answer.
#include "solve.hpp"

#include <algorithm>
#include <tuple>

#include "../limits.hpp"
#include "pool.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

constexpr std::int64_t kMaxTried = std::int64_t{1} << 24;

bool is_pool(const OperationName& operation) {
  return operation.kind() == Kind::max_pool || operation.kind() == Kind::avg_pool;
}

class Search {
 public:
  explicit Search(const SizeQuestion& question)
      : question_(question), transposed_(question.operation.kind() == Kind::conv_transpose) {}

  Result<SizeAnswers> run() {
    const std::vector<SizeArguments> choices = all_choices();
    const auto count = static_cast<std::int64_t>(choices.size());
    const bool several = question_.layers > 1;
    answers_.tried = several ? count * count : count;
    const std::int64_t steps = element_count({answers_.tried, question_.layers});
    if (count > kMaxTried || steps > kMaxTried) {
      return refuse(Code::limit_operations, "ranges",
                    {"The ranges hold ", answers_.tried, " combinations for ", question_.layers,
                     " layers, more than are searched. Narrow them."});
    }
    for (const SizeArguments& first : choices) {
      const std::int64_t size = after(question_.from, first);
      if (size < 1) continue;
      if (!several) {
        if (size == question_.to) keep({first}, {question_.from, size});
        continue;
      }
      for (const SizeArguments& rest : choices) follow(first, rest, size);
    }
    rank();
    return std::move(answers_);
  }

 private:
  const SizeQuestion& question_;
  const bool transposed_;
  SizeAnswers answers_{};

  std::vector<SizeArguments> all_choices() const {
    std::vector<SizeArguments> choices;
    const Range dilation = has_dilation(question_.operation) ? question_.dilation : Range{1, 1};
    const Range extra =
        has_output_padding(question_.operation) ? question_.output_padding : Range{0, 0};
    const auto too_many = [&] { return choices.size() > static_cast<std::size_t>(kMaxTried); };
    SizeArguments a;
    // clang-format off
    for (a.kernel = question_.kernel.least; a.kernel <= question_.kernel.most; ++a.kernel)
    for (a.stride = question_.stride.least; a.stride <= question_.stride.most; ++a.stride)
    for (a.padding = question_.padding.least; a.padding <= question_.padding.most; ++a.padding)
    for (a.dilation = dilation.least; a.dilation <= dilation.most; ++a.dilation)
    for (a.output_padding = extra.least; a.output_padding <= extra.most; ++a.output_padding) {
      if (too_many()) return choices;
      if (is_legal(a)) choices.push_back(a);
    }
    // clang-format on
    return choices;
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

  void follow(const SizeArguments& first, const SizeArguments& rest, std::int64_t size) {
    std::int64_t last = size;
    for (std::int64_t layer = 1; layer < question_.layers; ++layer) {
      last = after(last, rest);
      if (last < 1 || last > kMaxArgument) return;
    }
    if (last != question_.to) return;
    std::vector<SizeArguments> layers(static_cast<std::size_t>(question_.layers), rest);
    layers[0] = first;
    std::vector<std::int64_t> sizes{question_.from};
    for (const SizeArguments& layer : layers) sizes.push_back(after(sizes.back(), layer));
    keep(std::move(layers), std::move(sizes));
  }

  void keep(std::vector<SizeArguments> layers, std::vector<std::int64_t> sizes) {
    ++answers_.total;
    const bool customary = std::all_of(layers.begin(), layers.end(),
                                       [&](const SizeArguments& a) { return is_customary(a); });
    answers_.listed.push_back({std::move(layers), std::move(sizes), customary});
    // Only the best are kept, now and then.
    if (answers_.listed.size() > 4 * question_.limit + 1024) rank();
  }

  bool is_customary(const SizeArguments& a) const {
    if (transposed_) return a.kernel % a.stride == 0 && a.dilation == 1 && a.output_padding == 0;
    if (is_pool(question_.operation)) return a.stride == a.kernel && a.padding == 0;
    return a.kernel % 2 == 1 && a.padding == a.dilation * (a.kernel - 1) / 2;
  }

  // Customary first, all layers alike before others, then without dilation and output padding, then
  // small.
  auto order(const SizeAnswer& answer) const {
    std::int64_t sum = 0, extra = 0, kernel = 0;
    for (const SizeArguments& a : answer.layers) {
      extra += a.dilation - 1 + a.output_padding;
      kernel += a.kernel;
      sum += a.padding + a.stride;
    }
    const SizeArguments& a = answer.layers.front();
    const SizeArguments& b = answer.layers.back();
    const auto all = [](const SizeArguments& c) {
      return std::tuple(c.kernel, c.stride, c.padding, c.dilation, c.output_padding);
    };
    return std::tuple(!answer.customary, !(a == b), extra, kernel, sum, all(b), all(a));
  }

  void rank() {
    std::sort(answers_.listed.begin(), answers_.listed.end(),
              [&](const SizeAnswer& a, const SizeAnswer& b) { return order(a) < order(b); });
    if (answers_.listed.size() > question_.limit) answers_.listed.resize(question_.limit);
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

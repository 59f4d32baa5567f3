// What one cell of a layer's output depends on: exact, by going backwards through the stack.
#pragma once

#include "stack.hpp"
#include "summary.hpp"

namespace convscope::stack {

struct FieldAxis {
  const char* name = "";
  std::int64_t size = 1;                  // of the stack's input
  std::vector<std::int32_t> positions{};  // cells of it, ascending
  std::vector<double> counts{};           // paths to each, as if there were this axis alone
  std::optional<ClosedForm> extent{};     // with padding
};

// The cells of a layer's output that take part.
struct Through {
  std::size_t layer = 0;
  Shape first{}, last{};
};

struct ReceptiveField {
  std::vector<FieldAxis> axes{};
  Shape shape{};              // of the input's spatial axes, or of its features
  std::vector<double> map{};  // paths to each of its cells, of one channel
  std::vector<Through> through{};
};

// `cell` has an index per spatial axis of the layer's output; without such axes, that of a feature.
Result<ReceptiveField> receptive_field(const Stack& stack, std::int64_t layer, const Shape& cell);

// That a layer of the stack is asked for, and one that works.
Result<std::size_t> read_layer_index(const Stack& stack, std::int64_t layer);

}  // namespace convscope::stack

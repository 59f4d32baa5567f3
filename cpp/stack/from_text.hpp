// The layers of a Sequential in a text: a module's print, or its source. Gives them as a stack
// takes them, in the order of the text, and the names of what is no layer of a stack.
#pragma once

#include <optional>
#include <string_view>

#include "catalogue.hpp"
#include "fields.hpp"

namespace convscope::stack {

struct ParsedStack {
  std::vector<LayerValue> layers{};
  std::optional<Shape> input{};        // a shape that the text gives
  std::vector<std::string> ignored{};  // classes that are no operation
};

// Refuses a text without layers, and arguments whose value the text does not tell.
Result<ParsedStack> parse_stack(std::string_view text);

}  // namespace convscope::stack

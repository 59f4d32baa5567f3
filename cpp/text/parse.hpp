// Reads whatever someone pastes: finds the tensors, layers, shapes and error messages in it, with
// their names, and leaves out prompts, prose and code. What looks like one of them and cannot be
// read is refused with its line and column, never guessed.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "../error.hpp"
#include "item.hpp"

namespace convscope {

struct ParseOptions {
  std::optional<bool> decimal_comma;  // whether 1,5 is one number; none: asked where in doubt
};

// In the order of the text; never empty. The text is UTF-8; anything else is taken as it comes.
Result<std::vector<Item>> parse(std::string_view text, const ParseOptions& options = {});

}  // namespace convscope

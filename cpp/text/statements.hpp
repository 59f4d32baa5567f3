// A pasted script as statements and expressions, as far as one must know them to follow a tensor
// from its name into a layer. Works on any text: what is no code gives statements that mean
// nothing.
#pragma once

#include <vector>

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

struct Span {
  std::size_t begin = 0, end = 0;
};

struct Statement {
  Span span;
  bool is_prompted = false;  // behind ">>> " or "In [3]: "
};

// The statement that begins at `at` or later, which moves behind it; none at the end. Items that
// are tensors are gone past as wholes, so that the time does not depend on their length.
std::optional<Statement> next_statement(std::string_view text, std::size_t& at,
                                        const std::vector<Item>& items);

// The first item that begins at `at` or later.
std::size_t first_item(const std::vector<Item>& items, std::size_t at);

// Where the character stands outside of brackets, strings and items; npos if nowhere.
std::size_t find_top(std::string_view text, Span span, char c, const std::vector<Item>& items);

// The parts between commas, without the blanks around.
std::vector<Span> split(std::string_view text, Span span, const std::vector<Item>& items);

Span trimmed(std::string_view text, Span span);

}  // namespace convscope

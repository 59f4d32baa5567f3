// The arguments of a call in source or in a print: (1, 16, kernel_size=(3, 3), bias=False).
// Values are numbers, lists of numbers, strings, True and False; anything else is kept as text.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

struct Argument {
  std::string_view name;  // empty: by position
  Value value;            // missing: an expression, or None
  std::string_view text;  // as written
  std::size_t at = 0;

  Argument();
  Argument(Argument&&) noexcept;
  Argument& operator=(Argument&&) noexcept;
  ~Argument();
};

// From behind "(" to behind the matching ")"; `closer` may be another bracket. Commas may be
// missing between arguments that have names. A call is no longer than kMaxCall.
Result<std::vector<Argument>> read_arguments(Cursor& cursor, char closer);
inline constexpr std::size_t kMaxCall = 4096;

// A list of whole numbers: (1, 2), [1, 2], also a single number. None: the value is something else.
std::optional<Shape> whole_numbers(const Value& value);

}  // namespace convscope

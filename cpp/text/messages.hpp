// Error messages: "RuntimeError: Given groups=1, weight of size [64, 3, 3, 3], …", with the numbers
// in them.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

// Whether the word, which ends at the cursor, is an error's type.
bool starts_error(const Cursor& cursor, std::string_view word);

// To the end of the line.
ErrorItem read_error(Cursor& cursor, std::string_view word);

}  // namespace convscope

// The name that a paste gives to what follows: "weight:", "out = ", ('bias', …), {'x': …}, the line
// before, or the expression behind a prompt. Gives an empty name where there is none.
#pragma once

#include <string>

#include "characters.hpp"

namespace convscope {

// `begin` is where the thing named starts, `from` where the one before it ended.
std::string name_before(std::string_view text, std::size_t begin, std::size_t from);

// Whether nothing but blanks, a prompt, "name =" or another item stands before `begin`: there, bare
// brackets are a print, elsewhere they may be a piece of source or prose.
bool opens_line(std::string_view text, std::size_t begin, std::size_t from);

}  // namespace convscope

// Numbers in brackets, [[1, 2], [3, 4]], with or without commas, with "..." where a print leaves
// numbers out, and MATLAB's [1 2; 3 4]. Brackets carry the shape; line breaks mean nothing but in
// MATLAB's matrices.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

// From a "[" or "(" to its partner; the cursor moves past it. Refuses ragged rows, nesting beyond
// kMaxNesting, complex numbers, and more numbers than kMaxElements.
Result<Block> read_brackets(Cursor& cursor);

// One number, with no axes.
Result<Block> read_scalar(Cursor& cursor);

// What stands where a number was due: complex numbers and None get a sentence of their own.
Refusal expected_number(const Cursor& cursor, std::string_view what = "a number");

// Whether what follows the bracket here, after more brackets, is a number, "..." or nothing: so
// that it is a tensor, not a list of something else.
bool holds_numbers(Cursor cursor);

void add_number(Block& block, const struct Number& number);

}  // namespace convscope

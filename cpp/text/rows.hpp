// Numbers in lines: CSV, spreadsheet cells, plain columns, and what libtorch and old PyTorch print:
// slices under "(1,1,.,.) =", "Columns 1 to 8", a scale factor "0.01 *", "[ CPUFloatType{2,2} ]".
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

// Whether such a block starts at this line. `decimal_comma`: whether 1,5 is one number, where
// known.
bool starts_rows(Cursor cursor, std::optional<bool> decimal_comma);

// The block; the cursor moves to the line behind. Slices of one size, separated by a blank line or
// by ---, become one tensor of three axes. Refuses ragged rows and what may be decimal commas.
Result<TensorItem> read_rows(Cursor& cursor, std::optional<bool> decimal_comma);

}  // namespace convscope

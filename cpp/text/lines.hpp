// One line of a block of numbers: a row, and the lines that libtorch and old PyTorch print around
// rows. Each reader moves the cursor only where the line is what it reads.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

bool at_line_end(const Cursor& cursor);
void next_line(Cursor& cursor);

// "(0 ,1 ,.,.) =": the indices.
bool read_slice(Cursor& cursor, Shape& indices);

// "Columns 1 to 8", after which the first row may follow: the first number.
bool read_columns(Cursor& cursor, std::int64_t& first);

// "0.01 *" or "1e+06 *" alone on a line: the power of ten.
bool read_scale(Cursor& cursor, int& power);

struct Tail {
  std::string dtype;
  Shape shape;
};

// "[ CPUFloatType{1,1,2,2} ]", "[torch.FloatTensor of size 1x1x2x2]".
bool read_tail(Cursor& cursor, Tail& tail);

// "---" or "===" alone on a line.
bool is_rule(Cursor cursor);

struct Row {
  enum class Kind { none, row, complex };
  Kind kind = Kind::none;
  std::size_t width = 0;
  std::size_t comma = 0, other = 0;  // places of a comma and of another separator
  std::size_t glued = 0;             // of a comma between two digits
  bool is_doubtful = false;          // nothing but "1,5", which may be one number
  std::size_t fault = 0;             // of what is no row: where no number was found
  int decimals = 0;
};

// A line of numbers, each times 10^scale, added to the block; with `comma`, "1,5" is one number.
// What is no row leaves the block as it was.
Row read_row(Cursor& cursor, Block& block, int scale, bool comma);

}  // namespace convscope

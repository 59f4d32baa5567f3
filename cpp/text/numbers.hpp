// Numbers as texts write them: 1, -2.5, .5, 1., 1e-3, 1_000, nan, inf, Infinity, True, False.
// Gives the nearest double, exactly, and how it was written. Never reads past the number.
#pragma once

#include "characters.hpp"

namespace convscope {

struct Number {
  double value = 0;
  int decimals = 0;         // digits after the point, of the mantissa
  bool scientific = false;  // with an exponent
  bool has_point = false;   // with a point or an exponent, or not finite
  bool is_truth = false;    // True or False
};

// Whether a number starts here, and the cursor moved past it; `scale` is a power of ten to multiply
// by; with `comma`, "1,5" is one number. On false the cursor stays.
bool read_number(Cursor& cursor, Number& number, int scale = 0, bool comma = false);

// A whole number without a sign, below 2^53.
bool read_whole(Cursor& cursor, std::int64_t& number);

}  // namespace convscope

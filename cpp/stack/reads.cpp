// Closed forms of what one output cell reads; see reads.hpp.
#include "reads.hpp"

#include <algorithm>

namespace convscope::stack {

std::int64_t Reads::first() const {
  return kind == Kind::window ? -axis.padding_begin
                              : axis.padding_begin - axis.effective_kernel() + 1;
}

std::int64_t Reads::last() const { return first() + axis.effective_kernel() - 1; }

double Reads::step() const {
  switch (kind) {
    case Kind::window:
      return static_cast<double>(axis.stride);
    case Kind::spread:
      return 1 / static_cast<double>(axis.stride);
    case Kind::adaptive:
      return static_cast<double>(axis.input) / static_cast<double>(axis.output);
    default:
      return scale;
  }
}

double Reads::offset() const {
  const double middle = static_cast<double>(axis.effective_kernel() - 1) / 2;
  const auto padding = static_cast<double>(axis.padding_begin);
  switch (kind) {
    case Kind::window:
      return middle - padding;
    case Kind::spread:
      return (padding - middle) * step();
    default:
      return align_corners ? 0 : (step() - 1) / 2;
  }
}

std::pair<std::int64_t, std::int64_t> Reads::hull(std::int64_t p, std::int64_t q) const {
  const std::int64_t reach = axis.effective_kernel() - 1;
  switch (kind) {
    case Kind::window:
      return {p * axis.stride - axis.padding_begin, q * axis.stride - axis.padding_begin + reach};
    case Kind::spread:
      return {-floor_divide(reach - p - axis.padding_begin, axis.stride),
              floor_divide(q + axis.padding_begin, axis.stride)};
    case Kind::nearest:
      return {nearest(p), nearest(q)};
    case Kind::linear:
      return {point(p, false).cell, point(q, false).cell + 1};
    default:
      return {0, axis.input - 1};
  }
}

std::int64_t Reads::taps() const {
  switch (kind) {
    case Kind::window:
    case Kind::spread:
      return axis.kernel;
    case Kind::adaptive:
      return axis.input / axis.output + 2;
    case Kind::all:
      return axis.input;
    default:
      return 2;
  }
}

Reads::Between Reads::point(std::int64_t p, bool bounded) const {
  const auto at = static_cast<double>(p);
  double point = align_corners ? at * scale : (at + 0.5) * scale - 0.5;
  if (bounded) point = std::clamp(point, 0.0, static_cast<double>(axis.input - 1));
  const double cell = std::floor(point);
  return {static_cast<std::int64_t>(cell), point - cell};
}

Reads each_cell(const char* name, std::int64_t size) {
  return {.axis = {.name = name, .input = size, .output = size}};
}

}  // namespace convscope::stack

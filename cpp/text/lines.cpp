// Reads the lines of blocks of numbers; see lines.hpp.
#include "lines.hpp"

#include <algorithm>
#include <cmath>

#include "brackets.hpp"
#include "numbers.hpp"

namespace convscope {
namespace {

// Between two numbers: '\0' if nothing stands there.
char read_separator(Cursor& cursor) {
  const std::size_t begin = cursor.at;
  cursor.skip_blanks();
  char found = cursor.at > begin ? ' ' : '\0';
  if (cursor.peek() == ',' || cursor.peek() == ';') {
    found = cursor.text[cursor.at++];
    cursor.skip_blanks();
  }
  return found;
}

bool is_imaginary(char c) { return c == 'i' || c == 'j' || c == 'J'; }

}  // namespace

bool at_line_end(const Cursor& cursor) { return cursor.at_end() || cursor.peek() == '\n'; }

void next_line(Cursor& cursor) {
  while (!at_line_end(cursor)) ++cursor.at;
  if (!cursor.at_end()) ++cursor.at;
}

bool read_slice(Cursor& cursor, Shape& indices) {
  Cursor ahead = cursor;
  indices.clear();
  if (!ahead.take('(')) return false;
  int dots = 0;
  do {
    ahead.skip_blanks();
    std::int64_t index = 0;
    if (ahead.peek() == '.') {
      ++ahead.at;
      ++dots;
    } else if (dots > 0 || indices.size() == kMaxNesting || !read_whole(ahead, index)) {
      return false;
    } else {
      indices.push_back(index);
    }
  } while (ahead.take(','));
  if (dots != 2 || indices.empty() || !ahead.take(')')) return false;
  ahead.skip_blanks();
  if (ahead.peek() != '=') return false;
  ++ahead.at;
  ahead.skip_blanks();
  if (!at_line_end(ahead)) return false;
  cursor = ahead;
  return true;
}

bool read_columns(Cursor& cursor, std::int64_t& first) {
  Cursor ahead = cursor;
  std::int64_t last = 0;
  if (!ahead.starts_with("Columns ")) return false;
  ahead.at += 8;
  ahead.skip_blanks();
  if (!read_whole(ahead, first)) return false;
  ahead.skip_blanks();
  const bool joined = ahead.starts_with("to ") || ahead.starts_with("and");
  if (!joined) return false;
  ahead.at += 3;
  ahead.skip_blanks();
  if (!read_whole(ahead, last)) return false;
  cursor = ahead;
  return true;
}

bool read_scale(Cursor& cursor, int& power) {
  Cursor ahead = cursor;
  Number number;
  if (!read_number(ahead, number)) return false;
  ahead.skip_blanks();
  if (ahead.peek() != '*') return false;
  ++ahead.at;
  ahead.skip_blanks();
  if (!at_line_end(ahead)) return false;
  if (!std::isfinite(number.value)) return false;
  power = number.value > 0 ? static_cast<int>(std::floor(std::log10(number.value) + 0.5)) : 0;
  Number exact;
  Cursor one{"1"};
  read_number(one, exact, power);
  if (exact.value != number.value) return false;
  cursor = ahead;
  return true;
}

bool read_tail(Cursor& cursor, Tail& tail) {
  constexpr std::size_t kLongest = 200;
  std::string_view line = cursor.text.substr(cursor.at, kLongest);
  line = line.substr(0, line.find('\n'));
  if (line.empty() || line[0] != '[') return false;
  std::size_t at = line.find("Type{");
  std::size_t skipped = 5;
  if (at == std::string_view::npos) {
    at = line.find("Tensor of size ");
    skipped = 15;
  }
  if (at == std::string_view::npos) return false;
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"BFloat16", "bfloat16"}, {"Float", "float32"}, {"Double", "float64"}, {"Half", "float16"},
      {"Long", "int64"},        {"Int", "int32"},     {"Short", "int16"},    {"Byte", "uint8"},
      {"Char", "int8"},         {"Bool", "bool"}};
  for (auto [word, dtype] : kTypes) {
    if (line.substr(0, at).find(word) == std::string_view::npos) continue;
    tail.dtype = std::string(dtype);
    break;
  }
  Cursor sizes{cursor.text, cursor.at + at + skipped};
  for (tail.shape.clear(); tail.shape.size() < kMaxNesting;) {
    while (is_blank(sizes.peek()) || sizes.peek() == ',' || sizes.peek() == 'x' ||
           sizes.peek() == '(') {
      ++sizes.at;
    }
    std::int64_t size = 0;
    if (!is_digit(sizes.peek()) || !read_whole(sizes, size)) break;
    tail.shape.push_back(size);
  }
  next_line(cursor);
  return true;
}

bool is_rule(Cursor cursor) {
  const char c = cursor.peek();
  if ((c != '-' && c != '=' && c != '*') || cursor.peek(1) != c || cursor.peek(2) != c)
    return false;
  while (cursor.peek() == c) ++cursor.at;
  cursor.skip_blanks();
  return at_line_end(cursor);
}

Row read_row(Cursor& cursor, Block& block, int scale, bool comma) {
  Row row;
  Block read;  // what the row adds but its numbers
  read.data.swap(block.data);
  const std::size_t begin = read.data.size();
  const auto give_back = [&] {
    read.data.resize(begin);
    read.data.swap(block.data);
    return row;
  };
  for (;;) {
    cursor.skip_blanks();
    if (at_line_end(cursor) && row.width > 0) break;
    Number number;
    row.fault = cursor.at;
    if (!read_number(cursor, number, scale, comma)) return give_back();
    if (is_word(cursor.peek())) {
      if (is_imaginary(cursor.peek()) && !is_word(cursor.peek(1))) row.kind = Row::Kind::complex;
      return give_back();
    }
    add_number(read, number);
    ++row.width;
    const std::size_t gap = cursor.at;
    const char separator = read_separator(cursor);
    if (separator == ',') {
      row.comma = gap;
      const bool is_glued = cursor.text[gap] == ',' && is_digit(cursor.text[gap - 1]);
      if (is_glued && is_digit(cursor.peek()) && cursor.at == gap + 1) row.glued = gap;
    }
    if (at_line_end(cursor)) break;
    if (separator == ';' || separator == ' ') row.other = gap;
    if (separator == '\0') {
      const bool is_second = read_number(cursor, number);
      if (is_second && is_imaginary(cursor.peek())) row.kind = Row::Kind::complex;
      return give_back();
    }
  }
  row.kind = Row::Kind::row;
  row.decimals = read.decimals - scale;
  row.is_doubtful = row.width == 2 && row.glued != 0 && !read.has_point;
  read.data.swap(block.data);
  block.decimals = std::max(block.decimals, read.decimals);
  block.scientific = block.scientific || read.scientific;
  block.has_point = block.has_point || read.has_point;
  return row;
}

}  // namespace convscope

// The first stage of reading a paste: typographic characters become those of ASCII, line ends \n,
// quoted mail, code fences and the prompts of continued lines are taken off. Gives the cleaned
// text, and refusals that name a place.
#pragma once

#include <string>
#include <string_view>

#include "../error.hpp"

namespace convscope {

// U+2212 becomes "-", all kinds of blanks " ", typographic quotes ' or ", U+2026 "..."; what has no
// width is dropped, lines keep their number.
std::string clean(std::string_view text);

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}
inline bool is_word(char c) { return is_letter(c) || is_digit(c); }
inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
inline bool is_space(char c) { return is_blank(c) || c == '\n'; }

// A place in a cleaned text. Reading past the end gives '\0', which cleaning leaves nowhere else.
struct Cursor {
  std::string_view text;
  std::size_t at = 0;

  char peek(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool at_end() const { return at >= text.size(); }
  bool starts_with(std::string_view word) const { return text.substr(at, word.size()) == word; }
  void skip_blanks() {
    while (is_blank(peek())) ++at;
  }
  void skip_spaces() {
    while (is_space(peek())) ++at;
  }
  void skip_line() {  // to its end
    while (!at_end() && peek() != '\n') ++at;
  }
  // Whether the character stands here, after spaces; if so, goes past it.
  bool take(char c) {
    const std::size_t before = at;
    skip_spaces();
    if (peek() == c && !at_end()) {
      ++at;
      return true;
    }
    at = before;
    return false;
  }
  std::string_view word() {  // letters, digits, dots
    const std::size_t begin = at;
    while (is_word(peek()) || (peek() == '.' && is_letter(peek(1)))) ++at;
    return text.substr(begin, at - begin);
  }
};

// Mail that quotes mail that quotes … is unquoted so often.
inline constexpr int kMaxQuotes = 4;

std::string_view trimmed(std::string_view text);

// "Line 2, column 5: …", the place being the cursor's.
Refusal refuse_at(const Cursor& cursor, Code code, Words message);
// "Line 2, column 5: expected a number, but found "x"."
Refusal expected(const Cursor& cursor, std::string_view what);

}  // namespace convscope

// Reads error messages; see messages.hpp.
#include "messages.hpp"

#include <algorithm>

#include "numbers.hpp"

namespace convscope {

bool starts_error(const Cursor& cursor, std::string_view word) {
  constexpr std::string_view kEnd = "Error";
  return word.size() >= kEnd.size() && word.substr(word.size() - kEnd.size()) == kEnd &&
         cursor.peek() == ':' && is_blank(cursor.peek(1));
}

ErrorItem read_error(Cursor& cursor, std::string_view word) {
  ++cursor.at;
  cursor.skip_blanks();
  const std::size_t end = std::min(cursor.text.find('\n', cursor.at), cursor.text.size());
  ErrorItem found;
  found.type = std::string(word);
  found.text = std::string(trimmed(cursor.text.substr(cursor.at, end - cursor.at)));
  Cursor inside{cursor.text.substr(0, end), cursor.at};
  bool is_open = false;
  constexpr std::size_t kMost = 256;
  while (!inside.at_end() && found.numbers.size() < kMost) {
    const char c = inside.peek();
    std::int64_t number = 0;
    const bool is_negative =
        c == '-' && is_digit(inside.peek(1)) && !is_word(inside.text[inside.at - 1]);
    if (is_negative) ++inside.at;
    if (is_digit(inside.peek()) && !is_letter(inside.text[inside.at - 1]) &&
        read_whole(inside, number)) {
      number = is_negative ? -number : number;
      found.numbers.push_back(number);
      if (is_open) found.lists.back().push_back(number);
      continue;
    }
    if (c == '[' || c == '(') found.lists.emplace_back();
    is_open = c == '[' || c == '(' || (is_open && (is_blank(c) || c == ','));
    ++inside.at;
  }
  std::erase_if(found.lists, [](const Shape& list) { return list.empty(); });
  cursor.at = end;
  return found;
}

}  // namespace convscope

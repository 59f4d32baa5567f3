// Cleans a paste and names places in it; see characters.hpp.
#include "characters.hpp"

#include <algorithm>

namespace convscope {
namespace {

// The code point at `at`; moves past it. What is no UTF-8 counts byte by byte.
unsigned next_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned first = byte(at++);
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  unsigned point = more == 3 ? first & 7 : more == 2 ? first & 15 : more == 1 ? first & 31 : first;
  for (int count = 0; count < more && at < text.size() && (byte(at) & 0xC0) == 0x80; ++count) {
    point = point << 6 | (byte(at++) & 0x3F);
  }
  return point;
}

// What stands for a code point above 0x7F; null: it stays.
const char* plain(unsigned point) {
  if (point == 0x2212 || (point >= 0x2010 && point <= 0x2015)) return "-";
  if (point == 0xA0 || (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F ||
      point == 0x3000) {
    return " ";
  }
  if (point == 0xFEFF || (point >= 0x200B && point <= 0x200F) || point == 0x2060) return "";
  if (point == 0x2018 || point == 0x2019) return "'";
  if (point == 0x201C || point == 0x201D) return "\"";
  if (point == 0x2026) return "...";
  if (point == 0x2028 || point == 0x2029 || point == 0x85) return "\n";
  if (point == 0x22EE || point == 0x22EF) return "...";
  return nullptr;
}

bool is_plain(char c) { return ((c & 0x80) == 0 && c >= ' ') || c == '\n' || c == '\t'; }

// Past plain characters, a few thousand of them at most: not inlined, so that engines compile the
// loop well while a long text is being read.
[[gnu::noinline]] std::size_t skip_plain(std::string_view text, std::size_t at) {
  constexpr std::size_t kAtOnce = 4096;
  const std::size_t end = std::min(text.size(), at + kAtOnce);
  while (at < end && is_plain(text[at])) ++at;
  return at;
}

std::string to_ascii(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain_begin = at;
    at = skip_plain(text, at);
    result.append(text.substr(plain_begin, at - plain_begin));
    if (at == text.size() || is_plain(text[at])) continue;
    const char c = text[at];
    if ((c & 0x80) == 0) {
      ++at;
      if (c != '\r') {
        result += ' ';
      } else if (at == text.size() || text[at] != '\n') {
        result += '\n';
      }
      continue;
    }
    const std::size_t begin = at;
    const unsigned point = next_point(text, at);
    if (point >= 0xFF01 && point <= 0xFF5E) {  // full-width forms
      result += static_cast<char>(point - 0xFEE0);
    } else if (const char* other = plain(point)) {
      result += other;
    } else {
      result.append(text.substr(begin, at - begin));
    }
  }
  return result;
}

// The first character of a line that is no blank; the line's end if there is none.
std::size_t first_of(const std::string& text, std::size_t begin) {
  while (begin < text.size() && is_blank(text[begin])) ++begin;
  return begin;
}

// "> " before each line, as mail quotes: taken off. ">>>" is Python's prompt.
bool unquote(std::string& text) {
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = first_of(text, at);
    const std::size_t end = std::min(text.find('\n', first), text.size());
    if (first < end) {
      if (text[first] != '>' || text.compare(first, 3, ">>>") == 0) return false;
      any = true;
    }
    at = end + 1;
  }
  if (!any) return false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = first_of(text, at);
    const std::size_t end = std::min(text.find('\n', first), text.size());
    if (first < end) text[first] = ' ';
    at = end + 1;
  }
  return true;
}

void blank_fences(std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = first_of(text, at);
    const std::size_t end = std::min(text.find('\n', first), text.size());
    if (text.compare(first, 3, "```") == 0 || text.compare(first, 3, "~~~") == 0) {
      std::fill(text.begin() + first, text.begin() + end, ' ');
    }
    at = end + 1;
  }
}

// Where a session shows the prompt ">>> ", "... " in the same column continues a line: taken off.
// Likewise "   ...: " after "In [3]: ".
void blank_continuations(std::string& text) {
  std::size_t prompt = std::string::npos;  // the column
  bool is_notebook = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = first_of(text, at);
    const std::size_t end = std::min(text.find('\n', first), text.size());
    const auto starts = [&](std::string_view word) {
      return text.compare(first, word.size(), word) == 0;
    };
    if (starts(">>>")) prompt = first - at;
    if (starts("In [")) is_notebook = true;
    const char behind = first + 3 < end ? text[first + 3] : ' ';
    if (starts("...") &&
        ((prompt == first - at && behind == ' ') || (is_notebook && behind == ':'))) {
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(first),
                text.begin() + static_cast<std::ptrdiff_t>(std::min(first + 4, end)), ' ');
    }
    at = end + 1;
  }
}

}  // namespace

std::string clean(std::string_view text) {
  std::string result = to_ascii(text);
  for (int depth = 0; depth < kMaxQuotes && unquote(result); ++depth) {
  }
  blank_fences(result);
  blank_continuations(result);
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

Refusal refuse_at(const Cursor& cursor, Code code, Words message) {
  const std::string_view before = cursor.text.substr(0, std::min(cursor.at, cursor.text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  std::int64_t column = 1;
  const std::size_t begin = before.rfind('\n') + 1;  // npos + 1 is 0
  for (char c : before.substr(begin)) column += (c & 0xC0) != 0x80 ? 1 : 0;
  Error error{.code = code, .field = "text", .message{}, .torch{}, .axis = -1};
  error.line = static_cast<int>(line);
  error.column = static_cast<int>(column);
  const Words place{"Line ", line, ", column ", column, ": "};
  error.message = concatenate(place) + concatenate(message);
  error.wording.append(place);
  error.wording.append(message);
  return Refusal(std::move(error));
}

Refusal expected(const Cursor& cursor, std::string_view what) {
  constexpr std::size_t kShown = 20;
  if (cursor.at_end()) {
    return refuse_at(cursor, Code::parse_error,
                     {"expected ", what, ", but the text ends. Paste all of it."});
  }
  if (cursor.peek() == '\n') {
    return refuse_at(cursor, Code::parse_error, {"expected ", what, ", but the line ends."});
  }
  std::string_view found = cursor.text.substr(cursor.at, kShown);
  found = found.substr(0, found.find('\n'));
  while (!found.empty() && found.size() == kShown && (found.back() & 0x80) != 0) {
    found.remove_suffix(1);  // no half of a character
  }
  return refuse_at(cursor, Code::parse_error, {"expected ", what, ", but found \"", found, "\"."});
}

}  // namespace convscope

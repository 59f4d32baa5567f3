// Finds names; see labels.hpp.
#include "labels.hpp"

#include <algorithm>

namespace convscope {
namespace {

constexpr std::size_t kLongestName = 60;

std::size_t line_begin(std::string_view text, std::size_t at, std::size_t from) {
  std::size_t begin = at;
  while (begin > from && text[begin - 1] != '\n' && at - begin < 4 * kLongestName) --begin;
  return begin;
}

bool is_quote(char c) { return c == '\'' || c == '"'; }

// 'name' at the end of the text.
std::string_view quoted_end(std::string_view text) {
  if (text.size() < 2 || !is_quote(text.back())) return {};
  const std::size_t open = text.rfind(text.back(), text.size() - 2);
  if (open == std::string_view::npos) return {};
  return text.substr(open + 1, text.size() - open - 2);
}

// "print(name)" names as "name" does.
std::string_view unwrapped(std::string_view name) {
  constexpr std::string_view kPrint = "print(";
  if (name.substr(0, kPrint.size()) == kPrint && name.back() == ')') {
    name = name.substr(kPrint.size(), name.size() - kPrint.size() - 1);
  }
  return name;
}

// The expression behind ">>> " or "In [3]: ", if the line has such a prompt and no blanks after.
std::string_view prompted(std::string_view line) {
  line = trimmed(line);
  std::size_t begin = 0;
  if (line.substr(0, 4) == ">>> ") {
    begin = 4;
  } else if (line.substr(0, 4) == "In [") {
    const std::size_t end = line.find("]:");
    if (end == std::string_view::npos) return {};
    begin = end + 2;
  } else {
    return {};
  }
  const std::string_view name = unwrapped(trimmed(line.substr(begin)));
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) {
    return is_word(c) || c == '.' || c == '(' || c == ')' || c == '[' || c == ']';
  });
  return is_plain && name.size() <= kLongestName ? name : std::string_view();
}

// The last token of "self.bias", "a, b", "w: Tensor".
std::string_view last_token(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == '.' ||
                       text[begin - 1] == '[' || text[begin - 1] == ']')) {
    --begin;
  }
  return text.substr(begin);
}

bool is_separator(std::string_view line) { return std::none_of(line.begin(), line.end(), is_word); }

// "input:", also "Output (2x2):".
std::string_view before_colon(std::string_view text) {
  if (text.substr(0, 4) == "Out[" || text.substr(0, 4) == "In [") return {};
  if (std::string_view quoted = quoted_end(text); !quoted.empty()) return quoted;
  if (text.empty()) return {};
  if (text.front() == '{' || text.front() == ',') text = trimmed(text.substr(1));
  if (text.find('{') != std::string_view::npos) return {};  // "2x2 Matrix{Float64}"
  if (const std::size_t open = text.rfind(" ("); open != std::string_view::npos) {
    const std::string_view index = text.substr(open + 2);  // "Sequential( (0)"
    if (index.find(')') == index.size() - 1) return index.substr(0, index.size() - 1);
  }
  return text.size() <= kLongestName && !is_separator(text) ? text : std::string_view();
}

// The name that a line's end gives; `whole`: it is the whole line up to the thing named.
std::string_view at_end(std::string_view line, bool whole) {
  line = trimmed(line);
  if (line.empty()) return {};
  const char last = line.back();
  const std::string_view rest = trimmed(line.substr(0, line.size() - 1));
  if (last == ':') return before_colon(rest);
  if (last == '=') return last_token(rest);
  if (last == ',') return quoted_end(rest);
  if (last == ')' && line[0] == '(') return line.substr(1, line.size() - 2);  // "(0)" of a print
  if (whole && last_token(line) == line && is_letter(line[0])) return line;
  if (whole && line.size() <= kLongestName && last_token(line) == line && is_digit(line[0]) &&
      line.find('.') != std::string_view::npos) {
    return line;  // "0.weight"
  }
  return {};
}

}  // namespace

std::string name_before(std::string_view text, std::size_t begin, std::size_t from) {
  const std::size_t line = line_begin(text, begin, from);
  const bool is_whole = line == 0 || text[line - 1] == '\n';
  const std::string_view prefix = trimmed(text.substr(line, begin - line));
  if (!prefix.empty() && prefix != "(" && prefix != "[") {
    std::string_view name = at_end(prefix, is_whole);
    if (name.size() > 2 && name.front() == '(' && name.back() == ')') {
      name = name.substr(1, name.size() - 2);
    }
    return std::string(name.size() <= kLongestName ? name : std::string_view());
  }
  if (line <= from || !is_whole || line == 0) return {};
  const std::size_t end = line - 1;
  const std::size_t previous = line_begin(text, end, from);
  if (previous != 0 && text[previous - 1] != '\n') return {};
  const std::string_view above = trimmed(text.substr(previous, end - previous));
  if (above.empty()) return {};
  if (std::string_view name = prompted(above); !name.empty()) return std::string(name);
  if (above.substr(0, 3) == ">>>" || above.substr(0, 4) == "In [") return {};
  const char last = above.back();
  if (last != ':' && last != '=') return {};
  return std::string(at_end(above, true));
}

bool opens_line(std::string_view text, std::size_t begin, std::size_t from) {
  const std::size_t line = line_begin(text, begin, from);
  std::string_view prefix = trimmed(text.substr(line, begin - line));
  if (line != 0 && text[line - 1] != '\n') return line == from && prefix.empty();
  for (std::string_view prompt : {">>>", "..."}) {
    if (prefix.substr(0, 3) == prompt) prefix = trimmed(prefix.substr(3));
  }
  if (prefix.empty()) return true;
  const char last = prefix.back();
  if (last != ':' && last != '=') return false;
  prefix = trimmed(prefix.substr(0, prefix.size() - 1));
  if (last == ':') return prefix.size() <= kLongestName;
  return !prefix.empty() && last_token(prefix) == prefix;
}

}  // namespace convscope

// Takes scripts apart; see statements.hpp.
#include "statements.hpp"

#include <algorithm>

namespace convscope {
namespace {

constexpr std::size_t kLongestStatement = 4096;  // beyond its tensors

// Goes over code one character at a time, but over strings, comments and tensors at once.
struct Walker {
  std::string_view text;
  const std::vector<Item>& items;
  std::size_t at;
  std::size_t item = first_item(items, at);
  int depth = 0;
  std::size_t skipped = 0;  // characters of tensors

  // Moves past what stands here; false if that was one plain character.
  bool skip(std::size_t end) {
    while (item < items.size() && items[item].begin < at) ++item;
    if (item < items.size() && items[item].begin == at && items[item].kind == Item::Kind::tensor &&
        items[item].end > at && items[item].end <= end) {
      skipped += items[item].end - at;
      at = items[item].end;
      return true;
    }
    const char c = text[at];
    if (c == '#') {
      at = std::min(text.find('\n', at), end);
      return true;
    }
    if (c == '"' || c == '\'') {
      const std::size_t close = end_of_string(end);
      const bool is_string = close != std::string_view::npos;
      at = is_string ? close : at + 1;
      return is_string;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    ++at;
    return false;
  }

  // Behind the closing quote; npos where the quote is an apostrophe.
  std::size_t end_of_string(std::size_t end) const {
    const std::string_view three = text.substr(at, 3);
    if (three == "\"\"\"" || three == "'''") {
      const std::size_t close = text.substr(0, end).find(three, at + 3);
      return close == std::string_view::npos ? close : close + 3;
    }
    for (std::size_t next = at + 1; next < end && text[next] != '\n'; ++next) {
      if (text[next] == '\\') {
        ++next;
      } else if (text[next] == text[at]) {
        return next + 1;
      }
    }
    return std::string_view::npos;
  }
};

// Past ">>> " or "In [3]: ".
bool skip_prompt(std::string_view text, std::size_t& at) {
  const std::string_view rest = text.substr(at, 16);
  if (rest.substr(0, 4) == ">>> ") {
    at += 4;
    return true;
  }
  const std::size_t close = rest.find("]: ");
  if (rest.substr(0, 4) != "In [" || close == std::string_view::npos) return false;
  at += close + 3;
  return true;
}

}  // namespace

std::size_t first_item(const std::vector<Item>& items, std::size_t at) {
  const auto found =
      std::lower_bound(items.begin(), items.end(), at,
                       [](const Item& item, std::size_t place) { return item.begin < place; });
  return static_cast<std::size_t>(found - items.begin());
}

std::optional<Statement> next_statement(std::string_view text, std::size_t& at,
                                        const std::vector<Item>& items) {
  while (at < text.size() && (is_space(text[at]) || text[at] == ';')) ++at;
  if (at == text.size()) return std::nullopt;
  Statement statement;
  statement.is_prompted = skip_prompt(text, at);
  statement.span.begin = at;
  Walker walker{text, items, at};
  while (walker.at < text.size()) {
    const char c = text[walker.at];
    const bool is_long = walker.at - at - walker.skipped > kLongestStatement;
    const bool is_joined = walker.depth > 0 || (walker.at > at && text[walker.at - 1] == '\\');
    if ((c == '\n' && (is_long || !is_joined)) || (c == ';' && walker.depth <= 0)) break;
    walker.skip(text.size());
  }
  statement.span.end = at = walker.at;
  return statement;
}

std::size_t find_top(std::string_view text, Span span, char c, const std::vector<Item>& items) {
  Walker walker{text, items, span.begin};
  while (walker.at < span.end) {
    const std::size_t here = walker.at;
    if (walker.depth == 0 && text[here] == c) return here;
    walker.skip(span.end);
  }
  return std::string_view::npos;
}

std::vector<Span> split(std::string_view text, Span span, const std::vector<Item>& items) {
  std::vector<Span> parts;
  while (span.begin < span.end) {
    const std::size_t comma = std::min(find_top(text, span, ',', items), span.end);
    const Span part = trimmed(text, {span.begin, comma});
    if (part.begin < part.end) parts.push_back(part);
    span.begin = comma + 1;
  }
  return parts;
}

Span trimmed(std::string_view text, Span span) {
  while (span.begin < span.end && (is_space(text[span.begin]) || text[span.begin] == '\\')) {
    ++span.begin;
  }
  while (span.begin < span.end && is_space(text[span.end - 1])) --span.end;
  return span;
}

}  // namespace convscope

// Reads the arguments of a call; see calls.hpp.
#include "calls.hpp"

#include <cmath>

#include "numbers.hpp"

namespace convscope {
namespace {

// Past a string in quotes; false where it does not end on its line.
bool skip_string(Cursor& cursor) {
  const char quote = cursor.peek();
  const std::size_t begin = cursor.at;
  for (++cursor.at; cursor.at < begin + kMaxCall && cursor.peek() != '\n'; ++cursor.at) {
    if (cursor.at_end()) break;
    if (cursor.peek() == '\\') {
      ++cursor.at;
    } else if (cursor.peek() == quote) {
      ++cursor.at;
      return true;
    }
  }
  cursor.at = begin + 1;
  return false;
}

// Past spaces, and what Python's programs say beside themselves.
void skip_comments(Cursor& cursor) {
  for (cursor.skip_spaces(); cursor.peek() == '#'; cursor.skip_spaces()) cursor.skip_line();
}

// Past an expression, to the comma or bracket that ends it. `end`: of its text, without a comment.
Check skip_expression(Cursor& cursor, std::size_t limit, std::size_t& end) {
  int depth = 0;
  for (end = cursor.at; !cursor.at_end() && cursor.at < limit; ++cursor.at) {
    const Cursor before = cursor;
    skip_comments(cursor);
    if (cursor.at != before.at) {
      --cursor.at;
      continue;
    }
    const char c = cursor.peek();
    if (c == '(' || c == '[' || c == '{') {
      if (++depth > kMaxNesting) {
        return refuse_at(cursor, Code::parse_error,
                         {"brackets are nested deeper than ", kMaxNesting, "."});
      }
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth < 0) return Passed{};
    } else if ((c == ',' || c == '>') && depth == 0) {  // '>' ends <tf.Tensor: …>
      return Passed{};
    } else if (c == '\'' || c == '"') {
      skip_string(cursor);
      --cursor.at;
    } else if (c == '<' && depth == 0) {  // grad_fn=<ConvolutionBackward0>
      while (!cursor.at_end() && cursor.peek() != '>' && cursor.peek() != '\n') ++cursor.at;
    }
    end = std::min(cursor.at + 1, cursor.text.size());
  }
  return Passed{};
}

bool ends_value(Cursor cursor) {
  skip_comments(cursor);
  const char c = cursor.peek();
  if (is_letter(c)) {
    const std::string_view word = cursor.word();  // "3 if large else 5" is no 3
    return word != "if" && word != "for" && word != "and" && word != "or" && word != "in";
  }
  return c == ',' || c == ')' || c == ']' || c == '>' || c == '}' || cursor.at_end();
}

// A number, a string, or a list of them; else a missing value, and the cursor stays.
Value read_value(Cursor& cursor, int depth = 0) {
  const Cursor before = cursor;
  const char c = cursor.peek();
  Value value;
  Number number;
  if (c == '\'' || c == '"') {
    if (skip_string(cursor)) {
      value = Value::of(std::string(cursor.text.substr(before.at + 1, cursor.at - before.at - 2)));
    }
  } else if ((c == '(' || c == '[') && depth < 3) {
    ++cursor.at;
    std::vector<Value> list;
    const char closer = c == '(' ? ')' : ']';
    for (skip_comments(cursor); !cursor.take(closer); skip_comments(cursor)) {
      list.push_back(read_value(cursor, depth + 1));
      if (list.back().is_missing() || list.size() > 64 ||
          (!cursor.take(',') && cursor.peek() != closer && !is_space(cursor.peek()))) {
        cursor = before;
        return {};
      }
    }
    // (3) is 3, (3,) a list
    const bool is_list =
        closer == ']' || list.size() != 1 ||
        cursor.text.substr(before.at, cursor.at - before.at).find(',') != std::string_view::npos;
    value = is_list ? Value::of(std::move(list)) : list[0];
  } else if (read_number(cursor, number)) {
    value = number.is_truth ? Value::of(number.value != 0) : Value::of(number.value);
  }
  if (value.is_missing() || !ends_value(cursor)) {
    cursor = before;
    return {};
  }
  return value;
}

}  // namespace

Argument::Argument() = default;
Argument::Argument(Argument&&) noexcept = default;
Argument& Argument::operator=(Argument&&) noexcept = default;
Argument::~Argument() = default;

Result<std::vector<Argument>> read_arguments(Cursor& cursor, char closer) {
  std::vector<Argument> arguments;
  const std::size_t limit = cursor.at + kMaxCall;
  for (;;) {
    do {
      skip_comments(cursor);
    } while (cursor.take(','));
    if (cursor.take(closer)) return std::move(arguments);
    if (cursor.at_end() || cursor.at >= limit) {
      return expected(cursor, closer == '>' ? "\">\"" : "\")\"");
    }
    Argument argument;
    argument.at = cursor.at;
    Cursor ahead = cursor;
    const std::string_view word = ahead.word();
    ahead.skip_blanks();
    if (!word.empty() && ahead.peek() == '=' && ahead.peek(1) != '=') {
      ++ahead.at;
      argument.name = word;
      cursor = ahead;
      skip_comments(cursor);
    }
    const std::size_t begin = cursor.at;
    argument.value = read_value(cursor);
    std::size_t end = cursor.at;
    if (argument.value.is_missing()) {
      if (Check skipped = skip_expression(cursor, limit, end); !skipped) return skipped.refusal();
    }
    argument.text = trimmed(cursor.text.substr(begin, end - begin));
    if (cursor.at == argument.at) return expected(cursor, "an argument or \")\"");
    arguments.push_back(std::move(argument));
  }
}

std::optional<Shape> whole_numbers(const Value& value) {
  const auto is_whole = [](const Value& entry) {
    return entry.kind == Value::Kind::number && std::floor(entry.number) == entry.number &&
           std::fabs(entry.number) < 0x1p53;
  };
  if (is_whole(value)) return Shape{static_cast<std::int64_t>(value.number)};
  if (value.kind != Value::Kind::list) return std::nullopt;
  Shape shape;
  for (const Value& entry : value.list) {
    if (!is_whole(entry)) return std::nullopt;
    shape.push_back(static_cast<std::int64_t>(entry.number));
  }
  return shape;
}

}  // namespace convscope

// Finds and uses named numbers; see constants.hpp.
#include "constants.hpp"

#include "item.hpp"
#include "numbers.hpp"

namespace convscope {
namespace {

using Values = std::map<std::string, std::optional<std::int64_t>, std::less<>>;

// Larger ones are no sizes, and products of two must not overflow.
constexpr std::int64_t kLargest = std::int64_t{1} << 31;

// A recursive descent over one expression; `fault` once something else stands there.
class Evaluation {
 public:
  Evaluation(std::string_view text, const Values& values) : cursor_{text}, values_(values) {}

  std::optional<std::int64_t> run() {
    const std::int64_t result = sum(0);
    cursor_.skip_spaces();
    if (fault_ || !cursor_.at_end()) return std::nullopt;
    return result;
  }

 private:
  Cursor cursor_;
  const Values& values_;
  bool fault_ = false;

  std::int64_t checked(std::int64_t value) {
    if (value > kLargest || value < -kLargest) fault_ = true;
    return fault_ ? 0 : value;
  }

  std::int64_t sum(int depth) {
    std::int64_t result = product(depth);
    while (!fault_) {
      if (cursor_.take('+')) {
        result = checked(result + product(depth));
      } else if (cursor_.take('-')) {
        result = checked(result - product(depth));
      } else {
        break;
      }
    }
    return result;
  }

  std::int64_t product(int depth) {
    std::int64_t result = atom(depth);
    while (!fault_) {
      if (cursor_.take('*')) {
        result = checked(result * atom(depth));
      } else if (cursor_.take('/')) {
        const bool is_whole = cursor_.take('/');
        const std::int64_t by = atom(depth);
        if (!is_whole || by <= 0 || result < 0) fault_ = true;
        if (!fault_) result /= by;
      } else {
        break;
      }
    }
    return result;
  }

  std::int64_t atom(int depth) {
    if (cursor_.take('(')) {
      if (depth >= kMaxNesting) fault_ = true;
      const std::int64_t inner = fault_ ? 0 : sum(depth + 1);
      if (!cursor_.take(')')) fault_ = true;
      return inner;
    }
    cursor_.skip_spaces();
    std::int64_t number = 0;
    if (read_whole(cursor_, number)) return checked(number);
    const auto found = values_.find(plain(cursor_.word()));
    if (found == values_.end() || !found->second) fault_ = true;
    return fault_ ? 0 : *found->second;
  }

 public:
  static std::string_view plain(std::string_view name) {
    for (std::string_view owner : {"self.", "opt.", "args."}) {
      if (name.substr(0, owner.size()) == owner) name.remove_prefix(owner.size());
    }
    return name;
  }
};

bool is_operator(char c) { return c == '+' || c == '-' || c == '*' || c == '/' || c == '%'; }

// Whether nothing more of a value follows.
bool ends(Cursor cursor) {
  cursor.skip_blanks();
  const char c = cursor.peek();
  return c == '\n' || c == '\0' || c == ',' || c == ')' || c == '#' || c == ';';
}

}  // namespace

Constants::Constants(std::string_view text) {
  Cursor cursor{text};
  int depth = 0;  // of brackets: within them "=" names an argument
  while (!cursor.at_end()) {
    if (!is_letter(cursor.peek())) {
      const char here = cursor.peek();
      if (here == '(' || here == '[' || here == '{') ++depth;
      if ((here == ')' || here == ']' || here == '}') && depth > 0) --depth;
      if (here == '#') {
        cursor.skip_line();
        continue;
      }
      // "2x" is no name
      if (is_digit(cursor.peek())) {
        while (is_word(cursor.peek())) ++cursor.at;
      } else {
        ++cursor.at;
      }
      continue;
    }
    const std::string_view name = Evaluation::plain(cursor.word());
    Cursor ahead = cursor;
    ahead.skip_blanks();
    const std::size_t before = ahead.at;
    while (is_operator(ahead.peek())) ++ahead.at;
    const bool changes = ahead.at > before;  // "*="
    if (ahead.peek() != '=' || ahead.peek(1) == '=') continue;
    ++ahead.at;
    ahead.skip_blanks();
    Cursor other = ahead;
    const bool is_same = Evaluation::plain(other.word()) == name && ends(other);  // "self.k = k"
    std::int64_t number = 0;
    if (read_whole(ahead, number) && ends(ahead) && !changes) {
      const auto [at, is_new] = values_.emplace(name, number);
      if (!is_new && at->second != number) at->second.reset();
    } else if (depth == 0 && (changes || !is_same)) {
      values_.insert_or_assign(std::string(name), std::nullopt);
    }
  }
}

std::optional<std::int64_t> Constants::evaluate(std::string_view expression) const {
  return Evaluation(expression, values_).run();
}

}  // namespace convscope

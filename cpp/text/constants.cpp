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

}  // namespace

Constants::Constants(std::string_view text) {
  Cursor cursor{text};
  while (!cursor.at_end()) {
    if (!is_letter(cursor.peek())) {
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
    if (ahead.peek() != '=' || ahead.peek(1) == '=') continue;
    ++ahead.at;
    ahead.skip_blanks();
    std::int64_t number = 0;
    const bool is_number = read_whole(ahead, number) && !is_word(ahead.peek());
    ahead.skip_blanks();
    const char c = ahead.peek();
    const bool ends = c == '\n' || c == '\0' || c == ',' || c == ')' || c == '#' || c == ';';
    if (!is_number || !ends) continue;
    const auto [at, is_new] = values_.emplace(name, number);
    if (!is_new && at->second != number) at->second.reset();
  }
}

std::optional<std::int64_t> Constants::evaluate(std::string_view expression) const {
  return Evaluation(expression, values_).run();
}

}  // namespace convscope

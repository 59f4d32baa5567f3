// Reads numbers in brackets; see brackets.hpp. A loop over the characters with one entry per open
// bracket, so that no nesting can exhaust the stack.
#include "brackets.hpp"

#include <array>
#include <utility>

#include "../limits.hpp"
#include "numbers.hpp"

namespace convscope {
namespace {

constexpr std::int64_t kUnknown = -1;

struct Reader {
  Cursor& cursor;
  Block block{};
  std::array<std::int64_t, kMaxNesting + 1> count{};  // entries so far of the open bracket
  std::array<std::int64_t, kMaxNesting + 1> size{};   // entries of the first one that closed
  std::array<std::int64_t, kMaxNesting + 1> gap{};    // index before "...", of the open bracket
  std::array<std::int64_t, kMaxNesting + 1> first_gap{};
  std::array<char, kMaxNesting + 1> closer{};
  int depth = 0, leaf = 0;  // leaf: the depth at which numbers stand; 0: not known yet
  bool all_truths = true, after_comma = true;

  // A line break between two numbers one bracket deep, without a comma: a new row in MATLAB, but
  // numpy wraps long lines so, too.
  struct Break {
    std::int64_t count;  // entries before it
    std::size_t at;
  };
  std::vector<Break> breaks{};
  std::size_t begin = 0;

  static constexpr std::int64_t kNoGap = -2;  // -1: "..." comes first

  Result<Block> read() {
    size.fill(kUnknown);
    begin = cursor.at;
    bool is_done = false;
    while (!is_done) {
      if (Check stepped = step(is_done); !stepped) return stepped.refusal();
    }
    return finish();
  }

  // One number, bracket or comma. Not inlined: engines that run WebAssembly compile a function
  // anew, and well, once it has been called often, but not while it runs.
  [[gnu::noinline]] Check step(bool& is_done) {
    const std::size_t behind = cursor.at;
    cursor.skip_spaces();
    const char c = cursor.peek();
    if (depth == (rows ? 2 : 1) && leaf == depth && !after_comma && cursor.at > behind &&
        (is_digit(c) || c == '-' || c == '.' || is_letter(c))) {
      if (Check broken = break_line(behind); !broken) return broken;
    }
    if (cursor.at_end()) {
      return refuse_at(
          cursor, Code::parse_error,
          {"the text ends, but ", rows ? 1 : depth, " brackets are still open. Paste all of it."});
    }
    if (c == '[' || c == '(') return open(c);
    if (c == ']' || c == ')' || c == ';') {
      if (c == ';' && !is_matrix()) return expected(cursor, "a comma or a bracket");
      if (Check closed = close(c); !closed) return closed;
      is_done = depth == 0;
      return Passed{};
    }
    if (c == ',') {
      if (after_comma) return expected_number(cursor, "a number before the comma");
      after_comma = true;
      ++cursor.at;
      return Passed{};
    }
    if (!cursor.starts_with("...")) return number();
    if (gap[depth] != kNoGap) return expected(cursor, "one \"...\" in a row, not two");
    gap[depth] = count[depth] - 1;
    cursor.at += 3;
    after_comma = false;
    return Passed{};
  }

  // Spaces without a comma: is there a line break in them?
  Check break_line(std::size_t behind) {
    if (cursor.text.substr(behind, cursor.at - behind).find('\n') == std::string_view::npos) {
      return Passed{};
    }
    if (rows) return close_row();
    if (!cursor.starts_with("...")) breaks.push_back({count[1], cursor.at});
    return Passed{};
  }

  // numpy breaks a line where the next number would go beyond 75 columns, MATLAB's rows are short
  // or all of one length; in doubt, compare() asks.
  bool is_wrapped() const {
    constexpr std::int64_t kNumpyWidth = 75;
    const auto line = static_cast<std::int64_t>(cursor.text.find('\n', begin) - begin);
    const std::int64_t each = breaks[0].count > 0 ? line / breaks[0].count : line;
    return line + each >= kNumpyWidth || gap[1] != kNoGap;
  }

  // MATLAB's rows: "[1 2; 3 4]" has numbers one bracket deep, and ";" closes a row.
  bool is_matrix() const { return rows || (depth == 1 && leaf == 1 && size[1] == kUnknown); }
  bool rows = false;

  Check open(char c) {
    if (leaf != 0 && depth >= leaf) {
      return refuse_at(cursor, Code::ragged_rows,
                       {"a bracket opens among numbers: are they nested to different depths?"});
    }
    if (depth == kMaxNesting) {
      return refuse_at(cursor, Code::parse_error,
                       {"brackets are nested deeper than ", kMaxNesting, "."});
    }
    ++depth;
    count[depth] = 0;
    gap[depth] = kNoGap;
    closer[depth] = c == '[' ? ']' : ')';
    ++cursor.at;
    after_comma = true;
    return Passed{};
  }

  Check number() {
    const Cursor before = cursor;
    Number found;
    if (!read_number(cursor, found)) return expected_number(cursor);
    if (is_word(cursor.peek())) {
      cursor = before;
      return expected_number(cursor);
    }
    // "1.2.3" is no two numbers, and "1-2" a sum.
    const char next = cursor.peek();
    if ((next == '.' && !cursor.starts_with("...")) || next == '-' || next == '+') {
      return expected_number(cursor, "a comma or a blank between numbers");
    }
    if (leaf == 0) leaf = depth;
    if (depth != leaf) {
      cursor = before;
      return refuse_at(cursor, Code::ragged_rows,
                       {"a number stands among brackets: are they nested to different depths?"});
    }
    if (static_cast<std::int64_t>(block.data.size()) >= kMaxElements) {
      return refuse_at(cursor, Code::limit_elements,
                       {"more than ", kMaxElements, " numbers in one tensor."});
    }
    all_truths = all_truths && found.is_truth;
    add_number(block, found);
    ++count[depth];
    after_comma = false;
    return Passed{};
  }

  Check close_row() {
    if (Check same = compare(2, "row"); !same) return same.refusal();
    ++count[1];
    count[2] = 0;
    gap[2] = kNoGap;
    return Passed{};
  }

  Check close(char c) {
    if (c != ';' && c != closer[depth]) {
      return expected(cursor, closer[depth] == ']' ? "\"]\"" : "\")\"");
    }
    const bool is_broken = depth == 1 && !breaks.empty();
    if (!rows && (c == ';' || (is_broken && !is_wrapped()))) {
      if (Check begun = begin_rows(); !begun) return begun;
    }
    if (rows) {
      // "]" closes the row and what is around it; "; ]" has closed the row already.
      if (c == ';' || count[2] > 0) {
        if (Check closed = close_row(); !closed) return closed;
      }
      ++cursor.at;
      after_comma = true;
      if (c == ';') return Passed{};
      size[1] = count[1];
      first_gap[1] = kNoGap;
      depth = 0;
      return Passed{};
    }
    if (Check same = compare(depth, depth == leaf ? "row" : "block"); !same) return same.refusal();
    if (count[depth] == 0 && leaf == 0) leaf = depth;
    ++cursor.at;
    --depth;
    if (depth > 0) ++count[depth];
    after_comma = false;
    return Passed{};
  }

  Check begin_rows() {
    rows = true;
    const std::int64_t all = count[1];
    gap[2] = gap[1];
    gap[1] = kNoGap;
    count[1] = 0;
    depth = leaf = 2;
    closer[2] = closer[1];
    const std::size_t here = std::exchange(cursor.at, 0);
    std::int64_t done = 0;
    for (const Break& row : breaks) {
      count[2] = row.count - done;
      done = row.count;
      cursor.at = row.at;
      if (Check closed = close_row(); !closed) return closed;
    }
    cursor.at = here;
    count[2] = all - done;
    return Passed{};
  }

  Check compare(int at, const char* what) {
    if (size[at] == kUnknown) {
      size[at] = count[at];
      first_gap[at] = gap[at];
      return Passed{};
    }
    if (size[at] == count[at] && first_gap[at] == gap[at]) return Passed{};
    if (size[at] == count[at]) {
      return refuse_at(cursor, Code::ragged_rows,
                       {"\"...\" stands elsewhere in this ", what, " than in the first."});
    }
    return refuse_at(cursor, Code::ragged_rows,
                     {"this ", what, " ends after ", count[at], " entries, the first has ",
                      size[at], ". Is one missing, or is one too many?"});
  }

  Result<Block> finish() {
    const int axes = rows ? 2 : leaf;
    for (int at = 1; at <= axes; ++at) {
      block.shape.push_back(size[at]);
      const bool whole = first_gap[at] == kNoGap;
      block.gaps.push_back(whole ? std::nullopt : std::optional(first_gap[at]));
      block.truncated = block.truncated || !whole;
    }
    block.is_matrix = rows;
    block.only_truths = all_truths && !block.data.empty();
    return std::move(block);
  }
};

}  // namespace

void add_number(Block& block, const Number& number) {
  block.data.push_back(number.value);
  if (number.decimals > block.decimals) block.decimals = number.decimals;
  block.scientific = block.scientific || number.scientific;
  block.has_point = block.has_point || number.has_point || !(number.value - number.value == 0);
}

Refusal expected_number(const Cursor& cursor, std::string_view what) {
  Cursor behind = cursor;
  Number number;
  const auto is_imaginary = [&] {
    const char c = behind.peek();
    return c == 'j' || c == 'i' || c == 'J';
  };
  const bool is_number = read_number(behind, number);
  if (is_number && (is_imaginary() || (read_number(behind, number) && is_imaginary()))) {
    return refuse_at(cursor, Code::parse_error,
                     {"complex numbers are not read. Paste the real and the imaginary part."});
  }
  if (cursor.starts_with("None") || cursor.starts_with("null")) {
    return expected(cursor, "a number (use nan where there is none)");
  }
  return expected(cursor, what);
}

Result<Block> read_brackets(Cursor& cursor) { return Reader{cursor}.read(); }

Result<Block> read_scalar(Cursor& cursor) {
  Number number;
  const Cursor before = cursor;
  if (!read_number(cursor, number)) return expected_number(cursor);
  if (is_word(cursor.peek())) return expected_number(before);
  Block block;
  add_number(block, number);
  block.only_truths = number.is_truth;
  return std::move(block);
}

bool holds_numbers(Cursor cursor) {
  for (int depth = 0;; ++cursor.at) {
    cursor.skip_spaces();
    const char c = cursor.peek();
    if (c == '[' || c == '(') {
      if (++depth > kMaxNesting) return true;  // reading it refuses it
      continue;
    }
    Number number;
    return c == ']' || c == ')' || cursor.starts_with("...") || read_number(cursor, number);
  }
}

}  // namespace convscope

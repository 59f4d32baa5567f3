// Reads numbers in lines; see rows.hpp.
#include "rows.hpp"

#include <algorithm>

#include "../limits.hpp"
#include "brackets.hpp"
#include "lines.hpp"

namespace convscope {
namespace {

struct Chunk {
  std::size_t begin, rows, width;
};

// The chunks of one slice, side by side, behind each other in `data` from the first on.
void join_columns(const std::vector<Chunk>& chunks, std::vector<double>& data) {
  if (chunks.size() < 2) return;
  std::vector<double> joined;
  for (std::size_t row = 0; row < chunks[0].rows; ++row) {
    for (const Chunk& chunk : chunks) {
      const auto begin =
          data.begin() + static_cast<std::ptrdiff_t>(chunk.begin + row * chunk.width);
      joined.insert(joined.end(), begin, begin + static_cast<std::ptrdiff_t>(chunk.width));
    }
  }
  std::copy(joined.begin(), joined.end(),
            data.begin() + static_cast<std::ptrdiff_t>(chunks[0].begin));
}

struct Reader {
  Cursor& cursor;
  std::optional<bool> decimal_comma;
  Block block{};
  std::vector<Chunk> chunks{};  // of the open slice
  Shape first_slice{}, last_slice{};
  std::size_t slices = 0, height = 0, width = 0;
  int scale = 0, least_decimals = 0;
  bool is_scaled = false, is_libtorch = false, is_separated = false;
  Tail tail{};
  bool has_tail = false;
  std::size_t lines = 0, doubtful = 0, doubt = 0;  // doubtful: that may be one number each

  Result<TensorItem> read() {
    for (;;) {
      const Cursor line = cursor;
      cursor.skip_blanks();
      if (cursor.at_end()) break;
      Shape indices;
      std::int64_t column = 0;
      if (at_line_end(cursor) || is_rule(cursor)) {
        is_separated = is_separated || !block.data.empty();
        next_line(cursor);
        continue;
      }
      if (read_tail(cursor, tail)) {
        has_tail = is_libtorch = true;
        break;
      }
      if (read_slice(cursor, indices)) {
        if (Check closed = close_slice(line); !closed) return closed.refusal();
        if (slices == 0) first_slice = indices;
        last_slice = indices;
        is_libtorch = true;
        scale = 0;
        continue;
      }
      if (read_columns(cursor, column)) {
        is_libtorch = true;
        if (column == 1) {
          if (Check closed = close_slice(line); !closed) return closed.refusal();
        }
        chunks.push_back({block.data.size(), 0, 0});
        is_separated = false;
        continue;
      }
      if (read_scale(cursor, scale)) {
        is_scaled = is_libtorch = true;
        continue;
      }
      Result<bool> more = row(line);
      if (!more) return more.refusal();
      if (!*more) break;
    }
    if (Check closed = close_slice(cursor); !closed) return closed.refusal();
    return finish();
  }

  // False where the block ends before this line.
  Result<bool> row(const Cursor& line) {
    const bool is_new_slice = is_separated && !is_libtorch && !chunks.empty();
    if (is_new_slice && !same_slice_follows(line)) {
      cursor = line;
      return false;
    }
    if (is_new_slice) {
      if (Check closed = close_slice(line); !closed) return closed.refusal();
    }
    const Cursor begin = cursor;
    const Row read = read_row(cursor, block, scale, decimal_comma.value_or(false));
    if (read.kind != Row::Kind::row) {
      const Cursor fault{cursor.text, read.fault};
      if (read.kind == Row::Kind::complex) return expected_number(fault);
      // "1, 2, x" after "1, 2, 3" is a broken row; prose that starts with a number is not.
      if (read.comma != 0 || (is_libtorch && read.width > 0)) return expected_number(fault);
      cursor = line;
      return false;
    }
    if (read.comma != 0 && read.other != 0 && !decimal_comma) {
      return refuse_at({cursor.text, read.comma}, Code::decimal_comma,
                       {"is this comma a decimal point? Beside it, numbers are separated by other "
                        "characters. Say so by `decimalComma`, or use one separator everywhere."});
    }
    if (read.is_doubtful) {
      if (doubtful++ == 0) doubt = read.glued;
    }
    ++lines;
    if (static_cast<std::int64_t>(block.data.size()) > kMaxElements) {
      return refuse_at(begin, Code::limit_elements,
                       {"more than ", kMaxElements, " numbers in one tensor."});
    }
    if (chunks.empty()) chunks.push_back({block.data.size() - read.width, 0, 0});
    Chunk& chunk = chunks.back();
    if (chunk.rows == 0) chunk.width = read.width;
    if (chunk.width != read.width) {
      return refuse_at(begin, Code::ragged_rows,
                       {"this row has ", read.width, " numbers, the first has ", chunk.width,
                        ". Is one missing, or is one too many?"});
    }
    const bool is_first = slices == 0 && chunks.size() == 1 && chunk.rows == 0;
    least_decimals = is_first ? read.decimals : std::min(least_decimals, read.decimals);
    ++chunk.rows;
    is_separated = false;
    next_line(cursor);
    return true;
  }

  // After a blank line: as many rows of the same width, and then a blank line or the end.
  bool same_slice_follows(Cursor line) {
    if (slices > 0 && (chunks[0].rows != height || chunks[0].width != width)) return false;
    Block ignored;
    std::size_t rows = 0;
    for (; rows <= chunks[0].rows && !line.at_end(); ++rows) {
      ignored.data.clear();
      line.skip_blanks();
      if (at_line_end(line) || is_rule(line)) break;
      const Row read = read_row(line, ignored, 0, decimal_comma.value_or(false));
      if (read.kind != Row::Kind::row || read.width != chunks[0].width) break;
      next_line(line);
    }
    return rows == chunks[0].rows;
  }

  Check close_slice(const Cursor& at) {
    if (chunks.empty()) return Passed{};
    std::size_t columns = 0;
    for (const Chunk& chunk : chunks) {
      if (chunk.rows != chunks[0].rows) {
        return refuse_at(at, Code::ragged_rows,
                         {"these columns have ", chunk.rows, " rows, the first ones have ",
                          chunks[0].rows, "."});
      }
      columns += chunk.width;
    }
    join_columns(chunks, block.data);
    if (slices == 0) {
      height = chunks[0].rows;
      width = columns;
    } else if (height != chunks[0].rows || width != columns) {
      return refuse_at(at, Code::ragged_rows,
                       {"the slice before has ", chunks[0].rows, " rows of ", columns,
                        " numbers, the first slice has ", height, " of ", width, "."});
    }
    ++slices;
    chunks.clear();
    return Passed{};
  }

  // Lines of "1,5" and nothing else: a column with decimal commas, or two columns?
  Refusal ask() const {
    std::size_t begin = doubt, end = doubt + 1;
    while (begin > 0 && !is_space(cursor.text[begin - 1])) --begin;
    while (end < cursor.text.size() && is_digit(cursor.text[end])) ++end;
    return refuse_at({cursor.text, doubt}, Code::decimal_comma,
                     {"is ", cursor.text.substr(begin, end - begin),
                      " one number or two? Say so by `decimalComma`, or write a point, or a blank "
                      "behind the comma."});
  }

  Result<TensorItem> finish() {
    if (lines > 0 && doubtful == lines && !decimal_comma && !is_libtorch) return ask();
    Shape shape;
    if (!first_slice.empty()) {
      if (first_slice.size() != last_slice.size()) {
        return refuse_at(cursor, Code::ragged_rows, {"slices have different numbers of indices."});
      }
      for (std::size_t axis = 0; axis < first_slice.size(); ++axis) {
        shape.push_back(last_slice[axis] - first_slice[axis] + 1);
      }
    } else if (slices > 1) {
      shape.push_back(static_cast<std::int64_t>(slices));
    }
    shape.push_back(static_cast<std::int64_t>(height));
    shape.push_back(static_cast<std::int64_t>(width));
    if (has_tail) shape = tail.shape;
    const auto length = static_cast<std::int64_t>(block.data.size());
    const bool is_negative = std::any_of(shape.begin(), shape.end(), [](auto n) { return n < 0; });
    if (is_negative || element_count(shape) != length) {
      return refuse_at(cursor, Code::data_length,
                       {"the text says the shape is ", shape, ", but shows ", length,
                        " numbers. Paste all of it."});
    }
    TensorItem item;
    item.container = is_libtorch ? "libtorch" : "csv";
    item.dtype = tail.dtype;
    if (is_scaled) block.decimals = least_decimals;
    block.shape = shape;
    block.gaps.assign(shape.size(), std::nullopt);
    item.shape = shape;
    item.block = std::move(block);
    return std::move(item);
  }
};

}  // namespace

bool starts_rows(Cursor cursor, std::optional<bool> decimal_comma) {
  cursor.skip_blanks();
  Shape indices;
  std::int64_t column = 0;
  int scale = 0;
  Tail tail;
  const char c = cursor.peek();
  if (c == '(') return read_slice(cursor, indices);
  if (c == '[') return read_tail(cursor, tail);
  if (c == 'C') return read_columns(cursor, column);
  if (!is_digit(c) && c != '-' && c != '+' && c != '.' && c != 'n' && c != 'i' && c != 'N' &&
      c != 'I') {
    return false;
  }
  if (read_scale(cursor, scale)) return true;
  Block ignored;
  const Row row = read_row(cursor, ignored, 0, decimal_comma.value_or(false));
  return row.kind != Row::Kind::none || (row.width > 1 && row.comma != 0);
}

Result<TensorItem> read_rows(Cursor& cursor, std::optional<bool> decimal_comma) {
  return Reader{cursor, decimal_comma}.read();
}

}  // namespace convscope

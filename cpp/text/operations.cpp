// Carries out or refuses what source does to a literal; see operations.hpp.
#include "operations.hpp"

#include <algorithm>
#include <cmath>

#include "attributes.hpp"
#include "calls.hpp"

namespace convscope {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Refusal unknown(const Cursor& at, std::string_view operation) {
  return refuse_at(at, Code::parse_error,
                   {"what \"", operation,
                    "\" makes of the numbers is not known here. Paste what Python prints for it."});
}

void insert_axis(Block& block, std::size_t axis) {
  block.shape.insert(block.shape.begin() + static_cast<std::ptrdiff_t>(axis), 1);
  block.gaps.insert(block.gaps.begin() + static_cast<std::ptrdiff_t>(axis), std::nullopt);
}

bool is_whole(const Block& block) {
  return std::all_of(block.data.begin(), block.data.end(),
                     [](double value) { return std::floor(value) == value; });
}

// The arguments' numbers behind each other; none if one of them is no whole number or list of such.
std::optional<Shape> sizes_of(const std::vector<Argument>& arguments) {
  Shape sizes;
  for (const Argument& argument : arguments) {
    const std::optional<Shape> some = whole_numbers(argument.value);
    if (!some) return std::nullopt;
    sizes.insert(sizes.end(), some->begin(), some->end());
  }
  return sizes;
}

void cast(const std::vector<Argument>& arguments, TensorItem& item) {
  for (const Argument& argument : arguments) {
    const std::string dtype = dtype_of(argument.text);
    if (dtype.find("float") != std::string::npos || dtype.find("int") != std::string::npos) {
      item.dtype = dtype;
    }
  }
}

// Whether the method could be carried out; what it refuses of its own is a refusal.
Result<bool> apply(const Cursor& at, std::string_view method,
                   const std::vector<Argument>& arguments, TensorItem& item) {
  constexpr std::string_view kSame[] = {"requires_grad_", "detach",     "cpu",   "cuda",
                                        "numpy",          "contiguous", "clone", "tolist",
                                        "copy",           "data",       "eval"};
  constexpr std::string_view kFloats[] = {"float", "double", "half", "bfloat16"};
  constexpr std::string_view kIntegers[] = {"int", "long", "short"};
  Block& block = item.block;
  const auto axes = static_cast<std::int64_t>(block.shape.size());
  if (is_one_of(method, kSame)) return true;
  if (is_one_of(method, kFloats)) {
    item.dtype = dtype_of(method);
    return true;
  }
  if (method == "to" || method == "astype" || method == "type") {
    cast(arguments, item);
    return item.dtype.find("int") == std::string::npos || is_whole(block);
  }
  if (is_one_of(method, kIntegers)) {
    item.dtype = dtype_of(method);
    return is_whole(block);
  }
  const std::optional<Shape> sizes = sizes_of(arguments);
  if (!sizes) return false;
  if (method == "reshape" || method == "view") {
    if (Check reshaped = reshape(at, item, *sizes); !reshaped) return reshaped.refusal();
    return true;
  }
  if (method == "flatten" || method == "ravel") {
    if (!arguments.empty()) return false;
    if (Check flat = reshape(at, item, {-1}); !flat) return flat.refusal();
    return true;
  }
  if (method == "squeeze" && arguments.empty()) {
    Shape shape = block.shape;
    std::erase(shape, 1);
    if (Check squeezed = reshape(at, item, shape); !squeezed) return squeezed.refusal();
    return true;
  }
  if ((method == "unsqueeze" || method == "unsqueeze_") && sizes->size() == 1) {
    const std::int64_t axis = (*sizes)[0] < 0 ? (*sizes)[0] + axes + 1 : (*sizes)[0];
    if (axis < 0 || axis > axes || axes >= kMaxNesting) return false;
    insert_axis(block, static_cast<std::size_t>(axis));
    return true;
  }
  return false;
}

Check read_method(Cursor& cursor, TensorItem& item) {
  const Cursor begin = cursor;
  ++cursor.at;
  const std::size_t name = cursor.at;
  while (is_word(cursor.peek())) ++cursor.at;
  const std::string_view method = cursor.text.substr(name, cursor.at - name);
  std::vector<Argument> arguments;
  if (cursor.take('(')) {
    Result<std::vector<Argument>> read = read_arguments(cursor, ')');
    if (!read) return read.refusal();
    arguments = std::move(*read);
  }
  Result<bool> applied = apply(begin, method, arguments, item);
  if (!applied) return applied.refusal();
  return *applied ? Check(Passed{}) : unknown(begin, say(".", method));
}

// "[None, None]", "[np.newaxis, :, :]": new axes of size 1. Any other index takes numbers away.
Check read_index(Cursor& cursor, TensorItem& item) {
  const Cursor begin = cursor;
  const std::size_t close = cursor.text.substr(0, cursor.at + 200).find(']', cursor.at);
  if (close == std::string_view::npos) return unknown(begin, "[");
  const std::string_view index = cursor.text.substr(cursor.at, close + 1 - cursor.at);
  std::string_view rest = index.substr(1, index.size() - 2);
  std::size_t axis = 0;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view part = trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const bool is_new =
        part == "None" || (part.size() > 7 && part.substr(part.size() - 7) == "newaxis");
    const bool is_rest = part == "..." && rest.empty();
    if (is_new && axis <= item.block.shape.size() && axis < kMaxNesting) {
      insert_axis(item.block, axis);
    } else if (!is_rest && (part != ":" || axis >= item.block.shape.size())) {
      return unknown(begin, index);
    }
    ++axis;
  }
  cursor.at = close + 1;
  return Passed{};
}

// Spaces within a line; line breaks too where brackets or a backslash make them mean nothing.
void skip_between(Cursor& cursor, bool is_enclosed) {
  for (;;) {
    if (is_enclosed) {
      cursor.skip_spaces();
    } else {
      cursor.skip_blanks();
    }
    if (cursor.peek() != '\\' || cursor.peek(1) != '\n') return;
    cursor.at += 2;
  }
}

bool ends_operand(char c) {
  return c == '\0' || c == '\n' || c == '(' || c == '[' || c == '.' || c == ')' || c == ',' ||
         c == ';' || c == '#' || c == '*' || c == '+' || c == '-' || c == '/' || c == '@';
}

// What stands behind an operator: a number, a name, brackets; not the words of a sentence.
bool is_operand(Cursor cursor) {
  cursor.skip_blanks();
  if (cursor.peek() == '-') ++cursor.at;
  const char c = cursor.peek();
  if (is_digit(c) || c == '(' || c == '[' || (c == '.' && is_digit(cursor.peek(1)))) return true;
  if (!is_letter(c)) return false;
  cursor.word();
  cursor.skip_blanks();
  return ends_operand(cursor.peek());
}

// "* 2", "@ w", "== y": the operator if one stands here, else empty.
std::string_view operator_at(const Cursor& cursor) {
  constexpr std::string_view kOperators[] = {"**", "//", "==", "!=", "<=", ">=", ".*", "./", ".^",
                                             "*",  "/",  "+",  "-",  "@",  "%",  "^",  "<",  ">"};
  for (std::string_view sign : kOperators) {
    if (!cursor.starts_with(sign)) continue;
    return is_operand({cursor.text, cursor.at + sign.size()}) ? sign : std::string_view();
  }
  return {};
}

// The text before `begin` without the blanks at its end.
std::string_view before(std::string_view text, std::size_t begin, bool lines) {
  while (begin > 0 && (is_blank(text[begin - 1]) || (lines && text[begin - 1] == '\n'))) --begin;
  return text.substr(0, begin);
}

// "2 * tensor(…)", "-tensor(…)"; a sign that is first on its line marks an entry of a list.
Check check_before(std::string_view text, std::size_t begin) {
  const std::string_view left = before(text, begin, false);
  if (left.empty()) return Passed{};
  const char sign = left.back();
  constexpr std::string_view kSigns = "*/+-@%";
  if (kSigns.find(sign) == std::string_view::npos) return Passed{};
  const std::string_view further = before(text, left.size() - 1, false);
  const bool is_bullet = (further.empty() || further.back() == '\n') && left.size() < begin;
  if (is_bullet) return Passed{};
  return unknown({text, left.size() - 1}, std::string_view(&left.back(), 1));
}

// "torch.flip(tensor(…), …)": functions of known modules, unless they give back what they get,
// compare, or are layers.
Check check_around(std::string_view text, std::size_t begin) {
  std::string_view word;
  const std::size_t call = call_around(text, begin, word);
  const std::size_t dot = word.rfind('.');
  if (call == begin || dot == std::string_view::npos || is_wrapper(word)) return Passed{};
  constexpr std::string_view kModules[] = {"torch", "np",  "numpy", "jnp",      "F",
                                           "tf",    "jax", "lax",   "tf.image", "tf.nn"};
  constexpr std::string_view kPassing[] = {"equal",     "allclose", "array_equal",
                                           "is_tensor", "save",     "Size"};
  const std::string_view name = word.substr(dot + 1);
  if (!is_one_of(word.substr(0, dot), kModules) || is_one_of(name, kPassing) ||
      name.substr(0, 4) == "conv") {
    return Passed{};
  }
  return unknown({text, call}, word);
}

}  // namespace

bool is_wrapper(std::string_view word) {
  constexpr std::string_view kWrappers[] = {
      "nn.Parameter", "Parameter",    "torch.nn.Parameter", "torch.nn.parameter.Parameter",
      "Variable",     "tf.Variable",  "torch.from_numpy",   "torch.tensor",
      "torch.Tensor", "np.array",     "torch.as_tensor",    "np.asarray",
      "jnp.array",    "jnp.asarray",  "tf.constant",        "tf.convert_to_tensor",
      "torch.clone",  "torch.detach", "torch.FloatTensor",  "autograd.Variable"};
  return is_one_of(word, kWrappers);
}

std::size_t call_around(std::string_view text, std::size_t begin, std::string_view& word) {
  word = {};
  const std::string_view left = before(text, begin, true);
  if (left.empty() || left.back() != '(') return begin;
  std::size_t at = left.size() - 1;
  const std::size_t end = at;
  while (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '.')) --at;
  if (at == end) return begin;
  word = text.substr(at, end - at);
  return at;
}

Check read_operations(Cursor& cursor, std::size_t begin, TensorItem& item) {
  for (;;) {
    Cursor ahead = cursor;
    if (ahead.peek() == '[') {
      if (Check read = read_index(ahead, item); !read) return read;
      cursor = ahead;
      continue;
    }
    skip_between(ahead, true);
    if (ahead.peek() != '.' || !is_letter(ahead.peek(1))) break;
    if (Check read = read_method(ahead, item); !read) return read;
    cursor = ahead;
  }
  return refuse_operations(cursor, begin, item);
}

Check refuse_operations(const Cursor& cursor, std::size_t begin, const TensorItem& item) {
  const std::string_view left = before(cursor.text, begin, true);
  const bool is_enclosed = !left.empty() && (left.back() == '(' || left.back() == ',');
  Cursor ahead = cursor;
  if (ahead.peek() == '\'' && item.container == "matlab") {
    return unknown(ahead, "'");
  }
  skip_between(ahead, is_enclosed);
  const std::string_view sign = operator_at(ahead);
  if (!sign.empty()) return unknown(ahead, sign);
  if (Check checked = check_before(cursor.text, begin); !checked) return checked;
  return check_around(cursor.text, begin);
}

}  // namespace convscope

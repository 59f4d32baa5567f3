// Goes through a cleaned text once, from one item to the next; see parse.hpp.
#include "parse.hpp"

#include "brackets.hpp"
#include "calls.hpp"
#include "labels.hpp"
#include "layers.hpp"
#include "messages.hpp"
#include "numbers.hpp"
#include "operations.hpp"
#include "prints.hpp"
#include "rows.hpp"
#include "script.hpp"

namespace convscope {
namespace {

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options) : cursor_{text}, options_(options) {}

  Result<std::vector<Item>> read() {
    while (!cursor_.at_end()) {
      const std::size_t before = cursor_.at;
      if (Check stepped = step(); !stepped) return stepped.refusal();
      if (cursor_.at == before) ++cursor_.at;
    }
    if (items_.empty() && lone_) add_tensor(std::move(*lone_), lone_begin_);
    if (items_.empty()) return nothing();
    assign_roles(cursor_.text, items_);
    return std::move(items_);
  }

 private:
  Cursor cursor_;
  const ParseOptions& options_;
  std::vector<Item> items_{};
  std::size_t from_ = 0;                    // where the last item ended
  std::optional<std::size_t> parameter_{};  // where "Parameter containing:" stands, if just before
  std::optional<TensorItem> lone_{};        // a number alone on a line: a tensor if nothing else is
  std::size_t lone_begin_ = 0;
  bool after_layer_ = false, after_definition_ = false;

  Refusal nothing() {
    Cursor first{cursor_.text};
    first.skip_spaces();
    if (first.at_end()) {
      return refuse_at(
          first, Code::nothing_found,
          {"the text is empty. Paste a printed tensor, a layer, a shape or an error."});
    }
    return refuse_at(first, Code::nothing_found,
                     {"no tensor, layer, shape or error message found. Tensors look like "
                      "tensor([[1., 2.]]), [[1, 2], [3, 4]] or lines of numbers."});
  }

  bool at_line_begin() const { return cursor_.at == 0 || cursor_.text[cursor_.at - 1] == '\n'; }
  char previous() const { return cursor_.at == 0 ? '\n' : cursor_.text[cursor_.at - 1]; }

  Check step() {
    if (at_line_begin() && starts_rows(cursor_, options_.decimal_comma)) return rows();
    const char c = cursor_.peek();
    if (is_letter(c)) return word();
    if (c == '[') return bracket();
    if (c == '(') return parenthesis();
    if (c == '{') return brace();
    if (c == '<') return angle();
    if (is_digit(c)) {
      while (is_word(cursor_.peek())) ++cursor_.at;
    }
    return Passed{};
  }

  std::string name(std::size_t begin) const {
    const std::string found = name_before(cursor_.text, begin, from_);
    constexpr std::string_view kContaining = "containing";  // "Variable containing:" is no name
    const bool is_none =
        found.size() >= kContaining.size() &&
        found.compare(found.size() - kContaining.size(), kContaining.size(), kContaining) == 0;
    return is_none ? std::string() : found;
  }

  Item& add(Item::Kind kind, std::size_t begin) {
    from_ = cursor_.at;
    Item& item = items_.emplace_back();
    item.kind = kind;
    item.begin = begin;
    item.end = cursor_.at;
    return item;
  }

  void add_tensor(TensorItem tensor, std::size_t begin) {
    if (parameter_) {
      begin = *parameter_;
      if (tensor.container == "tensor") tensor.container = "parameter";
      parameter_.reset();
    }
    if (tensor.name.empty()) tensor.name = name(begin);
    // What follows a layer's print without a name: its parameters, then its output.
    if (tensor.name.empty() && after_layer_) {
      if (tensor.container == "parameter") {
        tensor.name = tensor.block.shape.size() > 1 ? "weight" : "bias";
      } else if (tensor.is_convolved) {
        tensor.name = "output";
      }
    }
    add(Item::Kind::tensor, begin).tensor = std::move(tensor);
  }

  void add_shape(Shape shape, std::size_t begin) {
    std::string label = name(begin);
    ShapeItem& item = add(Item::Kind::shape, begin).shape;
    item.shape = std::move(shape);
    item.name = std::move(label);
  }

  Check rows() {
    const std::size_t begin = cursor_.at;
    Result<TensorItem> tensor = read_rows(cursor_, options_.decimal_comma);
    if (!tensor) return tensor.refusal();
    if (tensor->block.data.size() == 1 && tensor->container == "csv") {
      tensor->container = "ndarray";
      tensor->block.shape.clear();
      tensor->block.gaps.clear();
      tensor->shape = Shape();
      lone_ = std::move(*tensor);
      lone_begin_ = begin;
      return Passed{};
    }
    add_tensor(std::move(*tensor), begin);
    return Passed{};
  }

  Check word() {
    const std::size_t begin = cursor_.at;
    const std::string_view word = cursor_.word();
    const bool is_definition = std::exchange(after_definition_, word == "def" || word == "class");
    const bool is_call = cursor_.peek() == '(';
    if (word == "Parameter" && cursor_.starts_with(" containing:")) {
      cursor_.at += 12;
      parameter_ = begin;
      Cursor next = cursor_;
      next.skip_spaces();
      // old PyTorch prints rows after it, else there is tensor(…)
      return Passed{};
    }
    if (starts_error(cursor_, word)) return error(word, begin);
    if (!is_call || is_definition) return Passed{};
    ++cursor_.at;
    if (const Maker* maker = find_maker(word)) {
      Result<std::optional<TensorItem>> tensor = read_made(cursor_, *maker);
      if (!tensor) return tensor.refusal();
      return *tensor ? literal(std::move(**tensor), word, begin) : Passed{};
    }
    if (word == "torch.Size" || word == "TensorShape" || word == "tf.TensorShape") {
      Result<std::vector<Argument>> sizes = read_arguments(cursor_, ')');
      if (!sizes) return sizes.refusal();
      std::optional<Shape> shape;
      if (!sizes->empty()) shape = whole_numbers((*sizes)[0].value);
      if (shape) add_shape(std::move(*shape), begin);
      return Passed{};
    }
    if (const std::optional<LayerName> found = find_layer(word)) return layer(*found, begin);
    return Passed{};
  }

  // What code does to the tensor, and the calls around that give it back: nn.Parameter(…).
  Check literal(TensorItem tensor, std::string_view word, std::size_t begin) {
    tensor.is_source = word.find('.') != std::string_view::npos && word != "tf.Tensor";
    if (Check done = read_operations(cursor_, begin, tensor); !done) return done;
    std::string_view around;
    for (std::size_t call = call_around(cursor_.text, begin, around);
         call != begin && call >= from_ && is_wrapper(around);
         call = call_around(cursor_.text, begin, around)) {
      tensor.is_source = true;
      begin = call;
      if (Check rest = read_attributes(cursor_, tensor, ')'); !rest) return rest;
      if (Check done = read_operations(cursor_, begin, tensor); !done) return done;
    }
    settle_shape(tensor);
    add_tensor(std::move(tensor), begin);
    return Passed{};
  }

  Check layer(const LayerName& found, std::size_t begin) {
    const Cursor inside = cursor_;
    Result<std::optional<LayerItem>> layer = read_layer(cursor_, found);
    if (!layer) return layer.refusal();
    if (!*layer) return Passed{};
    (*layer)->name = name(begin);
    const std::size_t end = cursor_.at;
    // Tensors may be written out within a function's call: they are found from its "(" on.
    if (found.is_function()) cursor_ = inside;
    after_layer_ = true;
    add(Item::Kind::layer, begin).layer = std::move(**layer);
    items_.back().end = end;
    return Passed{};
  }

  Check error(std::string_view word, std::size_t begin) {
    ErrorItem found = read_error(cursor_, word);
    add(Item::Kind::error, begin).error = std::move(found);
    return Passed{};
  }

  Check bracket() {
    const std::size_t begin = cursor_.at;
    const char before = previous();
    const bool is_index = is_word(before) || before == ']' || before == ')';
    const bool is_argument = before == '=' || before == ',';
    const bool is_print = opens_line(cursor_.text, begin, from_) ||
                          (cursor_.peek(1) == '[' && !is_index && !is_argument);
    if (is_index || !is_print || !holds_numbers(cursor_)) return Passed{};
    Result<TensorItem> tensor = read_bare(cursor_);
    if (!tensor) return tensor.refusal();
    if (Check done = refuse_operations(cursor_, begin, *tensor); !done) return done;
    const std::string_view left = trimmed(cursor_.text.substr(from_, begin - from_));
    tensor->is_source = !left.empty() && left.back() == '=' && tensor->container != "ndarray";
    add_tensor(std::move(*tensor), begin);
    return Passed{};
  }

  // A plain tuple of whole numbers is a shape, any other of numbers a tensor.
  Check parenthesis() {
    const std::size_t begin = cursor_.at;
    if (is_word(previous()) || previous() == ')' || !opens_line(cursor_.text, begin, from_))
      return Passed{};
    Cursor inside{cursor_.text, begin + 1};
    inside.skip_spaces();
    Shape shape;
    bool is_whole = true, has_comma = false;
    if (inside.peek() != '(' && inside.peek() != '[') {
      while (!inside.take(')')) {
        inside.skip_spaces();
        Number number;
        if (!read_number(inside, number)) return Passed{};  // prose
        is_whole = is_whole && !number.has_point && !number.is_truth && number.value >= 0 &&
                   number.value < 0x1p53 && shape.size() < kMaxNesting;
        if (is_whole) shape.push_back(static_cast<std::int64_t>(number.value));
        const bool comma = inside.take(',');
        has_comma = has_comma || comma;
        inside.skip_spaces();
        if (!comma && inside.peek() != ')') return Passed{};
      }
      if (!has_comma) return Passed{};
      if (is_whole) {
        cursor_ = inside;
        add_shape(std::move(shape), begin);
        return Passed{};
      }
    } else if (!holds_numbers(cursor_)) {
      return Passed{};
    }
    Result<TensorItem> tensor = read_bare(cursor_);
    if (!tensor) return tensor.refusal();
    add_tensor(std::move(*tensor), begin);
    return Passed{};
  }

  Check brace() {
    const std::size_t begin = cursor_.at;
    Result<std::optional<TensorItem>> tensor = read_json(cursor_);
    if (!tensor) return tensor.refusal();
    if (*tensor) add_tensor(std::move(**tensor), begin);
    return Passed{};
  }

  Check angle() {
    const std::size_t begin = cursor_.at;
    if (!cursor_.starts_with("<tf.Tensor:") && !cursor_.starts_with("<tf.Variable") &&
        !cursor_.starts_with("<Variable")) {
      return Passed{};
    }
    Result<TensorItem> tensor = read_angled(cursor_);
    if (!tensor) return tensor.refusal();
    add_tensor(std::move(*tensor), begin);
    return Passed{};
  }
};

}  // namespace

Result<std::vector<Item>> parse(std::string_view text, const ParseOptions& options) {
  const std::string cleaned = clean(text);
  return Parser(cleaned, options).read();
}

}  // namespace convscope

// Reads tensors with something around their brackets; see prints.hpp.
#include "prints.hpp"

#include "attributes.hpp"
#include "brackets.hpp"
#include "calls.hpp"
#include "numbers.hpp"

namespace convscope {
namespace {

constexpr Maker kMakers[] = {{"tensor", "tensor", ""},
                             {"torch.tensor", "tensor", ""},
                             {"torch.as_tensor", "tensor", ""},
                             {"torch.asarray", "tensor", ""},
                             {"torch.Tensor", "tensor", "float32"},
                             {"Tensor", "tensor", "float32"},
                             {"torch.FloatTensor", "tensor", "float32"},
                             {"torch.DoubleTensor", "tensor", "float64"},
                             {"torch.LongTensor", "tensor", "int64"},
                             {"torch.IntTensor", "tensor", "int32"},
                             {"array", "ndarray", ""},
                             {"np.array", "ndarray", ""},
                             {"numpy.array", "ndarray", ""},
                             {"numpy.asarray", "ndarray", ""},
                             {"np.asarray", "ndarray", ""},
                             {"np.float32", "ndarray", "float32"},
                             {"np.float64", "ndarray", "float64"},
                             {"np.int64", "ndarray", "int64"},
                             {"Array", "jax", ""},
                             {"DeviceArray", "jax", ""},
                             {"jnp.array", "jax", ""},
                             {"jax.numpy.array", "jax", ""},
                             {"jnp.asarray", "jax", ""},
                             {"tf.Tensor", "tf", ""},
                             {"tf.constant", "tf", ""},
                             {"tf.Variable", "tf", ""},
                             {"tf.convert_to_tensor", "tf", ""}};

TensorItem make_item(std::string_view container, Block block) {
  TensorItem item;
  item.container = std::string(container);
  item.block = std::move(block);
  return item;
}

Result<Block> read_block(Cursor& cursor) {
  const char c = cursor.peek();
  return c == '[' || c == '(' ? read_brackets(cursor) : read_scalar(cursor);
}

}  // namespace

Check read_attributes(Cursor& cursor, TensorItem& item, char closer) {
  const Cursor begin = cursor;
  Result<std::vector<Argument>> arguments = read_arguments(cursor, closer);
  if (!arguments) return arguments.refusal();
  for (const Argument& argument : *arguments) {
    if (argument.name == "dtype") item.dtype = dtype_of(argument.text);
    if (argument.name == "grad_fn") {
      for (std::string_view made : {"Convolution", "SqueezeBackward1", "ConvBackward"}) {
        if (argument.text.find(made) != std::string_view::npos) item.is_convolved = true;
      }
    }
    if (argument.name != "size" && argument.name != "shape") continue;
    std::optional<Shape> shape = whole_numbers(argument.value);
    if (!shape) continue;
    if (Check given = give_shape(begin, item, *shape); !given) return given;
  }
  return Passed{};
}

void settle_shape(TensorItem& item) {
  if (!item.block.truncated) item.shape = item.block.shape;
}

const Maker* find_maker(std::string_view word) {
  for (const Maker& maker : kMakers) {
    if (maker.word == word) return &maker;
  }
  return nullptr;
}

Result<std::optional<TensorItem>> read_made(Cursor& cursor, const Maker& maker) {
  cursor.skip_spaces();
  if (cursor.at_end()) return expected(cursor, "numbers and \")\"");
  const char c = cursor.peek();
  Number number;
  Cursor probe = cursor;
  const bool is_bracket = c == '[' || c == '(';
  if (is_bracket ? !holds_numbers(cursor) : !read_number(probe, number)) {
    if (is_bracket && maker.word == "tensor") return expected_number({cursor.text, cursor.at + 1});
    if (cursor.starts_with("indices=") || cursor.starts_with("crow_indices=")) {
      return refuse_at(cursor, Code::parse_error,
                       {"sparse tensors are not read. Print it after `.to_dense()`."});
    }
    return std::optional<TensorItem>();
  }
  Result<Block> block = read_block(cursor);
  if (!block) return block.refusal();
  TensorItem item = make_item(maker.container, std::move(*block));
  item.dtype = std::string(maker.dtype);
  cursor.skip_spaces();
  if (cursor.peek() != ',' && cursor.peek() != ')') return expected(cursor, "a comma or \")\"");
  if (Check read = read_attributes(cursor, item, ')'); !read) return read.refusal();
  if (item.dtype.empty()) item.dtype = dtype_by_default(item.block, maker.container);
  return std::optional(std::move(item));
}

Result<TensorItem> read_angled(Cursor& cursor) {
  const Cursor begin = cursor;
  constexpr std::string_view kNumpy = "numpy=";
  const std::size_t found = cursor.text.substr(cursor.at, kMaxCall).find(kNumpy);
  if (found == std::string_view::npos) return expected(cursor, "\"numpy=\" in <tf.Tensor: …>");
  cursor.at += found + kNumpy.size();
  cursor.skip_spaces();
  const bool is_array = cursor.starts_with("array(");
  if (is_array) cursor.at += 6;
  Result<Block> block = read_block(cursor);
  if (!block) return block.refusal();
  TensorItem item = make_item("tf", std::move(*block));
  if (is_array) {
    if (Check read = read_attributes(cursor, item, ')'); !read) return read.refusal();
  }
  if (!cursor.take('>')) return expected(cursor, "\">\"");
  // shape and dtype stand before the numbers
  const std::string_view head = cursor.text.substr(begin.at, found);
  if (const std::size_t at = head.find("shape="); at != std::string_view::npos) {
    Cursor shape{head, at + 6};
    Result<std::vector<Argument>> sizes =
        shape.take('(') ? read_arguments(shape, ')') : std::vector<Argument>();
    Shape given;
    for (std::size_t axis = 0; sizes && axis < sizes->size(); ++axis) {
      if (auto size = whole_numbers((*sizes)[axis].value)) given.push_back((*size)[0]);
    }
    if (Check fits = give_shape(begin, item, given); !fits) return fits.refusal();
  }
  if (const std::size_t at = head.find("dtype="); at != std::string_view::npos) {
    item.dtype = dtype_of(head.substr(at, head.find(',', at) - at));
  }
  if (const std::size_t at = head.find('\''); at != std::string_view::npos) {
    item.name = std::string(head.substr(at + 1, head.find('\'', at + 1) - at - 1));
  }
  settle_shape(item);
  return std::move(item);
}

Result<TensorItem> read_bare(Cursor& cursor) {
  const std::size_t begin = cursor.at;
  Result<Block> block = read_brackets(cursor);
  if (!block) return block.refusal();
  const std::string_view text = cursor.text.substr(begin, cursor.at - begin);
  const auto has = [&](const char* word) { return text.find(word) != std::string_view::npos; };
  const bool is_json = has("NaN") || has("Infinity");
  const bool is_list = has(",") || block->data.size() < 2;
  const char* container = block->is_matrix ? "matlab"
                          : is_json        ? "json"
                          : is_list        ? "list"
                                           : "ndarray";
  TensorItem item = make_item(container, std::move(*block));
  settle_shape(item);
  return std::move(item);
}

Result<std::optional<TensorItem>> read_json(Cursor& cursor) {
  const Cursor begin = cursor;
  Cursor ahead = cursor;
  std::optional<Block> data;
  std::optional<Shape> shape;
  std::string dtype;
  do {
    ++ahead.at;  // "{" or ","
    ahead.skip_spaces();
    if (ahead.peek() != '"') return std::optional<TensorItem>();
    const std::size_t end = ahead.text.substr(0, ahead.at + 16).find('"', ahead.at + 1);
    if (end == std::string_view::npos) return std::optional<TensorItem>();
    const std::string_view key = ahead.text.substr(ahead.at + 1, end - ahead.at - 1);
    ahead.at = end + 1;
    if (!ahead.take(':')) return std::optional<TensorItem>();
    ahead.skip_spaces();
    if (key == "shape" || key == "data") {
      if (ahead.peek() != '[') return std::optional<TensorItem>();
      Result<Block> block = read_brackets(ahead);
      if (!block) return block.refusal();
      if (key == "data") {
        data = std::move(*block);
      } else {
        shape.emplace();
        for (double size : block->data) {
          if (!(size >= 0 && size < 0x1p53)) return expected(begin, "sizes of 0 or more");
          shape->push_back(static_cast<std::int64_t>(size));
        }
      }
    } else if (key == "dtype" && ahead.peek() == '"') {
      const std::size_t close = ahead.text.find('"', ahead.at + 1);
      if (close == std::string_view::npos) return std::optional<TensorItem>();
      dtype = dtype_of(ahead.text.substr(ahead.at, close - ahead.at));
      ahead.at = close + 1;
    } else {
      return std::optional<TensorItem>();
    }
    ahead.skip_spaces();
  } while (ahead.peek() == ',');
  if (!ahead.take('}') || !data) return std::optional<TensorItem>();
  TensorItem item = make_item("json", std::move(*data));
  item.dtype = dtype;
  if (shape) {
    if (Check reshaped = reshape(begin, item, *shape); !reshaped) return reshaped.refusal();
  }
  cursor = ahead;
  settle_shape(item);
  return std::optional(std::move(item));
}

}  // namespace convscope

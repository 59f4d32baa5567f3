// Types and shapes that prints tell; see attributes.hpp.
#include "attributes.hpp"

namespace convscope {

std::string dtype_of(std::string_view text) {
  while (!text.empty() && !is_word(text.back())) text.remove_suffix(1);
  std::size_t begin = text.size();
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  const std::string_view word = text.substr(begin);
  constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
      {"float", "float32"},       {"double", "float64"},
      {"half", "float16"},        {"long", "int64"},
      {"int", "int32"},           {"short", "int16"},
      {"FloatTensor", "float32"}, {"DoubleTensor", "float64"},
      {"LongTensor", "int64"}};
  for (auto [alias, name] : kAliases) {
    if (word == alias) return std::string(name);
  }
  return std::string(word);
}

std::string dtype_by_default(const Block& block, std::string_view container) {
  if (block.only_truths) return "bool";
  const bool is_numpy = container == "ndarray";
  if (block.has_point || block.data.empty()) return is_numpy ? "float64" : "float32";
  return container == "jax" || container == "tf" ? "int32" : "int64";
}

Check reshape(const Cursor& cursor, TensorItem& item, Shape shape) {
  const auto length = static_cast<std::int64_t>(item.block.data.size());
  std::int64_t known = 1, open = 0;
  for (std::int64_t size : shape) {
    if (size == -1) ++open;
    if (size >= 0 && __builtin_mul_overflow(known, size, &known)) known = INT64_MAX;
    if (size < -1) open = 2;
  }
  for (std::int64_t& size : shape) {
    if (size == -1 && open == 1 && known != 0) size = length / known;
  }
  if (open > 1 || shape.size() > kMaxNesting || element_count(shape) != length) {
    return refuse_at(cursor, Code::data_length,
                     {length, " numbers cannot have the shape ", shape, "."});
  }
  item.block.gaps.assign(shape.size(), std::nullopt);
  item.block.shape = shape;
  return Passed{};
}

Check give_shape(const Cursor& cursor, TensorItem& item, const Shape& shape) {
  Block& block = item.block;
  if (element_count(shape) == 0 && block.data.empty() && !block.truncated) {
    return reshape(cursor, item, shape);
  }
  bool fits = shape.size() == block.shape.size();
  for (std::size_t axis = 0; fits && axis < shape.size(); ++axis) {
    fits = block.gaps[axis] ? shape[axis] > block.shape[axis] : shape[axis] == block.shape[axis];
  }
  if (!fits) {
    return refuse_at(cursor, Code::data_length,
                     {"the text says the shape is ", shape, ", but shows ", block.shape, "."});
  }
  item.shape = shape;
  return Passed{};
}

}  // namespace convscope

// What a pasted text turns out to hold: tensors, layers, shapes and error messages, in the order of
// the text. Plain data; `parse.hpp` makes it, the bindings hand it to JavaScript. What would be
// repeated at each use, and moves a module's size, stands in item.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../tensor.hpp"
#include "../value.hpp"

namespace convscope {

// Brackets within brackets, and calls within calls, are read down to here and refused below.
inline constexpr int kMaxNesting = 16;

// The numbers of a tensor as far as the text shows them.
struct Block {
  Shape shape;                                    // of what is shown; what "..." hides left out
  std::vector<std::optional<std::int64_t>> gaps;  // per axis: "..." comes after this index
  std::vector<double> data;                       // row-major
  int decimals = 0;  // most digits after the point; with a scale factor, after its application
  bool scientific = false;
  bool has_point = false;    // some number is not written as a whole one
  bool only_truths = false;  // nothing but True and False
  bool truncated = false;
  bool is_matrix = false;  // MATLAB's: rows parted by ";" or by line breaks

  Block();
  Block(Block&&) noexcept;
  Block& operator=(Block&&) noexcept;
  ~Block();
};

struct TensorItem {
  std::string name;            // empty: none
  std::string container;       // tensor parameter ndarray list json csv matlab libtorch tf jax
  std::string dtype;           // "float32", …; empty: the text does not tell
  std::optional<Shape> shape;  // none: "..." hides numbers, and the text does not tell the shape
  Block block;
  bool is_convolved = false;         // grad_fn says that a convolution made it
  bool is_source = false;            // written out in code, not printed
  std::string role;                  // input weight bias output; empty: the text does not tell
  std::optional<std::size_t> layer;  // of which item it is that, where the text tells

  TensorItem();
  TensorItem(TensorItem&&) noexcept;
  TensorItem& operator=(TensorItem&&) noexcept;
  ~TensorItem();
};

struct LayerItem {
  std::string name, framework, op;
  std::vector<std::pair<std::string, Value>> arguments;      // by request key, as given
  std::vector<std::pair<std::string, std::string>> tensors;  // of a function: operand, expression
  std::vector<std::string> unread;  // request keys whose value is an expression
  std::vector<std::pair<std::string, std::size_t>> operands;  // role, and which item has it

  LayerItem();
  LayerItem(LayerItem&&) noexcept;
  LayerItem& operator=(LayerItem&&) noexcept;
  ~LayerItem();
};

struct ShapeItem {
  std::string name;
  Shape shape;
};

struct ErrorItem {
  std::string type, text;  // "RuntimeError", and what it says
  std::vector<std::int64_t> numbers;
  std::vector<Shape> lists;  // those of the numbers that stand in brackets

  ErrorItem();
  ErrorItem(ErrorItem&&) noexcept;
  ErrorItem& operator=(ErrorItem&&) noexcept;
  ~ErrorItem();
};

struct Item {
  enum class Kind { tensor, layer, shape, error };
  Kind kind = Kind::tensor;
  std::size_t begin = 0, end = 0;  // where in the cleaned text
  TensorItem tensor{};
  LayerItem layer{};
  ShapeItem shape{};
  ErrorItem error{};

  Item();
  Item(Item&&) noexcept;
  Item& operator=(Item&&) noexcept;
  ~Item();
};

}  // namespace convscope

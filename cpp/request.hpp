// The arguments of one operation, as PyTorch's functions see them: types are right and numbers are
// whole, but nothing is known to fit together. `checks.hpp` finds that out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "error.hpp"
#include "tensor.hpp"
#include "value.hpp"

namespace convscope {

struct Op {
  bool transposed = false;
  int spatial = 2;  // 1, 2 or 3

  std::string name() const;   // "conv_transpose2d"
  std::string layer() const;  // "ConvTranspose2d"
};

enum class PaddingMode { zeros, reflect, replicate, circular };

// Padding is one of: a word, one number per axis for both ends, or a pair per axis.
struct Padding {
  std::optional<std::string> word{};  // 'same', 'valid', or a string that means nothing
  std::vector<std::int64_t> begin{};
  std::vector<std::int64_t> end{};
  bool pairs = false;  // begin and end differ, which PyTorch's layers cannot say
};

struct Request {
  Op op;
  DType dtype = DType::float32;  // the input's; float32 where only shapes are given
  std::optional<DType> weight_dtype, bias_dtype;  // where their data tell
  Shape input;
  std::optional<Shape> weight;  // missing only where the layer's own arguments are given
  std::optional<Shape> bias;
  // One entry, or one per axis. A plain number has become one entry per axis.
  std::vector<std::int64_t> stride, dilation, output_padding;
  Padding padding;
  std::optional<std::vector<std::int64_t>> output_size;
  std::int64_t groups = 1;
  std::string padding_mode = "zeros";
  bool flip_kernel = false;  // true convolution: the kernel is turned by 180 degrees before use
  // The arguments of torch.nn's layer: when any is given, the constructor's checks come first.
  std::optional<std::int64_t> in_channels, out_channels;
  std::optional<std::vector<std::int64_t>> kernel_size;

  bool is_layer() const { return in_channels || out_channels || kernel_size; }
};

// Types, whole numbers and limits; defaults filled in: stride 1, padding 0, dilation 1, groups 1.
// Refuses with the key at fault. The data's length is compared with the shape here.
Result<Request> read_request(const RequestValue& value);

// Parts of it that stand alone: a whole number within limits, and a tensor's shape with its data.
Result<std::int64_t> read_integer(const Value& value, const char* field);
Result<Shape> read_shape(const TensorValue& tensor, const char* field);

// One number for all axes, or a list with one per axis (its length is checked later).
Result<std::vector<std::int64_t>> read_per_axis(const Value& value, const char* field, int axes,
                                                std::int64_t otherwise);
Result<Padding> read_padding(const Value& value, int axes);

}  // namespace convscope

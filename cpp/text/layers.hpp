// Convolution layers in source and in prints: nn.Conv2d(3, 16, 3), F.conv_transpose2d(x, w),
// tf.keras.layers.Conv2DTranspose(…), tf.nn.conv2d(…), lax.conv_general_dilated(…). Gives their
// arguments by the keys of a request, as written.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

struct LayerName {
  enum class Kind { torch, function, keras, tf, jax };
  Kind kind;
  bool transposed;
  int spatial;  // 0: the arguments tell

  bool is_function() const { return kind != Kind::torch && kind != Kind::keras; }
};

// What "nn.Conv2d", "F.conv_transpose2d", "layers.Conv2DTranspose" name; none: another word.
std::optional<LayerName> find_layer(std::string_view word);

// From behind "("; nothing where the number of axes is not told.
Result<std::optional<LayerItem>> read_layer(Cursor& cursor, const LayerName& name);

}  // namespace convscope

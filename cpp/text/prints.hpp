// Tensors as Python prints them or as source writes them: tensor(…), array(…), Array(…),
// tf.Tensor(…), <tf.Tensor: …>, Parameter containing:, and bare brackets.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

// What a tensor's print or literal starts with, such as "torch.as_tensor"; none: no such word.
struct Maker {
  std::string_view word;       // what stands before "("
  std::string_view container;  // tensor, ndarray, jax, tf
  std::string_view dtype;      // where the word says it: "np.float32"
};
const Maker* find_maker(std::string_view word);

// From behind "(" of a maker to behind its ")"; nothing where no numbers follow, as in
// torch.tensor(x). What is done to it is read_operations' part; settle_shape comes last.
Result<std::optional<TensorItem>> read_made(Cursor& cursor, const Maker& maker);

// The rest of a call, dtype=… and the like, to behind `closer`.
Check read_attributes(Cursor& cursor, TensorItem& item, char closer);

// The shape is that of the numbers, where none are hidden.
void settle_shape(TensorItem& item);

// From "<tf.Tensor:" or "<tf.Variable".
Result<TensorItem> read_angled(Cursor& cursor);

// From a bracket on: a list, MATLAB's matrix, or numpy's print.
Result<TensorItem> read_bare(Cursor& cursor);

// From "{": {"shape": […], "data": […]}; nothing where it is another dictionary.
Result<std::optional<TensorItem>> read_json(Cursor& cursor);

}  // namespace convscope

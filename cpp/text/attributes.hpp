// What a print says of a tensor beside its numbers: the type and the shape. Both are checked
// against the numbers that the print shows.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

// "torch.float16" is "float16", "<dtype: 'float32'>" is "float32", "torch.double" is "float64".
std::string dtype_of(std::string_view text);

// What torch, numpy and JAX make of numbers whose type is not told.
std::string dtype_by_default(const Block& block, std::string_view container);

// Gives the block another shape with as many numbers; one size may be -1.
Check reshape(const Cursor& cursor, TensorItem& item, Shape shape);

// A shape that the text gives: of empty tensors, of those with "...", or of all.
Check give_shape(const Cursor& cursor, TensorItem& item, const Shape& shape);

}  // namespace convscope

// What a change of the output asks of input, weight and bias: the backward pass.
// Takes a checked Geometry, operands and the output's gradient; gives three tensors of the
// operands' sizes. Never computes the output itself.
#pragma once

#include "reference.hpp"

namespace convscope {

template <typename T>
struct Gradients {
  Tensor<T> input, weight;
  Tensor<T> bias;  // (1, O, 1, 1, 1); empty where the geometry has no bias
};

// Sums are taken in double and rounded to T once. The weight's gradient is laid out as the weight
// was given, also where it was turned for use.
template <typename T>
Gradients<T> gradients(const Geometry& geometry, const Operands<T>& operands,
                       const Tensor<T>& grad_output);

// The gradient must be of the output's shape and of the operands' type.
Check check_grad_output(const Geometry& geometry, const TensorValue& grad_output);

}  // namespace convscope

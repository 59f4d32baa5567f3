// The single maps that trace.cpp strings together, each by xtensor views.
// Take tensors that fit the Geometry; give new ones. Never sum over channels or kernels but stamps.
#pragma once

#include "reference.hpp"

namespace convscope {

// stride - 1 zeros between neighbours on every axis.
Tensor<double> insert_zeros(const Geometry& geometry, const Tensor<double>& input);

// `begin` and `end` zeros around every axis; negative: so many cells cut off.
Tensor<double> add_border(const Tensor<double>& map, const Position& begin, const Position& end);

// The input with its padding, by the geometry's padding mode.
Tensor<double> pad_input(const Geometry& geometry, const Tensor<double>& input);

// (I, O/G, k…) of a transposed convolution -> (O, I/G, k…) of the ordinary one: turned by 180
// degrees, input and output channels exchanged within each group.
Tensor<double> flip_weight(const Geometry& geometry, const Tensor<double>& weight);

// Transposed: the sum of the stamps of the input's first `stamps` cells (flat order), before
// padding crops it and before the bias. As large as all stamps reach: Axis::uncropped().
Tensor<double> stamp(const Geometry& geometry, const Operands<double>& operands,
                     std::int64_t stamps);

// The output's part of that, with the bias; zeros where output padding reaches beyond it.
Tensor<double> crop(const Geometry& geometry, const Tensor<double>& uncropped,
                    const Tensor<double>& bias);

// Convolution, seen from the input: every cell of the padded input adds itself, times the weight,
// to the outputs that read it. Of the input, only the first `stamps` cells do.
Tensor<double> scatter_convolution(const Geometry& geometry, const Operands<double>& operands,
                                   std::int64_t stamps);

}  // namespace convscope

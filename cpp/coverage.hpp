// How many inputs reach each output position: the pattern behind checkerboard artefacts.
// Takes a checked Geometry; gives counts per position and whether they are even. Needs no numbers.
#pragma once

#include "geometry.hpp"

namespace convscope {

struct Coverage {
  Shape shape{};                     // the output's spatial sizes
  std::vector<std::int32_t> data{};  // pairs of input position and kernel cell, of one channel
  std::int32_t min = 0, max = 0;
};

// Convolution: how many kernel cells lie on the input (or on a copy of it that padding has made)
// when the output position is computed. Transposed: how many stamps meet there. Refuses more than
// kMaxElements positions and more than kMaxOperations steps.
Result<Coverage> coverage(const Geometry& geometry);

// Whether kernel cells k = 0 … K-1 put equally many of k dilation into every residue modulo the
// stride, so that away from the borders a transposed convolution covers all positions alike.
//   dilation 1: K must be a multiple of the stride (Odena, Dumoulin and Olah, "Deconvolution and
//   checkerboard artifacts", Distill 2016).
//   otherwise: k dilation runs through all residues only if gcd(dilation, stride) = 1; then it does
//   so once every `stride` cells, and K must again be a multiple. If the gcd is above 1, positions
//   off its multiples are not reached at all. (Multiplication by d permutes Z/S just if d is a
//   unit.)
bool spreads_evenly(const Axis& axis);

}  // namespace convscope

// A transposed convolution as a set of small ordinary ones, one for each residue of the output
// position modulo the stride: nothing is multiplied by an inserted zero.
// Takes a checked, transposed Geometry and operands; gives the phases. Never inserts zeros.
//
// Output position p = q S + k dilation - P takes part in one phase r = p mod S per axis. With
// g = gcd(dilation, S), the kernel cells that meet it are k = k0, k0 + S/g, k0 + 2 S/g, …, where
// k0 dilation = r + P (mod S); the j-th of them reads input m + b - j dilation/g for p = r + m S,
// b = (r + P - k0 dilation) / S. Turned, that is an ordinary convolution of stride 1 and dilation
// dilation/g. (Shi et al., "Is the deconvolution layer the same as a convolutional layer?",
// arXiv:1609.07009, for dilation 1; the general case follows from the congruence.)
#pragma once

#include "reference.hpp"

namespace convscope {

struct Phase {
  // As an ordinary convolution would be asked for it; negative padding cuts the input. An axis that
  // no kernel cell meets has kernel 0, dilation 1 and padding 0: there the output is the bias.
  Position offset{}, dilation{}, padding_begin{}, padding_end{};

  Tensor<double> kernel{};                    // (O, I/G, taps…), turned
  std::vector<std::int32_t> kernel_source{};  // flat index in the weight
  Tensor<double> output{};                    // (N, O, …): every stride-th cell of the output
  std::vector<std::int32_t> output_source{};  // flat index in the output
};

// One residue of one axis.
struct AxisPhase {
  std::int64_t offset;
  std::vector<std::int64_t> taps;  // kernel cells, last to first: the order of the turned kernel
  Axis ordinary;                   // stride 1; the axis of the small convolution
};

// Of each residue that has an output cell, in order.
std::vector<AxisPhase> phases_of(const Axis& axis);

// Refuses (field 'method') more than kMaxPhases of them.
Check phases_within_limits(const Geometry& geometry);

// In row-major order of their offsets. Phases without an output cell (stride above the output) are
// left out.
std::vector<Phase> split_into_phases(const Geometry& geometry, const Operands<double>& operands);

// Every phase's cells, put where they belong: the output.
Tensor<double> interleave(const Geometry& geometry, const std::vector<Phase>& phases);

}  // namespace convscope

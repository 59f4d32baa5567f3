// What can be wrong with the numbers of a tensor: axes taken in another order, channels left out,
// precision lost. Takes a tensor and an Edit, gives a new tensor. Edits compare, so that a tensor
// edited once is kept for all hypotheses that share the edit.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <vector>

#include "../tensor.hpp"

namespace convscope {

// A tensor as its user sees it.
struct Numbered {
  Shape shape;
  std::vector<double> data;
};

enum class Precision { float16, bfloat16, tf32 };

// The nearest number of that precision, ties to even. TF32 has float32's range and 10 bits behind
// the point, as float16 has; float16 goes over to infinity at 65520.
double round_to(Precision precision, double number);

// Half a unit in the last place, relative to the number: 2^-11, 2^-8, 2^-11.
double half_unit(Precision precision);

struct Edit {
  enum class Kind {
    permute,        // axis k of the result is axis order[k]
    reinterpret,    // the same shape, whose numbers were laid down as if permuted by `order`
    regroup,        // a weight (A, B, …) of `number` groups becomes (groups B, A/groups, …)
    scale,          // times `factor`
    first_channel,  // a weight's numbers for all but the group's first input channel become 0
    blocks,         // a weight of one group keeps what `number` groups would have
    spread,         // a weight (O, I/G, …) becomes (O, I, …) that reads the first I/G channels
    interleave,     // channel j of group g is channel j G + g of the input; `number` is G
    resize,         // a bias of `number` entries: cut, or filled from its start
    lift,           // the bias is added to the input's channels
    round,          // to Precision `number`
    absolute,
  };
  Kind kind = Kind::scale;
  std::array<std::int8_t, 5> order{};
  std::int64_t number = 0;
  bool transposed = false;  // whose weight it is
  std::int8_t spatial = 2;
  double factor = 1;

  auto operator<=>(const Edit&) const = default;
};

// The shape that `edit` gives to a tensor of this one; empty where it does not apply.
Shape edited_shape(const Edit& edit, const Shape& shape);

// `shape` as above, so the edit applies; `bias` is read by `lift` only.
Numbered edited(const Edit& edit, const Numbered& tensor, const std::vector<double>& bias);

}  // namespace convscope

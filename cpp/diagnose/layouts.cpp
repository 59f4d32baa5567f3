// Hypotheses about the order of axes, and about the operation that reads them.
#include <algorithm>

#include "hypotheses.hpp"

namespace convscope {
namespace {

using Kind = Hypothesis::Kind;
using Order = std::array<std::int8_t, 5>;

Order same_order() { return {0, 1, 2, 3, 4}; }

// (…, C, spatial…) from (…, spatial…, C).
Order channels_last_to_first(std::size_t rank, int spatial) {
  Order order = same_order();
  const std::size_t channel = rank - spatial - 1;
  order[channel] = static_cast<std::int8_t>(rank - 1);
  for (std::size_t at = channel + 1; at < rank; ++at) order[at] = static_cast<std::int8_t>(at - 1);
  return order;
}

bool edit(Edit::Kind kind, const Order& order, Shape& shape, std::vector<Edit>& edits) {
  const Edit change{.kind = kind, .order = order};
  shape = edited_shape(change, shape);
  edits.push_back(change);
  return true;
}

bool exchange(Shape& shape, std::vector<Edit>& edits, std::size_t a, std::size_t b) {
  Order order = same_order();
  std::swap(order[a], order[b]);
  return edit(Edit::Kind::permute, order, shape, edits);
}

bool exchange_op(const Hypothesis& hypothesis, Case& subject) {
  Request& request = subject.request;
  if (request.padding_mode != "zeros") return false;
  if (hypothesis.value == 1) {  // the weight in the layout of the other operation
    const Edit regroup{.kind = Edit::Kind::regroup, .number = request.groups};
    const Shape shape = edited_shape(regroup, *request.weight);
    if (shape.empty()) return false;
    if (shape == *request.weight && shape[1] == 1) return false;  // nothing is exchanged
    request.weight = shape;
    subject.weight.push_back(regroup);
  }
  request.op.transposed = !request.op.transposed;
  request.output_padding.assign(request.op.spatial, 0);
  return true;
}

}  // namespace

bool apply_layout(const Hypothesis& hypothesis, Case& subject) {
  Request& request = subject.request;
  const int spatial = request.op.spatial;
  const std::size_t rank = request.input.size(), a = hypothesis.axis, b = hypothesis.other_axis;
  Order order = same_order();
  switch (hypothesis.kind) {
    case Kind::kernel_flipped:
      request.flip_kernel = !request.flip_kernel;
      return true;
    case Kind::op_exchanged:
      return exchange_op(hypothesis, subject);
    case Kind::kernel_transposed:
      return exchange(*request.weight, subject.weight, 2 + a, 2 + b);
    case Kind::input_transposed:
      return exchange(request.input, subject.input, rank - spatial + a, rank - spatial + b);
    case Kind::output_transposed: {
      // The output with two axes exchanged is the output of everything with them exchanged.
      exchange(*request.weight, subject.weight, 2 + a, 2 + b);
      exchange(request.input, subject.input, rank - spatial + a, rank - spatial + b);
      for (auto* numbers : {&request.stride, &request.dilation, &request.output_padding,
                            &request.padding.begin, &request.padding.end}) {
        if (std::ssize(*numbers) == spatial) std::swap((*numbers)[a], (*numbers)[b]);
      }
      return true;
    }
    case Kind::weight_layout:
      std::swap(order[0], order[1]);
      return edit(Edit::Kind::reinterpret, order, *request.weight, subject.weight);
    case Kind::weight_permuted:
      if ((*request.weight)[0] == (*request.weight)[1]) return false;  // the same as weight_layout
      return exchange(*request.weight, subject.weight, 0, 1);
    case Kind::weight_channels_last:  // (O, spatial…, I)
      return edit(Edit::Kind::reinterpret, channels_last_to_first(spatial + 2, spatial),
                  *request.weight, subject.weight);
    case Kind::weight_tensorflow:  // (spatial…, I, O), transposed (spatial…, O, I)
      order[0] = static_cast<std::int8_t>(spatial + 1);
      order[1] = static_cast<std::int8_t>(spatial);
      for (int at = 0; at < spatial; ++at) order[2 + at] = static_cast<std::int8_t>(at);
      return edit(Edit::Kind::reinterpret, order, *request.weight, subject.weight);
    case Kind::input_channels_last:
      return edit(Edit::Kind::permute, channels_last_to_first(rank, spatial), request.input,
                  subject.input);
    case Kind::input_channels_last_flat:
      return edit(Edit::Kind::reinterpret, channels_last_to_first(rank, spatial), request.input,
                  subject.input);
    case Kind::output_channels_last:
      subject.view = Case::View::channels_last;
      return true;
    case Kind::output_channels_last_flat:
      subject.view = Case::View::channels_last_flat;
      return true;
    default:
      return false;
  }
}

}  // namespace convscope

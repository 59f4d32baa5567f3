// Each edit as a loop over the cells of its result.
#include "edits.hpp"

#include <algorithm>
#include <cmath>

namespace convscope {
namespace {

Shape permuted(const Shape& shape, const Edit& edit) {
  Shape result;
  for (std::size_t at = 0; at < shape.size(); ++at) result.push_back(shape[edit.order[at]]);
  return result;
}

// The shape that `order` permutes into `shape`.
Shape unpermuted(const Shape& shape, const Edit& edit) {
  Shape result(shape.size());
  for (std::size_t at = 0; at < shape.size(); ++at) result[edit.order[at]] = shape[at];
  return result;
}

// Axis k of the result is axis order[k] of the source.
Numbered permute(const std::vector<double>& data, const Shape& source, const Edit& edit) {
  Numbered result{permuted(source, edit), {}};
  std::vector<std::int64_t> strides(source.size(), 1);
  for (std::size_t at = source.size(); at-- > 1;) strides[at - 1] = strides[at] * source[at];
  std::vector<std::int64_t> cells{0};
  for (std::size_t at = 0; at < source.size(); ++at) {
    std::vector<std::int64_t> finer;
    finer.reserve(cells.size() * static_cast<std::size_t>(result.shape[at]));
    for (std::int64_t cell : cells) {
      for (std::int64_t index = 0; index < result.shape[at]; ++index) {
        finer.push_back(cell + index * strides[edit.order[at]]);
      }
    }
    cells = std::move(finer);
  }
  result.data.reserve(cells.size());
  for (std::int64_t cell : cells) result.data.push_back(data.data()[cell]);
  return result;
}

// Numbers behind the first two axes of a weight, or behind the channels of an input.
std::int64_t cells_behind(const Shape& shape, std::size_t axes) {
  return element_count(Shape(shape.begin() + static_cast<std::ptrdiff_t>(axes), shape.end()));
}

// A weight from the kernels of another: kernel_of(a, b) is the flat number of the kernel (a, b) of
// the old weight, or -1 for zeros.
template <typename KernelOf>
Numbered from_kernels(const Numbered& weight, const Shape& shape, KernelOf kernel_of) {
  const std::int64_t cells = cells_behind(shape, 2);
  Numbered result{shape, {}};
  result.data.reserve(static_cast<std::size_t>(element_count(shape)));
  for (std::int64_t a = 0; a < shape[0]; ++a) {
    for (std::int64_t b = 0; b < shape[1]; ++b) {
      const std::int64_t kernel = kernel_of(a, b);
      for (std::int64_t cell = 0; cell < cells; ++cell) {
        result.data.push_back(kernel < 0 ? 0 : weight.data.data()[kernel * cells + cell]);
      }
    }
  }
  return result;
}

Numbered interleave(const Edit& edit, const Numbered& input) {
  const std::size_t channel_axis = input.shape.size() - edit.spatial - 1;
  const std::int64_t channels = input.shape[channel_axis], groups = edit.number;
  const std::int64_t cells = cells_behind(input.shape, channel_axis + 1);
  Numbered result{input.shape, {}};
  result.data.reserve(input.data.size());
  const std::int64_t batch = channel_axis == 0 ? 1 : input.shape[0];
  for (std::int64_t n = 0; n < batch; ++n) {
    for (std::int64_t i = 0; i < channels; ++i) {
      const std::int64_t per_group = channels / groups;
      const std::int64_t from = i % per_group * groups + i / per_group;
      const double* first = input.data.data() + (n * channels + from) * cells;
      result.data.insert(result.data.end(), first, first + cells);
    }
  }
  return result;
}

template <typename Change>
Numbered each(const Numbered& tensor, Change change) {
  Numbered result = tensor;
  for (double& number : result.data) number = change(number);
  return result;
}

}  // namespace

double half_unit(Precision precision) {
  return precision == Precision::bfloat16 ? 0x1p-8 : 0x1p-11;
}

double round_to(Precision precision, double number) {
  if (!std::isfinite(number) || number == 0) return number;
  const int bits = precision == Precision::bfloat16 ? 8 : 11;  // of the significand
  const int least = precision == Precision::float16 ? -24 : -149;
  int exponent = 0;
  std::frexp(number, &exponent);
  const int unit = std::max(exponent - bits, least);
  const double rounded = std::ldexp(std::nearbyint(std::ldexp(number, -unit)), unit);
  if (precision == Precision::float16 && std::abs(rounded) > 65504) {
    return std::copysign(INFINITY, number);
  }
  return rounded;
}

Shape edited_shape(const Edit& edit, const Shape& shape) {
  const std::int64_t number = edit.number;
  switch (edit.kind) {
    case Edit::Kind::permute:
      return permuted(shape, edit);
    case Edit::Kind::regroup: {
      if (number < 1 || shape[0] % number != 0) return {};
      Shape result = shape;
      result[0] = number * shape[1];
      result[1] = shape[0] / number;
      return result;
    }
    case Edit::Kind::blocks: {
      if (number < 1 || shape[0] % number != 0 || shape[1] % number != 0) return {};
      Shape result = shape;
      result[1] /= number;
      return result;
    }
    case Edit::Kind::spread: {
      Shape result = shape;
      result[1] *= number;
      return result;
    }
    case Edit::Kind::resize:
      return {number};
    default:
      return shape;
  }
}

Numbered edited(const Edit& edit, const Numbered& tensor, const std::vector<double>& bias) {
  const Shape& old = tensor.shape;
  const Shape shape = edited_shape(edit, old);
  const std::int64_t number = edit.number;
  switch (edit.kind) {
    case Edit::Kind::permute:
      return permute(tensor.data, old, edit);
    case Edit::Kind::reinterpret:
      return permute(tensor.data, unpermuted(old, edit), edit);
    case Edit::Kind::regroup: {
      const std::int64_t A = old[0] / number, B = old[1];  // per group
      return from_kernels(tensor, shape, [&](std::int64_t b, std::int64_t a) {
        return (b / B * A + a) * B + b % B;
      });
    }
    case Edit::Kind::first_channel:
      return from_kernels(tensor, shape, [&](std::int64_t a, std::int64_t b) {
        const bool is_first = edit.transposed ? a % number == 0 : b == 0;
        return is_first ? a * old[1] + b : -1;
      });
    case Edit::Kind::blocks:
      return from_kernels(tensor, shape, [&](std::int64_t a, std::int64_t b) {
        return a * old[1] + a / (old[0] / number) * shape[1] + b;
      });
    case Edit::Kind::spread:
      return from_kernels(tensor, shape, [&](std::int64_t a, std::int64_t b) {
        return b < old[1] ? a * old[1] + b : -1;
      });
    case Edit::Kind::interleave:
      return interleave(edit, tensor);
    case Edit::Kind::resize: {
      Numbered result{shape, {}};
      for (std::int64_t at = 0; at < number; ++at) {
        result.data.push_back(tensor.data.data()[at % std::ssize(tensor.data)]);
      }
      return result;
    }
    case Edit::Kind::lift: {
      const std::size_t channel_axis = old.size() - edit.spatial - 1;
      const std::int64_t cells = cells_behind(old, channel_axis + 1);
      Numbered result = tensor;
      for (std::int64_t at = 0; at < std::ssize(result.data); ++at) {
        result.data.data()[at] += bias.data()[at / cells % old[channel_axis]];
      }
      return result;
    }
    case Edit::Kind::round:
      return each(tensor,
                  [&](double value) { return round_to(static_cast<Precision>(number), value); });
    case Edit::Kind::absolute:
      return each(tensor, [](double value) { return std::abs(value); });
    case Edit::Kind::scale:
      break;
  }
  return each(tensor, [&](double value) { return value * edit.factor; });
}

}  // namespace convscope

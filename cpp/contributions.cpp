// Walks over output cells, input channels and kernel cells, and notes what meets there.
#include "contributions.hpp"

#include "limits.hpp"
#include "say.hpp"
#include "turn.hpp"

namespace convscope {
namespace {

inline constexpr std::int64_t kNothing = -3;  // no term at all

// What kernel cell k of output position p meets on one axis.
struct Meeting {
  std::int64_t input;   // index, kPaddingZero, kInsertedZero or kNothing
  std::int64_t kernel;  // index in the weight as given
  std::int64_t padded;  // index in the method's map
};

Meeting meet_convolution(const Axis& axis, std::int64_t p, std::int64_t k, bool list_zeros) {
  const std::int64_t padded = p * axis.stride + k * axis.dilation;
  const std::int64_t input = axis.source(padded);
  return {input < 0 && !list_zeros ? kNothing : input, k, padded};
}

Meeting meet_zero_insertion(const Axis& axis, std::int64_t p, std::int64_t k) {
  const std::int64_t padded = p + k * axis.dilation;
  const std::int64_t inner = padded - axis.border_begin();
  std::int64_t input = kPaddingZero;
  if (0 <= inner && inner < axis.zero_inserted()) {
    input = inner % axis.stride == 0 ? inner / axis.stride : kInsertedZero;
  }
  return {input, axis.kernel - 1 - k, padded};
}

Meeting meet_transposed(const Axis& axis, std::int64_t p, std::int64_t k) {
  const std::int64_t canvas = p + axis.padding_begin;
  const std::int64_t reach = canvas - k * axis.dilation;
  const bool meets = reach >= 0 && reach % axis.stride == 0 && reach / axis.stride < axis.input;
  return {meets ? reach / axis.stride : kNothing, k, canvas};
}

// Sizes of the map that `padded` points into; empty where the method has none.
std::optional<Position> map_sizes(const Geometry& geometry, Method method) {
  Position sizes{};
  for (std::size_t at = 0; at < 3; ++at) {
    const Axis& axis = geometry.axes[at];
    if (method == Method::zero_insertion) {
      sizes[at] = axis.bordered();
    } else if (!geometry.op.transposed && method == Method::direct) {
      sizes[at] = axis.padded();
    } else if (geometry.op.transposed && method == Method::scatter) {
      sizes[at] = axis.uncropped();
    } else {
      return std::nullopt;
    }
  }
  return sizes;
}

Check check_index(std::optional<std::int64_t> index, std::size_t size, const char* field) {
  if (!index || (*index >= 0 && *index < static_cast<std::int64_t>(size))) return Passed{};
  if (size == 0) {
    return refuse(Code::index_out_of_range, field,
                  {"There is no cell ", *index, ": the ", field, " is empty."});
  }
  return refuse(
      Code::index_out_of_range, field,
      {"There is no cell ", *index, " in the ", field, ": its cells are 0 to ", size - 1, "."});
}

std::int64_t flat(std::int64_t block, const Position& at, const Position& sizes) {
  return ((block * sizes[0] + at[0]) * sizes[1] + at[1]) * sizes[2] + at[2];
}

// From a flat index back to three positions and what is left in front of them.
std::int64_t unflatten(std::int64_t index, const Position& sizes, Position& at) {
  for (int axis = 2; axis >= 0; --axis) {
    at[axis] = index % sizes[axis];
    index /= sizes[axis];
  }
  return index;
}

// An inclusive range of one loop: all of it, or one value.
struct Range {
  std::int64_t first, last;
  void only(std::int64_t value) { first = last = value; }
};

}  // namespace

Result<Contributions> contributions(const Geometry& geometry, const Operands<double>& operands,
                                    Method method, const Selection& selection) {
  const auto output_sizes = geometry.output_sizes();
  const auto output_count = xt::compute_size(output_sizes);
  for (const Check& valid : {check_index(selection.output, output_count, "output"),
                             check_index(selection.input, operands.input.size(), "input"),
                             check_index(selection.weight, operands.weight.size(), "weight")}) {
    if (!valid) return valid.refusal();
  }
  const bool transposed = geometry.op.transposed;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  Position input_size, kernel_size, output_size;
  for (std::size_t at = 0; at < 3; ++at) {
    input_size[at] = geometry.axes[at].input;
    kernel_size[at] = geometry.axes[at].kernel;
    output_size[at] = geometry.axes[at].output;
  }
  const std::optional<Position> map = map_sizes(geometry, method);

  // What was selected narrows the loops; `wanted_input` and `wanted_weight` decide the rest.
  Range batch{0, geometry.batch - 1}, outputs{0, geometry.output_channels - 1}, inputs{0, I - 1};
  Range cells[3] = {{0, output_size[0] - 1}, {0, output_size[1] - 1}, {0, output_size[2] - 1}};
  Position at{};
  if (selection.output) {
    const std::int64_t block = unflatten(*selection.output, output_size, at);
    batch.only(block / geometry.output_channels);
    outputs.only(block % geometry.output_channels);
    for (int axis = 0; axis < 3; ++axis) cells[axis].only(at[axis]);
  }
  if (selection.input) {
    const std::int64_t block = unflatten(*selection.input, input_size, at);
    const std::int64_t channel = block % geometry.input_channels;
    batch.only(block / geometry.input_channels);
    outputs = {channel / I * O, channel / I * O + O - 1};
    inputs.only(channel % I);
  }
  if (selection.weight) {
    const std::int64_t block = unflatten(*selection.weight, kernel_size, at);
    const std::int64_t first = block / (transposed ? O : I), second = block % (transposed ? O : I);
    outputs.only(transposed ? first / I * O + second : first);
    inputs.only(transposed ? first % I : second);
  }

  Contributions terms;
  terms.has_padded = map.has_value();
  const bool list_zeros = method == Method::direct;
  const auto meet = [&](const Axis& axis, std::int64_t p, std::int64_t k) {
    if (method == Method::zero_insertion) return meet_zero_insertion(axis, p, k);
    if (transposed) return meet_transposed(axis, p, k);
    return meet_convolution(axis, p, k, list_zeros);
  };

  // Notes one term; false when there are too many.
  const auto note = [&](std::int64_t n, std::int64_t o, const Position& p, std::int64_t i,
                        const Position& k) {
    Position from{}, kernel{}, padded{};
    std::int64_t zero = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const Meeting meeting = meet(geometry.axes[axis], p[axis], k[axis]);
      if (meeting.input == kNothing) return true;
      // Padding hides an inserted zero: the cell lies outside the zero-inserted map.
      if (meeting.input < 0 && zero != kPaddingZero) zero = meeting.input;
      from[axis] = meeting.input;
      kernel[axis] = meeting.kernel;
      padded[axis] = meeting.padded;
    }
    const std::int64_t channel = o / O * I + i;
    const std::int64_t block = transposed ? channel * O + o % O : o * I + i;
    const std::int64_t used = flat(block, kernel, kernel_size);
    const std::int64_t weight = turn_index(geometry, used);  // as given
    const std::int64_t input =
        zero != 0 ? zero : flat(n * geometry.input_channels + channel, from, input_size);
    if (selection.input && input != *selection.input) return true;
    if (selection.weight && weight != *selection.weight) return true;
    if (selection.inputs_before && input >= *selection.inputs_before) return true;
    if (terms.output.size() == static_cast<std::size_t>(kMaxContributions)) return false;
    terms.output.push_back(
        static_cast<std::int32_t>(flat(n * geometry.output_channels + o, p, output_size)));
    terms.input.push_back(static_cast<std::int32_t>(input));
    terms.weight.push_back(static_cast<std::int32_t>(weight));
    // + 0.0 makes a negative zero a plain one.
    terms.product.push_back(
        zero != 0 ? 0.0 : operands.input.data()[input] * operands.weight.data()[used] + 0.0);
    if (map) {
      const std::int64_t in_map = method == Method::scatter
                                      ? flat(n * geometry.output_channels + o, padded, *map)
                                      : flat(n * geometry.input_channels + channel, padded, *map);
      terms.padded.push_back(static_cast<std::int32_t>(in_map));
    }
    return true;
  };

  // clang-format off
  for (std::int64_t n = batch.first; n <= batch.last; ++n)
  for (std::int64_t o = outputs.first; o <= outputs.last; ++o)
  for (std::int64_t pz = cells[0].first; pz <= cells[0].last; ++pz)
  for (std::int64_t py = cells[1].first; py <= cells[1].last; ++py)
  for (std::int64_t px = cells[2].first; px <= cells[2].last; ++px)
  for (std::int64_t i = inputs.first; i <= inputs.last; ++i)
  for (std::int64_t kz = 0; kz < kernel_size[0]; ++kz)
  for (std::int64_t ky = 0; ky < kernel_size[1]; ++ky)
  for (std::int64_t kx = 0; kx < kernel_size[2]; ++kx) {
    if (note(n, o, {pz, py, px}, i, {kz, ky, kx})) continue;
    return refuse(Code::limit_contributions, "method", {"More than ", kMaxContributions,
                     " terms would be listed, the most the engine takes on. Ask for one cell, or "
                     "use a smaller input."});
  }
  // clang-format on
  return terms;
}

}  // namespace convscope

// Strings the maps of a method together, and tells where each cell of a map comes from.
#include "trace.hpp"

#include <algorithm>

#include "limits.hpp"
#include "maps.hpp"
#include "say.hpp"
#include "turn.hpp"

namespace convscope {
namespace {

// The origin of one position of one axis: an index, or a kind of zero.
using AxisSource = std::int64_t (*)(const Axis&, std::int64_t);

std::int64_t padded_source(const Axis& axis, std::int64_t at) { return axis.source(at); }

std::int64_t inserted_source(const Axis& axis, std::int64_t at) {
  return at % axis.stride == 0 ? at / axis.stride : kInsertedZero;
}

std::int64_t bordered_source(const Axis& axis, std::int64_t at) {
  const std::int64_t inner = at - axis.border_begin();
  if (inner < 0 || inner >= axis.zero_inserted()) return kPaddingZero;
  return inserted_source(axis, inner);
}

// For every cell of a map of the input: the flat index of the input's cell, or a kind of zero.
std::vector<std::int32_t> input_sources(const Geometry& geometry, const Tensor<double>& map,
                                        AxisSource source) {
  const auto& [depth, height, width] = geometry.axes;
  const auto& shape = map.shape();
  std::vector<std::int32_t> sources;
  sources.reserve(map.size());
  for (std::int64_t channel = 0; channel < std::int64_t(shape[0] * shape[1]); ++channel) {
    for (std::int64_t z = 0; z < std::int64_t(shape[2]); ++z) {
      for (std::int64_t y = 0; y < std::int64_t(shape[3]); ++y) {
        for (std::int64_t x = 0; x < std::int64_t(shape[4]); ++x) {
          const std::int64_t d = source(depth, z), h = source(height, y), w = source(width, x);
          std::int64_t from = ((channel * depth.input + d) * height.input + h) * width.input + w;
          if (d == kInsertedZero || h == kInsertedZero || w == kInsertedZero) from = kInsertedZero;
          if (d == kPaddingZero || h == kPaddingZero || w == kPaddingZero) from = kPaddingZero;
          sources.push_back(static_cast<std::int32_t>(from));
        }
      }
    }
  }
  return sources;
}

// For every cell of the canvas of stamps: the flat index of the output cell that it becomes.
std::vector<std::int32_t> cropped_sources(const Geometry& geometry) {
  const auto& [depth, height, width] = geometry.axes;
  const auto place = [](const Axis& axis, std::int64_t at) {
    const std::int64_t p = at - axis.padding_begin;
    return 0 <= p && p < axis.output ? p : -1;
  };
  std::vector<std::int32_t> sources;
  // clang-format off
  for (std::int64_t channel = 0; channel < geometry.batch * geometry.output_channels; ++channel)
  for (std::int64_t z = 0; z < depth.uncropped(); ++z)
  for (std::int64_t y = 0; y < height.uncropped(); ++y)
  for (std::int64_t x = 0; x < width.uncropped(); ++x) {
    const std::int64_t d = place(depth, z), h = place(height, y), w = place(width, x);
    const std::int64_t to = ((channel * depth.output + d) * height.output + h) * width.output + w;
    sources.push_back(d < 0 || h < 0 || w < 0 ? kCutOff : static_cast<std::int32_t>(to));
  }
  // clang-format on
  return sources;
}

// For every cell of the turned weight (o, i, k): where (i, o, K - 1 - k) lies in the given one.
std::vector<std::int32_t> flipped_sources(const Geometry& geometry) {
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
  const std::int64_t cells = depth.kernel * height.kernel * width.kernel;
  std::vector<std::int32_t> sources;
  for (std::int64_t o = 0; o < geometry.output_channels; ++o) {
    for (std::int64_t i = 0; i < I; ++i) {
      const std::int64_t block = ((o / O * I + i) * O + o % O) * cells;
      for (std::int64_t k = 0; k < cells; ++k) {
        sources.push_back(static_cast<std::int32_t>(block + cells - 1 - k));
      }
    }
  }
  return sources;
}

Check maps_within_limits(const Geometry& geometry, Method method) {
  if (method == Method::matrix) return matrix_within_limits(geometry);
  if (method == Method::phases) return phases_within_limits(geometry);
  Shape map{geometry.batch, geometry.input_channels};
  for (const Axis& axis : geometry.spatial_axes()) {
    if (method == Method::zero_insertion) {
      map.push_back(std::max(axis.bordered(), axis.zero_inserted()));
    } else if (geometry.op.transposed && method == Method::scatter) {
      map.push_back(axis.uncropped());
      map[1] = geometry.output_channels;
    }
  }
  if (element_count(map) <= kMaxElements) return Passed{};
  return refuse(Code::limit_elements, "method",
                {"A map of shape ", map, " would hold more than ", kMaxElements,
                 " numbers, the most the engine takes. Use a smaller input or stride."});
}

}  // namespace

const char* method_name(Method method) {
  switch (method) {
    case Method::direct:
      return "direct";
    case Method::zero_insertion:
      return "zero-insertion";
    case Method::scatter:
      return "scatter";
    case Method::matrix:
      return "matrix";
    case Method::phases:
      break;
  }
  return "phases";
}

bool applies(Method method, const Op& op) {
  return op.transposed || (method != Method::zero_insertion && method != Method::phases);
}

Result<Method> read_method(const Value& value, const Geometry& geometry) {
  const bool is_text = value.kind == Value::Kind::text;
  for (Method method : kMethods) {
    if (!is_text || value.text != method_name(method)) continue;
    if (applies(method, geometry.op)) return method;
    return refuse(Code::method_not_applicable, "method",
                  {"The method '", value.text, "' computes transposed convolutions, not ",
                   geometry.op.name(), ". Use 'direct', 'scatter' or 'matrix'."});
  }
  return refuse(value.is_missing() ? Code::missing_argument : Code::unknown_method, "method",
                {"`method` is ", is_text ? "'" + value.text + "'" : "no text",
                 ", but it must be 'direct', 'zero-insertion', 'scatter', 'matrix' or 'phases'."});
}

Geometry ordinary_convolution(const Geometry& geometry) {
  Geometry ordinary = geometry;
  ordinary.op.transposed = false;
  ordinary.weight_shape[0] = geometry.output_channels;
  ordinary.weight_shape[1] = geometry.inputs_per_group();
  for (Axis& axis : ordinary.axes) {
    axis.input = axis.bordered();
    axis.stride = 1;
    axis.padding_begin = axis.padding_end = axis.output_padding = 0;
  }
  return ordinary;
}

Result<Trace> trace(const Geometry& geometry, const Operands<double>& operands, Method method,
                    const TraceOptions& options) {
  if (options.steps && method != Method::scatter) {
    return refuse(Code::not_applicable, "steps",
                  {"`steps` counts the stamps of the method 'scatter', but the method is '",
                   method_name(method), "'. Leave it out."});
  }
  if (Check fits = maps_within_limits(geometry, method); !fits) return fits.refusal();
  const std::int64_t stamps = std::max<std::int64_t>(0, options.steps.value_or(INT64_MAX));
  Trace trace{.method = method, .maps = {}};
  const auto add = [&trace](const char* name, Tensor<double> values,
                            std::vector<std::int32_t> source = {}) {
    trace.maps.push_back({name, std::move(values), std::move(source)});
  };

  if (method == Method::direct && !geometry.op.transposed) {
    Tensor<double> padded = pad_input(geometry, operands.input);
    std::vector<std::int32_t> source = input_sources(geometry, padded, padded_source);
    add("paddedInput", std::move(padded), std::move(source));
    add("output", convolve(geometry, operands));
  } else if (method == Method::direct) {
    add("output", convolve_transposed(geometry, operands));
  } else if (method == Method::zero_insertion) {
    const auto& [depth, height, width] = geometry.axes;
    Tensor<double> inserted = insert_zeros(geometry, operands.input);
    Tensor<double> padded =
        add_border(inserted, {depth.border_begin(), height.border_begin(), width.border_begin()},
                   {depth.border_end(), height.border_end(), width.border_end()});
    Tensor<double> flipped = flip_weight(geometry, operands.weight);
    Tensor<double> output =
        convolve(ordinary_convolution(geometry), Operands<double>{padded, flipped, operands.bias});
    std::vector<std::int32_t> source = input_sources(geometry, inserted, inserted_source);
    add("zeroInserted", std::move(inserted), std::move(source));
    source = input_sources(geometry, padded, bordered_source);
    add("paddedInput", std::move(padded), std::move(source));
    source = flipped_sources(geometry);
    turn_indices(geometry, source);
    add("flippedWeight", std::move(flipped), std::move(source));
    add("output", std::move(output));
  } else if (method == Method::matrix) {
    Matrix matrix = make_matrix(geometry, operands.weight);
    Tensor<double> output = multiply(geometry, matrix, operands);
    Tensor<double> back = round_trip(geometry, matrix, operands.input);
    Tensor<double> values = Tensor<double>::from_shape(
        {1, 1, 1, static_cast<std::size_t>(matrix.rows), static_cast<std::size_t>(matrix.columns)});
    std::copy(matrix.values.begin(), matrix.values.end(), values.data());
    turn_indices(geometry, matrix.source);
    add("matrix", std::move(values), std::move(matrix.source));
    trace.maps.back().shape = {matrix.rows, matrix.columns};
    add("output", std::move(output));
    add("roundTrip", std::move(back));
  } else if (method == Method::phases) {
    trace.phases = split_into_phases(geometry, operands);
    for (Phase& phase : trace.phases) turn_indices(geometry, phase.kernel_source);
    add("output", interleave(geometry, trace.phases));
  } else if (geometry.op.transposed) {
    Tensor<double> canvas = stamp(geometry, operands, stamps);
    Tensor<double> output = crop(geometry, canvas, operands.bias);
    add("uncropped", std::move(canvas), cropped_sources(geometry));
    add("output", std::move(output));
  } else {
    add("output", scatter_convolution(geometry, operands, stamps));
  }
  return trace;
}

}  // namespace convscope

// Sizes per axis from checked arguments, and the limits on what would be computed.
#include "geometry.hpp"

#include "checks.hpp"
#include "limits.hpp"
#include "say.hpp"

namespace convscope {
namespace {

// a * b * …, or the largest int64 where that cannot be counted.
std::int64_t product(std::initializer_list<std::int64_t> factors) {
  return element_count(Shape(factors));
}

Result<Geometry> within_limits(const Geometry& geometry) {
  std::int64_t kernel = 1, output = 1, padded = 1;
  for (const Axis& axis : geometry.spatial_axes()) {
    const bool transposed = geometry.op.transposed;
    kernel = product({kernel, axis.kernel});
    output = product({output, axis.output});
    // Every map of every method fits into this many cells.
    padded = product({padded, transposed ? std::max(axis.bordered(), axis.uncropped() + axis.output)
                                         : axis.padded()});
  }
  const std::int64_t numbers = product({geometry.batch, geometry.output_channels, output});
  if (numbers > kMaxElements) {
    return refuse(Code::limit_elements, "input",
                  {"The output of shape ", geometry.output_shape, " would hold more than ",
                   kMaxElements, " numbers, the most the engine takes. Use a smaller input."});
  }
  const std::int64_t operations = product({numbers, geometry.inputs_per_group(), kernel});
  if (operations > kMaxOperations) {
    return refuse(Code::limit_operations, "input",
                  {"The result would take more than ", kMaxOperations,
                   " multiplications, the most the engine takes on. Use fewer channels, a "
                   "smaller kernel or a smaller input."});
  }
  if (product({geometry.batch, geometry.input_channels, padded}) > kMaxElements &&
      !geometry.op.transposed) {
    return refuse(Code::limit_elements, "padding",
                  {"The padded input would hold more than ", kMaxElements,
                   " numbers, the most the engine takes. Use less padding."});
  }
  return geometry;
}

}  // namespace

std::int64_t Axis::source(std::int64_t position) const {
  std::int64_t at = position - padding_begin;
  switch (padding_mode) {
    case PaddingMode::zeros:
      break;
    case PaddingMode::reflect:  // … 2 1 [0 1 2 … n-1] n-2 n-3 …
      if (at < 0) at = -at;
      if (at >= input) at = 2 * (input - 1) - at;
      break;
    case PaddingMode::replicate:
      at = std::min(std::max<std::int64_t>(at, 0), input - 1);
      break;
    case PaddingMode::circular: {  // … n-2 n-1 [0 1 … n-1] 0 1 …, of what a crop has left
      const std::int64_t first = std::max<std::int64_t>(0, -padding_begin);
      const std::int64_t last = input - std::max<std::int64_t>(0, -padding_end);
      if (at < first) at += last - first;
      if (at >= last) at -= last - first;
      break;
    }
  }
  return 0 <= at && at < input ? at : -1;
}

Sizes Geometry::input_sizes() const {
  return {static_cast<std::size_t>(batch), static_cast<std::size_t>(input_channels),
          static_cast<std::size_t>(axes[0].input), static_cast<std::size_t>(axes[1].input),
          static_cast<std::size_t>(axes[2].input)};
}

Sizes Geometry::weight_sizes() const {
  Sizes sizes{static_cast<std::size_t>(weight_shape[0]), static_cast<std::size_t>(weight_shape[1])};
  for (std::size_t at = 0; at < 3; ++at) sizes[2 + at] = static_cast<std::size_t>(axes[at].kernel);
  return sizes;
}

Sizes Geometry::output_sizes() const {
  return {static_cast<std::size_t>(batch), static_cast<std::size_t>(output_channels),
          static_cast<std::size_t>(axes[0].output), static_cast<std::size_t>(axes[1].output),
          static_cast<std::size_t>(axes[2].output)};
}

Shape Geometry::shape_of(const Sizes& sizes) const {
  Shape shape(sizes.begin(), sizes.begin() + 2);
  shape.insert(shape.end(), sizes.end() - op.spatial, sizes.end());
  return shape;
}

std::int64_t convolved_size(const Axis& axis) {
  const std::int64_t span = axis.span();
  return span < 0 ? 0 : span / axis.stride + 1;
}

std::int64_t transposed_size(const Axis& axis) {
  return (axis.input - 1) * axis.stride - axis.padding_begin - axis.padding_end +
         axis.dilation * (axis.kernel - 1) + axis.output_padding + 1;
}

Result<Geometry> infer_unlimited(const Request& request) {
  Result<Arguments> checked = check_request(request);
  if (!checked) return checked.refusal();
  const Arguments& arguments = *checked;

  Geometry geometry;
  geometry.op = request.op;
  geometry.dtype = request.dtype;
  geometry.batched = arguments.batched;
  geometry.flip_kernel = request.flip_kernel;
  geometry.weight_shape = arguments.weight;
  geometry.biases = request.bias ? (*request.bias)[0] : 0;
  geometry.batch = arguments.input[0];
  geometry.input_channels = arguments.input[1];
  geometry.groups = request.groups;
  geometry.output_channels =
      request.op.transposed ? arguments.weight[1] * request.groups : arguments.weight[0];
  // PyTorch gives no output channels where there are no input channels.
  if (geometry.input_channels == 0) geometry.output_channels = 0;

  geometry.output_shape = {geometry.output_channels};
  if (arguments.batched)
    geometry.output_shape.insert(geometry.output_shape.begin(), geometry.batch);
  for (int at = 0; at < request.op.spatial; ++at) {
    Axis axis{.name = axis_name(request.op, at),
              .input = arguments.input[2 + at],
              .kernel = arguments.weight[2 + at],
              .stride = arguments.stride[at],
              .dilation = arguments.dilation[at],
              .padding_begin = arguments.padding_begin[at],
              .padding_end = arguments.padding_end[at],
              .output_padding = arguments.output_padding[at],
              .padding_mode = arguments.padding_mode};
    axis.output = request.op.transposed ? transposed_size(axis) : convolved_size(axis);
    geometry.output_shape.push_back(axis.output);
    geometry.axes[3 - request.op.spatial + at] = axis;
  }
  return geometry;
}

Result<Geometry> infer_geometry(const Request& request) {
  Result<Geometry> geometry = infer_unlimited(request);
  if (!geometry) return geometry;
  return within_limits(*geometry);
}

}  // namespace convscope

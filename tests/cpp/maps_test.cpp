// The xtensor expressions that the maps rely on, against loops written by hand: a version of
// xtensor once gave wrong values silently.
#include <algorithm>

#include "maps.hpp"
#include "support.hpp"

namespace convscope::testing {
namespace {

using Index = std::int64_t;

Index size(const Tensor<double>& tensor, std::size_t axis) {
  return static_cast<Index>(tensor.shape(axis));
}

// Calls body(n, c, z, y, x) for every cell.
template <typename Body>
void for_cells(const Tensor<double>& tensor, Body body) {
  for (Index n = 0; n < size(tensor, 0); ++n)
    for (Index c = 0; c < size(tensor, 1); ++c)
      for (Index z = 0; z < size(tensor, 2); ++z)
        for (Index y = 0; y < size(tensor, 3); ++y)
          for (Index x = 0; x < size(tensor, 4); ++x) body(n, c, z, y, x);
}

TEST_CASE("zeros are inserted between neighbours", "[maps]") {
  Random random(21);
  for (int at = 0; at < 100; ++at) {
    const Problem problem = random.problem(true);
    const Axis &depth = problem.geometry.axes[0], &height = problem.geometry.axes[1],
               &width = problem.geometry.axes[2];
    const Tensor<double>& input = problem.operands.input;
    const Tensor<double> map = insert_zeros(problem.geometry, input);
    REQUIRE(size(map, 4) == (width.input - 1) * width.stride + 1);
    bool agree = true;
    for_cells(map, [&](Index n, Index c, Index z, Index y, Index x) {
      const bool holds = z % depth.stride == 0 && y % height.stride == 0 && x % width.stride == 0;
      const double expected =
          holds ? input(n, c, z / depth.stride, y / height.stride, x / width.stride) : 0;
      agree = agree && map(n, c, z, y, x) == expected;
    });
    CHECK(agree);
  }
}

TEST_CASE("a border is added where it is positive and cut where it is negative", "[maps]") {
  Random random(22);
  for (int at = 0; at < 300; ++at) {
    const Sizes sizes{2, 1, static_cast<std::size_t>(random.between(1, 3)),
                      static_cast<std::size_t>(random.between(1, 4)),
                      static_cast<std::size_t>(random.between(1, 5))};
    const Tensor<double> map = random.whole_numbers(sizes);
    Position begin, end;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      begin[axis] = random.between(-4, 3);
      end[axis] = random.between(-4, 3);
    }
    CAPTURE(at, sizes[2], sizes[3], sizes[4], begin[2], end[2]);
    const Tensor<double> result = add_border(map, begin, end);
    bool agree = true;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const Index expected = static_cast<Index>(sizes[2 + axis]) + begin[axis] + end[axis];
      CHECK(size(result, 2 + axis) == std::max<Index>(0, expected));
    }
    for_cells(result, [&](Index n, Index c, Index z, Index y, Index x) {
      const Index d = z - begin[0], h = y - begin[1], w = x - begin[2];
      const bool inside =
          d >= 0 && h >= 0 && w >= 0 && d < size(map, 2) && h < size(map, 3) && w < size(map, 4);
      agree = agree && result(n, c, z, y, x) == (inside ? map(n, c, d, h, w) : 0);
    });
    CHECK(agree);
  }
}

TEST_CASE("a transposed weight is turned and its channels change places", "[maps]") {
  Random random(23);
  for (int at = 0; at < 100; ++at) {
    const Problem problem = random.problem(true);
    const Geometry& geometry = problem.geometry;
    const Tensor<double> flipped = flip_weight(geometry, problem.operands.weight);
    const Index I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
    bool agree = true;
    for_cells(flipped, [&](Index o, Index i, Index z, Index y, Index x) {
      const Axis &depth = geometry.axes[0], &height = geometry.axes[1], &width = geometry.axes[2];
      const double expected = problem.operands.weight(o / O * I + i, o % O, depth.kernel - 1 - z,
                                                      height.kernel - 1 - y, width.kernel - 1 - x);
      agree = agree && flipped(o, i, z, y, x) == expected;
    });
    CHECK(agree);
  }
}

TEST_CASE("stamps add up where they overlap", "[maps]") {
  Random random(24);
  for (int at = 0; at < 100; ++at) {
    const Problem problem = random.problem(true);
    const Geometry& geometry = problem.geometry;
    const Axis &depth = geometry.axes[0], &height = geometry.axes[1], &width = geometry.axes[2];
    const Index I = geometry.inputs_per_group(), O = geometry.outputs_per_group();
    const Tensor<double> canvas = stamp(geometry, problem.operands, INT64_MAX);
    Tensor<double> expected = canvas;
    expected.fill(0);
    const Tensor<double>& weight = problem.operands.weight;
    for_cells(problem.operands.input, [&](Index n, Index i, Index z, Index y, Index x) {
      for (Index o = 0; o < O; ++o)
        for (Index kz = 0; kz < depth.kernel; ++kz)
          for (Index ky = 0; ky < height.kernel; ++ky)
            for (Index kx = 0; kx < width.kernel; ++kx)
              expected(n, i / I * O + o, z * depth.stride + kz * depth.dilation,
                       y * height.stride + ky * height.dilation,
                       x * width.stride + kx * width.dilation) +=
                  problem.operands.input(n, i, z, y, x) * weight(i, o, kz, ky, kx);
    });
    CHECK(same_numbers(canvas, expected));
    const Tensor<double> output = crop(geometry, canvas, problem.operands.bias);
    bool agree = true;
    for_cells(output, [&](Index n, Index o, Index z, Index y, Index x) {
      const double bias = geometry.has_bias() ? problem.operands.bias(0, o, 0, 0, 0) : 0;
      const Index from[] = {z + depth.padding_begin, y + height.padding_begin,
                            x + width.padding_begin};
      // Output padding may reach beyond the last stamp.
      const bool stamped = from[0] < depth.uncropped() && from[1] < height.uncropped() &&
                           from[2] < width.uncropped();
      const double sum = stamped ? canvas(n, o, from[0], from[1], from[2]) : 0;
      agree = agree && output(n, o, z, y, x) == sum + bias;
    });
    CHECK(agree);
  }
}

TEST_CASE("padding modes repeat the cells that their pictures show", "[maps]") {
  struct Row {
    const char* mode;
    std::int64_t begin, end;
    std::vector<double> expected;
  };
  // Of the input 1 2 3 4.
  const Row rows[] = {
      {"zeros", 2, 1, {0, 0, 1, 2, 3, 4, 0}},
      {"reflect", 3, 2, {4, 3, 2, 1, 2, 3, 4, 3, 2}},
      {"replicate", 2, 3, {1, 1, 1, 2, 3, 4, 4, 4, 4}},
      {"circular", 4, 3, {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3}},
      {"reflect", -1, 2, {2, 3, 4, 3, 2}},
      {"replicate", 1, -2, {1, 1, 2}},
      {"circular", -1, -1, {2, 3}},
      {"circular", 2, -1, {2, 3, 1, 2, 3}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.mode, row.begin, row.end);
    Request request;
    request.op = {false, 1};
    request.input = {1, 1, 4};
    request.weight = Shape{1, 1, 1};
    request.stride = request.dilation = {1};
    request.output_padding = {0};
    request.padding = {.begin = {row.begin}, .end = {row.end}, .pairs = true};
    request.padding_mode = row.mode;
    const Result<Geometry> geometry = infer_geometry(request);
    REQUIRE(geometry);
    const auto input = tensor<double>({1, 2, 3, 4}, geometry->input_sizes());
    CHECK(numbers_of(pad_input(*geometry, input)) == row.expected);
  }
}

}  // namespace
}  // namespace convscope::testing

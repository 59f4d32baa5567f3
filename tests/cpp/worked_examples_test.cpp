// The worked examples of PyTorch, map by map: what the page shows on its opening picture and in its
// gallery is compared number for number.
#include <fstream>
#include <map>

#include "support.hpp"

namespace convscope::testing {
namespace {

std::vector<double> map_of(const Trace& trace, const std::string& name) {
  for (const Map& map : trace.maps) {
    if (map.name == name) return numbers_of(map.values);
  }
  FAIL("no map " << name);
  return {};
}

json read_examples() {
  std::ifstream file(data_path("worked_examples.json"));
  return json::parse(file).at("examples");
}

void check_convolution(const json& example, const Geometry& geometry,
                       const Operands<double>& operands) {
  const Result<Trace> direct = trace(geometry, operands, Method::direct);
  REQUIRE(direct);
  CHECK(map_of(*direct, "paddedInput") == flat(example.at("maps").at("padded_input")));
  CHECK(map_of(*direct, "output") == flat(example.at("output")));
}

void check_transposed(const json& example, const Geometry& geometry,
                      const Operands<double>& operands) {
  const json& maps = example.at("maps");
  const Result<Trace> inserted = trace(geometry, operands, Method::zero_insertion);
  REQUIRE(inserted);
  CHECK(map_of(*inserted, "zeroInserted") == flat(maps.at("zero_inserted")));
  CHECK(map_of(*inserted, "paddedInput") == flat(maps.at("padded")));
  CHECK(map_of(*inserted, "flippedWeight") == flat(maps.at("flipped_weight")));
  CHECK(map_of(*inserted, "output") == flat(maps.at("conv_output")));
  std::vector<std::int64_t> border;
  for (const Axis& axis : geometry.spatial_axes()) {
    border.push_back(axis.border_begin());
    border.push_back(axis.border_end());
  }
  CHECK(border == maps.at("border").get<std::vector<std::int64_t>>());
  if (!maps.contains("uncropped")) return;
  const Result<Trace> scattered = trace(geometry, operands, Method::scatter);
  REQUIRE(scattered);
  // PyTorch's canvas ends with the last stamp; ours has the rows of the output padding too.
  const std::vector<double> expected = flat(maps.at("uncropped"));
  std::vector<double> canvas = map_of(*scattered, "uncropped");
  if (canvas.size() == expected.size()) CHECK(canvas == expected);
}

TEST_CASE("every map of every worked example is PyTorch's", "[oracle][trace]") {
  const json examples = read_examples();
  REQUIRE(examples.size() == 38);
  for (const json& example : examples) {
    CAPTURE(example.at("name").get<std::string>());
    const Result<Geometry> geometry = geometry_of(example, "float64");
    if (example.contains("error")) {
      REQUIRE_FALSE(geometry);
      CHECK(geometry.error().torch == example.at("error").get<std::string>());
      CHECK(geometry.error().code == Code::output_too_small);
      continue;
    }
    REQUIRE(geometry);
    CHECK(geometry->output_shape == example.at("output_shape").get<Shape>());
    const auto operands = operands_of<double>(example, *geometry);
    CHECK(numbers_of(run(*geometry, operands)) == flat(example.at("output")));
    if (geometry->op.transposed) {
      check_transposed(example, *geometry, operands);
    } else {
      check_convolution(example, *geometry, operands);
    }
  }
}

TEST_CASE("the sum of an example's single stamps is the uncropped map", "[oracle][trace]") {
  int compared = 0;
  for (const json& example : read_examples()) {
    if (!example.contains("maps") || !example.at("maps").contains("stamps")) continue;
    CAPTURE(example.at("name").get<std::string>());
    const Result<Geometry> geometry = geometry_of(example, "float64");
    REQUIRE(geometry);
    const auto operands = operands_of<double>(example, *geometry);
    const Result<Contributions> terms = contributions(*geometry, operands, Method::scatter, {});
    REQUIRE(terms);
    // Per input position (row-major), the products by the canvas cell they fall on.
    const std::int64_t height = geometry->axes[1].input, width = geometry->axes[2].input;
    const json& stamps = example.at("maps").at("stamps");
    REQUIRE(stamps.size() == static_cast<std::size_t>(height * width));
    std::vector<double> sums(static_cast<std::size_t>(height * width), 0);
    for (std::size_t at = 0; at < terms->product.size(); ++at) {
      sums[static_cast<std::size_t>(terms->input[at] % (height * width))] += terms->product[at];
    }
    // Only where nothing is cropped do the listed terms make up whole stamps.
    bool cropped = false;
    for (const Axis& axis : geometry->spatial_axes()) cropped = cropped || axis.padding_end > 0;
    for (std::size_t at = 0; at < sums.size() && !cropped; ++at) {
      double expected = 0;
      for (double number : flat(stamps[at])) expected += number;
      CHECK(sums[at] == expected);
      ++compared;
    }
  }
  CHECK(compared > 10);
}

}  // namespace
}  // namespace convscope::testing

// What the C++ tests share: JSON lines as requests and operands, and seeded random problems.
// Gives plain values; holds no checks of its own.
#pragma once

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <random>
#include <string>
#include <vector>

#include "contributions.hpp"
#include "gradients.hpp"
#include "reference.hpp"
#include "trace.hpp"

namespace convscope::testing {

using nlohmann::json;

// Files: the committed copies, and the larger ones beside the checkout; empty where there are none.
std::vector<json> read_lines(const std::string& path);
std::string data_path(const std::string& name);
std::string shared_path(const std::string& name);

// A line of golden.jsonl as its user would write it. Lines of torch.nn.functional have no layer
// arguments; all others have, so that the constructor's checks come first.
RequestValue request_value(const json& line, const std::string& dtype = "float32");
Result<Geometry> geometry_of(const json& line, const std::string& dtype = "float32");

// Flat or nested lists of numbers, in the order of the tensor.
std::vector<double> flat(const json& numbers);

template <typename T>
Tensor<T> tensor(const std::vector<double>& numbers, const Sizes& sizes) {
  Tensor<T> result = Tensor<T>::from_shape(sizes);
  REQUIRE(result.size() == numbers.size());
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    result.data()[at] = static_cast<T>(numbers[at]);
  }
  return result;
}

template <typename T>
Operands<T> operands_of(const json& line, const Geometry& geometry) {
  Operands<T> operands{tensor<T>(flat(line.at("input")), geometry.input_sizes()),
                       tensor<T>(flat(line.at("weight")), geometry.weight_sizes()),
                       {}};
  if (geometry.has_bias()) {
    operands.bias =
        tensor<T>(flat(line.at("bias")), {1, static_cast<std::size_t>(geometry.biases), 1, 1, 1});
  }
  return operands;
}

template <typename T>
std::vector<double> numbers_of(const Tensor<T>& tensor) {
  return {tensor.data(), tensor.data() + tensor.size()};
}

// Not a == b within CHECK: xtensor's operators and Catch's would meet.
template <typename T>
bool same_numbers(const Tensor<T>& a, const Tensor<T>& b) {
  return a.shape() == b.shape() && numbers_of(a) == numbers_of(b);
}

// A random valid problem; the same seed gives the same on every machine.
struct Problem {
  Request request;
  Geometry geometry;
  Operands<double> operands;  // small whole numbers
};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  int between(int least, int most);  // both included
  bool chance(int percent) { return between(1, 100) <= percent; }
  Tensor<double> whole_numbers(const Sizes& sizes);
  // Draws until the request is valid.
  Problem problem(bool transposed, bool with_bias = true);

 private:
  std::mt19937 engine_;
};

}  // namespace convscope::testing

// A value as its user wrote it, before anything is known about it: what JSON or JavaScript can say.
// `bindings/` and the tests make Values, `request.cpp` reads them. Holds no tensor data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convscope {

struct Value {
  enum class Kind { missing, boolean, number, text, list, other };

  Kind kind = Kind::missing;  // undefined and null are missing
  double number = 0;
  std::string text{};  // of kind text; of kind other: what it is, such as "a BigInt"
  std::vector<Value> list{};

  Value();
  Value(const Value&);
  Value(Value&&) noexcept;
  Value& operator=(const Value&);
  Value& operator=(Value&&) noexcept;
  ~Value();

  static Value of(bool truth);
  static Value of(double number);
  static Value of(std::string text);
  static Value of(std::vector<Value> list);
  static Value other(std::string what);

  bool is_missing() const { return kind == Kind::missing; }
};

// A tensor as its user gives it: its numbers stay outside, only how many there are is told.
struct TensorValue {
  bool present = false;
  Value shape{};
  Value dtype{};  // "float32" or "float64" where the data tell, else missing
  bool has_data = false;
  std::int64_t length = 0;  // how many numbers the data hold
  std::string fault{};      // what is wrong with the data, such as "a string at index 3"
};

// The keys of a request, as architecture and README name them.
struct RequestValue {
  Value op, stride, padding, dilation, groups, output_padding, output_size, padding_mode;
  Value in_channels, out_channels, kernel_size, flip_kernel;
  TensorValue input, weight, bias;
};

}  // namespace convscope

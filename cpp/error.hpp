// Everything that can be refused, once: the table below is what docs/errors.md and the tests are
// checked against. Gives Error and Result<T>; nothing in the library throws for bad arguments.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "say.hpp"

namespace convscope {

// clang-format off
// X(name, what it means). Names are stable: pages and programs branch on them.
#define CONVSCOPE_ERROR_CODES(X)                                                                   \
  X(missing_argument,         "A key that the request needs is missing.")                         \
  X(wrong_type,               "A value has the wrong type, such as a string where a number is due.") \
  X(not_an_integer,           "A number that must be whole has a fraction, or is NaN or infinite.") \
  X(too_large,                "A size or an argument exceeds what the engine counts with.")        \
  X(unknown_op,               "`op` is no known operation.")                              \
  X(unknown_method,           "`method` is not a known method.")                                  \
  X(method_not_applicable,    "The method exists, but not for this operation.")                   \
  X(data_missing,             "A tensor has a shape, but no numbers, and numbers are needed.")    \
  X(data_length,              "A tensor's data does not hold as many numbers as its shape says.") \
  X(dtype_mismatch,           "float32 and float64 tensors are mixed.")                           \
  X(negative_size,            "A shape or kernel size has a negative entry.")                     \
  X(input_rank,               "The input has too few or too many axes for the operation.")        \
  X(weight_rank,              "The weight has too few or too many axes for the operation.")       \
  X(argument_length,          "An argument has neither one entry nor one per axis.")              \
  X(groups_not_positive,      "`groups` is below 1.")                                             \
  X(channels_not_divisible,   "Input or output channels cannot be divided among the groups.")     \
  X(weight_below_groups,      "The weight's first axis is shorter than `groups`.")                \
  X(weight_not_divisible,     "The weight's first axis cannot be divided by `groups`.")           \
  X(channels_mismatch,        "The input does not have the channels that the weight expects.")    \
  X(bias_shape,               "The bias is not one number per output channel.")                   \
  X(weight_shape,             "The weight's shape contradicts inChannels, outChannels or kernelSize.") \
  X(padding_string,           "The padding is a string, but not 'same' or 'valid'.")              \
  X(padding_not_applicable,   "This operation does not take this kind of padding.")               \
  X(same_with_stride,         "padding 'same' with a stride above 1.")                            \
  X(padding_negative,         "A negative padding where padding is with zeros.")                  \
  X(padding_mode_unknown,     "`paddingMode` is not a known mode.")                               \
  X(padding_mode_not_applicable, "This operation pads with zeros only.")                          \
  X(padding_rank,             "This padding mode does not work on an input with these axes.")     \
  X(padding_exceeds_input,    "Reflect or circular padding reaches beyond the input.")            \
  X(padding_crops_all,        "A negative padding leaves nothing of the input.")                  \
  X(padding_empty_input,      "An empty axis cannot be padded by this mode.")                     \
  X(stride_not_positive,      "A stride is below 1.")                                             \
  X(dilation_not_positive,    "A dilation is below 1.")                                           \
  X(kernel_empty,             "The kernel has an axis of length 0.")                              \
  X(kernel_exceeds_input,     "The dilated kernel is larger than the padded input.")              \
  X(input_empty,              "The input has a spatial axis of length 0.")                        \
  X(output_padding_negative,  "An output padding is below 0.")                                    \
  X(output_padding_too_large, "An output padding is not below stride or dilation.")               \
  X(output_size_length,       "`outputSize` has the wrong number of entries.")                    \
  X(output_size_range,        "`outputSize` cannot be reached from this input.")                  \
  X(output_too_small,         "The output would have an axis below 1.")                           \
  X(not_applicable,           "An argument that this operation does not have was given.")         \
  X(grad_output_shape,        "The output's gradient does not have the output's shape.")          \
  X(index_out_of_range,       "A cell was asked for that the tensor does not have.")              \
  X(limit_elements,           "A tensor or map would hold more numbers than the stated limit.")   \
  X(limit_operations,         "The result would take more multiplications than the stated limit.") \
  X(limit_contributions,      "More terms would be listed than the stated limit.")                \
  X(parse_error,              "A text holds something that cannot be read where the message says.") \
  X(nothing_found,            "A text is empty, or holds no tensor, layer, shape or error message.") \
  X(ragged_rows,              "Rows or blocks of a tensor in a text have different lengths.")      \
  X(decimal_comma,            "A text may use the comma as decimal point or as separator.")        \
  X(argument_not_positive,    "A layer's argument is smaller than it can be.")                       \
  X(mode_unknown,             "A layer's `mode` is not one that it has for its input.")              \
  X(padding_exceeds_kernel,   "A pool's padding is more than half of its kernel.")                   \
  X(size_not_divisible,       "A spatial axis cannot be divided as the layer would.")                \
  X(size_mismatch,            "An axis cannot be split into the sizes given.")                       \
  X(skip_mismatch,            "A skip connection's two shapes do not meet.")                         \
  X(layer_disposed,           "A layer was run after its `dispose()`.")                             \
  X(out_of_memory,            "The memory that is needed could not be had.")
// clang-format on

enum class Code {
#define CONVSCOPE_ENUMERATE(name, meaning) name,
  CONVSCOPE_ERROR_CODES(CONVSCOPE_ENUMERATE)
#undef CONVSCOPE_ENUMERATE
};

struct CodeInfo {
  std::string_view name;
  std::string_view meaning;
};

inline constexpr CodeInfo kCodes[] = {
#define CONVSCOPE_DESCRIBE(name, meaning) {#name, meaning},
    CONVSCOPE_ERROR_CODES(CONVSCOPE_DESCRIBE)
#undef CONVSCOPE_DESCRIBE
};

inline constexpr std::string_view code_name(Code code) {
  return kCodes[static_cast<std::size_t>(code)].name;
}

// Why a request is refused.
struct Error {
  Code code;
  const char* field;    // the request key at fault: "stride", "input", …
  std::string message;  // the rule, the numbers at hand, and what to do
  std::string torch;    // the text PyTorch 1.13 raises for the same arguments; empty: none known
  int axis;             // 0-based spatial axis at fault; -1: not one axis
  Wording wording{};    // of the message: what a translation is looked up by
  int line = 0;         // of a text at fault, from 1; 0: no text is
  int column = 0;
  int layer = -1;  // of a stack; -1: none is at fault
};

// An Error on its way up. Its members are out of line: they stand in some hundred places.
class Refusal {
 public:
  Refusal();
  explicit Refusal(Error error);
  Refusal(const Refusal&);
  Refusal(Refusal&&) noexcept;
  Refusal& operator=(const Refusal&);
  Refusal& operator=(Refusal&&) noexcept;
  ~Refusal();

  const Error& operator*() const { return *error_; }

 private:
  std::shared_ptr<const Error> error_;
};

// refuse(Code::stride_not_positive, "stride", {"Stride is ", 0, "."}, {"RuntimeError: …"})
Refusal refuse(Code code, const char* field, Words message, Words torch = {}, int axis = -1);

// A value, or why there is none.
template <typename T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Refusal refusal) : refusal_(std::move(refusal)) {}

  explicit operator bool() const { return value_.has_value(); }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  const Refusal& refusal() const { return refusal_; }
  const Error& error() const { return *refusal_; }

 private:
  std::optional<T> value_;
  Refusal refusal_;
};

// Of a check that gives nothing but leave to go on.
struct Passed {};
using Check = Result<Passed>;

}  // namespace convscope

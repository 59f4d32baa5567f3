// Every operation that a stack of layers may have: its name, torch.nn's class of it, and the order
// of the arguments there. One table, read by name here and by class in pasted text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convscope::stack {

struct Operation {
  enum class Kind {
    conv,
    conv_transpose,
    max_pool,
    avg_pool,
    adaptive_avg_pool,
    adaptive_max_pool,
    upsample,
    pixel_shuffle,
    pixel_unshuffle,
    pad,
    linear,
    flatten,
    unflatten,
    batch_norm,
    instance_norm,
    group_norm,
    activation,
    identity,
  };
  Kind kind;
  std::string_view name;    // "max_pool"; with axes, "2d" stands behind
  std::string_view module;  // "MaxPool", the same
  bool has_axes;
  std::string_view parameters;  // of the class, in its order, parted by blanks
};

// An operation and the number of its axes; 0: it takes any.
struct OperationName {
  const Operation* operation = nullptr;
  int spatial = 0;

  Operation::Kind kind() const { return operation->kind; }
  std::string text() const;  // "max_pool2d"
};

std::optional<OperationName> find_operation(std::string_view name);
std::optional<OperationName> find_module(std::string_view module);

}  // namespace convscope::stack

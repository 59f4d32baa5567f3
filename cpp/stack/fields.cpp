// Reads keys; see fields.hpp.
#include "fields.hpp"

#include <algorithm>
#include <cmath>

namespace convscope::stack {

const Value& LayerValue::at(std::string_view key) const {
  static const Value kMissing;
  for (const auto& [name, value] : fields) {
    if (name == key) return value;
  }
  return kMissing;
}

void LayerValue::set(std::string_view key, Value value) {
  for (auto& [name, present] : fields) {
    if (name == key) {
      present = std::move(value);
      return;
    }
  }
  fields.emplace_back(key, std::move(value));
}

Result<std::int64_t> read_number(const LayerValue& layer, const char* key, std::int64_t otherwise) {
  const Value& value = layer.at(key);
  if (value.is_missing()) return otherwise;
  return read_integer(value, key);
}

Check require(const LayerValue& layer, const char* key) {
  if (!layer.at(key).is_missing()) return Passed{};
  const std::string& op = layer.at("op").text;
  return refuse(Code::missing_argument, key, {"`", key, "` is missing, but ", op, " needs it."});
}

Result<std::int64_t> read_needed(const LayerValue& layer, const char* key) {
  if (Check there = require(layer, key); !there) return there.refusal();
  Result<std::int64_t> number = read_integer(layer.at(key), key);
  if (!number || *number >= 1) return number;
  return refuse(Code::argument_not_positive, key,
                {"`", key, "` is ", *number, ", but it must be at least 1."});
}

Result<bool> read_truth(const LayerValue& layer, const char* key, bool otherwise) {
  const Value& value = layer.at(key);
  if (value.is_missing()) return otherwise;
  if (value.kind == Value::Kind::boolean) return value.number != 0;
  return refuse(Code::wrong_type, key, {"`", key, "` must be true or false."});
}

Result<double> read_real(const LayerValue& layer, const char* key, double otherwise) {
  const Value& value = layer.at(key);
  if (value.is_missing()) return otherwise;
  if (value.kind == Value::Kind::number && std::isfinite(value.number)) return value.number;
  return refuse(Code::wrong_type, key, {"`", key, "` must be a number, such as 0.5."});
}

Result<Numbers> read_axes(const LayerValue& layer, const char* key, int axes,
                          std::int64_t otherwise, std::int64_t least) {
  Result<Numbers> numbers = read_per_axis(layer.at(key), key, axes, otherwise);
  if (!numbers) return numbers;
  if (numbers->size() == 1) numbers->resize(axes, numbers->front());
  if (numbers->size() != static_cast<std::size_t>(axes)) {
    return refuse(Code::argument_length, key,
                  {"`", key, "` is ", *numbers, ", but there are ", axes,
                   " spatial axes. Give one number, or one per axis."});
  }
  for (std::int64_t number : *numbers) {
    if (number >= least) continue;
    return refuse(Code::argument_not_positive, key,
                  {"`", key, "` is ", *numbers, ", but it must be at least ", least, "."});
  }
  return numbers;
}

Check expect_channels(const LayerValue& layer, const char* key, std::int64_t channels,
                      const std::string& torch) {
  Result<std::int64_t> told = read_number(layer, key, channels);
  if (!told) return told.refusal();
  if (*told == channels) return Passed{};
  return refuse(
      Code::channels_mismatch, key,
      {"`", key, "` is ", *told, ", but the input has ", channels, ". Use ", channels, "."},
      {torch});
}

Refusal refuse_unbatched(const std::string& op, const Shape& input, const std::string& torch) {
  return refuse(
      Code::input_rank, "op",
      {op, " needs an input with a batch axis, but its shape is ", input, ". Put a 1 in front."},
      {torch});
}

}  // namespace convscope::stack

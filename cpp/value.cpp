// Makers and the members that the compiler would else repeat.
#include "value.hpp"

namespace convscope {

Value::Value() = default;
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;

Value Value::of(bool truth) {
  Value value;
  value.kind = Kind::boolean;
  value.number = truth ? 1 : 0;
  return value;
}

Value Value::of(double number) {
  Value value;
  value.kind = Kind::number;
  value.number = number;
  return value;
}

Value Value::of(std::string text) {
  Value value;
  value.kind = Kind::text;
  value.text = std::move(text);
  return value;
}

Value Value::of(std::vector<Value> list) {
  Value value;
  value.kind = Kind::list;
  value.list = std::move(list);
  return value;
}

Value Value::other(std::string what) {
  Value value = of(std::move(what));
  value.kind = Kind::other;
  return value;
}

}  // namespace convscope

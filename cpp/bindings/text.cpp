// What a pasted text holds, as the objects of types.js.
#include <emscripten/bind.h>

#include "../text/parse.hpp"
#include "marshal.hpp"

namespace convscope {
namespace {

using convscope::to_js;  // beside those of here

val to_js(const TensorItem& tensor) {
  val gaps = val::array();
  for (const std::optional<std::int64_t>& gap : tensor.block.gaps) {
    gaps.call<void>("push", gap ? val(static_cast<double>(*gap)) : val::null());
  }
  val item = val::object();
  item.set("kind", std::string("tensor"));
  item.set("name", text_or_null(tensor.name));
  item.set("container", tensor.container);
  item.set("dtype", text_or_null(tensor.dtype));
  item.set("shape", tensor.shape ? to_js(*tensor.shape) : val::null());
  item.set("visibleShape", to_js(tensor.block.shape));
  item.set("gaps", gaps);
  item.set("data", copied("Float64Array", tensor.block.data.data(), tensor.block.data.size()));
  item.set("decimals", tensor.block.decimals);
  item.set("scientific", tensor.block.scientific);
  item.set("truncated", tensor.block.truncated);
  return item;
}

val to_js(const LayerItem& layer) {
  val arguments = val::object(), tensors = val::object(), unread = val::array();
  for (const auto& [key, value] : layer.arguments) arguments.set(key, to_js(value));
  for (const auto& [operand, expression] : layer.tensors) tensors.set(operand, expression);
  for (const std::string& key : layer.unread) unread.call<void>("push", key);
  val item = val::object();
  item.set("kind", std::string("layer"));
  item.set("framework", layer.framework);
  item.set("op", layer.op);
  item.set("name", text_or_null(layer.name));
  item.set("arguments", arguments);
  item.set("unread", unread);
  if (!layer.tensors.empty()) item.set("tensors", tensors);
  return item;
}

val to_js(const ShapeItem& shape) {
  val item = val::object();
  item.set("kind", std::string("shape"));
  item.set("name", text_or_null(shape.name));
  item.set("shape", to_js(shape.shape));
  return item;
}

val to_js(const ErrorItem& error) {
  val lists = val::array();
  for (const Shape& list : error.lists) lists.call<void>("push", to_js(list));
  val item = val::object();
  item.set("kind", std::string("error"));
  item.set("type", error.type);
  item.set("text", error.text);
  item.set("numbers", to_js(error.numbers));
  item.set("lists", lists);
  return item;
}

val parse_text(const val& text) {
  return answer([&]() -> Result<val> {
    if (!text.isString()) return refuse(Code::wrong_type, "text", {"The text must be a string."});
    Result<std::vector<Item>> found = parse(text.as<std::string>());
    if (!found) return found.refusal();
    val items = val::array();
    for (const Item& item : *found) {
      switch (item.kind) {
        case Item::Kind::tensor:
          items.call<void>("push", to_js(item.tensor));
          break;
        case Item::Kind::layer:
          items.call<void>("push", to_js(item.layer));
          break;
        case Item::Kind::shape:
          items.call<void>("push", to_js(item.shape));
          break;
        case Item::Kind::error:
          items.call<void>("push", to_js(item.error));
          break;
      }
    }
    val result = val::object();
    result.set("items", items);
    return result;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(convscope_text) { emscripten::function("parse", &parse_text); }

}  // namespace convscope

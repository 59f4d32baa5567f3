// What a pasted text holds, as the objects of types.js.
#include <emscripten/bind.h>

#include "../text/parse.hpp"
#include "marshal.hpp"

namespace convscope {
namespace {

using convscope::to_js;  // beside those of here

val to_js(const TensorItem& tensor, const std::string& layer_name) {
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
  item.set("isConvolved", tensor.is_convolved);
  item.set("role", text_or_null(tensor.role));
  item.set("layer", text_or_null(layer_name));
  return item;
}

val to_js(const LayerItem& layer) {
  val arguments = val::object(), tensors = val::object(), operands = val::object();
  val unread = val::array();
  for (const auto& [key, value] : layer.arguments) arguments.set(key, to_js(value));
  for (const auto& [operand, expression] : layer.tensors) tensors.set(operand, expression);
  for (const auto& [role, at] : layer.operands)
    operands.set(role, number(static_cast<std::int64_t>(at)));
  for (const std::string& key : layer.unread) unread.call<void>("push", key);
  val item = val::object();
  item.set("kind", std::string("layer"));
  item.set("framework", layer.framework);
  item.set("op", layer.op);
  item.set("name", text_or_null(layer.name));
  item.set("arguments", arguments);
  item.set("unread", unread);
  item.set("operands", operands);
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

std::string layer_of(const std::vector<Item>& items, const TensorItem& tensor) {
  return tensor.layer ? items[*tensor.layer].layer.name : std::string();
}

// UTF-8, by the host's own encoder: several times as fast as embind's loop over the characters.
std::string to_utf8(const val& text) {
  const val bytes = val::global("TextEncoder").new_().call<val>("encode", text);
  std::string result(bytes["length"].as<std::size_t>(), '\0');
  val(emscripten::typed_memory_view(result.size(), reinterpret_cast<unsigned char*>(result.data())))
      .call<void>("set", bytes);
  return result;
}

val parse_text(const val& text, const val& options) {
  return answer([&]() -> Result<val> {
    if (!text.isString()) return refuse(Code::wrong_type, "text", {"The text must be a string."});
    ParseOptions parse_options;
    if (!is_missing(options) && !is_missing(options["decimalComma"])) {
      Result<bool> comma = read_switch(options["decimalComma"], "decimalComma", false);
      if (!comma) return comma.refusal();
      parse_options.decimal_comma = *comma;
    }
    Result<std::vector<Item>> found = parse(to_utf8(text), parse_options);
    if (!found) return found.refusal();
    val items = val::array();
    for (const Item& item : *found) {
      switch (item.kind) {
        case Item::Kind::tensor:
          items.call<void>("push", to_js(item.tensor, layer_of(*found, item.tensor)));
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

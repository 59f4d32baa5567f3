// Reads layers; see stack.hpp.
#include "stack.hpp"

namespace convscope::stack {

Check require_object(const val& value, const char* field) {
  if (!is_missing(value) && value.typeOf().as<std::string>() == "object") return Passed{};
  return refuse(Code::wrong_type, field,
                {"`", field, "` must be an object, or a list of objects."});
}

namespace {

Result<std::vector<SkipValue>> to_skips(const val& skip) {
  std::vector<SkipValue> skips;
  if (is_missing(skip)) return skips;
  const bool is_list = skip.isArray();
  const unsigned count = is_list ? skip["length"].as<unsigned>() : 1;
  for (unsigned at = 0; at < count && at <= kMaxLayers; ++at) {
    const val one = is_list ? skip[at] : skip;
    if (Check object = require_object(one, "skip"); !object) return object.refusal();
    skips.push_back({to_value(one["from"]), to_value(one["merge"])});
  }
  return skips;
}

Result<LayerValue> to_layer(const val& value) {
  if (Check object = require_object(value, "layers"); !object) return object.refusal();
  LayerValue layer;
  const val keys = val::global("Object").call<val>("keys", value);
  const unsigned count = keys["length"].as<unsigned>();
  for (unsigned at = 0; at < count; ++at) {
    const std::string key = keys[at].as<std::string>();
    if (key != "skip") layer.fields.emplace_back(key, to_value(value[key]));
  }
  Result<std::vector<SkipValue>> skips = to_skips(value["skip"]);
  if (!skips) return skips.refusal();
  layer.skips = std::move(*skips);
  return layer;
}

}  // namespace

Result<std::vector<LayerValue>> to_layers(const val& list) {
  if (!list.isArray()) {
    return refuse(Code::wrong_type, "layers", {"`layers` must be a list of layers."});
  }
  std::vector<LayerValue> layers;
  const unsigned count = list["length"].as<unsigned>();
  for (unsigned at = 0; at < count && at <= kMaxLayers; ++at) {
    Result<LayerValue> layer = to_layer(list[at]);
    if (!layer) return layer.refusal();
    layers.push_back(std::move(*layer));
  }
  return layers;
}

Result<Shape> to_shape(const val& value, const char* field) {
  const Value list = to_value(value);
  if (list.kind != Value::Kind::list) {
    return refuse(Code::wrong_type, field, {"`", field, "` must be a list of whole numbers."});
  }
  return read_per_axis(list, field, 1, 0);
}

Result<Stack> to_stack(const val& layers, const val& shape) {
  Result<std::vector<LayerValue>> read = to_layers(layers);
  if (!read) return read.refusal();
  Result<Shape> input = to_shape(shape, "inputShape");
  if (!input) return input.refusal();
  return infer_stack(*read, *input);
}

val to_js(const LayerValue& layer) {
  val object = val::object();
  for (const auto& [key, value] : layer.fields) object.set(key, convscope::to_js(value));
  return object;
}

val to_js(const Repairs& repairs, const std::vector<LayerValue>& layers) {
  val list = val::array();
  for (const Repair& repair : repairs.listed) {
    val changes = val::object();
    if (repair.key == "merge") {  // of the layer's only skip
      val skip = val::object();
      skip.set("from", convscope::to_js(layers[repair.layer].skips[0].from));
      skip.set("merge", repair.value.text);
      changes.set("skip", skip);
    } else {
      changes.set(repair.key, convscope::to_js(repair.value));
    }
    val item = val::object();
    item.set("layer", static_cast<double>(repair.layer));
    item.set("changes", changes);
    item.set("outputShape", convscope::to_js(repair.output));
    list.call<void>("push", item);
  }
  return list;
}

}  // namespace convscope::stack

// Reads layers; see layers.hpp.
#include "layers.hpp"

#include <span>

#include "calls.hpp"

namespace convscope {
namespace {

// A parameter of a layer's signature, and the request's key for it; empty: read, but not kept.
struct Parameter {
  std::string_view name, key;
};

constexpr Parameter kConv[] = {{"in_channels", "inChannels"},  {"out_channels", "outChannels"},
                               {"kernel_size", "kernelSize"},  {"stride", "stride"},
                               {"padding", "padding"},         {"dilation", "dilation"},
                               {"groups", "groups"},           {"bias", "bias"},
                               {"padding_mode", "paddingMode"}};
constexpr Parameter kConvTransposed[] = {
    {"in_channels", "inChannels"}, {"out_channels", "outChannels"},
    {"kernel_size", "kernelSize"}, {"stride", "stride"},
    {"padding", "padding"},        {"output_padding", "outputPadding"},
    {"groups", "groups"},          {"bias", "bias"},
    {"dilation", "dilation"},      {"padding_mode", "paddingMode"}};
constexpr Parameter kFunction[] = {
    {"input", "input"},     {"weight", "weight"},     {"bias", "bias"},    {"stride", "stride"},
    {"padding", "padding"}, {"dilation", "dilation"}, {"groups", "groups"}};
constexpr Parameter kFunctionTransposed[] = {
    {"input", "input"},   {"weight", "weight"},    {"bias", "bias"},
    {"stride", "stride"}, {"padding", "padding"},  {"output_padding", "outputPadding"},
    {"groups", "groups"}, {"dilation", "dilation"}};
constexpr Parameter kKeras[] = {{"filters", "outChannels"}, {"kernel_size", "kernelSize"},
                                {"strides", "stride"},      {"padding", "padding"},
                                {"data_format", ""},        {"dilation_rate", "dilation"},
                                {"groups", "groups"},       {"activation", ""},
                                {"use_bias", "bias"}};
constexpr Parameter kKerasTransposed[] = {{"filters", "outChannels"},
                                          {"kernel_size", "kernelSize"},
                                          {"strides", "stride"},
                                          {"padding", "padding"},
                                          {"output_padding", "outputPadding"},
                                          {"data_format", ""},
                                          {"dilation_rate", "dilation"},
                                          {"activation", ""},
                                          {"use_bias", "bias"}};

std::span<const Parameter> signature(const LayerName& name) {
  using Span = std::span<const Parameter>;
  using Kind = LayerName::Kind;
  if (name.kind == Kind::torch) return name.transposed ? Span(kConvTransposed) : Span(kConv);
  if (name.kind == Kind::keras) return name.transposed ? Span(kKerasTransposed) : Span(kKeras);
  return name.transposed ? Span(kFunctionTransposed) : Span(kFunction);
}

bool take(std::string_view& word, std::string_view start) {
  if (word.substr(0, start.size()) != start) return false;
  word.remove_prefix(start.size());
  return true;
}

bool is_mode(std::string_view text) {
  for (std::string_view mode : {"same", "valid", "zeros", "reflect", "replicate", "circular"}) {
    if (text == mode) return true;
  }
  return false;
}

bool is_operand(std::string_view key) { return key == "input" || key == "weight"; }

}  // namespace

std::optional<LayerName> find_layer(std::string_view word) {
  const std::size_t dot = word.rfind('.');
  const std::string_view module = dot == std::string_view::npos ? "" : word.substr(0, dot);
  if (dot != std::string_view::npos) word.remove_prefix(dot + 1);
  using Kind = LayerName::Kind;
  LayerName name{Kind::torch, false, 0};
  if (take(word, "conv_transpose")) {
    name.kind = Kind::function;
    name.transposed = true;
  } else if (take(word, "ConvTranspose")) {
    name.transposed = true;
  } else if (take(word, "conv")) {
    name.kind = Kind::function;
  } else if (!take(word, "Convolution") && !take(word, "Conv")) {
    return std::nullopt;
  }
  if (word.size() < 2 || word[0] < '1' || word[0] > '3') return std::nullopt;
  name.spatial = word[0] - '0';
  word.remove_prefix(1);
  if (word == "D" || word == "DTranspose") {
    if (name.transposed || name.kind == Kind::function) return std::nullopt;
    name.kind = Kind::keras;
    name.transposed = word != "D";
    return name;
  }
  // TensorFlow's and JAX's functions take other arguments
  const bool is_foreign = module.substr(0, 3) == "tf." || module.substr(0, 3) == "jax" ||
                          module == "lax" || module == "tf";
  if (word != "d" || is_foreign) return std::nullopt;
  return name;
}

Result<LayerItem> read_layer(Cursor& cursor, const LayerName& name) {
  Result<std::vector<Argument>> arguments = read_arguments(cursor, ')');
  if (!arguments) return arguments.refusal();
  LayerItem item;
  item.framework = name.kind == LayerName::Kind::keras ? "keras" : "torch";
  item.op = say(name.transposed ? "conv_transpose" : "conv", name.spatial, "d");
  const std::span<const Parameter> parameters = signature(name);
  const bool is_function = name.kind == LayerName::Kind::function;
  bool has_bias = false;
  std::size_t position = 0;
  for (const Argument& argument : *arguments) {
    const Parameter* found = nullptr;
    if (!argument.name.empty()) {
      for (const Parameter& parameter : parameters) {
        if (parameter.name == argument.name) found = &parameter;
      }
      if (!found) continue;  // device, dtype, name, kernel_initializer …
    } else if (position < parameters.size()) {
      found = &parameters[position++];
    } else {
      return expected({cursor.text, argument.at},
                      "at most as many arguments as the layer has, and \")\"");
    }
    if (found->key.empty()) continue;
    if (is_function && (is_operand(found->key) || found->key == "bias")) {
      if (argument.text == "None") continue;
      has_bias = has_bias || found->key == "bias";
      item.tensors.emplace_back(found->key, argument.text);
    } else if (is_mode(argument.text)) {  // prints leave the quotes out
      item.arguments.emplace_back(found->key, Value::of(std::string(argument.text)));
    } else if (argument.value.is_missing()) {
      if (argument.text != "None") item.unread.emplace_back(found->key);
    } else {
      item.arguments.emplace_back(found->key, argument.value);
    }
  }
  if (is_function) item.arguments.emplace_back("bias", Value::of(has_bias));
  return std::move(item);
}

}  // namespace convscope

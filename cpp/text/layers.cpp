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

constexpr Parameter kTf[] = {
    {"input", "input"},  {"filters", "weight"},     {"strides", "stride"}, {"padding", "padding"},
    {"data_format", ""}, {"dilations", "dilation"}, {"stride", "stride"}};
constexpr Parameter kTfTransposed[] = {
    {"input", "input"},       {"filters", "weight"},  {"output_shape", "outputSize"},
    {"strides", "stride"},    {"padding", "padding"}, {"data_format", ""},
    {"dilations", "dilation"}};
constexpr Parameter kJax[] = {{"lhs", "input"},
                              {"rhs", "weight"},
                              {"window_strides", "stride"},
                              {"padding", "padding"},
                              {"lhs_dilation", "inputDilation"},
                              {"rhs_dilation", "dilation"},
                              {"dimension_numbers", ""},
                              {"feature_group_count", "groups"}};
constexpr Parameter kJaxTransposed[] = {{"lhs", "input"},
                                        {"rhs", "weight"},
                                        {"strides", "stride"},
                                        {"padding", "padding"},
                                        {"rhs_dilation", "dilation"},
                                        {"dimension_numbers", ""},
                                        {"transpose_kernel", ""}};

std::span<const Parameter> signature(const LayerName& name) {
  using Span = std::span<const Parameter>;
  using Kind = LayerName::Kind;
  if (name.kind == Kind::torch) return name.transposed ? Span(kConvTransposed) : Span(kConv);
  if (name.kind == Kind::tf) return name.transposed ? Span(kTfTransposed) : Span(kTf);
  if (name.kind == Kind::jax) return name.transposed ? Span(kJaxTransposed) : Span(kJax);
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

// TensorFlow and JAX write 'SAME' and 'VALID'.
std::string_view mode_of(std::string_view text) {
  if (text.size() > 2 && (text[0] == '\'' || text[0] == '"')) {
    text = text.substr(1, text.size() - 2);
  }
  if (text == "SAME") return "same";
  if (text == "VALID") return "valid";
  return is_mode(text) ? text : std::string_view();
}

// Of [1, 2, 2, 1], one entry per axis of the tensor, those of the spatial axes. In NCHW they come
// last, else between the batch and the channels.
void keep_spatial(Value& value, int spatial, bool channels_first) {
  const auto size = static_cast<std::size_t>(spatial);
  if (value.kind != Value::Kind::list || value.list.size() != size + 2) return;
  const auto begin = value.list.begin() + (channels_first ? 2 : 1);
  value.list = std::vector<Value>(begin, begin + spatial);
}

// How many axes a call of JAX is about: its strides tell, or "NCHW".
int spatial_of(const std::vector<Argument>& arguments) {
  for (const Argument& argument : arguments) {
    const bool is_strides = argument.name.empty()
                                ? &argument == &arguments[2 % arguments.size()]
                                : argument.name.find("strides") != std::string_view::npos;
    std::size_t found = 0;
    if (is_strides && argument.value.kind == Value::Kind::list) found = argument.value.list.size();
    if (argument.name == "dimension_numbers" && argument.value.kind == Value::Kind::list &&
        !argument.value.list.empty() && argument.value.list[0].kind == Value::Kind::text) {
      found = argument.value.list[0].text.size() - 2;
    }
    if (found >= 1 && found <= 3) return static_cast<int>(found);
  }
  return 0;
}

}  // namespace

std::optional<LayerName> find_layer(std::string_view word) {
  const std::size_t dot = word.rfind('.');
  const std::string_view module = dot == std::string_view::npos ? "" : word.substr(0, dot);
  if (dot != std::string_view::npos) word.remove_prefix(dot + 1);
  using Kind = LayerName::Kind;
  const bool is_tf = module == "tf" || module.substr(0, 3) == "tf.";
  const bool is_jax = module == "lax" || module.substr(0, 3) == "jax";
  LayerName name{Kind::torch, false, 0};
  if (is_jax) {
    name.kind = Kind::jax;
    name.transposed = word == "conv_transpose";
    if (name.transposed || word == "conv" || word == "conv_general_dilated" ||
        word == "conv_with_general_padding") {
      return name;
    }
    return std::nullopt;
  }
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
  if (is_tf || word == "d_transpose") {
    if (name.kind != Kind::function || name.transposed) return std::nullopt;
    name.kind = Kind::tf;
    name.transposed = word == "d_transpose";
    return word == "d" || name.transposed ? std::optional(name) : std::nullopt;
  }
  return word == "d" ? std::optional(name) : std::nullopt;
}

Result<std::optional<LayerItem>> read_layer(Cursor& cursor, const LayerName& name) {
  using Kind = LayerName::Kind;
  Result<std::vector<Argument>> arguments = read_arguments(cursor, ')');
  if (!arguments) return arguments.refusal();
  LayerItem item;
  item.framework = name.kind == Kind::keras ? "keras"
                   : name.kind == Kind::tf  ? "tf"
                   : name.kind == Kind::jax ? "jax"
                                            : "torch";
  const int spatial = name.spatial != 0 ? name.spatial : spatial_of(*arguments);
  if (spatial == 0) return std::optional<LayerItem>();
  item.op = say(name.transposed ? "conv_transpose" : "conv", spatial, "d");
  const std::span<const Parameter> parameters = signature(name);
  bool has_bias = false, channels_first = false;
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
    channels_first = channels_first || (found->name == "data_format" && argument.text.size() > 2 &&
                                        argument.text.substr(1, 2) == "NC");
    if (found->key.empty()) continue;
    if (name.is_function() && (is_operand(found->key) || found->key == "bias")) {
      if (argument.text == "None") continue;
      has_bias = has_bias || found->key == "bias";
      item.tensors.emplace_back(found->key, argument.text);
    } else if (const std::string_view mode = mode_of(argument.text); !mode.empty()) {
      item.arguments.emplace_back(found->key, Value::of(std::string(mode)));
    } else if (argument.value.is_missing()) {
      if (argument.text != "None") item.unread.emplace_back(found->key);
    } else {
      item.arguments.emplace_back(found->key, argument.value);
    }
  }
  if (name.kind == Kind::tf) {
    for (auto& [key, value] : item.arguments) keep_spatial(value, spatial, channels_first);
  }
  if (name.is_function()) item.arguments.emplace_back("bias", Value::of(has_bias));
  return std::optional(std::move(item));
}

}  // namespace convscope

// The table of operations; see catalogue.hpp.
#include "catalogue.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

// Classes that are an operation under another name stand behind it: the first row names it.
constexpr Operation kOperations[] = {
    {Kind::conv, "conv", "Conv", true,
     "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode"},
    {Kind::conv_transpose, "conv_transpose", "ConvTranspose", true,
     "in_channels out_channels kernel_size stride padding output_padding groups bias dilation "
     "padding_mode"},
    {Kind::max_pool, "max_pool", "MaxPool", true,
     "kernel_size stride padding dilation return_indices ceil_mode"},
    {Kind::avg_pool, "avg_pool", "AvgPool", true,
     "kernel_size stride padding ceil_mode count_include_pad divisor_override"},
    {Kind::adaptive_avg_pool, "adaptive_avg_pool", "AdaptiveAvgPool", true, "output_size"},
    {Kind::adaptive_max_pool, "adaptive_max_pool", "AdaptiveMaxPool", true,
     "output_size return_indices"},
    {Kind::upsample, "upsample", "Upsample", false, "size scale_factor mode align_corners"},
    {Kind::upsample, "", "UpsamplingNearest", true, "size scale_factor"},
    {Kind::upsample, "", "UpsamplingBilinear", true, "size scale_factor"},
    {Kind::pixel_shuffle, "pixel_shuffle", "PixelShuffle", false, "upscale_factor"},
    {Kind::pixel_unshuffle, "pixel_unshuffle", "PixelUnshuffle", false, "downscale_factor"},
    {Kind::pad, "pad", "ZeroPad", true, "padding"},
    {Kind::pad, "", "ConstantPad", true, "padding value"},
    {Kind::pad, "", "ReflectionPad", true, "padding"},
    {Kind::pad, "", "ReplicationPad", true, "padding"},
    {Kind::pad, "", "CircularPad", true, "padding"},
    {Kind::linear, "linear", "Linear", false, "in_features out_features bias"},
    {Kind::flatten, "flatten", "Flatten", false, "start_dim end_dim"},
    {Kind::unflatten, "unflatten", "Unflatten", false, "dim size"},
    {Kind::batch_norm, "batch_norm", "BatchNorm", true,
     "num_features eps momentum affine track_running_stats"},
    {Kind::instance_norm, "instance_norm", "InstanceNorm", true,
     "num_features eps momentum affine track_running_stats"},
    {Kind::group_norm, "group_norm", "GroupNorm", false, "num_groups num_channels eps affine"},
    {Kind::activation, "relu", "ReLU", false, "inplace"},
    {Kind::activation, "relu6", "ReLU6", false, "inplace"},
    {Kind::activation, "leaky_relu", "LeakyReLU", false, "negative_slope inplace"},
    {Kind::activation, "elu", "ELU", false, "alpha inplace"},
    {Kind::activation, "selu", "SELU", false, "inplace"},
    {Kind::activation, "gelu", "GELU", false, "approximate"},
    {Kind::activation, "silu", "SiLU", false, "inplace"},
    {Kind::activation, "mish", "Mish", false, "inplace"},
    {Kind::activation, "hardswish", "Hardswish", false, "inplace"},
    {Kind::activation, "hardsigmoid", "Hardsigmoid", false, "inplace"},
    {Kind::activation, "hardtanh", "Hardtanh", false, "min_val max_val inplace"},
    {Kind::activation, "sigmoid", "Sigmoid", false, ""},
    {Kind::activation, "tanh", "Tanh", false, ""},
    {Kind::activation, "softplus", "Softplus", false, "beta threshold"},
    {Kind::activation, "softmax", "Softmax", false, "dim"},
    {Kind::activation, "log_softmax", "LogSoftmax", false, "dim"},
    {Kind::activation, "prelu", "PReLU", false, "num_parameters init"},
    {Kind::identity, "dropout", "Dropout", false, "p inplace"},
    {Kind::identity, "", "Dropout", true, "p inplace"},
    {Kind::identity, "", "AlphaDropout", false, "p inplace"},
    {Kind::identity, "", "FeatureAlphaDropout", false, "p inplace"},
    {Kind::identity, "identity", "Identity", false, ""},
};

// "max_pool2d" is "max_pool" and two axes; a table's word that ends otherwise has none.
std::optional<OperationName> find(std::string_view word, std::string_view Operation::*column) {
  int spatial = 0;
  std::string_view stem = word;
  if (word.size() > 2 && word.back() == 'd' && word[word.size() - 2] >= '1' &&
      word[word.size() - 2] <= '3') {
    spatial = word[word.size() - 2] - '0';
    stem.remove_suffix(2);
  }
  for (const Operation& operation : kOperations) {
    if (operation.*column == (operation.has_axes ? stem : word) && !word.empty() &&
        operation.has_axes == (spatial > 0)) {
      return OperationName{&operation, spatial};
    }
  }
  return std::nullopt;
}

}  // namespace

std::string OperationName::text() const {
  std::string_view name = operation->name;
  bool has_axes = operation->has_axes;
  for (const Operation* other = operation; name.empty();) {
    --other;
    name = other->name;
    has_axes = other->has_axes;
  }
  std::string text(name);
  if (has_axes) text += std::to_string(spatial) + "d";
  return text;
}

std::optional<OperationName> find_operation(std::string_view name) {
  return find(name, &Operation::name);
}

std::optional<OperationName> find_module(std::string_view module) {
  return find(module, &Operation::module);
}

}  // namespace convscope::stack

// JavaScript's layers, shapes and lists of numbers to those of cpp/stack: what its bindings share.
#pragma once

#include "../stack/repair.hpp"
#include "../stack/stack.hpp"
#include "marshal.hpp"

namespace convscope::stack {

Check require_object(const val& value, const char* field);
Result<std::vector<LayerValue>> to_layers(const val& list);
Result<Shape> to_shape(const val& value, const char* field);
Result<Stack> to_stack(const val& layers, const val& shape);

val to_js(const LayerValue& layer);
val to_js(const Repairs& repairs, const std::vector<LayerValue>& layers);

}  // namespace convscope::stack

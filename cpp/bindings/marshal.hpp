// JavaScript values to what the engine takes, and its results to JavaScript: what all bindings
// share. Whatever comes out is a copy that JavaScript owns, so that no view of this module's memory
// is ever seen outside. This folder is the only one that knows Emscripten.
#pragma once

#include <emscripten/val.h>

#include <new>

#include "../geometry.hpp"
#include "../limits.hpp"
#include "../reference.hpp"
#include "../request.hpp"
#include "../say.hpp"

namespace convscope {

using emscripten::val;

// ---- in ----------------------------------------------------------------------------------------

bool is_missing(const val& value);  // undefined or null

// Numbers, texts, truths and lists of them; what else it is, by name.
Value to_value(const val& value, int depth = 0);

// All of a tensor but its numbers.
TensorValue to_tensor_value(const val& tensor);

// Its values as they are, before anything is checked.
Result<RequestValue> to_request_value(const val& request);
Result<Request> to_request(const val& request);
Result<Geometry> to_geometry(const val& request);

// Refuses a tensor without numbers.
Check require_data(const val& tensor, const char* field);

Tensor<double> to_tensor(const val& data, const Sizes& sizes);

// Copies the numbers in, always as doubles: float32 fits exactly, and results are rounded once on
// their way out. The geometry has compared all sizes already. The weight is turned if asked for.
Result<Operands<double>> to_operands(const val& request, const Geometry& geometry);

// Whether a switch is on; `otherwise` where it is missing.
Result<bool> read_switch(const val& value, const char* field, bool otherwise);

// ---- out ---------------------------------------------------------------------------------------

// A new typed array of the class named.
template <typename Number>
val copied(const char* type, const Number* data, std::size_t size) {
  return val::global(type).new_(val(emscripten::typed_memory_view(size, data)));
}

inline val number(std::int64_t value) { return val(static_cast<double>(value)); }
val text_or_null(const std::string& text);

val to_js(const Tensor<double>& tensor, DType dtype);  // a Float32Array rounds to nearest
val to_js(const std::vector<std::int32_t>& indices);
val to_js(const Shape& shape);
val to_js(const Shape& shape, const Tensor<double>& tensor, DType dtype);
val to_js(const Geometry& geometry);
val to_js(const Error& error);
val to_js(const Value& value);  // a missing one is null

// Runs `compute`, which gives a Result<val>, and wraps what comes of it: { value } or { error },
// which web/engine throws. Out of memory is an answer like any other: everything taken so far is
// released on the way here.
template <typename Compute>
val answer(Compute compute) {
  val reply = val::object();
  try {
    Result<val> result = compute();
    if (result) {
      reply.set("value", *result);
    } else {
      reply.set("error", to_js(result.error()));
    }
  } catch (const std::bad_alloc&) {
    reply.set("error", to_js(*refuse(Code::out_of_memory, "input",
                                     {"There is not enough memory for this request. Use a smaller "
                                      "input or kernel."})));
  }
  return reply;
}

}  // namespace convscope

// Layers for speed: made once, run many times. JavaScript writes an input into the arena, calls
// convscope_run_layer with the layer's number, and copies the output from there: nothing else
// crosses on the way, since for a small layer the call is all that costs time.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <algorithm>
#include <map>
#include <memory>

#include "../fast/ceiling.hpp"
#include "../fast/layer.hpp"
#include "../turn.hpp"
#include "marshal.hpp"

namespace convscope {
namespace {

// One for all layers: the input, the output and the kernel's own needs, one behind the other. Grows
// to the largest need; every place in it is given as an offset. It begins with a line of the cache:
// else some layers would take a twentieth longer than others, by chance.
constexpr fast::Index kLineFloats = 16;
struct Line {
  alignas(64) float numbers[kLineFloats];
};
std::vector<Line> arena;

float* floats() { return arena.empty() ? nullptr : arena.front().numbers; }

// The numbers of a tensor, as they came.
struct Held {
  std::vector<float> single;
  std::vector<double> wide;

  void keep(const val& data, bool is_single, std::size_t length) {
    if (is_single) {
      single.resize(length);
      val(emscripten::typed_memory_view(length, single.data())).call<void>("set", data);
    } else {
      wide.resize(length);
      val(emscripten::typed_memory_view(length, wide.data())).call<void>("set", data);
    }
  }

  template <typename T>
  Tensor<T> tensor(const Sizes& sizes) const {
    Tensor<T> result = Tensor<T>::from_shape(sizes);
    if (wide.empty()) {
      std::copy(single.begin(), single.end(), result.data());
    } else {
      std::transform(wide.begin(), wide.end(), result.data(),
                     [](double number) { return static_cast<T>(number); });
    }
    return result;
  }
};

struct Made {
  RequestValue request;
  Held weight, bias;
  std::unique_ptr<fast::Layer> layer;     // for the input's shape that came last
  fast::Index output = 0, workspace = 0;  // offsets in the arena
};

std::map<int, Made> layers;
int last_number = 0;

// All that can be known to be wrong before there is an input: an input that is large enough for
// everything else is tried.
Check check_without_input(RequestValue value) {
  const auto number = [](std::int64_t size) { return Value::of(static_cast<double>(size)); };
  const int axes = value.op.kind == Value::Kind::text && value.op.text.size() >= 2
                       ? value.op.text[value.op.text.size() - 2] - '0'
                       : 0;
  value.input = TensorValue{.present = true};
  std::vector<Value> shape(static_cast<std::size_t>(std::clamp(axes, 1, 3)) + 2, number(1));
  value.input.shape = Value::of(shape);
  value.input.dtype = value.weight.dtype;
  Result<Request> read = read_request(value);
  if (!read) return read.refusal();
  Request& request = *read;
  if (request.output_size) return Passed{};  // may be right for some input
  if (request.weight && request.weight->size() == shape.size()) {
    const Shape& weight = *request.weight;
    request.input[1] =
        request.op.transposed ? weight[0] : weight[1] * std::max<std::int64_t>(request.groups, 1);
    for (std::size_t at = 2; at < shape.size(); ++at) {
      std::int64_t size = 1 + weight[at];
      for (const std::vector<std::int64_t>* list :
           {&request.dilation, &request.padding.begin, &request.padding.end}) {
        for (const std::int64_t entry : *list) {
          size += std::abs(entry) * std::max<std::int64_t>(weight[at], 1);
        }
      }
      request.input[at] = std::min(size, kMaxArgument);
    }
  }
  Result<Geometry> geometry = infer_geometry(request);
  if (geometry) return Passed{};
  const Error& error = geometry.error();
  const bool about_input = std::string_view(error.field) == "input" ||
                           error.code == Code::limit_elements ||
                           error.code == Code::limit_operations;
  if (about_input) return Passed{};
  return geometry.refusal();
}

val make_layer(const val& request) {
  return answer([&]() -> Result<val> {
    Result<RequestValue> value = to_request_value(request);
    if (!value) return value.refusal();
    Check checked = check_without_input(*value);
    if (!checked) return checked.refusal();
    Made made;
    made.request = *value;
    for (auto [field, tensor, held] : {std::tuple{"weight", &value->weight, &made.weight},
                                       std::tuple{"bias", &value->bias, &made.bias}}) {
      if (field[0] == 'b' && !tensor->present) continue;
      Check there = require_data(request[field], field);
      if (!there) return there.refusal();
      held->keep(request[field]["data"], tensor->dtype.text == "float32",
                 static_cast<std::size_t>(tensor->length));
    }
    layers.emplace(++last_number, std::move(made));
    return val(last_number);
  });
}

Result<Made*> find_layer(int number) {
  const auto found = layers.find(number);
  if (found != layers.end()) return &found->second;
  return refuse(Code::layer_disposed, "layer",
                {"The layer was disposed of. Make another one with engine.layer(request)."});
}

// Of the layer on this input, with all checks.
Result<Geometry> geometry_of(const Made& made, const val& input) {
  RequestValue value = made.request;
  value.input = to_tensor_value(input);
  Result<Request> request = read_request(value);
  if (!request) return request.refusal();
  Result<Geometry> geometry = infer_geometry(*request);
  if (!geometry) return geometry.refusal();
  Check there = require_data(input, "input");
  if (!there) return there.refusal();
  return geometry;
}

val by_reference(const Made& made, const Geometry& geometry, const val& input) {
  Operands<double> operands{to_tensor(input["data"], geometry.input_sizes()),
                            made.weight.tensor<double>(geometry.weight_sizes()),
                            {}};
  turn_kernel(geometry, operands.weight);
  if (geometry.has_bias()) {
    operands.bias =
        made.bias.tensor<double>({1, static_cast<std::size_t>(geometry.biases), 1, 1, 1});
  }
  return to_js(geometry.output_shape, run(geometry, operands), geometry.dtype);
}

// Gets ready for inputs of this shape: { shape, input, output }, the lengths and where the output
// will stand in the arena. Where the fast kernels would not be exact, gives { result } at once.
val plan_layer(int number, const val& input) {
  return answer([&]() -> Result<val> {
    Result<Made*> found = find_layer(number);
    if (!found) return found.refusal();
    Made& made = **found;
    Result<Geometry> geometry = geometry_of(made, input);
    if (!geometry) return geometry.refusal();

    val plan = val::object();
    Tensor<float> weight = made.weight.tensor<float>(geometry->weight_sizes());
    turn_kernel(*geometry, weight);
    const std::span<const float> bias = made.bias.single;
    made.layer.reset();
    if (!fast::Layer::takes(*geometry, {weight.data(), weight.size()}, bias)) {
      plan.set("result", by_reference(made, *geometry, input));
      return plan;
    }
    made.layer = std::make_unique<fast::Layer>(
        *geometry, std::span<const float>(weight.data(), weight.size()), bias);
    const auto round_up = [](fast::Index floats) {
      return (floats + fast::Layer::kSlack + kLineFloats - 1) / kLineFloats * kLineFloats;
    };
    const fast::Index length = input["data"]["length"].as<int>();
    const fast::Index outputs = static_cast<fast::Index>(element_count(geometry->output_shape));
    made.output = round_up(length);
    made.workspace = made.output + round_up(outputs);
    const std::size_t lines =
        static_cast<std::size_t>(made.workspace + made.layer->workspace() + kLineFloats - 1) /
        kLineFloats;
    if (arena.size() < lines) {
      std::vector<Line> larger(lines);  // first, so that other layers go on if there is no memory
      arena.swap(larger);
    }
    plan.set("shape", to_js(geometry->output_shape));
    plan.set("length", static_cast<double>(length));
    plan.set("begin", static_cast<double>(made.output));
    plan.set("end", static_cast<double>(made.output + outputs));
    return plan;
  });
}

// For numbers that convscope_run_layer declines.
val run_layer_by_reference(int number, const val& input) {
  return answer([&]() -> Result<val> {
    Result<Made*> found = find_layer(number);
    if (!found) return found.refusal();
    Result<Geometry> geometry = geometry_of(**found, input);
    if (!geometry) return geometry.refusal();
    return by_reference(**found, *geometry, input);
  });
}

void dispose_layer(int number) {
  layers.erase(number);
  if (layers.empty()) arena = {};
}

val view_of_arena() {
  return val(emscripten::typed_memory_view(arena.size() * kLineFloats, floats()));
}

}  // namespace

// Of a layer that plan_layer has got ready, on the input that stands in the arena.
// False: the reference must (run_layer_by_reference).
extern "C" EMSCRIPTEN_KEEPALIVE bool convscope_run_layer(int number) {
  const Made& made = layers.find(number)->second;
  return made.layer->run(floats(), floats() + made.output, floats() + made.workspace);
}

// For the benchmark.
extern "C" EMSCRIPTEN_KEEPALIVE float convscope_multiply_add_only(int times, float a, float b) {
  return fast::multiply_add_only(times, a, b);
}

EMSCRIPTEN_BINDINGS(convscope_layer) {
  emscripten::function("makeLayer", &make_layer);
  emscripten::function("planLayer", &plan_layer);
  emscripten::function("runLayerByReference", &run_layer_by_reference);
  emscripten::function("disposeLayer", &dispose_layer);
  emscripten::function("arena", &view_of_arena);
}

}  // namespace convscope

// Comparing with what somebody else computed, and why it differs, as the objects of types.js.
#include <emscripten/bind.h>

#include <cmath>

#include "../diagnose/diagnose.hpp"
#include "marshal.hpp"

namespace convscope {
namespace {

using convscope::to_js;  // beside those of here

// From here on a scale factor of libtorch's prints has moved the point behind the last digit.
constexpr double kLeastScaled = 1e4;

Check check_object(const val& value, const char* field, const char* example) {
  if (!is_missing(value) && value.typeOf().as<std::string>() == "object") return Passed{};
  return refuse(Code::wrong_type, field, {"`", field, "` must be an object: ", example, "."});
}

// The numbers of a tensor whose shape and data have been checked.
std::vector<double> to_numbers(const val& tensor, std::int64_t count) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  val(emscripten::typed_memory_view(numbers.size(), numbers.data()))
      .call<void>("set", tensor["data"]);
  return numbers;
}

DType dtype_of(const TensorValue& tensor) {
  return tensor.dtype.text == "float32" ? DType::float32 : DType::float64;
}

// Per axis of the block, where numbers are missing.
Result<std::vector<std::optional<std::int64_t>>> read_gaps(const val& item, const Shape& visible) {
  std::vector<std::optional<std::int64_t>> gaps(visible.size());
  const Value given = to_value(item["gaps"]);
  if (given.is_missing()) return gaps;
  bool is_sound = given.kind == Value::Kind::list && given.list.size() == visible.size();
  for (std::size_t at = 0; is_sound && at < gaps.size(); ++at) {
    const Value& gap = given.list[at];
    if (gap.is_missing()) continue;
    is_sound = gap.kind == Value::Kind::number && gap.number == std::floor(gap.number) &&
               gap.number >= -1 && gap.number < static_cast<double>(visible[at]);
    if (is_sound) gaps[at] = static_cast<std::int64_t>(gap.number);
  }
  if (is_sound) return gaps;
  return refuse(Code::wrong_type, "expected",
                {"`expected.gaps` must hold one entry per axis of the visible shape ", visible,
                 ": null, or the visible index after which numbers are missing."});
}

// { shape, data }, { shape } alone, or an item of parse().
Result<Expected> to_expected(const val& value) {
  if (Check object = check_object(value, "expected", "{ shape, data }, or an item of parse()");
      !object) {
    return object.refusal();
  }
  Expected expected;
  TensorValue block = to_tensor_value(value);
  const bool is_item = !is_missing(value["visibleShape"]);
  if (!is_missing(value["shape"]) || !is_item) {
    Result<Shape> shape = read_shape({.present = true, .shape = block.shape}, "expected");
    if (!shape) return shape.refusal();
    expected.shape = *shape;
  }
  if (is_item) block.shape = to_value(value["visibleShape"]);
  Result<Shape> visible = read_shape(block, "expected");
  if (!visible) return visible.refusal();
  if (expected.shape && expected.shape->size() != visible->size()) {
    return refuse(Code::data_length, "expected",
                  {"`expected` shows a block of shape ", *visible, ", but is of shape ",
                   *expected.shape, ". Both must have the same number of axes."});
  }
  expected.visible = *visible;
  Result<std::vector<std::optional<std::int64_t>>> gaps = read_gaps(value, *visible);
  if (!gaps) return gaps.refusal();
  expected.gaps = *gaps;
  if (!block.has_data) return expected;

  expected.data = to_numbers(value, element_count(*visible));
  const Value dtype = to_value(value["dtype"]);
  expected.dtype = is_item || !dtype.text.empty() ? dtype.text : block.dtype.text;
  const Value decimals = to_value(value["decimals"]);
  if (!decimals.is_missing()) {
    Result<std::int64_t> digits = read_integer(decimals, "decimals");
    if (!digits) return digits.refusal();
    expected.decimals =
        static_cast<int>(std::min<std::int64_t>(std::max<std::int64_t>(*digits, -300), 300));
  }
  Result<bool> scientific = read_switch(value["scientific"], "scientific", false);
  if (!scientific) return scientific.refusal();
  expected.scientific = *scientific;
  if (to_value(value["container"]).text == "libtorch") {
    for (double number : expected.data) {
      if (std::abs(number) >= kLeastScaled) expected.whole_is_exact = false;
    }
  }
  return expected;
}

Result<std::optional<double>> read_tolerance(const val& options, const char* field) {
  const Value value = is_missing(options) ? Value() : to_value(options[field]);
  if (value.is_missing()) return std::optional<double>();
  if (value.kind == Value::Kind::number && std::isfinite(value.number) && value.number >= 0) {
    return std::optional(value.number);
  }
  return refuse(Code::wrong_type, field,
                {"`", field, "` must be a number of 0 or more, such as 0.00001."});
}

Result<CompareOptions> to_options(const val& options, DType dtype) {
  Result<std::optional<double>> rtol = read_tolerance(options, "rtol");
  if (!rtol) return rtol.refusal();
  Result<std::optional<double>> atol = read_tolerance(options, "atol");
  if (!atol) return atol.refusal();
  return CompareOptions{*rtol, *atol, dtype};
}

val to_js(const Comparison& result, const Expected& expected) {
  val tolerance = val::object();
  tolerance.set("kind", std::string(result.tolerance.from_digits ? "digits" : "given"));
  tolerance.set("rtol", result.tolerance.rtol);
  tolerance.set("atol", result.tolerance.atol);
  tolerance.set("decimals", expected.decimals ? val(*expected.decimals) : val::null());
  tolerance.set("scientific", expected.scientific);
  val worst = val::array();
  for (const DifferingCell& cell : result.worst) {
    val item = val::object();
    item.set("index", to_js(cell.index));
    item.set("actual", cell.actual);
    item.set("expected", cell.expected);
    item.set("difference", cell.difference);
    worst.call<void>("push", item);
  }
  val object = val::object();
  object.set("verdict", std::string(verdict_name(result.verdict)));
  object.set("reason", text_or_null(result.reason));
  object.set("tolerance", tolerance);
  object.set("compared", number(result.compared));
  object.set("hidden", number(result.hidden));
  object.set("differing", number(result.differing));
  object.set("reshaped", result.reshaped);
  object.set("maxAbs", result.max_abs);
  object.set("meanAbs", result.mean_abs);
  object.set("maxRelative", result.max_relative);
  object.set("worst", worst);
  const bool is_compared = result.verdict != Comparison::Verdict::cannot_compare;
  if (is_compared && expected.has_numbers()) {
    val difference = val::object();
    difference.set("shape", to_js(expected.visible));
    difference.set("data",
                   copied("Float64Array", result.difference.data(), result.difference.size()));
    object.set("difference", difference);
    object.set("outside", copied("Uint8Array", result.outside.data(), result.outside.size()));
  } else {
    object.set("difference", val::null());
    object.set("outside", val::null());
  }
  return object;
}

val compare_tensors(const val& actual, const val& expected, const val& options) {
  return answer([&]() -> Result<val> {
    if (Check object = check_object(actual, "actual", "{ shape, data }"); !object) {
      return object.refusal();
    }
    const TensorValue tensor = to_tensor_value(actual);
    Result<Shape> shape = read_shape(tensor, "actual");
    if (!shape) return shape.refusal();
    if (!tensor.has_data) {
      return refuse(Code::data_missing, "actual",
                    {"`actual.data` is missing. Give its numbers in a Float32Array, a "
                     "Float64Array or an array."});
    }
    Result<Expected> wanted = to_expected(expected);
    if (!wanted) return wanted.refusal();
    Result<CompareOptions> tolerance = to_options(options, dtype_of(tensor));
    if (!tolerance) return tolerance.refusal();
    const std::vector<double> data = to_numbers(actual, element_count(*shape));
    return to_js(compare(*shape, data.data(), *wanted, *tolerance), *wanted);
  });
}

// A whole number of 0 or more, beyond what arguments may be.
Result<std::optional<std::int64_t>> read_count(const val& options, const char* field) {
  const Value value = is_missing(options) ? Value() : to_value(options[field]);
  if (value.is_missing()) return std::optional<std::int64_t>();
  if (value.kind == Value::Kind::number && value.number >= 0 && value.number <= 0x1p53 &&
      value.number == std::floor(value.number)) {
    return std::optional(static_cast<std::int64_t>(value.number));
  }
  return refuse(Code::wrong_type, field,
                {"`", field, "` must be a whole number of 0 or more, such as 100000000."});
}

Result<Problem> to_problem(const val& value) {
  Result<Request> request = to_request(value);
  if (!request) return request.refusal();
  Problem problem{.request = *request, .input = {request->input, {}}, .weight = {}, .bias = {}};
  const auto numbers = [&](const char* key, const Shape& shape) {
    const bool has_data = !is_missing(value[key]["data"]);
    return Numbered{
        shape, has_data ? to_numbers(value[key], element_count(shape)) : std::vector<double>()};
  };
  problem.input = numbers("input", request->input);
  if (request->weight) problem.weight = numbers("weight", *request->weight);
  if (request->bias) problem.bias = numbers("bias", *request->bias);
  return problem;
}

val to_js(const Changes& changes, DType dtype) {
  val object = val::object();
  for (const auto& [key, value] : changes.arguments) object.set(key, to_js(value));
  for (const Changes::TensorChange& change : changes.tensors) {
    if (change.is_removed) {
      object.set(change.key, val::null());
      continue;
    }
    val tensor = val::object();
    tensor.set("shape", to_js(change.shape));
    if (!change.data.empty()) {
      tensor.set("data", copied(dtype == DType::float32 ? "Float32Array" : "Float64Array",
                                change.data.data(), change.data.size()));
    }
    object.set(change.key, tensor);
  }
  return object;
}

val to_js(const Cause& cause, DType dtype) {
  const auto or_null = [](const std::optional<double>& value) {
    return value ? val(*value) : val::null();
  };
  val ids = val::array();
  for (const std::string& id : cause.ids) ids.call<void>("push", id);
  val object = val::object();
  object.set("ids", ids);
  object.set("sentence", cause.sentence);
  object.set("changes", cause.changes ? to_js(*cause.changes, dtype) : val::null());
  object.set("before", or_null(cause.before));
  object.set("after", or_null(cause.after));
  object.set("compared", number(cause.compared));
  object.set("hidden", number(cause.hidden));
  object.set("near", cause.is_near);
  object.set("shapeOnly", cause.is_shape_only);
  object.set("tied", cause.is_tied);
  return object;
}

val diagnose_request(const val& request, const val& expected, const val& options) {
  return answer([&]() -> Result<val> {
    Result<Problem> problem = to_problem(request);
    if (!problem) return problem.refusal();
    Result<Expected> wanted = to_expected(expected);
    if (!wanted) return wanted.refusal();
    Result<std::optional<std::int64_t>> first = read_count(options, "first");
    if (!first) return first.refusal();
    Result<std::optional<std::int64_t>> budget = read_count(options, "budget");
    if (!budget) return budget.refusal();
    const DType dtype = problem->request.dtype;
    Result<CompareOptions> tolerance = to_options(options, dtype);
    if (!tolerance) return tolerance.refusal();

    const Diagnosis found = diagnose(*problem, *wanted, {first->value_or(0), *budget, *tolerance});
    val causes = val::array();
    for (const Cause& cause : found.causes) causes.call<void>("push", to_js(cause, dtype));
    val object = val::object();
    object.set("match", found.is_match);
    object.set("shapeOnly", found.is_shape_only);
    object.set("causes", causes);
    object.set("nearest", found.nearest ? to_js(*found.nearest, dtype) : val::null());
    object.set("summary", found.summary);
    object.set("tried", number(found.tried));
    object.set("singles", number(found.singles));
    object.set("total", number(found.total));
    object.set("next", found.next ? number(*found.next) : val::null());
    return object;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(convscope_compare) {
  emscripten::function("compare", &compare_tensors);
  emscripten::function("diagnose", &diagnose_request);
}

}  // namespace convscope

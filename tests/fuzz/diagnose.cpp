// libFuzzer: bytes become a small request and expected numbers of a shape that it may have. Finds
// crashes and reads out of bounds in compare and diagnose, and searches that do not go on.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "bytes.hpp"
#include "diagnose/diagnose.hpp"

namespace {

using namespace convscope;

Numbered tensor(Bytes& bytes, const Shape& shape) {
  Numbered result{shape, {}};
  if (bytes.next(16) == 15) return result;  // a shape alone
  static constexpr double kOdd[] = {NAN, INFINITY, -INFINITY, 1e300, -0.0};
  for (std::int64_t at = element_count(shape); at > 0; --at) {
    const int byte = bytes.next(256);
    result.data.push_back(byte > 250 ? kOdd[byte - 251] : (byte % 17 - 8) / (byte < 128 ? 1. : 7.));
  }
  return result;
}

Problem problem_from(Bytes& bytes) {
  Problem problem;
  Request& request = problem.request;
  request.op = {bytes.next(2) == 1, bytes.next(3) + 1};
  request.groups = bytes.next(4) == 0 ? bytes.next(4) : 1;
  request.input = bytes.next(8) == 0 ? Shape{} : Shape{bytes.next(2) + 1};
  request.input.push_back(bytes.next(4));
  Shape weight{bytes.next(4), bytes.next(4)};
  for (int at = 0; at < request.op.spatial; ++at) {
    request.input.push_back(bytes.next(5));
    weight.push_back(bytes.next(4));
    request.stride.push_back(bytes.next(4));
    request.dilation.push_back(bytes.next(3));
    request.padding.begin.push_back(bytes.next(4) - 1);
    request.padding.end.push_back(bytes.next(4) - 1);
    request.output_padding.push_back(request.op.transposed ? bytes.next(2) : 0);
  }
  request.padding.pairs = request.padding.begin != request.padding.end;
  if (bytes.next(8) == 0) weight.pop_back();
  if (bytes.next(8) == 0) request.padding = {.word = "same", .begin = {}, .end = {}};
  if (bytes.next(8) == 0) request.stride = {bytes.next(3)};
  if (bytes.next(8) == 0) request.padding_mode = "reflect";
  if (bytes.next(8) == 0) request.output_size = request.stride;
  request.flip_kernel = bytes.next(4) == 0;
  request.weight = weight;
  problem.input = tensor(bytes, request.input);
  problem.weight = tensor(bytes, weight);
  if (bytes.next(2) == 0) {
    request.bias = Shape{bytes.next(5)};
    problem.bias = tensor(bytes, *request.bias);
  }
  return problem;
}

Expected expected_from(Bytes& bytes, const Problem& problem) {
  Expected expected;
  Shape shape{bytes.next(3), bytes.next(4), bytes.next(6)};
  const Result<Geometry> geometry = infer_geometry(problem.request);
  if (geometry && bytes.next(4) != 0) shape = geometry->output_shape;
  if (element_count(shape) > 4096) shape = {1, 1};
  expected.visible = shape;
  expected.gaps.resize(shape.size());
  if (bytes.next(4) == 0 && shape.back() > 1) {  // one cell of the last axis is hidden
    --expected.visible.back();
    const std::int64_t most = std::min<std::int64_t>(expected.visible.back(), 99);
    expected.gaps.back() = bytes.next(static_cast<int>(most) + 1) - 1;
  } else {
    expected.shape = shape;
  }
  expected.data = tensor(bytes, expected.visible).data;
  if (bytes.next(2) == 0) expected.decimals = bytes.next(6);
  expected.scientific = bytes.next(4) == 0;
  return expected;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const Problem problem = problem_from(bytes);
  const Expected expected = expected_from(bytes, problem);
  DiagnoseOptions options;
  options.operations = 200000;
  for (int call = 0; call < 3; ++call) {
    const Diagnosis diagnosis = diagnose(problem, expected, options);
    if (!diagnosis.next) break;
    if (*diagnosis.next <= options.first || *diagnosis.next >= diagnosis.total) std::abort();
    options.first = *diagnosis.next;
  }
  return 0;
}

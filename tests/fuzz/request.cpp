// libFuzzer: bytes become a request as wild as a user's, then run, trace and gradients of what is
// accepted. Finds crashes, overflows and reads out of bounds, with the sanitizers of the preset.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "contributions.hpp"
#include "gradients.hpp"
#include "reference.hpp"
#include "request.hpp"
#include "trace.hpp"

namespace {

using namespace convscope;

// Takes values from the bytes; zeros when they are used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  std::uint8_t next() { return at_ < size_ ? data_[at_++] : 0; }

  // Mostly small numbers, sometimes the edges of what is allowed or beyond.
  double number() {
    static constexpr double kEdges[] = {0,    -1,   1e9, 1073741824.0, 1073741825.0,
                                        -1e9, 9e15, 0.5, 1e308};
    const std::uint8_t byte = next();
    if (byte < 232) return byte % 7 - (byte % 29 == 0 ? 3 : 0);
    return kEdges[byte % std::size(kEdges)];
  }

  Value value(int depth = 0) {
    const std::uint8_t kind = next() % 16;
    if (kind < 7) return Value::of(number());
    if (kind < 12 && depth < 2) return list(next() % 5, depth + 1);
    static constexpr const char* kWords[] = {"same",     "valid",     "zeros", "reflect",
                                             "circular", "replicate", "full",  ""};
    if (kind == 12) return Value::of(std::string(kWords[next() % std::size(kWords)]));
    if (kind == 13) return Value::other("a BigInt");
    return {};
  }

  Value list(int entries, int depth) {
    std::vector<Value> values;
    for (int at = 0; at < entries; ++at) values.push_back(value(depth));
    return Value::of(std::move(values));
  }

  Value shape(int rank) {
    std::vector<Value> sizes;
    for (int at = 0; at < rank; ++at) sizes.push_back(Value::of(std::max(number(), -1.0)));
    return Value::of(std::move(sizes));
  }

  TensorValue tensor(int rank) {
    TensorValue result;
    const std::uint8_t kind = next();
    if (kind % 32 == 0) return result;
    result.present = true;
    result.shape = shape(rank + (kind % 16 == 1 ? kind / 64 - 1 : 0));
    if (kind % 3 == 0) result.dtype = Value::of(std::string("float64"));
    return result;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

RequestValue request_from(Bytes& bytes) {
  RequestValue value;
  const int spatial = bytes.next() % 3 + 1;
  const bool transposed = bytes.next() % 2 == 1;
  value.op = Value::of(Op{transposed, spatial}.name());
  value.input = bytes.tensor(spatial + 2 - (bytes.next() % 4 == 0 ? 1 : 0));
  value.weight = bytes.tensor(spatial + 2);
  if (bytes.next() % 3 == 0) value.bias = bytes.tensor(1);
  for (Value* argument :
       {&value.stride, &value.padding, &value.dilation, &value.groups, &value.output_padding,
        &value.output_size, &value.in_channels, &value.out_channels, &value.kernel_size}) {
    if (bytes.next() % 3 == 0) *argument = bytes.value();
  }
  static constexpr const char* kModes[] = {"zeros", "reflect", "replicate", "circular"};
  if (!transposed && bytes.next() % 2 == 0) {
    value.padding_mode = Value::of(std::string(kModes[bytes.next() % 4]));
  }
  return value;
}

Tensor<double> ones(const Sizes& sizes) {
  Tensor<double> tensor = Tensor<double>::from_shape(sizes);
  tensor.fill(1);
  return tensor;
}

// Small enough to be tried thousands of times a second.
bool is_small(const Geometry& geometry) {
  std::int64_t cells = 1, kernel = 1;
  for (const Axis& axis : geometry.spatial_axes()) {
    cells *= std::max({axis.input, axis.output, axis.uncropped(), axis.padded(), std::int64_t{1}});
    kernel *= std::max(axis.kernel, std::int64_t{1});
    if (cells > 4096 || kernel > 256) return false;
  }
  const std::int64_t channels =
      geometry.batch * (geometry.input_channels + 1) * (geometry.output_channels + 1);
  return channels <= 4096 && channels * cells * kernel <= 65536;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const Result<Request> request = read_request(request_from(bytes));
  if (!request) return 0;
  const Result<Geometry> geometry = infer_geometry(*request);
  if (!geometry) {
    if (geometry.error().message.empty()) std::abort();
    return 0;
  }
  if (!is_small(*geometry)) return 0;

  const Operands<double> operands{ones(geometry->input_sizes()), ones(geometry->weight_sizes()),
                                  ones({1, static_cast<std::size_t>(geometry->biases), 1, 1, 1})};
  const Tensor<double> output = run(*geometry, operands);
  gradients(*geometry, operands, output);
  for (const char* name : {"direct", "zero-insertion", "scatter"}) {
    const Result<Method> method = read_method(Value::of(std::string(name)), *geometry);
    if (!method) continue;
    const Result<Trace> traced = trace(*geometry, operands, *method);
    if (!traced) continue;
    const Tensor<double>& last = traced->maps.back().values;
    if (last.size() != output.size()) std::abort();
    for (std::size_t at = 0; at < output.size(); ++at) {
      if (last.data()[at] != output.data()[at]) std::abort();
    }
    contributions(*geometry, operands, *method, {});
  }
  return 0;
}

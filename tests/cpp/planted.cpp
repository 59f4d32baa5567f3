// Draws and plants; see planted.hpp.
#include "planted.hpp"

#include <algorithm>
#include <cmath>

namespace convscope::testing {
namespace {

using Task = convscope::Problem;
using Numbers = std::vector<std::int64_t>;

Shape index_of(std::int64_t flat, const Shape& shape) {
  Shape index(shape.size());
  for (std::size_t at = shape.size(); at-- > 0; flat /= shape[at]) index[at] = flat % shape[at];
  return index;
}

std::int64_t flat_of(const Shape& index, const Shape& shape) {
  std::int64_t flat = 0;
  for (std::size_t at = 0; at < shape.size(); ++at) flat = flat * shape[at] + index[at];
  return flat;
}

// One number by its flat index, which is wider than an index may be in WebAssembly.
template <typename Data>
auto& cell(Data& data, std::int64_t flat) {
  return data[static_cast<std::size_t>(flat)];
}

// numpy's transpose(order).
Numbered transposed(const Numbered& tensor, const std::vector<int>& order) {
  Numbered result;
  for (int axis : order) result.shape.push_back(tensor.shape[axis]);
  for (std::int64_t flat = 0; flat < element_count(tensor.shape); ++flat) {
    const Shape index = index_of(flat, result.shape);
    Shape from(index.size());
    for (std::size_t at = 0; at < order.size(); ++at) from[order[at]] = index[at];
    result.data.push_back(cell(tensor.data, flat_of(from, tensor.shape)));
  }
  return result;
}

Numbered reshaped(const Numbered& tensor, const Shape& shape) { return {shape, tensor.data}; }

int rank_of(const Shape& shape) { return static_cast<int>(shape.size()); }

std::vector<int> exchanged(int rank, int a, int b) {
  std::vector<int> order;
  for (int at = 0; at < rank; ++at) order.push_back(at == a ? b : at == b ? a : at);
  return order;
}

// (N, C, spatial…) -> (N, spatial…, C)
std::vector<int> to_channels_last(int rank) {
  std::vector<int> order{0};
  for (int at = 2; at < rank; ++at) order.push_back(at);
  order.push_back(1);
  return order;
}

std::vector<int> to_channels_first(int rank) {
  std::vector<int> order{0, rank - 1};
  for (int at = 1; at < rank - 1; ++at) order.push_back(at);
  return order;
}

double drawn(Random& random, bool whole) {
  return whole ? random.between(-5, 5) : random.between(-3000, 3000) / 1000.0;
}

Numbered numbers(Random& random, const Shape& shape, bool whole) {
  Numbered result{shape, {}};
  for (std::int64_t at = element_count(shape); at > 0; --at) {
    result.data.push_back(drawn(random, whole));
  }
  return result;
}

struct Draw {
  int transposed = -1;  // -1: either
  int spatial = 0;      // 0: any, mostly 2
  int bias = -1;
  int groups = 1;
  int in = 0, out = 0;  // channels per group; 0: any
  bool square = false;
  bool decimal = false;
};

Task draw(Random& random, const Draw& wanted = {}) {
  for (;;) {
    Task task;
    Request& request = task.request;
    const bool transposed = wanted.transposed < 0 ? random.chance(50) : wanted.transposed == 1;
    const int luck = random.between(1, 10);
    const int spatial = wanted.spatial > 0 ? wanted.spatial : luck <= 2 ? 1 : luck <= 3 ? 3 : 2;
    request.op = {transposed, spatial};
    request.dtype = DType::float64;
    request.groups = wanted.groups;
    const std::int64_t in = wanted.in > 0 ? wanted.in : random.between(1, 3);
    const std::int64_t out = wanted.out > 0 ? wanted.out : random.between(1, 3);
    const std::int64_t I = in * wanted.groups, O = out * wanted.groups;
    request.input = {random.between(1, 2), I};
    request.weight = transposed ? Shape{I, out} : Shape{O, in};
    const int most = spatial == 3 ? 5 : 8;
    const std::int64_t side = random.between(5, most), kernel = random.between(2, 3);
    const std::int64_t stride = random.between(1, 2), padding = random.between(0, 1);
    for (int axis = 0; axis < spatial; ++axis) {
      request.input.push_back(wanted.square ? side : random.between(4, most));
      request.weight->push_back(wanted.square ? kernel : random.between(2, 3));
      request.stride.push_back(stride);
      request.dilation.push_back(1);
      request.padding.begin.push_back(padding);
      request.padding.end.push_back(padding);
      request.output_padding.push_back(0);
    }
    const bool whole = !wanted.decimal && random.chance(50);
    task.input = numbers(random, request.input, whole);
    task.weight = numbers(random, *request.weight, whole);
    if (wanted.bias < 0 ? random.chance(50) : wanted.bias == 1) {
      request.bias = Shape{O};
      task.bias = numbers(random, {O}, whole);
    }
    if (infer_geometry(request)) return task;
  }
}

void set_input(Task& task, const Numbered& input) {
  task.input = input;
  task.request.input = input.shape;
}

void set_weight(Task& task, const Numbered& weight) {
  task.weight = weight;
  task.request.weight = weight.shape;
}

void set_bias(Task& task, const Numbered& bias) {
  task.bias = bias;
  task.request.bias = bias.shape;
}

void pad(Task& task, const Numbers& begin, const Numbers& end) {
  task.request.padding = {.word = {}, .begin = begin, .end = end, .pairs = begin != end};
}

bool is_valid(const Task& task) { return static_cast<bool>(infer_geometry(task.request)); }

// Draws, then lets `differ` make of a copy what somebody else computed, until that is valid and
// really another output.
template <typename Differ>
Planted plant(Random& random, const Draw& wanted, Differ differ) {
  for (;;) {
    const Task task = draw(random, wanted);
    Task other = task;
    if (!differ(other) || !is_valid(other)) continue;
    const Numbered expected = output_of(other);
    if (expected.data.size() < 4) continue;
    return {task, expected};
  }
}

// The same, where the output is changed and not the request.
template <typename Differ>
Planted plant_output(Random& random, const Draw& wanted, Differ differ) {
  for (;;) {
    const Task task = draw(random, wanted);
    const Numbered output = output_of(task);
    if (output.data.size() >= 8) return {task, differ(output)};
  }
}

// On all axes or on one.
void set(Random& random, Numbers& list, std::int64_t value) {
  const int axis = random.between(0, static_cast<int>(list.size()) * 2 - 1);
  for (int at = 0; at < std::ssize(list); ++at) {
    if (axis >= std::ssize(list) || axis == at) list[at] = value;
  }
}

Planted rounded(Random& random, int bits, bool with_bias) {
  return plant(random, {.decimal = true}, [&](Task& task) {
    const auto cut = [&](double& number) {  // to that many significant bits
      int exponent = 0;
      const double fraction = std::frexp(number, &exponent);
      number = std::ldexp(std::nearbyint(std::ldexp(fraction, bits)), exponent - bits);
    };
    for (double& number : task.input.data) cut(number);
    for (double& number : task.weight.data) cut(number);
    if (task.bias && with_bias) {
      for (double& number : task.bias->data) cut(number);
    }
    return true;
  });
}

Planted planted_padding_begin(Random& random) {
  return plant(random, {}, [&](Task& task) {
    Numbers begin = task.request.padding.begin;
    set(random, begin, begin[0] + (random.chance(50) ? 1 : -1));
    pad(task, begin, task.request.padding.end);
    return true;
  });
}

Planted planted_padding_end(Random& random) {
  return plant(random, {}, [&](Task& task) {
    Numbers end = task.request.padding.end;
    set(random, end, end[0] + (random.chance(50) ? 1 : -1));
    pad(task, task.request.padding.begin, end);
    return true;
  });
}

Planted planted_output_padding(Random& random) {
  return plant(random, {.transposed = 1}, [&](Task& task) {
    set(random, task.request.output_padding, 1);
    return true;
  });
}

Planted planted_padding_mode(Random& random) {
  return plant(random, {.transposed = 0}, [&](Task& task) {
    static constexpr const char* kModes[] = {"reflect", "replicate", "circular"};
    task.request.padding_mode = kModes[random.between(0, 2)];
    return task.request.padding.begin[0] > 0;
  });
}

Planted planted_groups(Random& random) {
  // Depthwise or in two groups: of the full weight, only the group's own channels.
  const int channels = random.chance(50) ? 4 : 2;
  const int groups = channels == 4 && random.chance(50) ? 4 : 2;
  return plant(random, {.in = channels, .out = channels}, [&](Task& task) {
    const Shape& full = *task.request.weight;
    Shape shape = full;
    shape[1] /= groups;
    Numbered weight{shape, {}};
    for (std::int64_t flat = 0; flat < element_count(shape); ++flat) {
      Shape index = index_of(flat, shape);
      index[1] += index[0] * groups / channels * shape[1];
      weight.data.push_back(cell(task.weight.data, flat_of(index, full)));
    }
    set_weight(task, weight);
    task.request.groups = groups;
    return true;
  });
}

Planted planted_op(Random& random) {
  return plant(random, {}, [&](Task& task) {
    const Shape& weight = *task.request.weight;
    if (weight[0] != weight[1] || random.chance(50)) {
      set_weight(task, transposed(task.weight, exchanged(rank_of(weight), 0, 1)));
    }
    task.request.op.transposed = !task.request.op.transposed;
    return true;
  });
}

// What one did otherwise, of a drawn task; false where it does not apply.
bool flip_kernel(Random&, Task& task) {
  const Shape shape = *task.request.weight;
  Numbered weight{shape, {}};
  for (std::int64_t flat = 0; flat < element_count(shape); ++flat) {
    Shape index = index_of(flat, shape);
    for (std::size_t at = 2; at < shape.size(); ++at) index[at] = shape[at] - 1 - index[at];
    weight.data.push_back(cell(task.weight.data, flat_of(index, shape)));
  }
  set_weight(task, weight);
  return true;
}

bool transpose_kernel(Random&, Task& task) {
  if (task.request.op.spatial != 2) return false;
  set_weight(task, transposed(task.weight, {0, 1, 3, 2}));
  return true;
}

// The numbers were laid down as (b, a, …), but read as (a, b, …).
bool exchange_channels(Random&, Task& task) {
  Shape shape = *task.request.weight;
  std::swap(shape[0], shape[1]);
  set_weight(task, transposed(reshaped(task.weight, shape), exchanged(rank_of(shape), 0, 1)));
  return true;
}

bool drop_bias(Random&, Task& task) {
  const bool had = task.bias.has_value();
  task.bias.reset();
  task.request.bias.reset();
  return had;
}

bool change_stride(Random& random, Task& task) {
  set(random, task.request.stride, random.between(1, 3));
  return true;
}

bool change_padding(Random& random, Task& task) {
  Numbers padding = task.request.padding.begin;
  set(random, padding, random.between(0, 2));
  pad(task, padding, padding);
  return true;
}

bool change_dilation(Random& random, Task& task) {
  set(random, task.request.dilation, random.between(2, 3));
  return true;
}

bool keep_first_channel(Random&, Task& task) {
  for (std::int64_t flat = 0; flat < std::ssize(task.input.data); ++flat) {
    if (index_of(flat, task.input.shape)[1] > 0) cell(task.input.data, flat) = 0;
  }
  return true;
}

template <bool (*mutate)(Random&, Task&)>
Planted planted(Random& random) {
  const Draw wanted{.bias = mutate == drop_bias ? 1 : -1,
                    .in = mutate == keep_first_channel ? random.between(2, 3) : 0};
  return plant(random, wanted, [&](Task& task) { return mutate(random, task); });
}

Planted planted_input_transposed(Random& random) {
  return plant(random, {.spatial = 2}, [](Task& task) {
    set_input(task, transposed(task.input, {0, 1, 3, 2}));
    return true;
  });
}

Planted planted_output_transposed(Random& random) {
  return plant_output(random, {.spatial = 2}, [](const Numbered& output) {
    return transposed(output, {0, 1, 3, 2});
  });
}

Planted planted_weight_layout(Random& random) {
  const int in = random.between(2, 3), out = random.between(2, 3);
  return plant(random, {.in = in, .out = out},
               [&](Task& task) { return exchange_channels(random, task); });
}

Planted planted_weight_channels_last(Random& random) {
  return plant(random, {.in = random.between(2, 3)}, [](Task& task) {
    Shape shape = *task.request.weight;
    const int rank = static_cast<int>(shape.size());
    std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
    set_weight(task, transposed(reshaped(task.weight, shape), to_channels_first(rank)));
    return true;
  });
}

Planted planted_weight_tensorflow(Random& random) {
  return plant(random, {}, [](Task& task) {
    const Shape& now = *task.request.weight;
    const int rank = static_cast<int>(now.size());
    Shape shape(now.begin() + 2, now.end());
    shape.push_back(now[1]);
    shape.push_back(now[0]);
    std::vector<int> order{rank - 1, rank - 2};
    for (int at = 0; at < rank - 2; ++at) order.push_back(at);
    set_weight(task, transposed(reshaped(task.weight, shape), order));
    return true;
  });
}

Planted planted_input_channels_last(Random& random) {
  Planted planted = plant(random, {.in = random.between(2, 3)}, [&](Task&) { return true; });
  Task& task = planted.problem;
  const Numbered last = transposed(task.input, to_channels_last(rank_of(task.input.shape)));
  // As it is, or under a shape of channels first.
  set_input(task, random.chance(50) ? last : reshaped(last, task.input.shape));
  return planted;
}

Planted planted_output_channels_last(Random& random) {
  return plant_output(random, {.out = random.between(2, 3)}, [&](const Numbered& output) {
    const Numbered last = transposed(output, to_channels_last(rank_of(output.shape)));
    return random.chance(50) ? last : reshaped(last, output.shape);
  });
}

Planted planted_bias_doubled(Random& random) {
  return plant(random, {.bias = 1}, [](Task& task) {
    for (double& number : task.bias->data) number *= 2;
    return true;
  });
}

Planted planted_bias_length(Random& random) {
  Planted planted = plant(random, {.bias = 1}, [](Task&) { return true; });
  Numbered longer = *planted.problem.bias;
  for (int more = random.between(1, 3); more > 0; --more) longer.data.push_back(9 + more);
  longer.shape = {std::ssize(longer.data)};
  set_bias(planted.problem, longer);
  return planted;
}

Planted planted_bias_on_input(Random& random) {
  const int channels = random.between(1, 3);
  return plant(random, {.bias = 1, .in = channels, .out = channels}, [&](Task& task) {
    for (std::int64_t flat = 0; flat < std::ssize(task.input.data); ++flat) {
      const Shape index = index_of(flat, task.input.shape);
      cell(task.input.data, flat) += cell(task.bias->data, index[1]);
    }
    task.bias.reset();
    task.request.bias.reset();
    return true;
  });
}

Planted planted_bias_added(Random& random) {
  return plant(random, {.bias = 0}, [&](Task& task) {
    const Result<Geometry> geometry = infer_geometry(task.request);
    set_bias(task, numbers(random, {geometry->output_channels}, false));
    return true;
  });
}

Planted planted_bias_different(Random& random) {
  return plant(random, {.bias = 1, .out = random.between(2, 3)}, [&](Task& task) {
    for (double& number : task.bias->data) number += drawn(random, false);
    return true;
  });
}

// tf.nn.convolution: the output's size decides, the odd cell comes last (or first).
Planted planted_same(Random& random, bool lower) {
  return plant(random, {}, [&](Task& task) {
    const Request& request = task.request;
    Numbers begin, end;
    for (int at = 0; at < request.op.spatial; ++at) {
      const std::int64_t input = request.input[2 + at], kernel = (*request.weight)[2 + at];
      const std::int64_t stride = request.stride[at];
      std::int64_t total = kernel - stride;
      if (!request.op.transposed) {
        const std::int64_t output = (input + stride - 1) / stride;
        total = std::max<std::int64_t>((output - 1) * stride + kernel - input, 0);
      }
      if (total < 0) return false;
      begin.push_back(lower ? total - total / 2 : total / 2);
      end.push_back(total - begin.back());
    }
    pad(task, begin, end);
    return begin != end;
  });
}
Planted planted_same_tensorflow(Random& random) { return planted_same(random, false); }
Planted planted_same_lower(Random& random) { return planted_same(random, true); }

Planted planted_shift(Random& random) {
  return plant(random, {}, [&](Task& task) {
    Numbers begin = task.request.padding.begin, end = task.request.padding.end;
    const std::int64_t by = random.chance(50) ? 1 : -1;
    for (std::int64_t& number : begin) number += by;
    for (std::int64_t& number : end) number -= by;
    pad(task, begin, end);
    return true;
  });
}

Planted planted_crop(Random& random) {
  for (;;) {
    Task task = draw(random);
    Request& request = task.request;
    if (request.op.transposed) request.output_padding.assign(request.op.spatial, 1);
    if (!is_valid(task)) continue;
    Task other = task;
    Numbers begin = request.padding.begin;
    const Result<Geometry> geometry = infer_geometry(request);
    for (int at = 0; at < request.op.spatial; ++at) {
      const Axis& axis = geometry->spatial_axes()[at];
      begin[at] -= request.op.transposed ? 1 : (axis.padded() - axis.kernel) % axis.stride;
    }
    if (begin == request.padding.begin) continue;
    pad(other, begin, request.padding.end);
    other.request.output_padding.assign(request.op.spatial, 0);
    if (is_valid(other)) return {task, output_of(other)};
  }
}

Planted planted_float16(Random& random) { return rounded(random, 11, true); }
Planted planted_tf32(Random& random) { return rounded(random, 11, false); }
Planted planted_bfloat16(Random& random) { return rounded(random, 8, true); }

Planted planted_factor(Random& random) {
  static constexpr double kFactors[] = {2, 0.5, -1, 1.0 / 9, 0.25, 255, 1.37};
  const double factor = kFactors[random.between(0, 6)];
  return plant_output(random, {}, [&](Numbered output) {
    for (double& number : output.data) number *= factor;
    return output;
  });
}

Planted planted_offset(Random& random) {
  const double offset = random.between(1, 99) / 10.0;
  return plant_output(random, {}, [&](Numbered output) {
    for (double& number : output.data) number += offset;
    return output;
  });
}

Planted planted_factor_and_offset(Random& random) {
  const double factor = random.between(2, 5), offset = random.between(1, 99) / 10.0;
  return plant_output(random, {}, [&](Numbered output) {
    for (double& number : output.data) number = number * factor + offset;
    return output;
  });
}

Planted planted_mean(Random& random) {
  const int channels = random.between(2, 3);
  return plant(random, {.in = channels}, [&](Task& task) {
    for (double& number : task.input.data) number /= channels;
    return true;
  });
}

Planted planted_groups_ignored(Random& random) {
  return plant(random, {.transposed = 0, .groups = random.between(2, 3)}, [](Task& task) {
    const std::int64_t per_group = (*task.request.weight)[1];
    Numbered input = task.input;
    for (std::int64_t flat = 0; flat < std::ssize(input.data); ++flat) {
      Shape index = index_of(flat, input.shape);
      index[1] %= per_group;
      cell(input.data, flat) = cell(task.input.data, flat_of(index, input.shape));
    }
    task.input = input;
    return true;
  });
}

Planted planted_interleaved(Random& random) {
  const int groups = random.between(2, 3);
  return plant(random, {.groups = groups, .in = 2}, [&](Task& task) {
    Numbered input = task.input;
    for (std::int64_t flat = 0; flat < std::ssize(input.data); ++flat) {
      Shape index = index_of(flat, input.shape);
      index[1] = index[1] % 2 * groups + index[1] / 2;
      cell(input.data, flat) = cell(task.input.data, flat_of(index, input.shape));
    }
    task.input = input;
    return true;
  });
}

Numbers to_numbers(const Value& value) {
  Numbers list;
  for (const Value& entry : value.list) list.push_back(static_cast<std::int64_t>(entry.number));
  return list;
}

}  // namespace

const std::vector<NamedPlant> kPlants{
    {"stride", planted<change_stride>},
    {"dilation", planted<change_dilation>},
    {"padding", planted<change_padding>},
    {"padding_begin", planted_padding_begin},
    {"padding_end", planted_padding_end},
    {"output_padding", planted_output_padding},
    {"padding_mode", planted_padding_mode},
    {"groups", planted_groups},
    {"op_exchanged", planted_op},
    {"kernel_flipped", planted<flip_kernel>},
    {"kernel_transposed", planted<transpose_kernel>},
    {"input_transposed", planted_input_transposed},
    {"output_transposed", planted_output_transposed},
    {"weight_layout", planted_weight_layout},
    {"weight_channels_last", planted_weight_channels_last},
    {"weight_tensorflow", planted_weight_tensorflow},
    {"input_channels_last", planted_input_channels_last},
    {"output_channels_last", planted_output_channels_last},
    {"bias_missing", planted<drop_bias>},
    {"bias_doubled", planted_bias_doubled},
    {"bias_length", planted_bias_length},
    {"bias_on_input", planted_bias_on_input},
    {"bias_added", planted_bias_added},
    {"bias_different", planted_bias_different},
    {"same_tensorflow", planted_same_tensorflow},
    {"same_lower", planted_same_lower},
    {"shifted", planted_shift},
    {"cropped_other_side", planted_crop},
    {"rounded_float16", planted_float16},
    {"rounded_tf32", planted_tf32},
    {"rounded_bfloat16", planted_bfloat16},
    {"factor", planted_factor},
    {"offset", planted_offset},
    {"factor_and_offset", planted_factor_and_offset},
    {"first_channel_only", planted<keep_first_channel>},
    {"channels_mean", planted_mean},
    {"groups_ignored", planted_groups_ignored},
    {"groups_interleaved", planted_interleaved},
};

const std::vector<Mutation> kMutations{
    {"kernel_flipped", flip_kernel},
    {"kernel_transposed", transpose_kernel},
    {"weight_layout", exchange_channels},
    {"bias_missing", drop_bias},
    {"stride", change_stride},
    {"padding", change_padding},
    {"dilation", change_dilation},
    {"first_channel_only", keep_first_channel},
};

Planted planted_pair(Random& random, const Mutation& a, const Mutation& b) {
  const Draw wanted{
      .spatial = 2, .bias = 1, .in = random.between(2, 3), .out = random.between(2, 3)};
  return plant(random, wanted,
               [&](Task& task) { return a.mutate(random, task) && b.mutate(random, task); });
}

convscope::Problem problem_of(Random& random, bool transposed) {
  return draw(random, {.transposed = transposed ? 1 : 0});
}

Numbered output_of(const convscope::Problem& problem) {
  const Result<Geometry> geometry = infer_geometry(problem.request);
  REQUIRE(geometry);
  Operands<double> operands{tensor<double>(problem.input.data, geometry->input_sizes()),
                            tensor<double>(problem.weight.data, geometry->weight_sizes()),
                            {}};
  if (problem.request.flip_kernel) {
    const std::size_t cells =
        operands.weight.shape(2) * operands.weight.shape(3) * operands.weight.shape(4);
    for (std::size_t at = 0; at < operands.weight.size(); at += cells) {
      std::reverse(operands.weight.data() + at, operands.weight.data() + at + cells);
    }
  }
  if (geometry->has_bias()) {
    operands.bias = tensor<double>(problem.bias->data,
                                   {1, static_cast<std::size_t>(geometry->biases), 1, 1, 1});
  }
  return {geometry->output_shape, numbers_of(run(*geometry, operands))};
}

Expected printed(const Numbered& tensor, int decimals, bool truncated) {
  Expected expected;
  const double scale = std::pow(10.0, decimals);
  const auto whole = [](double number) { return number == std::nearbyint(number); };
  const bool all_whole = std::all_of(tensor.data.begin(), tensor.data.end(), whole);
  expected.decimals = all_whole ? 0 : decimals;
  expected.dtype = "float32";
  bool hides = false;
  for (std::int64_t size : tensor.shape) {
    const bool cut = truncated && size > 6;
    hides = hides || cut;
    expected.visible.push_back(cut ? 6 : size);
    expected.gaps.push_back(cut ? std::optional<std::int64_t>(2) : std::nullopt);
  }
  if (!hides) expected.shape = tensor.shape;
  for (std::int64_t flat = 0; flat < element_count(expected.visible); ++flat) {
    Shape index = index_of(flat, expected.visible);
    for (std::size_t at = 0; at < index.size(); ++at) {
      if (expected.gaps[at] && index[at] > 2) index[at] += tensor.shape[at] - 6;
    }
    const double number = cell(tensor.data, flat_of(index, tensor.shape));
    expected.data.push_back(all_whole ? number : std::nearbyint(number * scale) / scale);
  }
  return expected;
}

convscope::Problem changed(const convscope::Problem& problem, const Changes& changes) {
  Task result = problem;
  Request& request = result.request;
  for (const auto& [key, value] : changes.arguments) {
    if (key == "op") {
      request.op.transposed = value.text.starts_with("conv_transpose");
    } else if (key == "stride") {
      request.stride = to_numbers(value);
    } else if (key == "dilation") {
      request.dilation = to_numbers(value);
    } else if (key == "outputPadding") {
      request.output_padding = to_numbers(value);
    } else if (key == "groups") {
      request.groups = static_cast<std::int64_t>(value.number);
    } else if (key == "paddingMode") {
      request.padding_mode = value.text;
    } else if (key == "flipKernel") {
      request.flip_kernel = value.number != 0;
    } else if (key == "padding") {
      const bool pairs = value.list[0].kind == Value::Kind::list;
      Numbers begin, end;
      for (const Value& entry : value.list) {
        begin.push_back(static_cast<std::int64_t>(pairs ? entry.list[0].number : entry.number));
        end.push_back(static_cast<std::int64_t>(pairs ? entry.list[1].number : entry.number));
      }
      pad(result, begin, end);
    } else {
      FAIL("unknown key " << key);
    }
  }
  for (const Changes::TensorChange& change : changes.tensors) {
    const std::string key = change.key;
    const Numbered tensor{change.shape, change.data};
    if (key == "input") set_input(result, tensor);
    if (key == "weight") set_weight(result, tensor);
    if (key == "bias" && !change.is_removed) set_bias(result, tensor);
    if (key == "bias" && change.is_removed) {
      result.bias.reset();
      request.bias.reset();
    }
  }
  return result;
}

}  // namespace convscope::testing

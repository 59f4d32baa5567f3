// Stacks of layers: PyTorch's shapes, counts and numbers; closed forms against going cell by cell;
// what is solved and repaired against trying all.
#include <cmath>
#include <map>

#include "stack/from_text.hpp"
#include "stack/planner.hpp"
#include "stack/pool.hpp"
#include "stack/receptive.hpp"
#include "stack/repair.hpp"
#include "stack/run.hpp"
#include "stack/solve.hpp"
#include "support.hpp"

using namespace convscope;
using namespace convscope::stack;
using convscope::testing::Random;
using nlohmann::json;

namespace {

Value whole(std::int64_t number) { return Value::of(static_cast<double>(number)); }

LayerValue layer(const char* op, std::vector<std::pair<std::string, Value>> fields = {}) {
  fields.emplace_back("op", Value::of(std::string(op)));
  return {std::move(fields), {}};
}

LayerValue conv(const char* op, std::int64_t kernel, std::int64_t stride, std::int64_t padding) {
  return layer(op, {{"outChannels", whole(1)},
                    {"kernelSize", whole(kernel)},
                    {"stride", whole(stride)},
                    {"padding", whole(padding)}});
}

// Outputs of the last layer for an input that is 1 in one cell, all weights 1: by input cell.
std::vector<std::vector<double>> responses(const Stack& stack) {
  const std::int64_t cells = element_count(stack.input.shape);
  std::vector<std::vector<double>> all;
  for (std::int64_t cell = 0; cell < cells; ++cell) {
    Values input{stack.input.shape, std::vector<double>(static_cast<std::size_t>(cells), 0)};
    input.data[static_cast<std::size_t>(cell)] = 1;
    auto runs = run_stack(stack, input, {.ones = true, .dtype = DType::float64});
    REQUIRE(runs);
    all.push_back(runs->back().output.data);
  }
  return all;
}

LayerValue counting_layer(Random& random) {
  const int kind = random.between(0, 4);
  if (kind == 4) return layer("upsample", {{"scaleFactor", Value::of(1.5)}});
  LayerValue made = conv(kind < 2 ? "conv1d" : "conv_transpose1d", random.between(1, 4),
                         random.between(1, 3), random.between(0, 2));
  made.set("dilation", whole(random.between(1, 2)));
  return made;
}

}  // namespace

TEST_CASE("Small Sequentials have PyTorch's shapes, parameters and numbers", "[stack]") {
  const auto lines = testing::read_lines(testing::data_path("stacks.jsonl"));
  REQUIRE(lines.size() > 80);
  for (const json& line : lines) {
    const auto parsed = parse_stack(line.at("print").get<std::string>());
    INFO(line.at("print"));
    REQUIRE(parsed);
    const Shape shape = line.at("input").get<Shape>();
    const auto stack = infer_stack(parsed->layers, shape);
    REQUIRE(stack);
    const json& layers = line.at("layers");
    REQUIRE(stack->layers.size() == layers.size());
    for (std::size_t at = 0; at < layers.size(); ++at) {
      const Plan& plan = stack->layers[at].plan;
      CHECK(plan.output == layers[at].at("shape").get<Shape>());
      CHECK(plan.parameters() == layers[at].at("parameters").get<std::int64_t>());
    }
    if (!layers[0].contains("data")) continue;
    Values input{shape, {}};
    for (int at = 0; at < element_count(shape); ++at) input.data.push_back(at % 7 - 3);
    const auto runs = run_stack(*stack, input, {.ones = true});
    REQUIRE(runs);
    for (std::size_t at = 0; at < layers.size(); ++at) {
      if (!layers[at].contains("data")) continue;
      const auto expected = layers[at].at("data").get<std::vector<double>>();
      const std::vector<double>& actual = (*runs)[at].output.data;
      REQUIRE(actual.size() == expected.size());
      for (std::size_t cell = 0; cell < expected.size(); ++cell) {
        CHECK(std::abs(actual[cell] - expected[cell]) <=
              2e-5 * std::max(1.0, std::abs(expected[cell])));
      }
    }
  }
}

TEST_CASE("A pool's windows begin within the input or the padding before it", "[stack]") {
  for (std::int64_t input = 1; input <= 9; ++input) {
    for (std::int64_t kernel = 1; kernel <= 5; ++kernel) {
      for (std::int64_t stride = 1; stride <= 4; ++stride) {
        for (std::int64_t padding = 0; padding <= kernel / 2; ++padding) {
          const Axis axis{.input = input,
                          .kernel = kernel,
                          .stride = stride,
                          .padding_begin = padding,
                          .padding_end = padding};
          // By their definition: whole windows; with ceilMode also one that begins before the end.
          std::int64_t whole_windows = 0, begun = 0;
          while (whole_windows * stride + kernel <= input + 2 * padding) ++whole_windows;
          begun = whole_windows;
          const bool is_left_over =
              (begun == 0 ? 0 : (begun - 1) * stride + kernel) < input + 2 * padding;
          if (begun > 0 && is_left_over && begun * stride < input + padding) ++begun;
          CHECK(pooled_size(axis, false) == whole_windows);
          if (whole_windows > 0) CHECK(pooled_size(axis, true) == begun);
        }
      }
    }
  }
}

TEST_CASE("Closed forms of what a cell reads are those of going through its cells", "[stack]") {
  for (Reads::Kind kind : {Reads::Kind::window, Reads::Kind::spread}) {
    for (std::int64_t kernel = 1; kernel <= 4; ++kernel) {
      for (std::int64_t stride = 1; stride <= 3; ++stride) {
        for (std::int64_t dilation = 1; dilation <= 3; ++dilation) {
          const Reads reads{.kind = kind,
                            .axis = {.input = 20,
                                     .kernel = kernel,
                                     .stride = stride,
                                     .dilation = dilation,
                                     .padding_begin = 2,
                                     .padding_end = 1,
                                     .output = 12}};
          std::int64_t least = INT64_MAX, most = INT64_MIN;
          for (std::int64_t p = -5; p <= 15; ++p) {
            const auto [first, last] = reads.hull(p, p);
            const auto step = static_cast<std::int64_t>(reads.step() * static_cast<double>(p));
            std::vector<std::int64_t> open, bounded, inside;
            reads.each(p, false, [&](std::int64_t i) { open.push_back(i); });
            reads.each(p, true, [&](std::int64_t i) { bounded.push_back(i); });
            for (std::int64_t i : open) {
              CHECK((first <= i && i <= last));
              least = std::min(least, i);
              most = std::max(most, i);
              if (0 <= i && i < 20) inside.push_back(i);
              if (!reads.is_affine()) continue;
              CHECK((reads.first() + step <= i && i <= reads.last() + step));
            }
            CHECK(bounded == inside);
          }
          const auto [first, last] = reads.hull(-5, 15);
          CHECK((first <= least && most <= last));
        }
      }
    }
  }
}

TEST_CASE("What a cell depends on is what changes it when changed", "[stack]") {
  Random random(3);
  int tried = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<LayerValue> layers;
    for (int at = random.between(1, 3); at > 0; --at) layers.push_back(counting_layer(random));
    if (random.chance(30)) {
      layers.push_back(layer("identity"));
      layers.back().skips.push_back({whole(-1), Value::of(std::string("add"))});
    }
    const auto stack = infer_stack(layers, {1, 1, random.between(4, 8)});
    REQUIRE(stack);
    const std::size_t last = layers.size() - 1;
    if (stack->failure || stack->layers[last].plan.output[2] > 40) continue;
    ++tried;
    const auto all = responses(*stack);
    const std::vector<double> overlap = overlap_of(*stack, last)[0];
    const AxisSummary summary = summarize(*stack)[last][0];
    for (std::size_t cell = 0; cell < all[0].size(); ++cell) {
      const auto at = static_cast<std::int64_t>(cell);
      const auto field = receptive_field(*stack, static_cast<std::int64_t>(last), {at});
      REQUIRE(field);
      double sum = 0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(field->map[i] == all[i][cell]);
        sum += all[i][cell];
      }
      CHECK(overlap[cell] == sum);
      REQUIRE(summary.overlap);
      CHECK((summary.overlap->min <= sum && sum <= summary.overlap->max));
      if (!field->axes[0].extent) continue;
      for (std::int32_t i : field->axes[0].positions) {
        CHECK((field->axes[0].extent->first <= i && i <= field->axes[0].extent->last));
      }
    }
  }
  CHECK(tried > 100);
}

TEST_CASE("Sizes are solved by all arguments that give them, and no other", "[stack]") {
  for (const char* op : {"conv1d", "conv_transpose1d"}) {
    for (std::int64_t from : {1, 5, 8}) {
      for (std::int64_t to : {1, 4, 10, 16}) {
        SizeQuestion question;
        question.operation = *find_operation(op);
        question.from = from;
        question.to = to;
        question.limit = 100000;
        const auto answers = solve_sizes(question);
        REQUIRE(answers);
        REQUIRE(static_cast<double>(answers->listed.size()) == answers->total);
        double found = 0;
        for (std::int64_t kernel = 1; kernel <= 7; ++kernel) {
          for (std::int64_t stride = 1; stride <= 4; ++stride) {
            for (std::int64_t padding = 0; padding <= 3; ++padding) {
              for (std::int64_t dilation = 1; dilation <= 2; ++dilation) {
                for (std::int64_t extra = 0; extra <= (op[4] == '_' ? 3 : 0); ++extra) {
                  LayerValue one = conv(op, kernel, stride, padding);
                  one.set("dilation", whole(dilation));
                  one.set("outputPadding", whole(extra));
                  const auto plan = plan_layer(one, {{1, 1, from}, true});
                  if (!plan || plan->output[2] != to) continue;
                  ++found;
                  const SizeArguments wanted{kernel, stride, padding, dilation, extra};
                  CHECK(std::any_of(
                      answers->listed.begin(), answers->listed.end(),
                      [&](const SizeAnswer& answer) { return answer.layers[0] == wanted; }));
                }
              }
            }
          }
        }
        CHECK(answers->total == found);
      }
    }
  }
}

TEST_CASE("Several layers are solved by every sequence that leads there", "[stack]") {
  for (const char* op : {"conv1d", "conv_transpose1d"}) {
    SizeQuestion question;
    question.operation = *find_operation(op);
    question.from = 5;
    question.to = 8;
    question.layers = 3;
    question.kernel = {1, 3};
    question.stride = {1, 2};
    question.padding = {0, 2};
    question.dilation = {1, 1};
    question.output_padding = {0, op[4] == '_' ? 1 : 0};
    question.limit = 100000;
    const auto answers = solve_sizes(question);
    REQUIRE(answers);
    // The same by single layers: how many ways there are to each size.
    std::map<std::int64_t, double> ways{{question.from, 1}};
    for (std::int64_t layer = 0; layer < question.layers; ++layer) {
      std::map<std::int64_t, double> next;
      for (const auto& [size, count] : ways) {
        for (std::int64_t to = 1; to <= 40; ++to) {
          SizeQuestion one = question;
          one.from = size;
          one.to = to;
          one.layers = 1;
          next[to] += count * solve_sizes(one)->total;
        }
      }
      ways = std::move(next);
    }
    CHECK(answers->total > 0);
    CHECK(answers->total == ways[question.to]);
    CHECK(static_cast<double>(answers->listed.size()) == answers->total);
    for (const SizeAnswer& answer : answers->listed) {
      CHECK(answer.layers.size() == 3);
      CHECK(answer.sizes.back() == question.to);
    }
    question.limit = 5;
    const auto few = solve_sizes(question);
    REQUIRE(few->listed.size() == 5);
    CHECK(
        std::equal(few->listed.begin(), few->listed.end(), answers->listed.begin(),
                   [](const SizeAnswer& a, const SizeAnswer& b) { return a.layers == b.layers; }));
  }
}

TEST_CASE("Repairs repair", "[stack]") {
  std::vector<LayerValue> layers{conv("conv2d", 3, 1, 1), conv("conv2d", 3, 2, 1),
                                 conv("conv_transpose2d", 3, 2, 1)};
  layers[2].set("outChannels", whole(2));
  layers.push_back(layer("relu"));
  layers.back().skips.push_back({whole(0), Value::of(std::string("concat"))});
  for (const Shape& shape : {Shape{1, 3, 16, 16}, Shape{1, 3, 15, 16}}) {
    const auto stack = infer_stack(layers, shape);
    REQUIRE(stack);
    REQUIRE(stack->failure);
    CHECK(stack->failure->layer == 3);
    const Repairs repairs = find_repairs(layers, shape, {.layer = 3}, 1000);
    CHECK(repairs.total > 0);
    CHECK(repairs.listed.size() == repairs.total);
    for (const Repair& repair : repairs.listed) {
      std::vector<LayerValue> changed = layers;
      if (repair.key == "merge") {
        changed[repair.layer].skips[0].merge = repair.value;
      } else {
        changed[repair.layer].set(repair.key, repair.value);
      }
      const auto repaired = infer_stack(changed, shape);
      REQUIRE(repaired);
      CHECK_FALSE(repaired->failure);
      CHECK(repaired->layers[3].plan.output == repair.output);
    }
  }
}

TEST_CASE("What a text does not tell is refused with its place", "[stack]") {
  const auto untold = parse_stack("nn.Conv2d(3, 16, 3),\nnn.Conv2d(16, width, 3)");
  REQUIRE_FALSE(untold);
  CHECK(untold.error().line == 2);
  const auto told = parse_stack("width = 8\nnn.Conv2d(3, width * (1 + 1) // 4, (3, width - 3))");
  REQUIRE(told);
  CHECK(told->layers[0].at("outChannels").number == 4);
  CHECK(told->layers[0].at("kernelSize").list[1].number == 5);
  CHECK_FALSE(parse_stack("w = 1\nw = 2\nnn.Conv2d(3, w, 3)"));
  CHECK_FALSE(parse_stack("h = 2147483647\nnn.Conv2d(3, h * h * h, 3)"));
}

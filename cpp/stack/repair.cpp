// Tries changes one by one; see repair.hpp.
#include "repair.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "planner.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

// A key that may be changed. Lower ranks come first.
struct Knob {
  const char* key;
  std::int64_t least, most;
  int rank;
  bool per_axis;
};

constexpr Knob kConvolution[] = {{"padding", 0, 5, 1, true},
                                 {"kernelSize", 1, 11, 3, true},
                                 {"stride", 1, 8, 4, true},
                                 {"dilation", 1, 4, 5, true}};
constexpr Knob kTransposed[] = {{"outputPadding", 0, 3, 0, true}};
constexpr Knob kUpsample[] = {{"scaleFactor", 1, 8, 1, true}};
constexpr Knob kShuffle[] = {{"upscaleFactor", 1, 8, 3, false}};
constexpr Knob kUnshuffle[] = {{"downscaleFactor", 1, 8, 3, false}};

Value number(std::int64_t value) { return Value::of(static_cast<double>(value)); }

class Search {
 public:
  Search(const std::vector<LayerValue>& layers, Stack stack, const Goal& goal, std::int64_t budget)
      : layers_(layers), before_(std::move(stack)), goal_(goal), work_(before_), budget_(budget) {}

  Repairs run(std::size_t limit) {
    collect_sizes();
    const std::vector<bool> needed = layers_needed();
    for (std::size_t layer = std::min(goal_.layer, before_.layers.size()) + 1; layer-- > 0;) {
      if (needed[layer]) vary(layer);
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.order < b.order; });
    Repairs repairs{.total = found_.size(), .complete = budget_ >= 0};
    for (std::size_t at = 0; at < found_.size() && at < limit; ++at) {
      repairs.listed.push_back(std::move(found_[at].repair));
    }
    return repairs;
  }

 private:
  struct Found {
    Repair repair;
    std::tuple<int, std::size_t, double> order;
  };
  std::vector<LayerValue> layers_;  // one of them changed while it is tried
  const Stack before_;
  const Goal& goal_;
  Stack work_;  // layers are varied from the last on: those in front stay as they are
  std::set<std::int64_t> channels_{};  // that occur where the stack fails
  std::vector<Shape> sizes_{};         // of spatial axes, the same
  std::vector<Found> found_{};
  std::int64_t budget_;

  // What meets in the layer that fails, or what is asked for.
  void collect_sizes() {
    if (goal_.size) sizes_.push_back(*goal_.size);
    const std::size_t index = std::min(goal_.layer, before_.layers.size());
    const LayerValue& layer = layers_[index];
    note(index);
    if (!layer.at("from").is_missing()) note_value(layer.at("from"));
    for (const SkipValue& skip : layer.skips) note_value(skip.from);
    for (const char* key : {"inChannels", "inFeatures", "numFeatures", "numChannels"}) {
      const Value& told = layer.at(key);
      if (told.kind == Value::Kind::number && told.number >= 1 && told.number < 0x1p30 &&
          told.number == std::floor(told.number)) {
        channels_.insert(static_cast<std::int64_t>(told.number));
      }
    }
    // For groups and pixel shuffle: multiples beside.
    for (const char* key : {"groups", "upscaleFactor", "numGroups"}) {
      const Value& factor = layer.at(key);
      if (factor.kind != Value::Kind::number || !(factor.number >= 1 && factor.number <= 64)) {
        continue;
      }
      auto unit = static_cast<std::int64_t>(factor.number);
      if (key[0] == 'u') unit *= unit;
      for (std::int64_t channels : std::vector(channels_.begin(), channels_.end())) {
        channels_.insert(std::max<std::int64_t>(channels / unit, 1) * unit);
        channels_.insert((channels + unit - 1) / unit * unit);
      }
    }
  }

  void note_value(const Value& from) {
    if (from.kind != Value::Kind::number) return;
    const double node = from.number + 1;
    if (node >= 0 && node <= static_cast<double>(before_.layers.size())) {
      note(static_cast<std::size_t>(node));
    }
  }

  void note(std::size_t node) {
    const Shape& shape = before_.shape(node);
    const std::size_t channel = before_.input.channel_axis();
    channels_.insert(shape[channel]);
    channels_.insert(shape.back());
    if (shape.size() > channel + 1) sizes_.emplace_back(shape.begin() + channel + 1, shape.end());
  }

  // Layers whose output reaches the one asked about.
  std::vector<bool> layers_needed() const {
    std::vector<bool> needed(layers_.size(), false);
    const std::size_t last = std::min(goal_.layer, before_.layers.size());
    needed[last] = true;
    const auto mark = [&](double node) {
      if (node >= 1 && node <= static_cast<double>(last)) {
        needed[static_cast<std::size_t>(node) - 1] = true;
      }
    };
    for (std::size_t layer = last + 1; layer-- > 0;) {
      if (!needed[layer]) continue;
      const Value& from = layers_[layer].at("from");
      mark(from.kind == Value::Kind::number ? from.number + 1 : static_cast<double>(layer));
      for (const SkipValue& skip : layers_[layer].skips) {
        if (skip.from.kind == Value::Kind::number) mark(skip.from.number + 1);
      }
    }
    return needed;
  }

  void vary(std::size_t layer) {
    const Result<OperationName> name = read_operation(layers_[layer]);
    if (!name) return;
    switch (name->kind()) {
      case Kind::conv_transpose:
        turn(layer, kTransposed);
        turn(layer, kConvolution);
        vary_channels(layer, "outChannels");
        break;
      case Kind::conv:
        turn(layer, kConvolution);
        vary_channels(layer, "outChannels");
        break;
      case Kind::max_pool:
      case Kind::avg_pool:
        attempt(layer, "ceilMode", Value::of(layers_[layer].at("ceilMode").number == 0), 0, 0);
        turn(layer, kConvolution);
        break;
      case Kind::adaptive_avg_pool:
      case Kind::adaptive_max_pool:
        vary_sizes(layer, "outputSize");
        break;
      case Kind::upsample:
        if (layers_[layer].at("scaleFactor").is_missing()) {
          vary_sizes(layer, "size");
        } else {
          turn(layer, kUpsample);
        }
        break;
      case Kind::pixel_shuffle:
        turn(layer, kShuffle);
        break;
      case Kind::pixel_unshuffle:
        turn(layer, kUnshuffle);
        break;
      case Kind::linear:
        vary_channels(layer, "outFeatures");
        break;
      default:
        break;
    }
    if (layer == std::min(goal_.layer, before_.layers.size())) vary_input(layer, *name);
  }

  // How the layer that fails takes its input.
  void vary_input(std::size_t layer, const OperationName& name) {
    for (const char* key : {"inChannels", "inFeatures", "numFeatures", "numChannels"}) {
      if (!layers_[layer].at(key).is_missing()) vary_channels(layer, key, 0);
    }
    if (name.kind() == Kind::conv || name.kind() == Kind::conv_transpose) {
      for (std::int64_t groups : {1, 2, 4, 8}) {
        attempt(layer, "groups", number(groups), 5, static_cast<double>(groups));
      }
    }
    if (name.kind() == Kind::group_norm) {
      for (std::int64_t groups = 1; groups <= 32; ++groups) {
        attempt(layer, "numGroups", number(groups), 2, change(layer, "numGroups", groups));
      }
    }
    if (layers_[layer].skips.size() == 1) {
      const bool is_added = layers_[layer].skips[0].merge.text == "add";
      attempt(layer, "merge", Value::of(std::string(is_added ? "concat" : "add")), 2, 0);
    }
  }

  void vary_channels(std::size_t layer, const char* key, int rank = 2) {
    for (std::int64_t channels : channels_) {
      attempt(layer, key, number(channels), rank, change(layer, key, channels));
    }
  }

  void vary_sizes(std::size_t layer, const char* key) {
    for (const Shape& size : sizes_) {
      std::vector<Value> list;
      for (std::int64_t entry : size) list.push_back(number(entry));
      attempt(layer, key, Value::of(std::move(list)), 0, 0);
    }
  }

  double change(std::size_t layer, const char* key, std::int64_t value) const {
    const Value& now = layers_[layer].at(key);
    return std::abs(static_cast<double>(value) -
                    (now.kind == Value::Kind::number ? now.number : 0));
  }

  template <std::size_t N>
  void turn(std::size_t layer, const Knob (&knobs)[N]) {
    for (const Knob& knob : knobs) {
      for (std::int64_t value = knob.least; value <= knob.most; ++value) {
        const double step = change(layer, knob.key, value);
        if (attempt(layer, knob.key, number(value), knob.rank, step) || !knob.per_axis) continue;
        vary_one_axis(layer, knob, value, step);
      }
    }
  }

  // The other axes as they are.
  void vary_one_axis(std::size_t layer, const Knob& knob, std::int64_t value, double step) {
    const Value now = layers_[layer].at(knob.key);
    const int axes = before_.spatial(std::min(layer, before_.layers.size()));
    if (axes < 2 || now.kind == Value::Kind::text) return;
    std::vector<Value> list = now.list;
    if (list.empty()) {
      const bool is_kernel_size = std::string_view(knob.key) == "stride" && now.is_missing() &&
                                  layers_[layer].at("op").text.find("pool") != std::string::npos;
      const Value& present = is_kernel_size ? layers_[layer].at("kernelSize") : now;
      list.assign(static_cast<std::size_t>(axes),
                  present.is_missing() ? number(default_of(knob.key)) : present);
    }
    if (list.size() != static_cast<std::size_t>(axes)) return;
    for (Value& entry : list) {
      if (entry.kind != Value::Kind::number) return;  // pairs of paddings
      const Value kept = std::exchange(entry, number(value));
      attempt(layer, knob.key, Value::of(list), knob.rank, step + 0.5);
      entry = kept;
    }
  }

  static std::int64_t default_of(std::string_view key) {
    return key == "padding" || key == "outputPadding" ? 0 : 1;
  }

  // Whether the stack then works as it should; if so, it is noted.
  bool attempt(std::size_t layer, const char* key, Value value, int rank, double step) {
    if (budget_ < 0) return false;
    budget_ -= static_cast<std::int64_t>(goal_.layer - layer) + 1;
    if (budget_ < 0) return false;
    LayerValue kept = layers_[layer];
    const bool is_same =
        value.kind == Value::Kind::number && step == 0 && kept.at(key).kind == Value::Kind::number;
    if (std::string_view(key) == "merge") {
      layers_[layer].skips[0].merge = value;
    } else {
      layers_[layer].set(key, value);
    }
    infer_again(work_, layers_, layer, goal_.layer);
    layers_[layer] = std::move(kept);
    if (work_.failure) return false;
    const Shape& output = work_.shape(goal_.layer + 1);
    if (goal_.size) {
      const Shape size(output.end() - work_.spatial(goal_.layer + 1), output.end());
      // One number stands for all axes, whose number nobody knew where the stack failed before.
      const bool is_one = goal_.size->size() == 1 && !size.empty();
      const Shape wanted = is_one ? Shape(size.size(), goal_.size->front()) : *goal_.size;
      if (size != wanted) return false;
    }
    if (is_same) return true;
    found_.push_back({{layer, key, std::move(value), output}, {rank, goal_.layer - layer, step}});
    return true;
  }
};

}  // namespace

Check spread_size(const Stack& stack, Goal& goal) {
  if (!goal.size || goal.layer >= stack.layers.size()) return Passed{};
  const std::size_t axes = static_cast<std::size_t>(stack.spatial(goal.layer + 1));
  if (goal.size->size() == 1 && axes > 1) goal.size->resize(axes, goal.size->front());
  if (goal.size->size() == axes || axes == 0) return Passed{};
  const char* const key = "size";
  return refuse(Code::argument_length, key,
                {"`", key, "` is ", *goal.size, ", but there are ", axes,
                 " spatial axes. Give one number, or one per axis."});
}

Repairs find_repairs(const std::vector<LayerValue>& layers, const Shape& input, const Goal& goal,
                     std::size_t limit, std::int64_t budget) {
  Result<Stack> stack = infer_stack(layers, input);
  if (!stack || goal.layer >= layers.size()) return {};
  return Search(layers, std::move(*stack), goal, budget).run(limit);
}

}  // namespace convscope::stack

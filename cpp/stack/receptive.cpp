// Backwards from one cell, as gradients go when all weights are 1; see receptive.hpp.
#include "receptive.hpp"

#include <algorithm>
#include <array>

#include "../checks.hpp"
#include "../limits.hpp"

namespace convscope::stack {
namespace {

using Counts = std::vector<double>;

// What is known of one node: paths from it to the cell that was asked about.
struct Paths {
  std::array<Counts, 3> axes{};  // per spatial axis, as if it were alone
  Counts map{};                  // of its spatial axes together; without such, of its features
};

class Backward {
 public:
  explicit Backward(const Stack& stack) : stack_(stack) {}

  // Spatial sizes, or the number of features.
  Shape sizes(std::size_t node) const {
    const Shape& shape = stack_.shape(node);
    const int spatial = stack_.spatial(node);
    return {shape.end() - std::max(spatial, 1), shape.end()};
  }

  Check fits(std::size_t target) const {
    std::int64_t steps = 0;
    for (std::size_t node = 1; node <= target; ++node) {
      const std::int64_t cells =
          std::max(element_count(sizes(node)), element_count(sizes(source(node))));
      std::int64_t taps = 1;
      for (const Reads& reads : stack_.layers[node - 1].plan.axes) {
        taps = std::max(taps, reads.taps());
      }
      steps += std::min(element_count({cells, taps}), kMaxFieldSteps);
      if (steps >= kMaxFieldSteps || cells > kMaxFieldCells) {
        return refuse(Code::limit_operations, "inputShape",
                      {"Counting the paths would take more than ", kMaxFieldSteps,
                       " steps, the most the engine takes on. Use a smaller input."});
      }
    }
    return Passed{};
  }

  void begin(std::size_t target, const Shape& cell) {
    paths_.assign(target + 1, {});
    Paths& paths = prepare(target);
    std::size_t flat = 0;
    const Shape all = sizes(target);
    for (std::size_t at = 0; at < all.size(); ++at) {
      const auto index = static_cast<std::size_t>(cell[at]);
      flat = flat * static_cast<std::size_t>(all[at]) + index;
      if (stack_.spatial(target) > 0) paths.axes[at][index] = 1;
    }
    paths.map[flat] = 1;
  }

  // To the sources of the node, which is forgotten then.
  void step(std::size_t node) {
    Paths here = std::move(paths_[node]);
    if (here.map.empty()) return;
    const Node& layer = stack_.layers[node - 1];
    const Paths read = before(node, here);
    std::size_t length = 0;  // of features that are concatenated so far
    for (const Source& source : layer.sources) {
      Paths& there = prepare(source.node);
      const bool is_behind = source.concat && stack_.spatial(source.node) == 0;
      add(there.map, read.map, is_behind ? length : 0);
      if (length == 0 || is_behind) length += there.map.size();
      for (std::size_t at = 0; at < 3; ++at) add(there.axes[at], read.axes[at]);
    }
  }

  const Paths& at(std::size_t node) const { return paths_[node]; }

 private:
  // A second or two, and 128 MiB for one map.
  static constexpr std::int64_t kMaxFieldSteps = std::int64_t{1} << 28;
  static constexpr std::int64_t kMaxFieldCells = std::int64_t{1} << 24;
  const Stack& stack_;
  std::vector<Paths> paths_{};

  std::size_t source(std::size_t node) const { return stack_.layers[node - 1].sources[0].node; }

  static void add(Counts& sum, const Counts& more, std::size_t from = 0) {
    for (std::size_t at = 0; at < sum.size() && from + at < more.size(); ++at) {
      sum[at] += more[from + at];
    }
  }

  Paths& prepare(std::size_t node) {
    Paths& paths = paths_[node];
    if (!paths.map.empty()) return paths;
    paths = empty(node);
    return paths;
  }

  Paths empty(std::size_t node) const {
    Paths paths;
    const Shape all = sizes(node);
    paths.map.assign(static_cast<std::size_t>(element_count(all)), 0);
    for (int at = 0; at < stack_.spatial(node); ++at) {
      paths.axes[at].assign(static_cast<std::size_t>(all[at]), 0);
    }
    return paths;
  }

  // Paths from the merged input of a node.
  Paths before(std::size_t node, const Paths& here) const {
    const Plan& plan = stack_.layers[node - 1].plan;
    Paths there = empty(source(node));
    switch (plan.flow) {
      case Flow::features:
        there.map = here.map;
        break;
      case Flow::mix: {
        double sum = 0;
        for (double count : here.map) sum += count;
        there.map.assign(static_cast<std::size_t>(plan.input.back()), sum);
        break;
      }
      case Flow::flatten:
        for (std::size_t at = 0; at < here.map.size(); ++at) {
          double& count = there.map[at % there.map.size()];  // any channel's
          count = std::max(count, here.map[at]);
        }
        project(there, sizes(source(node)));
        break;
      case Flow::unflatten:
        there.map.clear();
        while (there.map.size() < static_cast<std::size_t>(plan.input.back())) {
          there.map.insert(there.map.end(), here.map.begin(), here.map.end());
        }
        break;
      case Flow::cells: {
        Shape all = sizes(node);
        there.map = here.map;
        for (std::size_t at = 0; at < plan.axes.size(); ++at) {
          there.map = pull(there.map, all, at, plan.axes[at]);
          there.axes[at] = pull(here.axes[at], plan.axes[at]);
          all[at] = plan.axes[at].axis.input;
        }
        break;
      }
    }
    return there;
  }

  // The axes' counts are those of the map, which is all there is after features.
  static void project(Paths& paths, const Shape& all) {
    std::size_t inner = paths.map.size();
    for (std::size_t at = 0; at < all.size(); ++at) {
      const auto size = static_cast<std::size_t>(all[at]);
      inner /= size;
      for (std::size_t flat = 0; flat < paths.map.size(); ++flat) {
        double& count = paths.axes[at][flat / inner % size];
        count = std::max(count, paths.map[flat]);
      }
    }
  }

  static Counts pull(const Counts& counts, const Reads& reads) {
    Counts result(static_cast<std::size_t>(reads.axis.input), 0);
    for (std::size_t p = 0; p < counts.size(); ++p) {
      if (counts[p] == 0) continue;
      reads.each(static_cast<std::int64_t>(p), true,
                 [&](std::int64_t i) { result[static_cast<std::size_t>(i)] += counts[p]; });
    }
    return result;
  }

  // Along one axis of a map of sizes `all`.
  static Counts pull(const Counts& map, const Shape& all, std::size_t at, const Reads& reads) {
    const std::int64_t outer = element_count(Shape(all.begin(), all.begin() + at));
    const std::int64_t inner = element_count(Shape(all.begin() + at + 1, all.end()));
    const std::int64_t from = all[at], to = reads.axis.input;
    Counts result(static_cast<std::size_t>(outer * to * inner), 0);
    for (std::int64_t o = 0; o < outer; ++o) {
      for (std::int64_t p = 0; p < from; ++p) {
        const double* line = map.data() + (o * from + p) * inner;
        if (std::all_of(line, line + inner, [](double count) { return count == 0; })) continue;
        reads.each(p, true, [&](std::int64_t i) {
          double* sum = result.data() + (o * to + i) * inner;
          for (std::int64_t x = 0; x < inner; ++x) sum[x] += line[x];
        });
      }
    }
    return result;
  }
};

Check check_cell(const Shape& cell, const Shape& sizes) {
  bool is_inside = cell.size() == sizes.size();
  for (std::size_t at = 0; at < cell.size() && is_inside; ++at) {
    is_inside = 0 <= cell[at] && cell[at] < sizes[at];
  }
  if (is_inside) return Passed{};
  return refuse(
      Code::index_out_of_range, "cell",
      {"`cell` is ", cell, ", but the layer's output has cells from 0 to below ", sizes, "."});
}

void note_through(ReceptiveField& field, const Paths& paths, std::size_t node, int spatial) {
  Through through{.layer = node - 1};
  for (int at = 0; at < spatial; ++at) {
    const Counts& counts = paths.axes[at];
    const auto is_read = [](double count) { return count != 0; };
    const auto first = std::find_if(counts.begin(), counts.end(), is_read);
    const auto last = std::find_if(counts.rbegin(), counts.rend(), is_read);
    if (first == counts.end()) return;
    through.first.push_back(first - counts.begin());
    through.last.push_back(counts.rend() - last - 1);
  }
  field.through.push_back(std::move(through));
}

}  // namespace

Result<std::size_t> read_layer_index(const Stack& stack, std::int64_t layer) {
  const auto count = static_cast<std::int64_t>(stack.layers.size());
  if (layer >= 0 && layer < count) return static_cast<std::size_t>(layer);
  if (layer >= 0 && stack.failure) return stack.failure->refusal;
  return refuse(Code::index_out_of_range, "layer",
                {"`layer` is ", layer, ", but the layers are counted from 0 to ", count - 1, "."});
}

Result<ReceptiveField> receptive_field(const Stack& stack, std::int64_t layer, const Shape& cell) {
  const Result<std::size_t> index = read_layer_index(stack, layer);
  if (!index) return index.refusal();
  const std::size_t target = *index + 1;
  Backward backward(stack);
  if (Check inside = check_cell(cell, backward.sizes(target)); !inside) return inside.refusal();
  if (Check small = backward.fits(target); !small) return small.refusal();

  ReceptiveField field;
  backward.begin(target, cell);
  for (std::size_t node = target; node > 0; --node) {
    if (!backward.at(node).map.empty() && stack.spatial(node) > 0) {
      note_through(field, backward.at(node), node, stack.spatial(node));
    }
    backward.step(node);
  }
  const Paths& input = backward.at(0);
  field.shape = backward.sizes(0);
  field.map = input.map;
  field.map.resize(static_cast<std::size_t>(element_count(field.shape)));
  for (int at = 0; at < stack.spatial(0); ++at) {
    FieldAxis axis{.name = axis_name(Op{false, stack.spatial(0)}, at), .size = field.shape[at]};
    for (std::size_t i = 0; i < input.axes[at].size(); ++i) {
      if (input.axes[at][i] == 0) continue;
      axis.positions.push_back(static_cast<std::int32_t>(i));
      axis.counts.push_back(input.axes[at][i]);
    }
    const Track known = track(stack, at)[target];
    if (known.closed_form && known.jump && at < stack.spatial(target)) {
      const double moved = *known.jump * static_cast<double>(cell[at]);
      axis.extent = {known.closed_form->first + moved, known.closed_form->last + moved};
    }
    field.axes.push_back(std::move(axis));
  }
  return field;
}

}  // namespace convscope::stack

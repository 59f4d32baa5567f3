// Forward through the stack, axis by axis; see summary.hpp.
#include "summary.hpp"

#include <algorithm>

#include "../checks.hpp"

namespace convscope::stack {
namespace {

// Cells of one axis that are gone through at most, of all layers together, and reads of them.
constexpr std::int64_t kMaxCells = std::int64_t{1} << 21;
constexpr std::int64_t kMaxReads = std::int64_t{1} << 25;

// Cells of each output that are looked at for its pattern: it repeats with the product of the
// strides of transposed layers.
constexpr std::int64_t kPattern = 4096;

// What is known of one cell.
struct Cell {
  std::int64_t first = INT64_MAX, last = INT64_MIN;  // cells of the stack's input
  double paths = 0;
};

// The cells from `begin` on, of one node.
struct Row {
  std::int64_t begin = 0, end = 0;
  std::vector<Cell> cells{};

  void reach(std::int64_t first, std::int64_t last) {
    begin = std::min(begin, first);
    end = std::max(end, last + 1);
  }
  const Cell& at(std::int64_t p) const { return cells[static_cast<std::size_t>(p - begin)]; }
};

class Walk {
 public:
  Walk(const Stack& stack, int axis) : stack_(stack), axis_(axis) {}

  bool has_axis(std::size_t node) const { return axis_ < stack_.spatial(node); }
  bool follows(std::size_t node) const { return stack_.follows(node) && has_axis(node); }
  const Reads& reads(std::size_t node) const { return stack_.layers[node - 1].plan.axes[axis_]; }
  std::int64_t size(std::size_t node) const {
    const Shape& shape = stack_.shape(node);
    return shape[shape.size() - stack_.spatial(node) + axis_];
  }
  std::size_t count() const { return stack_.layers.size() + 1; }

  // Rows of all nodes, or none where there are too many cells. Bounded: every cell that is there.
  // Else the first kPattern of each, and whatever they need of others.
  std::vector<Row> rows(bool bounded) const {
    std::vector<Row> rows(count());
    for (std::size_t node = count(); node-- > 0;) {
      if (!has_axis(node)) continue;
      rows[node].reach(0, (bounded ? size(node) : std::min(size(node), kPattern)) - 1);
      if (bounded || !follows(node)) continue;
      const auto [first, last] = reads(node).hull(rows[node].begin, rows[node].end - 1);
      if (last - first > kMaxCells) return {};
      for (const Source& source : stack_.layers[node - 1].sources) {
        rows[source.node].reach(first, last);
      }
    }
    std::int64_t cells = 0, steps = 0;
    for (std::size_t node = 0; node < count(); ++node) {
      const std::int64_t length = rows[node].end - rows[node].begin;
      cells += length;
      steps += length * (follows(node) ? reads(node).taps() : 1);
      if (cells > kMaxCells || steps > kMaxReads) return {};
    }
    for (std::size_t node = 0; node < count(); ++node) fill(rows, node, bounded);
    return rows;
  }

 private:
  const Stack& stack_;
  int axis_;

  void fill(std::vector<Row>& rows, std::size_t node, bool bounded) const {
    Row& row = rows[node];
    row.cells.resize(static_cast<std::size_t>(row.end - row.begin));
    for (std::int64_t p = row.begin; p < row.end; ++p) {
      Cell& cell = row.cells[static_cast<std::size_t>(p - row.begin)];
      if (!follows(node)) {  // paths begin here
        cell = {p, p, 1};
        continue;
      }
      for (const Source& source : stack_.layers[node - 1].sources) {
        reads(node).each(p, bounded, [&](std::int64_t i) {
          const Cell& read = rows[source.node].at(i);
          cell.first = std::min(cell.first, read.first);
          cell.last = std::max(cell.last, read.last);
          cell.paths += read.paths;
        });
      }
    }
  }
};

std::optional<double> together(const std::optional<double>& a, const std::optional<double>& b) {
  return a == b ? a : std::nullopt;
}

// Where branches meet.
Track joined(const Track& a, const Track& b) {
  Track both{together(a.jump, b.jump), together(a.start, b.start), {}};
  if (both.jump && a.closed_form && b.closed_form) {
    both.closed_form = {std::min(a.closed_form->first, b.closed_form->first),
                        std::max(a.closed_form->last, b.closed_form->last)};
    both.start = (both.closed_form->first + both.closed_form->last) / 2;
  }
  return both;
}

Track behind(const Track& before, const Reads& reads) {
  Track track;
  if (reads.kind == Reads::Kind::all || !before.jump) return track;
  const double jump = *before.jump;
  track.jump = jump * reads.step();
  if (before.start) track.start = *before.start + jump * reads.offset();
  if (before.closed_form && reads.is_affine()) {
    track.closed_form = {before.closed_form->first + jump * static_cast<double>(reads.first()),
                         before.closed_form->last + jump * static_cast<double>(reads.last())};
  }
  return track;
}

std::optional<double> largest_field(const std::vector<Cell>& cells, std::int64_t begin,
                                    std::int64_t count) {
  std::int64_t largest = 0;
  for (std::int64_t p = 0; p < count; ++p) {
    const Cell& cell = cells[static_cast<std::size_t>(p - begin)];
    if (cell.first <= cell.last) largest = std::max(largest, cell.last - cell.first + 1);
  }
  return static_cast<double>(largest);
}

std::pair<double, double> least_and_most(const Row& row, std::int64_t count) {
  double least = row.at(0).paths, most = least;
  for (std::int64_t p = 0; p < count; ++p) {
    least = std::min(least, row.at(p).paths);
    most = std::max(most, row.at(p).paths);
  }
  return {least, most};
}

}  // namespace

std::vector<Track> track(const Stack& stack, int axis) {
  const Walk walk(stack, axis);
  std::vector<Track> tracks(walk.count());
  if (walk.has_axis(0)) tracks[0] = {1, 0, ClosedForm{0, 0}};
  for (std::size_t node = 1; node < walk.count(); ++node) {
    if (!walk.follows(node) || !stack.layers[node - 1].rooted) continue;
    const std::vector<Source>& sources = stack.layers[node - 1].sources;
    Track input = tracks[sources[0].node];
    for (const Source& source : sources) input = joined(input, tracks[source.node]);
    tracks[node] = behind(input, walk.reads(node));
  }
  return tracks;
}

std::vector<std::vector<AxisSummary>> summarize(const Stack& stack) {
  std::vector<std::vector<AxisSummary>> summaries(stack.layers.size());
  for (int axis = 0; axis < 3; ++axis) {
    const Walk walk(stack, axis);
    const std::vector<Track> tracks = track(stack, axis);
    const std::vector<Row> open = walk.rows(false), bounded = walk.rows(true);
    for (std::size_t node = 1; node < walk.count(); ++node) {
      if (!walk.has_axis(node)) continue;
      const Track& known = tracks[node];
      AxisSummary summary;
      summary.name = axis_name(Op{false, stack.spatial(node)}, axis);
      summary.output = walk.size(node);
      if (walk.follows(node)) summary.input = walk.reads(node).axis.input;
      summary.jump = known.jump;
      summary.start = known.start;
      summary.closed_form = known.closed_form;
      const std::int64_t count = std::min(summary.output, kPattern);
      if (known.closed_form) {
        summary.receptive_field = known.closed_form->last - known.closed_form->first + 1;
      } else if (stack.layers[node - 1].rooted && !open.empty()) {
        summary.receptive_field = largest_field(open[node].cells, open[node].begin, count);
      }
      if (!open.empty() && !bounded.empty()) {
        const auto [least, most] = least_and_most(bounded[node], summary.output);
        const auto [inner_least, inner_most] = least_and_most(open[node], count);
        summary.overlap = {least, most, inner_least, inner_most};
      }
      summaries[node - 1].push_back(summary);
    }
  }
  return summaries;
}

std::vector<std::vector<double>> overlap_of(const Stack& stack, std::size_t layer) {
  std::vector<std::vector<double>> counts;
  for (int axis = 0; axis < stack.spatial(layer + 1); ++axis) {
    const std::vector<Row> rows = Walk(stack, axis).rows(true);
    std::vector<double>& row = counts.emplace_back();
    if (rows.empty()) continue;
    for (const Cell& cell : rows[layer + 1].cells) row.push_back(cell.paths);
  }
  return counts;
}

}  // namespace convscope::stack

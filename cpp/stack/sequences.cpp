// Forwards all sizes that can be reached, backwards how many ways lead to the end and what they
// weigh at least; then best first, by what is known to come. See sequences.hpp.
#include "sequences.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>

namespace convscope::stack {
namespace {

constexpr std::size_t kMaxSteps = std::size_t{1} << 23;
constexpr std::size_t kMaxCompared = std::size_t{1} << 21;  // layers of branches: a second

using Sizes = std::vector<std::int64_t>;

// Ascending, by layers behind; none where there are too many.
std::optional<std::vector<Sizes>> reach(const Journey& journey) {
  std::vector<Sizes> levels{{journey.from}};
  std::size_t steps = 0;
  for (std::int64_t layer = 0; layer < journey.layers; ++layer) {
    const std::int64_t most = journey.most(journey.layers - layer - 1);
    steps += levels.back().size() * journey.choices.size();
    if (steps > kMaxSteps) return std::nullopt;
    Sizes sizes;
    for (const std::int64_t size : levels.back()) {
      for (std::size_t choice = 0; choice < journey.choices.size(); ++choice) {
        const std::int64_t next = journey.after(size, choice);
        if (1 <= next && next <= most) sizes.push_back(next);
      }
    }
    std::sort(sizes.begin(), sizes.end());
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    levels.push_back(std::move(sizes));
  }
  return levels;
}

}  // namespace

bool Sequences::allows(Mode mode, std::size_t choice) const {
  return mode != kCustomary || journey_->choices[choice].customary;
}

Sequences::Mode Sequences::next(Mode mode, std::size_t choice) const {
  return mode == kWithOther && !journey_->choices[choice].customary ? kAny : mode;
}

std::optional<Sequences> Sequences::find(const Journey& journey) {
  const auto sizes = reach(journey);
  if (!sizes) return std::nullopt;
  Sequences found;
  found.journey_ = &journey;
  for (const Sizes& level : *sizes) found.levels_.emplace_back(level.size());
  for (std::size_t at = 0; at < sizes->back().size(); ++at) {
    if (sizes->back()[at] != journey.to) continue;
    Place& end = found.levels_.back()[at];
    end.count = 1;
    end.least[kAny] = end.least[kCustomary] = Weight{};
  }
  for (std::size_t level = sizes->size() - 1; level-- > 0;) {
    const Sizes& targets = (*sizes)[level + 1];
    for (std::size_t at = 0; at < (*sizes)[level].size(); ++at) {
      Place& place = found.levels_[level][at];
      for (std::size_t choice = 0; choice < journey.choices.size(); ++choice) {
        const std::int64_t size = journey.after((*sizes)[level][at], choice);
        const auto target = std::lower_bound(targets.begin(), targets.end(), size);
        if (target == targets.end() || *target != size) continue;
        const auto index = static_cast<std::size_t>(target - targets.begin());
        const Place& behind = found.levels_[level + 1][index];
        if (behind.count == 0) continue;
        place.count += behind.count;
        place.edges.push_back({choice, index});
        for (const Mode mode : {kAny, kCustomary, kWithOther}) {
          const auto& rest = behind.least[found.next(mode, choice)];
          if (!rest || !found.allows(mode, choice)) continue;
          const Weight whole = journey.choices[choice].weight + *rest;
          if (!place.least[mode] || whole < *place.least[mode]) place.least[mode] = whole;
        }
      }
    }
  }
  return found;
}

double Sequences::total() const { return levels_.front().front().count; }

void Sequences::firsts(const std::function<void(std::size_t)>& visit) const {
  for (const Edge& edge : levels_.front().front().edges) visit(edge.choice);
}

// A branch is a beginning and what may come next to it, in order; it grows by its next brother and
// by its first child.
class BestFirst {
 public:
  BestFirst(const Sequences& sequences, Sequences::Mode mode) : all_(sequences) {
    push({}, kNone, branching(0, 0, mode), 0);
  }

  std::vector<Sequence> run(std::size_t limit, const std::function<bool(const Sequence&)>& keeps) {
    std::vector<Sequence> found;
    const std::size_t most = kMaxCompared / static_cast<std::size_t>(all_.journey_->layers);
    while (found.size() < limit && !queue_.empty() && branches_.size() < most) {
      const std::size_t at = queue_.top();
      queue_.pop();
      const Branch branch = branches_[at];
      const Branching& here = branchings_[branch.branching];
      const Way way = here.ways[branch.rank];
      const std::size_t level = here.level + 1;
      push(branch.before, branch.parent, branch.branching, branch.rank + 1);
      if (level + 1 < all_.levels_.size()) {
        const Weight before = branch.before + all_.journey_->choices[way.choice].weight;
        push(before, at, branching(level, way.target, way.mode), 0);
        continue;
      }
      Sequence sequence = choicesOf(at);
      if (keeps(sequence)) found.push_back(std::move(sequence));
    }
    return found;
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;

  struct Way {
    Weight whole;  // with the least that follows
    std::size_t choice, target;
    Sequences::Mode mode;
  };
  struct Branching {
    std::size_t level;
    std::vector<Way> ways;
  };
  struct Branch {
    Weight before;
    std::size_t parent, branching, rank;
  };
  struct Later {
    const BestFirst* self;
    bool operator()(std::size_t a, std::size_t b) const { return self->isLater(a, b); }
  };

  const Sequences& all_;
  std::map<std::tuple<std::size_t, std::size_t, Sequences::Mode>, std::size_t> known_{};
  std::vector<Branching> branchings_{};
  std::vector<Branch> branches_{};
  std::priority_queue<std::size_t, std::vector<std::size_t>, Later> queue_{Later{this}};

  std::size_t branching(std::size_t level, std::size_t place, Sequences::Mode mode) {
    const auto [entry, isNew] = known_.try_emplace({level, place, mode}, branchings_.size());
    if (!isNew) return entry->second;
    Branching here{level, {}};
    for (const Sequences::Edge& edge : all_.levels_[level][place].edges) {
      if (!all_.allows(mode, edge.choice)) continue;
      const Sequences::Mode next = all_.next(mode, edge.choice);
      const auto& rest = all_.levels_[level + 1][edge.target].least[next];
      if (!rest) continue;
      const Weight whole = all_.journey_->choices[edge.choice].weight + *rest;
      here.ways.push_back({whole, edge.choice, edge.target, next});
    }
    std::sort(here.ways.begin(), here.ways.end(), [](const Way& a, const Way& b) {
      return std::tie(a.whole, a.choice) < std::tie(b.whole, b.choice);
    });
    branchings_.push_back(std::move(here));
    return entry->second;
  }

  void push(const Weight& before, std::size_t parent, std::size_t branching, std::size_t rank) {
    if (rank >= branchings_[branching].ways.size()) return;
    branches_.push_back({before, parent, branching, rank});
    queue_.push(branches_.size() - 1);
  }

  Sequence choicesOf(std::size_t at) const {
    Sequence sequence;
    for (; at != kNone; at = branches_[at].parent) {
      const Branch& branch = branches_[at];
      sequence.push_back(branchings_[branch.branching].ways[branch.rank].choice);
    }
    std::reverse(sequence.begin(), sequence.end());
    return sequence;
  }

  Weight wholeOf(const Branch& branch) const {
    return branch.before + branchings_[branch.branching].ways[branch.rank].whole;
  }

  bool isLater(std::size_t a, std::size_t b) const {
    const Weight first = wholeOf(branches_[a]), second = wholeOf(branches_[b]);
    return first == second ? choicesOf(a) > choicesOf(b) : first > second;
  }
};

std::vector<Sequence> Sequences::best(bool customary, std::size_t limit,
                                      const std::function<bool(const Sequence&)>& keeps) const {
  return BestFirst(*this, customary ? kCustomary : kWithOther).run(limit, keeps);
}

}  // namespace convscope::stack

// Sequences of choices that lead from one size to another, one choice a layer: how many there are,
// and the best of them in order, without going through all.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace convscope::stack {

// What is better has less: of two sequences the sums decide, in this order.
struct Weight {
  std::int64_t extra = 0, kernel = 0, rest = 0;

  auto operator<=>(const Weight&) const = default;
  Weight operator+(const Weight& other) const {
    return {extra + other.extra, kernel + other.kernel, rest + other.rest};
  }
};

struct Choice {
  Weight weight{};
  bool customary = false;
};

struct Journey {
  std::int64_t from = 1, to = 1, layers = 1;
  std::vector<Choice> choices{};
  // The size behind a layer with that choice; below 1: it takes no such size.
  std::function<std::int64_t(std::int64_t size, std::size_t choice)> after{};
  // Sizes above it cannot come back to `to` within so many layers.
  std::function<std::int64_t(std::int64_t layers)> most{};
};

using Sequence = std::vector<std::size_t>;  // a choice a layer

class Sequences {
 public:
  // None where there are too many sizes on the way to go through.
  static std::optional<Sequences> find(const Journey& journey);

  // Exact up to 2^53.
  double total() const;
  // Each choice of the first layer from which a way leads to the end.
  void firsts(const std::function<void(std::size_t choice)>& visit) const;
  // The first `limit` that `keeps` takes, of those whose choices are all customary or of the
  // others: by weight, then by choices. Fewer where it would take long to find them.
  std::vector<Sequence> best(bool customary, std::size_t limit,
                             const std::function<bool(const Sequence&)>& keeps) const;

 private:
  friend class BestFirst;

  // What may still be chosen from a place on.
  enum Mode : std::uint8_t { kAny, kCustomary, kWithOther };

  struct Edge {
    std::size_t choice, target;
  };
  struct Place {
    double count = 0;                // of ways to the end
    std::vector<Edge> edges{};       // those that lead there
    std::optional<Weight> least[3];  // of these, by mode
  };

  const Journey* journey_ = nullptr;
  std::vector<std::vector<Place>> levels_{};  // by layers behind, by size

  Mode next(Mode mode, std::size_t choice) const;
  bool allows(Mode mode, std::size_t choice) const;
};

}  // namespace convscope::stack

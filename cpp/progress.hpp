// How far a long computation has come, told while it goes on to whoever listens.
// Loops count their steps; where one of a loop's steps holds loops of its own, a Part says which
// share of the whole they make up. Costs a comparison per step, and changes no number.
#pragma once

#include <cstdint>

namespace convscope::progress {

// Called with the share that is done, above 0 and at most 1, each larger than the one before: at
// most a hundred times.
using Listener = void (*)(double share);

// Begins anew, at 0. Null: nobody listens.
void listen(Listener next);

// While it lives, loops that run count as `step` of `total`, of which `done` is behind it.
class Part {
 public:
  Part(double done, double step, double total);
  ~Part();
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

 private:
  double from_, to_;  // shares of the whole: the part around it
};

// Counts steps that take about the same time; small ones are best counted many at once.
class Steps {
 public:
  explicit Steps(std::int64_t total);

  void advance(std::int64_t steps = 1) {
    done_ += steps;
    if (done_ >= next_) tell();
  }

 private:
  void tell();

  std::int64_t total_, every_, done_ = 0, next_;
};

}  // namespace convscope::progress

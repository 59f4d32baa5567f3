// One listener for the module: it computes one thing at a time.
#include "progress.hpp"

#include <algorithm>

namespace convscope::progress {
namespace {

constexpr double kLeast = 0.01;  // from one share that is told to the next
constexpr int kShift = 7;        // 128 parts: a division would cost a small layer its lead

Listener listener = nullptr;
double from = 0, to = 1;  // what loops tell at present
double told = 0;

}  // namespace

void listen(Listener next) {
  listener = next;
  from = told = 0;
  to = 1;
}

Part::Part(double done, double step, double total) : from_(from), to_(to) {
  if (total <= 0) return;
  const double unit = (to_ - from_) / total;
  from = from_ + unit * done;
  to = from + unit * step;
}

Part::~Part() {
  from = from_;
  to = to_;
}

Steps::Steps(std::int64_t total) : total_(total), every_((total >> kShift) + 1), next_(every_) {}

void Steps::tell() {
  next_ = done_ + every_;
  if (listener == nullptr) return;
  const double done = static_cast<double>(done_) / static_cast<double>(total_);
  const double share = std::min(from + (to - from) * done, 1.0);
  if (share < told + kLeast) return;
  told = share;
  listener(share);
}

}  // namespace convscope::progress

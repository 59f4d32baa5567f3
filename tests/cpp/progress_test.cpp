// What is told of a long computation: ever more, up to 1, and nothing once nobody listens.
#include "progress.hpp"

#include <algorithm>
#include <functional>

#include "support.hpp"

namespace convscope::testing {
namespace {

std::vector<double> shares;

// Listens while it lives.
struct Listening {
  Listening() {
    shares.clear();
    progress::listen([](double share) { shares.push_back(share); });
  }
  ~Listening() { progress::listen(nullptr); }
};

void require_rising() {
  REQUIRE(shares.size() > 5);
  CHECK(shares.size() <= 100);
  CHECK(shares.front() > 0);
  CHECK(std::is_sorted(shares.begin(), shares.end(), std::less_equal<>()));
}

}  // namespace

TEST_CASE("a loop tells its steps, a hundred times at most", "[progress]") {
  const Listening listening;
  progress::Steps steps(100000);
  for (int at = 0; at < 100000; ++at) steps.advance();
  require_rising();
  CHECK(shares.size() > 50);
  CHECK(shares.back() > 0.98);
}

TEST_CASE("few steps are told each, many at once count as many", "[progress]") {
  const Listening listening;
  progress::Steps steps(8);
  for (int at = 0; at < 4; ++at) steps.advance(2);
  CHECK(shares == std::vector<double>{0.25, 0.5, 0.75, 1});
}

TEST_CASE("loops within parts tell the parts' shares of the whole", "[progress]") {
  const Listening listening;
  for (int part = 0; part < 2; ++part) {
    const progress::Part outer(part, 1, 2);
    for (int half = 0; half < 2; ++half) {
      const progress::Part inner(half, 1, 2);
      progress::Steps steps(1);
      steps.advance();
    }
  }
  CHECK(shares == std::vector<double>{0.25, 0.5, 0.75, 1});
}

TEST_CASE("a part of nothing is all that is around it", "[progress]") {
  const Listening listening;
  const progress::Part part(0, 0, 0);
  progress::Steps steps(2);
  steps.advance();
  CHECK(shares == std::vector<double>{0.5});
}

TEST_CASE("nobody hears what is told after they have stopped listening", "[progress]") {
  { const Listening listening; }
  progress::Steps steps(2);
  steps.advance(2);
  CHECK(shares.empty());
}

}  // namespace convscope::testing

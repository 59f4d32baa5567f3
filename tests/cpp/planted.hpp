// Problems with a cause planted in them, for the tests of diagnose: what a request really has, and
// what somebody got who did one thing otherwise. The outputs come from the reference, from tensors
// changed here by loops of their own.
#pragma once

#include "diagnose/diagnose.hpp"
#include "support.hpp"

namespace convscope::testing {

// convscope::Problem is diagnose's, Problem alone support.hpp's.
Numbered output_of(const convscope::Problem& problem);

// A print of it: `decimals` digits, and with "..." on axes of more than 6 cells if `truncated`.
Expected printed(const Numbered& tensor, int decimals, bool truncated);

// The problem that the changes make of it.
convscope::Problem changed(const convscope::Problem& problem, const Changes& changes);

struct Planted {
  convscope::Problem problem;
  Numbered expected;
};

// By the id of a cause; draws until the cause applies to what was drawn.
using Plant = Planted (*)(Random&);
struct NamedPlant {
  const char* id;
  Plant plant;
};
extern const std::vector<NamedPlant> kPlants;

// Causes that go together, to be planted in pairs.
struct Mutation {
  const char* id;
  bool (*mutate)(Random&, convscope::Problem&);
};
extern const std::vector<Mutation> kMutations;
Planted planted_pair(Random& random, const Mutation& a, const Mutation& b);

// A problem without any cause.
convscope::Problem problem_of(Random& random, bool transposed);

}  // namespace convscope::testing

// Why a request's output is not the expected one: hypotheses alone and in pairs, ranked by
// plausibility, each with the numbers that convict it and the request that reproduces `expected`.
// Takes a Problem and an Expected; gives causes as data. Changes nothing of what it is given.
#pragma once

#include "evaluation.hpp"

namespace convscope {

// What to change in a request so that it gives the expected output: only keys that change.
struct Changes {
  struct TensorChange {
    const char* key;  // "input", "weight", "bias"
    bool is_removed = false;
    Shape shape;
    std::vector<double> data;  // empty where only the shape is known
  };
  std::vector<std::pair<std::string, Value>> arguments;  // by request key; missing: null
  std::vector<TensorChange> tensors;

  Changes();
  Changes(const Changes&);
  Changes(Changes&&) noexcept;
  Changes& operator=(Changes&&) noexcept;
  ~Changes();
};

struct Cause {
  std::vector<std::string> ids;    // of its hypotheses: one or two
  std::string sentence;            // what would have to be so
  std::optional<Changes> changes;  // none: no request can express it, as the sentence says
  std::optional<double> before;    // max |difference| of the request as it is; none: other shapes
  std::optional<double> after;     // and of the cause; none: only shapes were compared
  std::int64_t compared = 0, hidden = 0;
  bool is_near = false;        // not equal within tolerance, but off by what the cause would leave
  bool is_shape_only = false;  // gives the shape; the numbers were not compared or do not agree
  bool is_tied = false;        // others explain these numbers equally well
  double plausibility = 0;

  Cause();
  Cause(const Cause&);
  Cause(Cause&&) noexcept;
  Cause& operator=(Cause&&) noexcept;
  ~Cause();
};

struct DiagnoseOptions {
  std::int64_t first = 0;  // the hypothesis to begin with: `next` of the call before
  std::optional<std::int64_t> operations;  // multiplications after which to stop; none: all
  CompareOptions compare{};
};

// Causes listed at most.
inline constexpr std::size_t kMostCauses = 12;

struct Diagnosis {
  bool is_match = false;         // nothing to explain
  bool is_shape_only = false;    // `expected` or the request has no numbers
  std::vector<Cause> causes;     // most plausible first
  std::optional<Cause> nearest;  // where there are none: what comes closest
  std::string summary;           // one sentence
  // Hypotheses: tried by this call, how many of them stand alone (they come first), how many there
  // are, and where to go on; none: done. Pairs are tried only while no cause was found: who calls
  // again from `next` on stops at the first call with causes that ends at or behind `singles`.
  std::int64_t tried = 0, singles = 0, total = 0;
  std::optional<std::int64_t> next;

  Diagnosis();
  Diagnosis(Diagnosis&&) noexcept;
  Diagnosis& operator=(Diagnosis&&) noexcept;
  ~Diagnosis();
};

// The order is the same at every call. A request that is refused is diagnosed too: some change may
// make it a valid one that gives `expected`.
Diagnosis diagnose(const Problem& problem, const Expected& expected,
                   const DiagnoseOptions& options);

// The keys in which `after` (a case of plain requests) differs from what its user wrote.
Changes changes_of(const Problem& problem, const Request& plain, const Case& after,
                   Evaluation& evaluation, const Fitted& fitted);

// Which arguments give the expected shape: one argument alone, the same on all axes or one value
// per axis, else two.
std::vector<Cause> arguments_for_shape(const Problem& problem, const Request& plain,
                                       const Expected& expected);

}  // namespace convscope

// What a case gives where the expected numbers are shown, and how far it is off. Takes the numbers
// of a problem once, then one Case after the other; keeps what several cases share. Stops at the
// first cell that is out of tolerance, the most telling cells first.
#pragma once

#include <map>
#include <memory>

#include "../compare.hpp"
#include "../reference.hpp"
#include "hypotheses.hpp"

namespace convscope {

// A request with its numbers; without them (no data) only shapes can be compared.
struct Problem {
  Request request;
  Numbered input, weight;
  std::optional<Numbered> bias;

  bool has_numbers() const;
};

struct Evidence {
  bool fits = false;     // the shape is the expected one, and the request is not refused
  bool matches = false;  // all cells that are shown are within tolerance
  bool is_near = false;  // not within it, but as far off as the rounding explains
  double max_abs = 0;    // over all cells shown; only where it matches or `whole` was asked for
  double typical = 0;    // root mean square of the difference over the first cells looked at
  std::int64_t compared = 0, hidden = 0;
  bool reshaped = false;
  Fitted fitted{};
};

class Evaluation {
 public:
  Evaluation(const Problem& problem, const Expected& expected, const CompareOptions& options);

  // `whole`: do not stop early.
  Evidence evaluate(const Case& subject, bool whole = false);

  // The request as it is, whole. The cells at which it is off are looked at first from now on.
  Evidence evaluate_baseline(const Case& baseline);

  // Rounding that leaves differences of the size it may leave: between the half units of the
  // products' factors and what accumulation adds.
  Evidence evaluate_near(const Case& rounded, const Case& baseline);

  Numbered edited_input(const Case& subject);
  Numbered edited_weight(const Case& subject);
  Numbered edited_bias(const Case& subject);

  std::int64_t operations() const { return operations_; }  // multiplications so far

 private:
  struct Prepared;
  using Edited = std::shared_ptr<const Numbered>;
  using Operand = std::shared_ptr<const Tensor<double>>;

  Edited edited_of(int which, const std::vector<Edit>& edits);
  Operand operand(int which, const std::vector<Edit>& edits, const Geometry& geometry);
  bool prepare(const Case& subject, Prepared& prepared);
  double value(const Prepared& prepared, std::size_t at);
  const Alignment& alignment(const Shape& shape);
  Evidence fit(const Case& subject, const Prepared& prepared);
  bool may_fit(const Case& subject);

  const Problem& problem_;
  const Expected& expected_;
  std::vector<double> slack_;
  std::vector<std::size_t> order_;               // of the visible cells
  std::vector<std::uint8_t>* is_off_ = nullptr;  // noted per visible cell, where asked for
  std::int64_t operations_ = 0;

  std::map<Shape, Alignment> alignments_;
  std::map<std::pair<int, std::vector<Edit>>, Edited> edited_;
  std::map<std::tuple<int, bool, std::vector<Edit>>, Operand> operands_;
  std::int64_t kept_ = 0;  // numbers in the two maps above
};

}  // namespace convscope

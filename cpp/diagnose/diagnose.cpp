// The search: all single hypotheses, then pairs in the order of the list, until the budget is used.
#include "diagnose.hpp"

#include <algorithm>
#include <cmath>

#include "../progress.hpp"

namespace convscope {

Changes::Changes() = default;
Changes::Changes(const Changes&) = default;
Changes::Changes(Changes&&) noexcept = default;
Changes& Changes::operator=(Changes&&) noexcept = default;
Changes::~Changes() = default;

Cause::Cause() = default;
Cause::Cause(const Cause&) = default;
Cause::Cause(Cause&&) noexcept = default;
Cause& Cause::operator=(Cause&&) noexcept = default;
Cause::~Cause() = default;

Diagnosis::Diagnosis() = default;
Diagnosis::Diagnosis(Diagnosis&&) noexcept = default;
Diagnosis& Diagnosis::operator=(Diagnosis&&) noexcept = default;
Diagnosis::~Diagnosis() = default;

namespace {

// What a hypothesis costs beside its sums, in multiplications: its checks and sizes.
constexpr std::int64_t kPerHypothesis = 500;

struct Found {
  std::vector<const Hypothesis*> hypotheses;
  Case subject;
  Evidence evidence;

  double plausibility() const {
    double product = 1;
    for (const Hypothesis* hypothesis : hypotheses) product *= hypothesis->prior;
    return product;
  }
};

// Unknowns that were fitted.
std::size_t freedom(const Found& found) {
  switch (found.subject.fit) {
    case Case::Fit::none:
      return 0;
    case Case::Fit::factor_and_offset:
      return 2;
    case Case::Fit::bias:
      return found.evidence.fitted.bias.size();
    default:
      return 1;
  }
}

// Whether `found` explains nothing but what `other` does with fewer unknowns: any change of the
// bias is a bias added, a factor alone one with an offset of 0.
bool is_contained(const Found& found, const Found& other) {
  using Kind = Hypothesis::Kind;
  const Kind kind = found.hypotheses.back()->kind;
  const bool is_general =
      kind == Kind::bias_fitted || kind == Kind::offset || kind == Kind::factor_and_offset;
  return is_general && freedom(other) < freedom(found) &&
         (found.hypotheses.back()->touches & other.hypotheses.back()->touches) != 0 &&
         std::equal(found.hypotheses.begin(), found.hypotheses.end() - 1, other.hypotheses.begin(),
                    other.hypotheses.end() - 1);
}

class Search {
 public:
  Search(const Problem& problem, const Expected& expected, const DiagnoseOptions& options)
      : problem_(problem),
        expected_(expected),
        options_(options),
        plain_(plain_request(problem.request)),
        list_(list_hypotheses(plain_)),
        evaluation_(problem, expected, options.compare) {}

  Diagnosis run() {
    const std::int64_t count = std::ssize(list_);
    diagnosis_.singles = count;
    diagnosis_.total = count + count * (count - 1) / 2;
    diagnosis_.is_shape_only = !expected_.has_numbers() || !problem_.has_numbers();

    baseline_.request = plain_;
    before_ = evaluation_.evaluate_baseline(baseline_);
    if (before_.matches || (diagnosis_.is_shape_only && before_.fits)) return finish_match();
    if (diagnosis_.is_shape_only) return finish_shape();

    const std::int64_t first = std::max<std::int64_t>(options_.first, 0);
    std::int64_t at = first;
    begun_at_ = evaluation_.operations();
    looked_ = progress::Steps(diagnosis_.total - first);
    for (; at < count && within_budget(); ++at) single(at);
    // A pair explains nothing better than one hypothesis alone does.
    if (at == count && found_.empty()) try_near();
    if (at >= count && found_.empty()) at = pairs(at);
    diagnosis_.tried = at - first;
    const bool has_single = at == count && !found_.empty();
    const bool is_done = at >= diagnosis_.total || has_single;
    if (!is_done) diagnosis_.next = at;
    return finish();
  }

 private:
  // What comes before the first hypothesis is needed at every call and does not count.
  bool within_budget() const {
    const std::int64_t used = evaluation_.operations() - begun_at_ + looked_at_ * kPerHypothesis;
    return !options_.operations || used <= std::max<std::int64_t>(*options_.operations, 0);
  }

  void single(std::int64_t at) {
    const Hypothesis* hypotheses = list_.data();
    ++looked_at_;
    looked_.advance();
    Case subject = baseline_;
    if (!apply(hypotheses[at], subject)) return;
    Evidence evidence = evaluation_.evaluate(subject);
    const bool is_nearer = evidence.fits && std::isfinite(evidence.typical) &&
                           (!nearest_ || evidence.typical < nearest_->evidence.typical);
    Found found{{hypotheses + at}, std::move(subject), std::move(evidence)};
    if (found.evidence.matches) {
      found_.push_back(std::move(found));
    } else if (is_nearer && found.evidence.compared > 0) {
      nearest_ = std::move(found);
    }
  }

  // Only where nothing explains the numbers exactly, and the request's own are not far off.
  void try_near() {
    if (!before_.fits) return;
    for (const Hypothesis& hypothesis : list_) {
      if (hypothesis.kind != Hypothesis::Kind::rounded) continue;
      Case subject = baseline_;
      apply(hypothesis, subject);
      const Evidence evidence = evaluation_.evaluate_near(subject, baseline_);
      if (evidence.is_near) found_.push_back({{&hypothesis}, subject, evidence});
    }
  }

  // Pair number `at` is that of hypotheses i < j, counted row by row behind the singles.
  std::int64_t pairs(std::int64_t at) {
    const std::int64_t count = std::ssize(list_);
    const Hypothesis* hypotheses = list_.data();
    std::int64_t i = 0, j = at - count + 1;
    while (i < count - 1 && j >= count - i) j -= count - 1 - i++;
    j += i;
    for (; i < count - 1; ++i, j = i + 1) {
      Case with_first = baseline_;
      const bool applies = apply(hypotheses[i], with_first);
      for (; j < count; ++j, ++at) {
        if (!within_budget()) return at;
        looked_.advance();
        if ((hypotheses[i].touches & hypotheses[j].touches) != 0) continue;
        if (applies) pair(i, j, with_first);
      }
    }
    return at;
  }

  void pair(std::int64_t i, std::int64_t j, const Case& with_first) {
    const Hypothesis* hypotheses = list_.data();
    ++looked_at_;
    Case subject = with_first;
    if (!apply(hypotheses[j], subject)) return;
    Evidence evidence = evaluation_.evaluate(subject);
    if (!evidence.matches) return;
    found_.push_back({{hypotheses + i, hypotheses + j}, std::move(subject), std::move(evidence)});
  }

  Cause cause_of(const Found& found, const char* opening) {
    Cause cause;
    cause.sentence = opening;
    Request before = plain_;
    for (const Hypothesis* hypothesis : found.hypotheses) {
      cause.sentence += cause.ids.empty() ? "" : " and ";
      cause.ids.emplace_back(hypothesis->id);
      Case after;
      after.request = before;
      apply(*hypothesis, after);
      cause.sentence += clause(*hypothesis, before, after.request, found.evidence.fitted);
      before = after.request;
    }
    cause.sentence += ".";
    const Case& subject = found.subject;
    const bool scales =
        subject.fit == Case::Fit::factor || subject.fit == Case::Fit::factor_and_offset;
    if (scales || subject.view != Case::View::same) {
      cause.sentence += " No argument of the request does that.";
    } else {
      cause.changes = changes_of(problem_, plain_, subject, evaluation_, found.evidence.fitted);
    }
    if (before_.fits) cause.before = before_.max_abs;
    cause.after = found.evidence.max_abs;
    cause.compared = found.evidence.compared;
    cause.hidden = found.evidence.hidden;
    cause.is_near = found.evidence.is_near;
    cause.plausibility = found.plausibility();
    return cause;
  }

  Diagnosis finish_match() {
    diagnosis_.is_match = true;
    diagnosis_.summary = diagnosis_.is_shape_only
                             ? std::string("The output has the expected shape.")
                             : say("The output agrees with the expected numbers in all ",
                                   before_.compared, " cells that are shown.");
    return std::move(diagnosis_);
  }

  Diagnosis finish_shape() {
    diagnosis_.causes = arguments_for_shape(problem_, plain_, expected_);
    diagnosis_.tried = diagnosis_.total;
    diagnosis_.summary = diagnosis_.causes.empty()
                             ? std::string("No change of one or two arguments gives that shape.")
                         : diagnosis_.causes.size() == 1
                             ? std::string("One change gives that shape.")
                             : say(diagnosis_.causes.size(), " changes give that shape.");
    return std::move(diagnosis_);
  }

  Diagnosis finish() {
    const std::vector<Found> all = found_;
    std::erase_if(found_, [&](const Found& found) {
      return std::any_of(all.begin(), all.end(),
                         [&](const Found& other) { return is_contained(found, other); });
    });
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return a.plausibility() > b.plausibility();
    });
    const std::size_t count = found_.size();
    if (count > kMostCauses) found_.erase(found_.begin() + kMostCauses, found_.end());
    for (const Found& found : found_) {
      const char* opening = found.evidence.is_near ? "The differences are as large as they get if "
                                                   : "The numbers agree if ";
      diagnosis_.causes.push_back(cause_of(found, opening));
      diagnosis_.causes.back().is_tied = found_.size() > 1;
    }
    if (found_.size() > 1) {
      diagnosis_.summary =
          say(count, " causes explain these numbers equally well: they cannot be ",
              "told apart by them.", count > kMostCauses ? " The most plausible are listed." : "");
    } else if (found_.size() == 1) {
      diagnosis_.summary = diagnosis_.causes.front().sentence;
    } else if (!diagnosis_.next) {
      finish_empty();
    }
    return std::move(diagnosis_);
  }

  void finish_empty() {
    diagnosis_.summary = say("None of ", diagnosis_.total, " hypotheses explains the numbers.");
    if (!before_.fits) diagnosis_.causes = arguments_for_shape(problem_, plain_, expected_);
    if (!diagnosis_.causes.empty()) {
      diagnosis_.summary += diagnosis_.causes.size() == 1
                                ? std::string(" One change gives the shape.")
                                : say(" ", diagnosis_.causes.size(), " changes give the shape.");
    }
    // The nearest has to be nearer than the request itself.
    if (!nearest_ || (before_.fits && nearest_->evidence.typical >= before_.typical)) return;
    nearest_->evidence = evaluation_.evaluate(nearest_->subject, true);
    diagnosis_.nearest = cause_of(*nearest_, "The numbers come nearest if ");
  }

  const Problem& problem_;
  const Expected& expected_;
  const DiagnoseOptions& options_;
  const Request plain_;
  const std::vector<Hypothesis> list_;
  Evaluation evaluation_;
  Case baseline_;
  Evidence before_;
  std::vector<Found> found_;
  std::optional<Found> nearest_;
  std::int64_t begun_at_ = 0;   // operations before the search
  std::int64_t looked_at_ = 0;  // hypotheses and pairs whose sizes were looked at
  progress::Steps looked_{0};
  Diagnosis diagnosis_;
};

}  // namespace

Diagnosis diagnose(const Problem& problem, const Expected& expected,
                   const DiagnoseOptions& options) {
  return Search(problem, expected, options).run();
}

}  // namespace convscope

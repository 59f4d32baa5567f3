// Layers so small that tiles would take longer to set up than to compute: the products of every
// output, listed once.
#include "kernel.hpp"
#include "parts.hpp"

namespace convscope::fast {
namespace {

constexpr std::size_t kMostTerms = 512;

// Which cells of one axis meet.
struct Meeting {
  std::int64_t input, kernel, output;
};

std::vector<Meeting> meetings_of(const Axis& axis, bool transposed) {
  std::vector<Meeting> meetings;
  for (std::int64_t at = 0; at < (transposed ? axis.input : axis.output); ++at) {
    for (std::int64_t k = 0; k < axis.kernel; ++k) {
      if (meetings.size() > kMostTerms) return meetings;
      const std::int64_t reached = at * axis.stride + k * axis.dilation;
      if (transposed) {
        const std::int64_t output = reached - axis.padding_begin;
        if (0 <= output && output < axis.output) meetings.push_back({at, k, output});
      } else if (const std::int64_t input = axis.source(reached); input >= 0) {
        meetings.push_back({input, k, at});
      }
    }
  }
  return meetings;
}

class Terms : public Kernel {
 public:
  using Axes = std::array<std::vector<Meeting>, 3>;

  Terms(const Numbers& numbers, const Axes& meetings) : bias_(numbers.bias) {
    const Geometry& geometry = numbers.geometry;
    const auto& [depth, height, width] = geometry.axes;
    cells_ = static_cast<Index>(depth.output * height.output * width.output);
    const Index inputs = static_cast<Index>(geometry.inputs_per_group());
    const Index outputs = static_cast<Index>(geometry.outputs_per_group());
    const WeightPlace place(geometry);
    std::vector<std::vector<Term>> of_output(bias_.size() * static_cast<std::size_t>(cells_));
    // clang-format off
    for (Index channel = 0; channel < std::ssize(bias_); ++channel)
    for (Index i = 0; i < inputs; ++i)
    for (const Meeting& z : meetings[0])
    for (const Meeting& y : meetings[1])
    for (const Meeting& x : meetings[2]) {
              // clang-format on
              const Index group = channel / outputs;
              const std::int64_t output =
                  ((channel * depth.output + z.output) * height.output + y.output) * width.output +
                  x.output;
              const std::int64_t input =
                  (((group * inputs + i) * depth.input + z.input) * height.input + y.input) *
                      width.input +
                  x.input;
              const std::int64_t cell =
                  (z.kernel * place.height + y.kernel) * place.width + x.kernel;
              of_output[static_cast<std::size_t>(output)].push_back(
                  {static_cast<Index>(input),
                   numbers.weight[place(group, channel % outputs, i) + static_cast<Index>(cell)]});
            }
    for (const std::vector<Term>& terms : of_output) {
      terms_.insert(terms_.end(), terms.begin(), terms.end());
      ends_.push_back(terms_.size());
    }
  }

  const char* name() const override { return "terms"; }
  Index workspace() const override { return 0; }

  bool run(const float* input, float* output, float*) const override {
    const Term* term = terms_.data();
    const std::size_t* end = ends_.data();
    for (const float bias : bias_) {
      for (Index cell = 0; cell < cells_; ++cell) {
        float sum = bias;
        for (const Term* last = terms_.data() + *end++; term < last; ++term) {
          sum += input[term->input] * term->weight;
        }
        *output++ = sum;
      }
    }
    return true;
  }

 private:
  struct Term {
    Index input;
    float weight;
  };
  Index cells_ = 1;  // of an output map
  std::vector<float> bias_;
  std::vector<Term> terms_;        // of one output after the other …
  std::vector<std::size_t> ends_;  // … where those of each end
};

}  // namespace

std::unique_ptr<const Kernel> make_terms(const Numbers& numbers) {
  const Geometry& geometry = numbers.geometry;
  const auto& [depth, height, width] = geometry.axes;
  const std::int64_t channels = geometry.output_channels * geometry.inputs_per_group();
  const std::int64_t outputs = geometry.output_channels * depth.output * height.output;
  const std::int64_t most = static_cast<std::int64_t>(kMostTerms);
  if (channels > most || outputs > most || outputs * width.output > most) return nullptr;
  Terms::Axes meetings;
  std::int64_t terms = channels;
  for (std::size_t at = 0; at < 3; ++at) {
    meetings[at] = meetings_of(geometry.axes[at], geometry.op.transposed);
    terms *= std::ssize(meetings[at]);
    if (terms > most) return nullptr;
  }
  return std::make_unique<const Terms>(numbers, meetings);
}

}  // namespace convscope::fast

// Gathers what each output cell reads, axis by axis; see windows.hpp.
#include "windows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

struct Tap {
  std::int64_t cell;
  double weight;
};

// What one output position reads on one axis, and the window's length, padding included as avg_pool
// counts it.
struct Window {
  std::vector<Tap> taps{};
  double length = 1;
};

std::vector<Window> windows_of(const Reads& reads) {
  const Axis& axis = reads.axis;
  std::vector<Window> windows(static_cast<std::size_t>(axis.output));
  for (std::int64_t p = 0; p < axis.output; ++p) {
    Window& window = windows[static_cast<std::size_t>(p)];
    reads.each(p, true, [&](std::int64_t i) { window.taps.push_back({i, 1}); });
    if (reads.kind == Reads::Kind::linear) {
      const double share = reads.point(p, true).share;
      window.taps[0].weight = 1 - share;
      if (window.taps.size() > 1) window.taps[1].weight = share;
    }
    const std::int64_t begin = p * axis.stride - axis.padding_begin;
    const std::int64_t end = std::min(begin + axis.kernel, axis.input + axis.padding_end);
    window.length = static_cast<double>(end - begin);
  }
  return windows;
}

// Sums, or the largest; the same of all kinds.
class Gather {
 public:
  Gather(const Plan& plan, bool is_max) : is_max_(is_max) {
    // Depth and height are one cell where there are none.
    for (std::size_t at = 0; at < 3; ++at) {
      const std::size_t missing = 3 - plan.axes.size();
      const Reads one = each_cell("", 1);
      const Reads& reads = at < missing ? one : plan.axes[at - missing];
      windows_[at] = windows_of(reads);
      inputs_[at] = static_cast<std::size_t>(reads.axis.input);
    }
  }

  // finish(value, count, length): from the sum, the number of cells, and the window's length.
  template <typename Finish>
  void run(const Values& input, Values& output, Finish finish) const {
    const std::size_t map = inputs_[0] * inputs_[1] * inputs_[2];
    for (std::size_t base = 0; base < input.data.size(); base += map) {
      for (const Window& z : windows_[0]) {
        for (const Window& y : windows_[1]) {
          for (const Window& x : windows_[2]) {
            const auto count = static_cast<double>(z.taps.size() * y.taps.size() * x.taps.size());
            const double value = gather(input.data.data() + base, z, y, x);
            output.data.push_back(finish(value, count, z.length * y.length * x.length));
          }
        }
      }
    }
  }

 private:
  bool is_max_;
  std::array<std::vector<Window>, 3> windows_{};
  std::array<std::size_t, 3> inputs_{};

  double gather(const double* map, const Window& z, const Window& y, const Window& x) const {
    double result = is_max_ ? -INFINITY : 0;
    for (const Tap& depth : z.taps) {
      for (const Tap& height : y.taps) {
        const double* line =
            map + (static_cast<std::size_t>(depth.cell) * inputs_[1] + height.cell) * inputs_[2];
        for (const Tap& width : x.taps) {
          const double number = line[width.cell];
          if (!is_max_) {
            result += number * (depth.weight * height.weight * width.weight);
          } else if (number > result || std::isnan(number)) {
            result = number;
          }
        }
      }
    }
    return result;
  }
};

}  // namespace

Values windowed(const Plan& plan, const Values& input) {
  Values output{plan.output, {}};
  output.data.reserve(static_cast<std::size_t>(element_count(plan.output)));
  const Kind kind = plan.operation.kind();
  const Gather gather(plan, kind == Kind::max_pool || kind == Kind::adaptive_max_pool);
  gather.run(input, output, [&](double value, double count, double length) {
    switch (kind) {
      case Kind::avg_pool:
        if (plan.divisor != 0) return value / static_cast<double>(plan.divisor);
        return value / (plan.counts_padding ? length : count);
      case Kind::adaptive_avg_pool:
        return value / count;
      case Kind::pad:
        return count == 0 ? plan.slope : value;
      default:
        return value;
    }
  });
  return output;
}

// Channel (c r + i) r + j at (y, x) goes to channel c at (y r + i, x r + j), and back.
Values shuffled(const Plan& plan, const Values& input) {
  const bool forward = plan.operation.kind() == Kind::pixel_shuffle;
  const Shape& wide = forward ? plan.output : plan.input;  // of fewer channels
  const auto factor = static_cast<std::size_t>(plan.axes[0].axis.stride);
  const std::size_t rank = wide.size();
  const auto width = static_cast<std::size_t>(wide[rank - 1]);
  const auto height = static_cast<std::size_t>(wide[rank - 2]);
  Values output{plan.output, std::vector<double>(input.data.size())};
  for (std::size_t at = 0; at < input.data.size(); ++at) {
    const std::size_t x = at % width, y = at / width % height, c = at / (width * height);
    const std::size_t channel = (c * factor + y % factor) * factor + x % factor;
    const std::size_t narrow =
        (channel * (height / factor) + y / factor) * (width / factor) + x / factor;
    if (forward) {
      output.data[at] = input.data[narrow];
    } else {
      output.data[narrow] = input.data[at];
    }
  }
  return output;
}

}  // namespace convscope::stack

// Least squares in one or two unknowns.
#include "fit.hpp"

#include <algorithm>
#include <cmath>

#include "../compare.hpp"

namespace convscope {
namespace {

using Fit = Case::Fit;

double predicted(const FitCells& cells, const Fitted& fitted, std::size_t at) {
  const double bias = fitted.bias.empty() ? 0 : fitted.bias[cells.channel[at]];
  return cells.actual[at] * fitted.factor + fitted.offset + bias;
}

bool explains(const FitCells& cells, const Fitted& fitted, double allowance) {
  for (std::size_t at = 0; at < cells.actual.size(); ++at) {
    if (!agrees(predicted(cells, fitted, at), cells.expected[at], cells.slack[at] * allowance)) {
      return false;
    }
  }
  return true;
}

std::size_t distinct(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return std::unique(numbers.begin(), numbers.end()) - numbers.begin();
}

bool all_finite(const FitCells& cells) {
  const auto finite = [](double number) { return std::isfinite(number); };
  return std::all_of(cells.actual.begin(), cells.actual.end(), finite) &&
         std::all_of(cells.expected.begin(), cells.expected.end(), finite);
}

Fitted least_squares(Fit kind, const FitCells& cells) {
  double x = 0, y = 0, xx = 0, xy = 0;
  for (std::size_t at = 0; at < cells.actual.size(); ++at) {
    x += cells.actual[at];
    y += cells.expected[at];
    xx += cells.actual[at] * cells.actual[at];
    xy += cells.actual[at] * cells.expected[at];
  }
  const double n = static_cast<double>(cells.actual.size());
  if (kind == Fit::factor) return {.factor = xy / xx};
  if (kind == Fit::offset) return {.offset = (y - x) / n};
  const double factor = (xy - x * y / n) / (xx - x * x / n);
  return {.factor = factor, .offset = (y - factor * x) / n};
}

std::optional<Fitted> fit_bias(const FitCells& cells, std::size_t channels, bool is_all) {
  std::vector<double> sums(channels, 0), counts(channels, 0);
  for (std::size_t at = 0; at < cells.actual.size(); ++at) {
    sums[cells.channel[at]] += cells.expected[at] - cells.actual[at];
    ++counts[cells.channel[at]];
  }
  Fitted fitted;
  for (std::size_t o = 0; o < channels; ++o) {
    // A single cell would be explained by any number.
    if (is_all && counts[o] == 1) return {};
    fitted.bias.push_back(counts[o] == 0 ? std::nan("") : sums[o] / counts[o]);
  }
  return fitted;
}

double to_digits(double number, int digits) {
  if (number == 0 || !std::isfinite(number)) return number;
  const double scale = std::pow(10.0, digits - 1 - std::floor(std::log10(std::abs(number))));
  return std::nearbyint(number * scale) / scale;
}

// The roundest numbers near the fitted ones that explain all cells as well: 0.5, 1/9, 3.
std::optional<Fitted> simplest(const FitCells& cells, const Fitted& fitted) {
  const double inverse = std::nearbyint(1 / fitted.factor);
  for (int digits = 1; digits <= 9; ++digits) {
    Fitted rounded = fitted;
    rounded.offset = to_digits(fitted.offset, digits);
    for (double& number : rounded.bias) number = to_digits(number, digits);
    for (double factor : {to_digits(fitted.factor, digits), 1 / inverse}) {
      rounded.factor = factor;
      if (std::isfinite(factor) && explains(cells, rounded, 1)) return rounded;
    }
  }
  // Least squares is not what leaves the smallest largest residual.
  if (explains(cells, fitted, 1.25)) return fitted;
  return {};
}

}  // namespace

double largest_residual(const FitCells& cells, const Fitted& fitted) {
  double most = 0;
  for (std::size_t at = 0; at < cells.actual.size(); ++at) {
    most = std::max(most, distance(predicted(cells, fitted, at), cells.expected[at]));
  }
  return most;
}

std::optional<Fitted> fit_cells(Fit kind, const FitCells& cells, std::size_t channels,
                                bool is_all) {
  if (!all_finite(cells)) return {};
  const std::size_t unknowns = kind == Fit::factor_and_offset ? 2 : 1;
  const std::size_t values = distinct(cells.actual);
  if (cells.actual.size() < 3 || (is_all && values < unknowns + 1)) return {};
  std::optional<Fitted> fitted;
  if (kind == Fit::bias) {
    fitted = fit_bias(cells, channels, is_all);
  } else {
    fitted = least_squares(kind, cells);
  }
  if (!fitted || !std::isfinite(fitted->factor) || !std::isfinite(fitted->offset)) return {};
  if (!is_all) return explains(cells, *fitted, 2) ? fitted : std::nullopt;
  // A factor of 0 explains an output of zeros, and nothing else of it.
  if (std::abs(fitted->factor) < 1e-9) return {};
  return simplest(cells, *fitted);
}

}  // namespace convscope

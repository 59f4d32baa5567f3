// Whether a tensor is the one that a print shows, as far as the print shows it.
// Takes the tensor and an Expected (a whole tensor, or the block of numbers that a paste shows);
// gives a verdict, the tolerance behind it, the worst cells and the map of differences. Computes no
// convolution.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tensor.hpp"

namespace convscope {

// What somebody else computed. `visible` and `gaps` as in text/item.hpp's Block; without numbers
// (`data` empty though `visible` has cells) it is a shape only.
struct Expected {
  std::optional<Shape> shape;  // none: the print hides numbers and tells no shape
  Shape visible;               // of the block that is shown
  std::vector<std::optional<std::int64_t>> gaps;  // per axis of it: "..." comes after this index
  std::vector<double> data;                       // the block, row-major
  std::optional<int> decimals;                    // of a print; none: the numbers are exact
  bool scientific = false;
  // A print without decimals shows whole numbers ("3." in PyTorch), which are exact, unless a scale
  // factor has moved the point.
  bool whole_is_exact = true;
  std::string dtype;  // "float32", "bfloat16", …; empty: unknown

  Expected();
  Expected(const Expected&);
  Expected(Expected&&) noexcept;
  Expected& operator=(Expected&&) noexcept;
  ~Expected();

  bool has_numbers() const { return !data.empty() || element_count(visible) == 0; }
};

// How far off a cell may be: half a unit of its last printed digit + atol + rtol |expected|.
struct Tolerance {
  bool from_digits = false;
  double rtol = 0, atol = 0;
};

struct CompareOptions {
  std::optional<double> rtol{}, atol{};  // as in torch.allclose; none: by the coarser dtype
  DType dtype = DType::float64;          // of the actual tensor
};

// Defaults as torch.allclose for float32 (1e-5, 1e-8), tighter for float64 (1e-7, 1e-10); for
// float16 and bfloat16 torch.testing.assert_close's (1e-3 and 1.6e-2, with 1e-5). As sums cancel,
// atol is at least 8 units in the last place of the largest number shown, that is of the sums that
// went into a small one.
Tolerance tolerance_of(const Expected& expected, const CompareOptions& options);

// The tolerance of every visible cell.
std::vector<double> slack_of(const Expected& expected, const Tolerance& tolerance);

// NaN agrees with NaN, an infinity with itself, -0 with 0.
bool agrees(double actual, double expected, double slack);

// |actual - expected|: 0 where both are NaN or the same infinity, infinite where only one is.
double distance(double actual, double expected);

// Which cell of a tensor of shape `actual` each visible cell is.
struct Alignment {
  std::string reason;  // why they cannot be laid upon each other; empty: they can
  bool reshaped = false;
  std::int64_t hidden = 0;          // cells of the tensor that the print does not show
  std::vector<std::int64_t> cells;  // flat index into the tensor per visible cell; none for a shape

  bool fits() const { return reason.empty(); }
};

// The block lies on the first cells of each axis up to its gap and on the last ones behind it.
// Axes of length 1 may be missing or extra, and a flat list may hold all cells in their order:
// `reshaped` tells.
Alignment align(const Shape& actual, const Expected& expected);

struct DifferingCell {
  Shape index;  // into the actual tensor
  double actual = 0, expected = 0, difference = 0;
};

// Cells listed as the worst ones.
inline constexpr std::size_t kWorstCells = 10;

struct Comparison {
  enum class Verdict { match, differs, cannot_compare };
  Verdict verdict = Verdict::match;
  std::string reason;  // of cannot_compare: one sentence
  Tolerance tolerance;
  bool reshaped = false;
  std::int64_t compared = 0, hidden = 0, differing = 0;
  double max_abs = 0, mean_abs = 0;
  double max_relative = 0;           // max |difference| / max |expected|
  std::vector<DifferingCell> worst;  // largest difference first, none of 0
  // In the visible shape: actual - expected, and whether a cell is out of tolerance.
  std::vector<double> difference;
  std::vector<std::uint8_t> outside;

  Comparison();
  Comparison(Comparison&&) noexcept;
  Comparison& operator=(Comparison&&) noexcept;
  ~Comparison();
};

std::string_view verdict_name(Comparison::Verdict verdict);

// `data` holds element_count(shape) numbers.
Comparison compare(const Shape& shape, const double* data, const Expected& expected,
                   const CompareOptions& options);

}  // namespace convscope

// Reads numbers; see numbers.hpp. Most take the short way: a mantissa below 2^53 and a power of ten
// that a double holds exactly give the right double by one operation. The rest is left to strtod.
#include "numbers.hpp"

#include <cstdlib>
#include <limits>

namespace convscope {
namespace {

constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int kLargestPower = 22;
constexpr int kFarExponent = 100000;  // beyond: infinite or zero in any case, up to any length

double slowly(std::string_view mantissa, int exponent) {
  std::string copy;
  for (char c : mantissa) {
    if (c != '_') copy += c == ',' ? '.' : c;
  }
  if (exponent != 0) copy += say("e", exponent);
  return std::strtod(copy.c_str(), nullptr);
}

// A double and what it lacks: some 106 bits.
struct Pair {
  double high, low;
};

Pair product(double a, double b) {
  constexpr double kSplit = 134217729;  // 2^27 + 1
  const double ca = kSplit * a, cb = kSplit * b;
  const double ha = ca - (ca - a), hb = cb - (cb - b), la = a - ha, lb = b - hb;
  const double p = a * b;
  return {p, ((ha * hb - p) + ha * lb + la * hb) + la * lb};
}

Pair normalized(double high, double low) {
  const double sum = high + low;
  return {sum, low - (sum - high)};
}

// mantissa * 10^exponent, where up to 19 digits and 10^±44 fit a Pair: right unless the sum is too
// close to the middle of two doubles to tell, which gives false.
bool by_pairs(std::uint64_t mantissa, int exponent, double& value) {
  const int size = exponent < 0 ? -exponent : exponent;
  if (size > 2 * kLargestPower) return false;
  const auto top = static_cast<double>(mantissa >> 11 << 11);
  const auto rest = static_cast<double>(mantissa & 2047);
  const Pair m = normalized(top, rest);
  const int first = size < kLargestPower ? size : kLargestPower;
  const Pair power = product(kPowers[first], kPowers[size - first]);
  Pair result{};
  if (exponent >= 0) {
    const Pair p = product(m.high, power.high);
    result = normalized(p.high, p.low + (m.high * power.low + m.low * power.high));
  } else {
    const double q = m.high / power.high;
    const Pair back = product(q, power.high);
    const double left = ((m.high - back.high) - back.low) + m.low - q * power.low;
    result = normalized(q, left / power.high);
  }
  // The error is below 2^-98 of the result: a low part that moves by so much must not change it.
  const double doubt = result.high * 0x1p-95;
  value = result.high;
  return value + (result.low + doubt) == value && value + (result.low - doubt) == value;
}

bool read_word(Cursor& cursor, Number& number, bool negative) {
  struct Named {
    std::string_view name;
    double value;
    bool is_truth;
  };
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  static constexpr Named kNames[] = {{"nan", kNan, false},      {"NaN", kNan, false},
                                     {"inf", kInfinity, false}, {"Infinity", kInfinity, false},
                                     {"Inf", kInfinity, false}, {"True", 1, true},
                                     {"False", 0, true},        {"true", 1, true},
                                     {"false", 0, true},        {"NAN", kNan, false},
                                     {"INF", kInfinity, false}, {"infinity", kInfinity, false}};
  for (const Named& named : kNames) {
    if (!cursor.starts_with(named.name)) continue;
    if (is_word(cursor.peek(named.name.size())) || (named.is_truth && negative)) continue;
    cursor.at += named.name.size();
    number.value = negative ? -named.value : named.value;
    number.is_truth = named.is_truth;
    return true;
  }
  return false;
}

}  // namespace

bool read_number(Cursor& cursor, Number& number, int scale, bool comma) {
  number = {};
  const std::size_t begin = cursor.at;
  const bool negative = cursor.peek() == '-';
  if (negative || cursor.peek() == '+') ++cursor.at;
  if (is_letter(cursor.peek())) {
    if (read_word(cursor, number, negative)) return true;
    cursor.at = begin;
    return false;
  }
  const std::size_t mantissa_begin = cursor.at;
  std::uint64_t mantissa = 0;
  int digits = 0, significant = 0;
  for (;; ++cursor.at) {
    const char c = cursor.peek();
    if (is_digit(c)) {
      ++digits;
      if (number.has_point) ++number.decimals;
      if (mantissa != 0 || c != '0') ++significant;
      if (significant <= 19) mantissa = mantissa * 10 + static_cast<unsigned>(c - '0');
    } else if (!number.has_point && ((c == '.' && cursor.peek(1) != '.') ||
                                     (comma && c == ',' && is_digit(cursor.peek(1))))) {
      number.has_point = true;
    } else if (c != '_' || !is_digit(cursor.peek(1)) || digits == 0) {
      break;
    }
  }
  if (digits == 0) {
    cursor.at = begin;
    return false;
  }
  const std::string_view written = cursor.text.substr(mantissa_begin, cursor.at - mantissa_begin);
  int exponent = 0;
  const char e = cursor.peek();
  const std::size_t sign = cursor.peek(1) == '-' || cursor.peek(1) == '+' ? 2 : 1;
  if ((e == 'e' || e == 'E') && is_digit(cursor.peek(sign))) {
    const bool is_small = cursor.peek(1) == '-';
    for (cursor.at += sign; is_digit(cursor.peek()); ++cursor.at) {
      if (exponent < kFarExponent) exponent = exponent * 10 + (cursor.peek() - '0');
    }
    if (is_small) exponent = -exponent;
    number.scientific = number.has_point = true;
  }
  exponent += scale;
  const int power = exponent - number.decimals;
  double value = 0;
  if (mantissa == 0) {
    value = 0;
  } else if (significant <= 19 && mantissa < (std::uint64_t{1} << 53) && power >= -kLargestPower &&
             power <= kLargestPower) {
    const auto exact = static_cast<double>(mantissa);
    value = power < 0 ? exact / kPowers[-power] : exact * kPowers[power];
  } else if (significant > 19 || !by_pairs(mantissa, power, value)) {
    value = slowly(written, exponent);
  }
  number.value = negative ? -value : value;
  return true;
}

bool read_whole(Cursor& cursor, std::int64_t& number) {
  const std::size_t begin = cursor.at;
  number = 0;
  while (is_digit(cursor.peek()) && number < (std::int64_t{1} << 53) / 10) {
    number = number * 10 + (cursor.text[cursor.at++] - '0');
  }
  return cursor.at > begin && !is_digit(cursor.peek());
}

}  // namespace convscope

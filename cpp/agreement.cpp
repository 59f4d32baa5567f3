// Runs every method and subtracts.
#include "agreement.hpp"

#include <algorithm>
#include <cmath>

#include "progress.hpp"

namespace convscope {
namespace {

const Tensor<double>& output_of(const Trace& trace) {
  const auto is_output = [](const Map& map) { return std::string_view(map.name) == "output"; };
  return std::find_if(trace.maps.begin(), trace.maps.end(), is_output)->values;
}

double largest_difference(const Tensor<double>& a, const Tensor<double>& b) {
  double largest = 0;
  for (std::size_t at = 0; at < a.size(); ++at) {
    const double x = a.data()[at], y = b.data()[at];
    if (x == y || (std::isnan(x) && std::isnan(y))) continue;
    const double difference = std::abs(x - y);
    largest = std::max(largest, std::isnan(difference) ? INFINITY : difference);
  }
  return largest;
}

}  // namespace

Agreement agreement(const Geometry& geometry, const Operands<double>& operands) {
  Agreement result;
  const double runs = 1.0 + std::size(kMethods);  // those that do not apply are passed over at once
  const Tensor<double> direct = [&] {
    const progress::Part part(0, 1, runs);
    return run(geometry, operands);
  }();
  double done = 1;
  for (Method method : kMethods) {
    const progress::Part part(done++, 1, runs);
    if (!applies(method, geometry.op)) continue;
    const Result<Trace> traced = trace(geometry, operands, method);
    if (!traced) {
      result.skipped.push_back({method, traced.refusal()});
      continue;
    }
    const double difference = largest_difference(output_of(*traced), direct);
    result.methods.push_back({method, difference});
    result.largest = std::max(result.largest, difference);
  }
  return result;
}

}  // namespace convscope

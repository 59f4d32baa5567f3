// What F.pad refuses before a convolution that pads by reflection, repetition or going round.
// Takes the request, gives the padded shape. Zero padding never comes here.
#include "checks.hpp"
#include "say.hpp"

namespace convscope {
namespace {

using Numbers = std::vector<std::int64_t>;

// torch.nn's _reversed_padding_repeated_twice, here in the order of the axes.
void resolve_padding(const Request& request, Arguments& arguments) {
  if (!request.padding.word) return;
  const Shape& weight = *request.weight;
  const std::size_t axes = weight.size() - 2;
  arguments.padding_begin = arguments.padding_end = Numbers(axes, 0);
  if (*request.padding.word != "same") return;
  // Layers pair dilations with kernel axes and let the shorter list decide.
  for (std::size_t at = 0; at < std::min(axes, request.dilation.size()); ++at) {
    const std::int64_t total = request.dilation[at] * (weight[2 + at] - 1);
    const std::int64_t begin = total >= 0 ? total / 2 : (total - 1) / 2;  // Python's //
    arguments.padding_begin[at] = begin;
    arguments.padding_end[at] = total - begin;
  }
}

}  // namespace

Result<Shape> check_padding(const Request& request, Arguments& arguments) {
  resolve_padding(request, arguments);
  Shape padded = request.input;
  const std::size_t axes = arguments.padding_begin.size();
  const std::size_t lead = padded.size() - std::min(axes, padded.size());
  for (std::size_t at = 0; at < axes && lead + at < padded.size(); ++at) {
    padded[lead + at] += arguments.padding_begin[at] + arguments.padding_end[at];
  }
  return padded;
}

}  // namespace convscope

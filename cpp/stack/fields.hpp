// One layer as its user writes it, and the readers of its keys: whole numbers, truths, one number
// for all axes or one per axis. Refuses with the key at fault; knows no operation.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "../request.hpp"

namespace convscope::stack {

// A second input, as written.
struct SkipValue {
  Value from, merge;
};

struct LayerValue {
  std::vector<std::pair<std::string, Value>> fields{};  // by key, "op" among them
  std::vector<SkipValue> skips{};

  const Value& at(std::string_view key) const;  // a missing value if there is none
  void set(std::string_view key, Value value);
};

using Numbers = std::vector<std::int64_t>;

Result<std::int64_t> read_number(const LayerValue& layer, const char* key, std::int64_t otherwise);
Result<std::int64_t> read_needed(const LayerValue& layer, const char* key);
Result<bool> read_truth(const LayerValue& layer, const char* key, bool otherwise);
Result<double> read_real(const LayerValue& layer, const char* key, double otherwise);
// One entry per axis, none below `least`.
Result<Numbers> read_axes(const LayerValue& layer, const char* key, int axes,
                          std::int64_t otherwise, std::int64_t least);
// A key that must be given.
Check require(const LayerValue& layer, const char* key);
// That a layer's own idea of its input's channels or features is right.
// `torch`: its words, where it has any.
Check expect_channels(const LayerValue& layer, const char* key, std::int64_t channels,
                      const std::string& torch = {});
// Of a layer that takes the first axis for the batch. `torch`: as above.
Refusal refuse_unbatched(const std::string& op, const Shape& input, const std::string& torch);

}  // namespace convscope::stack

// libFuzzer: bytes as a paste. What is read must be consistent; what is refused must say why.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace convscope;
  const Result<std::vector<Item>> items = parse({reinterpret_cast<const char*>(data), size});
  if (!items) {
    if (items.error().message.empty() || items.error().line < 1) std::abort();
    return 0;
  }
  if (items->empty()) std::abort();
  for (const Item& item : *items) {
    if (item.kind != Item::Kind::tensor) continue;
    const Block& block = item.tensor.block;
    if (element_count(block.shape) != static_cast<std::int64_t>(block.data.size())) std::abort();
    if (block.gaps.size() != block.shape.size()) std::abort();
    if (!item.tensor.shape && !block.truncated) std::abort();
  }
  return 0;
}

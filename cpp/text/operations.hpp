// What source does to a tensor that it writes out: .reshape(1, 1, 2, 2), .float(), [None, None] are
// carried out; whatever would change the numbers or their order (.T, * 2, torch.flip(…)) is refused
// by name, so that no other tensor is taken for the one meant.
#pragma once

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

// From behind a tensor's literal, which begins at `begin`: past its methods and indices.
Check read_operations(Cursor& cursor, std::size_t begin, TensorItem& item);

// Only what is refused: operators on either side, and functions around.
Check refuse_operations(const Cursor& cursor, std::size_t begin, const TensorItem& item);

// Functions that give back the tensor they are given: nn.Parameter(…), torch.from_numpy(…).
bool is_wrapper(std::string_view word);

// The call whose first argument begins at `begin`: where its name starts; `begin` if there is none.
std::size_t call_around(std::string_view text, std::size_t begin, std::string_view& word);

}  // namespace convscope

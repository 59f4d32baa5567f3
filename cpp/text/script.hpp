// Which tensor of a paste is what to which layer. Follows the code that was pasted: names, what is
// assigned to a layer's weight and bias, calls of layers and functions, and print(…), whose outputs
// follow in the same order. Says only what the text says: two tensors that merely fit are not told
// apart here.
#pragma once

#include <vector>

#include "characters.hpp"
#include "item.hpp"

namespace convscope {

// Gives tensors their role and layer, layers their operands, and printed tensors without a name the
// expression that was printed.
void assign_roles(std::string_view text, std::vector<Item>& items);

}  // namespace convscope

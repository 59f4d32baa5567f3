// Layers one behind the other, with skip connections: their shapes and counts, as far as they fit
// together. Takes layers as written and the input's shape. Knows no numbers.
#pragma once

#include "fields.hpp"
#include "plan.hpp"

namespace convscope::stack {

// Nodes are counted from the stack's input, which is 0: layer i is node i + 1.
struct Source {
  std::size_t node = 0;
  bool concat = false;  // else added
};

struct Node {
  std::string name{};
  std::vector<Source> sources{};  // the input, then the skips
  Plan plan{};
  bool rooted = true;   // its spatial axes are those of the stack's input
  bool global = false;  // every value depends on the whole input map
};

struct Failure {
  std::size_t layer = 0;
  Refusal refusal{};  // its error says which layer
};

struct Stack {
  Incoming input{};
  std::vector<Node> layers{};  // those before the first that fails
  std::optional<Failure> failure{};

  // The shape that a node gives.
  const Shape& shape(std::size_t node) const {
    return node == 0 ? input.shape : layers[node - 1].plan.output;
  }
  // How many of its axes are spatial.
  int spatial(std::size_t node) const { return Incoming{shape(node), input.batched}.spatial(); }
  // Whether its cells follow from those of its sources, axis by axis.
  bool follows(std::size_t node) const {
    return node > 0 && layers[node - 1].plan.flow == Flow::cells && spatial(node) > 0;
  }
};

// Refuses an input shape that no stack could have; what is wrong with a layer is the stack's
// `failure`.
Result<Stack> infer_stack(const std::vector<LayerValue>& layers, const Shape& input);

// The same from layer `first` on, with what is known of those before it, up to layer `last`.
void infer_again(Stack& stack, const std::vector<LayerValue>& layers, std::size_t first,
                 std::size_t last);

}  // namespace convscope::stack

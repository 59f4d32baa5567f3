// What names and expressions of a pasted script stand for: a tensor of the paste, a layer, or a
// part of a layer. Calls of layers and functions give tensors their roles on the way.
#pragma once

#include <functional>
#include <map>

#include "statements.hpp"

namespace convscope {

// What an expression stands for, as far as that is known.
struct Meaning {
  std::optional<std::size_t> item;     // this tensor
  std::optional<std::size_t> layer;    // this layer, to be called
  std::optional<std::size_t> part_of;  // this layer's …
  std::string role;                    // … output, weight or bias
  bool is_known() const { return item || part_of; }
};

bool ends_with(std::string_view text, std::string_view end);  // and is longer

class Names {
 public:
  Names(std::string_view text, std::vector<Item>& items);

  std::string_view view(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  const Meaning* find(std::string_view name) const;
  void set(std::string_view name, const Meaning& meaning);

  // A layer by the name it has at this place of the script, or in the paste.
  std::optional<std::size_t> layer_named(std::string_view name) const;

  // The first role that a tensor is given stays, and so does a layer's first operand of each.
  void set_role(std::size_t item, const std::string& role, std::optional<std::size_t> layer);

  Meaning evaluate(Span span, int depth = 0);

 private:
  std::string_view text_;
  std::vector<Item>& items_;
  std::map<std::string, Meaning, std::less<>> names_{};
  std::map<std::string, std::size_t, std::less<>> layers_{};

  Meaning lookup(std::string_view name) const;
  Meaning evaluate_index(Span span, int depth);
  Meaning evaluate_call(Span span, int depth);
  Meaning call_function(std::size_t layer, int depth);
  std::size_t opener(Span span) const;
};

}  // namespace convscope

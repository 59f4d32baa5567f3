// Sentences from words and numbers: say("Stride is ", 0, ".") gives "Stride is 0.".
// Takes strings, integers, and lists, which it writes as PyTorch does: [1, 2]. No streams: they
// would triple the size of the WebAssembly module.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace convscope {

inline void append_word(std::string& text, std::string_view word) { text += word; }

template <std::integral Number>
void append_word(std::string& text, Number number) {
  text += std::to_string(number);
}

// "2, 3", or with a separator of " x ": "2 x 3".
template <typename Number>
std::string join(const std::vector<Number>& list, std::string_view separator) {
  std::string text;
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (at != 0) text += separator;
    append_word(text, list[at]);
  }
  return text;
}

template <std::integral Number>
void append_word(std::string& text, const std::vector<Number>& list) {
  text += "[" + join(list, ", ") + "]";
}

template <typename... Words>
std::string say(const Words&... words) {
  std::string text;
  (append_word(text, words), ...);
  return text;
}

}  // namespace convscope

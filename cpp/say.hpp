// Sentences from words and numbers: say("Stride is ", 0, ".") gives "Stride is 0.".
// Takes strings, integers, and lists, which it writes as PyTorch does: [1, 2]. No streams: they
// would triple the size of the WebAssembly module.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace convscope {

// One piece of a sentence; refers to what it is made from and lives no longer than the sentence's
// full expression.
class Word {
 public:
  Word(const char* text) : text_(text) {}
  Word(const std::string& text) : text_(text) {}
  Word(std::string_view text) : text_(text) {}
  Word(const std::vector<std::int64_t>& list) : kind_(Kind::list), list_(&list) {}
  Word(std::integral auto number)
      : kind_(Kind::number), number_(static_cast<std::int64_t>(number)) {}

  void append_to(std::string& sentence) const;

 private:
  enum class Kind { text, number, list };
  Kind kind_ = Kind::text;
  std::string_view text_{};
  std::int64_t number_ = 0;
  const std::vector<std::int64_t>* list_ = nullptr;
};

using Words = std::initializer_list<Word>;

std::string concatenate(Words words);

template <typename... Words>
std::string say(const Words&... words) {
  return concatenate({Word(words)...});
}

// "2, 3", or with a separator of " x ": "2 x 3".
std::string join(const std::vector<std::int64_t>& list, std::string_view separator);

}  // namespace convscope

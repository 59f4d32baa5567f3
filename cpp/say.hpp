// Sentences from words and numbers: say("Stride is ", 0, ".") gives "Stride is 0.".
// Takes strings, integers, and lists, which it writes as PyTorch does: [1, 2]. No streams: they
// would triple the size of the WebAssembly module. A sentence can also be told apart into its
// wording and the values in it, so that another language may word it anew.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace convscope {

// One piece of a sentence; refers to what it is made from and lives no longer than the sentence's
// full expression. A literal is wording, whatever is known only at run time a value. That the
// constructor for literals is consteval keeps this true: `one ? " axis" : " axes"` does not
// compile, and is to be written as chosen(one ? " axis" : " axes").
class Word {
 public:
  template <std::size_t N>
  consteval Word(const char (&literal)[N]) : content_(Literal{literal}) {}
  template <std::same_as<const char*> Text>
  Word(const Text& text) : content_(std::string_view(text)) {}
  Word(const std::string& text) : content_(std::string_view(text)) {}
  Word(std::string_view text) : content_(text) {}
  Word(const std::vector<std::int64_t>& list) : content_(&list) {}
  Word(std::integral auto number) : content_(static_cast<std::int64_t>(number)) {}

  void append_to(std::string& sentence) const;
  bool is_wording() const { return std::holds_alternative<Literal>(content_); }

 private:
  struct Literal {
    const char* text;
  };
  std::variant<Literal, std::string_view, std::int64_t, const std::vector<std::int64_t>*> content_;
};

using Words = std::initializer_list<Word>;

// A text that was chosen among several: a value of its sentence.
inline Word chosen(const char* text) { return text; }

std::string concatenate(Words words);

// What stays of a sentence when its values are taken out: "Stride is {0}.", {"0"}.
struct Wording {
  std::string pattern{};
  std::vector<std::string> values{};

  void append(Words words);
};

template <typename Part>
Word to_word(const Part& part) {
  if constexpr (std::is_array_v<Part>) {
    return chosen(part);
  } else {
    return part;
  }
}

template <typename... Parts>
std::string say(const Parts&... parts) {
  return concatenate({to_word(parts)...});
}

// "2, 3", or with a separator of " x ": "2 x 3".
std::string join(const std::vector<std::int64_t>& list, std::string_view separator);

}  // namespace convscope

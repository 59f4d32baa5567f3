// Out of line, so that each of the many sentences costs a call and no more.
#include "say.hpp"

namespace convscope {

void Word::append_to(std::string& sentence) const {
  if (const auto* literal = std::get_if<Literal>(&content_)) {
    sentence += literal->text;
  } else if (const auto* text = std::get_if<std::string_view>(&content_)) {
    sentence += *text;
  } else if (const auto* number = std::get_if<std::int64_t>(&content_)) {
    sentence += std::to_string(*number);
  } else {
    sentence += "[" + join(*std::get<const std::vector<std::int64_t>*>(content_), ", ") + "]";
  }
}

std::string concatenate(Words words) {
  std::string sentence;
  for (const Word& word : words) word.append_to(sentence);
  return sentence;
}

void Wording::append(Words words) {
  for (const Word& word : words) {
    if (word.is_wording()) {
      word.append_to(pattern);
    } else {
      pattern += "{" + std::to_string(values.size()) + "}";
      word.append_to(values.emplace_back());
    }
  }
}

std::string join(const std::vector<std::int64_t>& list, std::string_view separator) {
  std::string text;
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (at != 0) text += separator;
    text += std::to_string(list[at]);
  }
  return text;
}

}  // namespace convscope

// Out of line, so that each of the many sentences costs a call and no more.
#include "say.hpp"

namespace convscope {

void Word::append_to(std::string& sentence) const {
  switch (kind_) {
    case Kind::text:
      sentence += text_;
      break;
    case Kind::number:
      sentence += std::to_string(number_);
      break;
    case Kind::list:
      sentence += "[" + join(*list_, ", ") + "]";
      break;
  }
}

std::string concatenate(Words words) {
  std::string sentence;
  for (const Word& word : words) word.append_to(sentence);
  return sentence;
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

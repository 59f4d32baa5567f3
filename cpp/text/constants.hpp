// Whole numbers that source writes with names: ngf = 64, and then ngf * 8.
#pragma once

#include <map>
#include <optional>

#include "characters.hpp"

namespace convscope {

class Constants {
 public:
  // All of "name = 64" in the text, arguments' defaults too. A name that stands for two numbers is
  // none.
  explicit Constants(std::string_view text);

  // An expression of whole numbers and names with + - * // and brackets; none: it is no such.
  std::optional<std::int64_t> evaluate(std::string_view expression) const;

 private:
  std::map<std::string, std::optional<std::int64_t>, std::less<>> values_{};
};

}  // namespace convscope

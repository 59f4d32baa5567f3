// The members of Refusal that would else be repeated wherever something is refused.
#include "error.hpp"

namespace convscope {

Refusal::Refusal() = default;
Refusal::Refusal(Error error) : error_(std::make_shared<const Error>(std::move(error))) {}
Refusal::Refusal(const Refusal&) = default;
Refusal::Refusal(Refusal&&) noexcept = default;
Refusal& Refusal::operator=(const Refusal&) = default;
Refusal& Refusal::operator=(Refusal&&) noexcept = default;
Refusal::~Refusal() = default;

Refusal refuse(Code code, const char* field, Words message, Words torch, int axis) {
  Error error{code, field, concatenate(message), concatenate(torch), axis};
  error.wording.append(message);
  return Refusal(std::move(error));
}

}  // namespace convscope

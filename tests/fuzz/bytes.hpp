// What libFuzzer gives, as small numbers.
#pragma once

#include <cstddef>
#include <cstdint>

// Takes values from the bytes; zeros when they are used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  int next(int below) { return (at_ < size_ ? data_[at_++] : 0) % below; }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

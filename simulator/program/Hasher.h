// Hasher: a 64-bit hash of a sequence of numbers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HASHER_H
#define SYNFIRE_SIMULATOR_PROGRAM_HASHER_H

#include <bit>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

namespace synfire::sim {

/// Hashes the numbers that are added to it; the result depends on their order and is the same on
/// every machine.
class Hasher {
public:
  /// The last step of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
  /// generators, OOPSLA 2014). It is a bijection, and a change of any input bit changes about half
  /// of the output bits.
  static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

  template <typename Integer>
    requires std::integral<Integer> || std::is_enum_v<Integer>
  void add(Integer value) {
    state = mix(state + 0x9e3779b97f4a7c15ULL + mix(static_cast<uint64_t>(value)));
  }
  void add(double value) { add(std::bit_cast<uint64_t>(value)); }
  void add(float value) { add(std::bit_cast<uint32_t>(value)); }
  void add(std::string_view text) {
    add(text.size());
    for (char c : text)
      add(static_cast<unsigned char>(c));
  }
  template <typename Number> void add(const std::vector<Number> &numbers) {
    add(numbers.size());
    for (Number x : numbers)
      add(x);
  }
  uint64_t result() const { return state; }

private:
  uint64_t state = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HASHER_H

// NamedRandom: random numbers that depend on a seed and a name alone.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_NAMEDRANDOM_H
#define SYNFIRE_SUPPORT_NAMEDRANDOM_H

#include <cstdint>
#include <string_view>

namespace synfire {

/// The numbers of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
/// OOPSLA 2014), which are the same on every machine. The name, that of a tensor say, enters the
/// seed by the hash FNV-1a, so that the numbers of one tensor do not depend on those that were
/// drawn before for others.
class NamedRandom {
public:
  NamedRandom(uint64_t seed, std::string_view name) : state(0xcbf29ce484222325u ^ seed) {
    for (char c : name)
      state = (state ^ static_cast<uint8_t>(c)) * 0x100000001b3u;
  }

  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  /// A real from `low` on and below `high`.
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(next() >> 11) * 0x1p-53);
  }

private:
  uint64_t state;
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_NAMEDRANDOM_H

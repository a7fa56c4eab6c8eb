// Choices: every decision of a generator, as a sequence of bounded numbers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_CHOICES_H
#define SYNFIRE_TESTS_RANDOM_CHOICES_H

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace synfire::test {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
class SplitMix64 {
public:
  explicit SplitMix64(uint64_t seed) : state(seed) {}
  uint64_t next();
  /// A multiple of 2^-53 in [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

private:
  uint64_t state;
};

/// A fresh sequence comes from a seed, a replayed one from its numbers. By
/// convention 0 is the simplest choice: a replayed sequence that is too short
/// goes on with zeros, a number out of bounds counts as the largest one. So any
/// sequence of numbers makes something legal, and a shorter one, or one of
/// smaller numbers, something simpler: what a shrinker needs.
class Choices {
public:
  static Choices fromSeed(uint64_t seed) { return Choices(seed, {}, false); }
  static Choices replay(std::vector<uint64_t> numbers) {
    return Choices(0, std::move(numbers), true);
  }

  /// A number in 0 .. count - 1. Precondition: count is at least 1.
  uint64_t below(uint64_t count);
  /// A number in low .. high, low being the simplest.
  int64_t between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(below(static_cast<uint64_t>(high - low) + 1));
  }
  bool flip() { return below(2) != 0; }
  /// True once in `count` times.
  bool rarely(uint64_t count) { return below(count) == count - 1; }
  template <typename T> T pick(std::initializer_list<T> simplestFirst) {
    return simplestFirst.begin()[below(simplestFirst.size())];
  }

  /// What was chosen so far, within bounds.
  const std::vector<uint64_t> &made() const { return record; }

  /// Choices begin .. end - 1 belong together (they made one operation, say):
  /// a shrinker takes them away together.
  struct Extent {
    size_t begin, end;
  };
  const std::vector<Extent> &groups() const { return extents; }
  class Group {
  public:
    explicit Group(Choices &choices) : choices(choices), begin(choices.record.size()) {}
    ~Group() { choices.extents.push_back({begin, choices.record.size()}); }
    Group(const Group &) = delete;
    Group &operator=(const Group &) = delete;

  private:
    Choices &choices;
    size_t begin;
  };

private:
  Choices(uint64_t seed, std::vector<uint64_t> numbers, bool replays)
      : source(seed), given(std::move(numbers)), replays(replays) {}

  SplitMix64 source;
  std::vector<uint64_t> given, record;
  bool replays;
  std::vector<Extent> extents;
};

/// "3,0,17", and back; anything else than numbers and commas reads as nothing.
std::string toText(const std::vector<uint64_t> &choices);
std::vector<uint64_t> choicesFromText(const std::string &text);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_CHOICES_H

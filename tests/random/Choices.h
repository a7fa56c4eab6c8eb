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

/// A sequence of random choices, drawn from a seed or replayed from a list of numbers. By
/// convention 0 is the simplest choice. A replayed list that is too short is continued with zeros,
/// and a number that is out of bounds counts as the largest allowed one. So every list of numbers
/// makes a legal graph, and a shorter list, or one with smaller numbers, makes a simpler graph,
/// which a shrinker relies on.
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

  /// The choices made so far, each within its bounds.
  const std::vector<uint64_t> &made() const { return record; }

  /// The choices begin to end - 1 belong together, for example because they made one operation. A
  /// shrinker removes them together.
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

/// Choices as text, "3,0,17", and back. A text that is not numbers and commas gives no choices.
std::string toText(const std::vector<uint64_t> &choices);
std::vector<uint64_t> choicesFromText(const std::string &text);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_CHOICES_H

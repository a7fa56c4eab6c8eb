// Shrink: the simplest choices that still fail.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Shrink.h"

#include <algorithm>

namespace synfire::test {
namespace {

using Sequence = std::vector<uint64_t>;

class Shrinker {
public:
  Shrinker(Sequence start, const Fails &fails, int64_t attempts)
      : fails(fails), attemptsLeft(attempts), best(std::move(start)) {
    strip(best);
    attempt(best); // Learns the groups.
  }

  Sequence run() {
    for (bool better = true; better && attemptsLeft > 0;)
      better = deleteGroups() | deleteChunks() | zeroChunks() | lowerEach();
    return best;
  }

private:
  static void strip(Sequence &sequence) {
    while (!sequence.empty() && sequence.back() == 0)
      sequence.pop_back();
  }

  static bool simpler(const Sequence &a, const Sequence &b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }

  /// Keeps what the candidate makes if it fails and is simpler than the best.
  bool attempt(Sequence candidate) {
    if (attemptsLeft-- <= 0)
      return false;
    Choices choices = Choices::replay(std::move(candidate));
    if (!fails(choices))
      return false;
    Sequence made = choices.made();
    strip(made);
    if (simpler(best, made))
      return false;
    bool better = made != best;
    best = std::move(made);
    groups = choices.groups();
    return better;
  }

  Sequence without(size_t begin, size_t end) const {
    Sequence rest(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(begin));
    rest.insert(rest.end(), best.begin() + static_cast<std::ptrdiff_t>(end), best.end());
    return rest;
  }

  bool deleteGroups() {
    bool better = false;
    for (size_t i = groups.size(); i-- > 0;) {
      if (i >= groups.size())
        continue; // A success has made the list shorter.
      size_t end = std::min(groups[i].end, best.size());
      if (groups[i].begin < end)
        better |= attempt(without(groups[i].begin, end));
    }
    return better;
  }

  bool deleteChunks() {
    bool better = false;
    for (size_t length : {8, 4, 2, 1})
      for (size_t i = best.size(); i-- > 0;)
        if (i + length <= best.size())
          better |= attempt(without(i, i + length));
    return better;
  }

  bool zeroChunks() {
    bool better = false;
    for (size_t length : {16, 8, 4, 2})
      for (size_t i = 0; i + length <= best.size(); i += length) {
        Sequence candidate = best;
        auto begin = candidate.begin() + static_cast<std::ptrdiff_t>(i);
        std::fill(begin, begin + static_cast<std::ptrdiff_t>(length), 0);
        if (candidate != best)
          better |= attempt(std::move(candidate));
      }
    return better;
  }

  /// Every choice by itself: 0, then halves, then one less.
  bool lowerEach() {
    bool better = false;
    auto lower = [&](size_t i, uint64_t to) {
      Sequence candidate = best;
      candidate[i] = to;
      return attempt(std::move(candidate));
    };
    for (size_t i = 0; i < best.size(); ++i) {
      if (best[i] == 0)
        continue;
      if (lower(i, 0)) {
        better = true;
        continue;
      }
      while (i < best.size() && best[i] > 1 && lower(i, best[i] / 2))
        better = true;
      while (i < best.size() && best[i] > 1 && lower(i, best[i] - 1))
        better = true;
    }
    return better;
  }

  const Fails &fails;
  int64_t attemptsLeft;
  Sequence best;
  std::vector<Choices::Extent> groups;
};

} // namespace

std::vector<uint64_t> shrink(std::vector<uint64_t> choices, const Fails &fails, int64_t attempts) {
  return Shrinker(std::move(choices), fails, attempts).run();
}

} // namespace synfire::test

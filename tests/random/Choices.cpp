// Choices: every decision of a generator, as a sequence of bounded numbers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Choices.h"

#include <algorithm>
#include <sstream>

namespace synfire::test {

uint64_t SplitMix64::next() {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

uint64_t Choices::below(uint64_t count) {
  uint64_t number = 0;
  if (!replays)
    number = source.next() % count;
  else if (record.size() < given.size())
    number = std::min(given[record.size()], count - 1);
  record.push_back(number);
  return number;
}

std::string toText(const std::vector<uint64_t> &choices) {
  std::string text;
  for (uint64_t choice : choices)
    text += (text.empty() ? "" : ",") + std::to_string(choice);
  return text;
}

std::vector<uint64_t> choicesFromText(const std::string &text) {
  std::vector<uint64_t> choices;
  std::istringstream stream(text);
  for (uint64_t choice; stream >> choice; stream.ignore(1, ','))
    choices.push_back(choice);
  return choices;
}

} // namespace synfire::test

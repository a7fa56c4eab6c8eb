// Damage: changes of bytes and of numbers in the files of a run.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/Damage.h"

#include "dialect/chip/ProgramBytes.h"

#include <regex>
#include <vector>

namespace synfire::test {

std::string damageBytes(std::string bytes, Choices &choices) {
  const uint64_t kind = choices.below(8);
  if (kind == 6)
    return bytes.substr(0, choices.below(bytes.size()));
  if (kind == 7) {
    const size_t from = choices.below(bytes.size());
    return bytes.insert(choices.below(bytes.size()), bytes.substr(from, 1 + choices.below(64)));
  }
  for (int64_t flips = choices.between(1, 8); flips > 0; --flips)
    bytes[choices.below(bytes.size())] ^= static_cast<char>(1 + choices.below(255));
  return bytes;
}

std::string damageNumbers(std::string text, Choices &choices) {
  // Bounded, since std::regex takes a frame of the stack for each character.
  static const std::regex kNumber(R"(-?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,9})?)");
  static const std::vector<std::string> kNumbers = {"0",
                                                    "1",
                                                    "-1",
                                                    "2",
                                                    "3",
                                                    "255",
                                                    "65536",
                                                    "2147483647",
                                                    "2147483648",
                                                    "0.5",
                                                    "1e300",
                                                    "1e-300",
                                                    "-0.0",
                                                    "1e9",
                                                    "0x7ff0",
                                                    "1.0e18",
                                                    "9223372036854775807",
                                                    "18446744073709551616"};
  for (int64_t count = choices.between(1, 3); count > 0; --count) {
    std::vector<std::pair<size_t, size_t>> found;
    for (std::sregex_iterator it(text.begin(), text.end(), kNumber), end; it != end; ++it)
      found.emplace_back(it->position(), it->length());
    if (found.empty())
      return text;
    const auto [at, length] = found[choices.below(found.size())];
    text.replace(at, length, kNumbers[choices.below(kNumbers.size())]);
  }
  return text;
}

std::string withChecksum(std::string bytes) {
  const std::string name = chip::programProducerPlace();
  if (chip::producerOf(bytes).size() == name.size())
    bytes.replace(chip::kProducerBegin, name.size(),
                  chip::programProducer(chip::programChecksum(bytes)));
  return bytes;
}

} // namespace synfire::test

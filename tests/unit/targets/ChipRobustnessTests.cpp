// Tests that damaged chip files end in a message or in a valid chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/targets/TestChips.h"

#include <sstream>

using namespace synfire;
using namespace synfire::test;

namespace {

std::string shippedText(const std::string &name) {
  std::ifstream stream(kChipsFolder + "/" + name + ".yaml", std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  REQUIRE(!text.str().empty());
  return text.str();
}

/// Parses; whatever comes out must be sound. Returns whether it was a chip.
bool parsesSoundly(const std::string &text) {
  auto result = parseChip(text, "f", kChipsFolder);
  if (const auto *error = std::get_if<ChipError>(&result)) {
    bool placed = error->message.find(":") != std::string::npos &&
                  error->message.find(": error: ") != std::string::npos;
    CHECK(placed);
    CHECK(error->message.find('\n') == std::string::npos);
    CHECK(error->message.size() < 4000);
    return false;
  }
  CHECK(std::get<ChipModel>(result).validate() == "");
  return true;
}

} // namespace

TEST_CASE("a chip file cut at any byte ends in a message or a valid chip") {
  // All cuts of the small chip, every 97th of a large one.
  for (size_t bytes = 0; bytes < kSmallChip.size(); ++bytes)
    parsesSoundly(kSmallChip.substr(0, bytes));
  const std::string large = shippedText("mesh-16x16");
  for (size_t bytes = 0; bytes < large.size(); bytes += 97)
    parsesSoundly(large.substr(0, bytes));
}

TEST_CASE("flipped bytes end in a message or a valid chip") {
  std::mt19937_64 random(20240607); // a fixed seed: the same damage every time
  int chips = 0, errors = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = kSmallChip;
    int flips = 1 + int(random() % 4);
    for (int i = 0; i < flips; ++i)
      text[random() % text.size()] ^= char(1u << (random() % 8));
    (parsesSoundly(text) ? chips : errors) += 1;
  }
  CHECK(chips > 0); // a flip inside a comment or a digit does no harm
  CHECK(errors > 1000);
}

TEST_CASE("lines taken away, doubled or swapped end in a message or a valid chip") {
  std::mt19937_64 random(7);
  std::vector<std::string> lines;
  std::stringstream stream(shippedText("loihi2"));
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> damaged = lines;
    size_t at = random() % lines.size(), other = random() % lines.size();
    if (round % 3 == 0)
      damaged.erase(damaged.begin() + long(at));
    else if (round % 3 == 1)
      damaged.insert(damaged.begin() + long(at), lines[other]);
    else
      std::swap(damaged[at], damaged[other]);
    std::string text;
    for (const std::string &line : damaged)
      text += line + "\n";
    parsesSoundly(text);
  }
}

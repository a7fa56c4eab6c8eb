// Damaged PROGRAM, side and token files: refused or run, never a crash.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <random>
#include <sys/resource.h>

using namespace synfire::test;

namespace {

constexpr int kRuns = 280;
constexpr uint64_t kSeed = 20240501;

/// Draws that do not depend on the standard library.
class Dice {
public:
  explicit Dice(uint64_t seed) : engine(seed) {}
  /// Uniform in [0, count).
  size_t below(size_t count) { return engine() % count; }

private:
  std::mt19937_64 engine;
};

void write(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// One to eight bytes changed; every eighth time the file is cut short, every
/// eighth time a part of it stands twice.
std::string damage(std::string bytes, Dice &dice) {
  const size_t kind = dice.below(8);
  if (kind == 0)
    return bytes.substr(0, dice.below(bytes.size()));
  if (kind == 1) {
    const size_t from = dice.below(bytes.size());
    return bytes.insert(dice.below(bytes.size()), bytes.substr(from, 1 + dice.below(64)));
  }
  for (size_t flips = 1 + dice.below(8); flips > 0; --flips)
    bytes[dice.below(bytes.size())] ^= static_cast<char>(1 + dice.below(255));
  return bytes;
}

/// A run that never ends is killed (SIGXCPU, SIGKILL), and one that asks for
/// all memory does not get it: both fail the test instead of the machine.
void limitChildren() {
  const rlimit seconds = {60, 120};
  REQUIRE(setrlimit(RLIMIT_CPU, &seconds) == 0);
#ifndef __SANITIZE_ADDRESS__ // its shadow is terabytes of address space
  const rlimit bytes = {rlim_t{8} << 30, rlim_t{8} << 30};
  REQUIRE(setrlimit(RLIMIT_AS, &bytes) == 0);
#endif
}

} // namespace

TEST_CASE("simulate ends with exit code 0 or 1 for any damage to its files") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc", text = folder / "p.mlir",
                    side = folder / "p.weights", tokens = folder / "ids.json";
  const auto simulate = [&](const std::string &file) {
    return runSynfire({"simulate", file, "--tokens", tokens, "-o", folder / "out", "--threads", "1",
                       "--generate", "2"}); // fails the test on a signal
  };
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", text}).exitCode == 0);
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", program}).exitCode == 0);
  write(tokens, "[[1, 20, 3, 4, 5, 0, 29, 7]]");
  const std::vector<std::string> files = {program, text, side, tokens};
  std::map<std::string, std::string> intact;
  for (const std::string &file : files)
    intact[file] = readFile(file);
  REQUIRE(simulate(program).exitCode == 0);
  REQUIRE(simulate(text).exitCode == 0);

  limitChildren();
  Dice dice(kSeed);
  int refused = 0;
  for (int run = 0; run < kRuns; ++run) {
    const std::string &file = files[run % files.size()];
    write(file, damage(intact[file], dice));
    CAPTURE(run);
    CAPTURE(file);
    const CommandResult result = simulate(file == text ? text : program);
    CAPTURE(result.err);
    CHECK((result.exitCode == 0 || result.exitCode == 1));
    // A sanitizer's report ends with exit code 1 as well.
    CHECK(result.err.find("Sanitizer") == std::string::npos);
    CHECK(result.err.find("runtime error: ") == std::string::npos);
    if (result.exitCode == 1)
      CHECK(result.err.find("error: ") != std::string::npos);
    refused += result.exitCode == 1;
    write(file, intact[file]);
  }
  MESSAGE(refused << " of " << kRuns << " damaged inputs were refused");
  CHECK(refused > kRuns / 3);
  CHECK(simulate(program).exitCode == 0);
}

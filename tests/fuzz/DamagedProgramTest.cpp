// Damaged PROGRAM, side and token files: refused or run, never a crash.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/Damage.h"
#include "tests/fuzz/ProcessLimits.h"
#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <map>

using namespace synfire::test;

namespace {

constexpr int kRuns = 280;
constexpr uint64_t kSeed = 20240501;

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
  writeFile(tokens, "[[1, 20, 3, 4, 5, 0, 29, 7]]");
  const std::vector<std::string> files = {program, text, side, tokens};
  std::map<std::string, std::string> intact;
  for (const std::string &file : files)
    intact[file] = readFile(file);
  REQUIRE(simulate(program).exitCode == 0);
  REQUIRE(simulate(text).exitCode == 0);

  limitProcess(60, 8);
  Choices choices = Choices::fromSeed(kSeed);
  int refused = 0;
  for (int run = 0; run < kRuns; ++run) {
    const std::string &file = files[run % files.size()];
    writeFile(file, damageBytes(intact[file], choices));
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
    writeFile(file, intact[file]);
  }
  MESSAGE(refused << " of " << kRuns << " damaged inputs were refused");
  CHECK(refused > kRuns / 3);
  CHECK(simulate(program).exitCode == 0);
}

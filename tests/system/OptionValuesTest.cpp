// OptionValuesTest: values of options that are empty, too long or written oddly.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <map>

using namespace synfire::test;

TEST_CASE("no value of an option is empty, and whole numbers do not wrap") {
  const std::string many = "99999999999999999999";
  auto refused = [](const std::vector<std::string> &arguments, const std::string &option) {
    const CommandResult result = runSynfire(arguments);
    CAPTURE(option);
    CAPTURE(result.err);
    CHECK(result.exitCode == 2);
    CHECK(contains(result.err, option));
  };
  const std::map<std::string, std::vector<std::string>> named = {
      {"run", {"--weights", "--target", "--placer", "--dump", "-o", "--tokens", "--input"}},
      {"compile", {"--weights", "--target", "--placer", "-o"}},
      {"simulate", {"--target", "--dump", "-o", "--tokens", "--input"}},
      {"interpret", {"--weights", "--target", "--dump", "--tokens", "--input"}},
      {"evaluate", {"--weights", "--target", "--tokens", "--input", "--from"}},
      {"count", {"--weights", "--target", "--tokens", "--input", "--rates", "--energy-table"}},
      {"import", {"--weights", "-o"}},
      {"targets", {"--check"}}};
  for (const auto &[command, options] : named)
    for (const std::string &option : options)
      refused({command, option, ""}, option == "-o" ? "--output: " : option + ": needs a value");
  refused({"run", kModel, "--dump=", "a"}, "'--dump=': needs a value");
  for (const std::string command :
       {"run", "compile", "simulate", "interpret", "evaluate", "count", "import"})
    refused({command, ""},
            command == "simulate" ? "PROGRAM: needs a value" : "MODEL: needs a value");
  refused({"run", kModel, "--target", "tiny-2x2", "--text", "@"}, "--text: needs the name");
  const std::map<std::string, std::vector<std::string>> numbers = {
      {"run",
       {"--seed", "--random-weights", "--max-tokens", "--weight-bits", "--generate", "--threads"}},
      {"interpret", {"--random-weights", "--weight-bits", "--generate", "--top"}},
      {"evaluate", {"--weight-bits", "--windows"}}};
  for (const auto &[command, options] : numbers)
    for (const std::string &option : options)
      for (const std::string value : {many.c_str(), "-1", "0x2"})
        refused({command, option, value}, option + ": ");
  refused({"run", "--seed", "9223372036854775808"}, "is not a whole number of 0 to 2^63 - 1");
  // A number with a leading zero is decimal.
  TemporaryFolder folder;
  REQUIRE(runSynfire({"run", kTestModels + "residual1.yaml", "--random-weights", "010", "--seed",
                      "09223372036854775807", "--target", "tiny-2x2", "--text", "abc", "-o",
                      folder / "out"})
              .exitCode == 0);
  const std::string json = readFile(folder / "out/results.json");
  CHECK(contains(json, "\"seed\": 9223372036854775807"));
  CHECK(contains(json, "random (seed 10)"));
}

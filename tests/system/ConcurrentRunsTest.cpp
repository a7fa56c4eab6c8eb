// ConcurrentRunsTest: results depend neither on threads nor on other runs at the same time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <memory>

using namespace synfire::test;

namespace {

std::vector<std::string> runTo(const std::string &folder, const std::string &text) {
  return {"run",    kModel,       "--text", text, "--target", "tiny-2x2",
          "--json", "--generate", "0",      "-o", folder};
}

std::vector<std::string> with(std::vector<std::string> arguments,
                              const std::vector<std::string> &more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

} // namespace

TEST_CASE("results and spikes are the same bytes with any number of threads") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc", text = "prince andrew rode up to the hill";
  for (const std::string &target : {kTargets + "/tiny-2x2.yaml", kTargets + "/loihi2.yaml"}) {
    REQUIRE(runSynfire({"compile", kModel, "--target", target, "-o", program}).exitCode == 0);
    for (const std::string command : {"run", "simulate"}) {
      Files expected;
      std::string spikes, printed;
      for (int threads = 1; threads <= 8; ++threads) {
        CAPTURE(command);
        CAPTURE(threads);
        const std::string out = folder / "out";
        std::vector<std::string> arguments =
            command == "run" ? std::vector<std::string>{"run", kModel, "--target", target}
                             : std::vector<std::string>{"simulate", program};
        const CommandResult result = runSynfire(with(
            arguments, {"--text", text, "--generate", "3", "--threads", std::to_string(threads),
                        "--dump", out + "/spikes.safetensors", "-o", out}));
        REQUIRE_MESSAGE(result.exitCode == 0, result.err);
        const Files files = resultsIn(out);
        const std::string dump = readFile(out + "/spikes.safetensors");
        if (threads == 1) {
          expected = files;
          spikes = dump;
          printed = result.out;
          CHECK(expected.size() >= 4);
          CHECK(dump.size() > 1000);
          CHECK(contains(printed, "continuation: "));
          CHECK(contains(printed, "block0.attn.q"));
        }
        CHECK(files == expected);
        CHECK(dump == spikes);
        CHECK(result.out == printed);
      }
    }
  }
}

TEST_CASE("runs into different folders at once give what each gives alone") {
  TemporaryFolder folder;
  const std::vector<std::string> texts = {"prince andrew rode up", "the hill", "a b c"};
  std::vector<Files> quiet;
  for (const std::string &text : texts) {
    REQUIRE(runSynfire(runTo(folder / text, text)).exitCode == 0);
    quiet.push_back(resultsIn(folder / text));
  }
  CHECK(quiet[0].at("results.json") != quiet[1].at("results.json"));
  for (int round = 0; round < 4; ++round) {
    std::vector<std::unique_ptr<Process>> runs;
    for (size_t i = 0; i < texts.size(); ++i)
      runs.push_back(std::make_unique<Process>(
          with({SYNFIRE_BINARY}, runTo(folder / ("new" + std::to_string(i)), texts[i]))));
    for (size_t i = 0; i < texts.size(); ++i) {
      CHECK(runs[i]->wait().exitCode == 0);
      CHECK(resultsIn(folder / ("new" + std::to_string(i))) == quiet[i]);
    }
  }
}

TEST_CASE("of two runs into one folder at once, one is refused, and results are of one run") {
  TemporaryFolder folder;
  const std::string out = folder / "out";
  auto arguments = [](const std::string &text, const std::string &to) {
    return std::vector<std::string>{"run",      kModel,      "--text", text,     "--target",
                                    "tiny-2x2", "-o",        to,       "--json", "--generate",
                                    "0",        "--threads", "1"};
  };
  const std::vector<std::string> texts = {"prince andrew rode up", "the hill"};
  std::vector<Files> quiet;
  for (const std::string &text : texts) {
    REQUIRE(runSynfire(arguments(text, folder / text)).exitCode == 0);
    quiet.push_back(resultsIn(folder / text));
  }
  int refusals = 0;
  for (int round = 0; round < 20; ++round) {
    Process first = startSynfire(arguments(texts[0], out));
    Process second = startSynfire(arguments(texts[1], out));
    const int ids[] = {first.id(), second.id()};
    const CommandResult results[] = {first.wait(), second.wait()};
    for (const int one : {0, 1}) {
      if (results[one].exitCode == 0) {
        CHECK(results[one].out == quiet[one]["results.json"]);
        continue;
      }
      ++refusals;
      REQUIRE(results[one].exitCode == 1);
      REQUIRE(results[1 - one].exitCode == 0);
      CHECK(results[one].err == "synfire: error: '" + out + "': process " +
                                    std::to_string(ids[1 - one]) +
                                    " is writing its results there; wait for it, or choose "
                                    "another folder with -o\n");
      CHECK(results[one].out == "");
      CHECK(resultsIn(out) == quiet[1 - one]);
    }
    const Files last = resultsIn(out);
    CHECK((last == quiet[0] || last == quiet[1]));
  }
  CHECK(refusals >= 5); // the others ran one after the other
}

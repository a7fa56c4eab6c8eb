// WordModelTest: a dictionary from a text, a word model with it, text in and out.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace synfire::test;

/// Runs the dictionary maker; its lines.
static std::vector<std::string> makeDictionary(const std::string &arguments,
                                               const std::string &output) {
  const std::string command =
      SYNFIRE_SOURCE_DIR "/examples/train/words.py " + arguments + " > " + output;
  REQUIRE(std::system(command.c_str()) == 0);
  std::vector<std::string> words;
  std::istringstream lines(readFile(output));
  for (std::string line; std::getline(lines, line);)
    words.push_back(line);
  return words;
}

static std::string description(size_t vocabulary) {
  return "synfire: model/1\nname: words\narchitecture: spikedecoder\ntext:\n  words: words.txt\n"
         "  cleaning: words\nconfig: {token_width: 12, position_width: 4, context: 16, blocks: 1,\n"
         "         heads: 2, mlp_expansion: 2, norm: batch, learnable_thresholds: true,\n"
         "         vocabulary: " +
         std::to_string(vocabulary) + "}\n";
}

TEST_CASE("a dictionary holds the words that occur often enough, and the published two") {
  TemporaryFolder folder;
  writeFile(folder / "text.txt",
            "\xEF\xBB\xBFTo be, or not to be-- that's the QUESTION; to BE? Caf\xC3\xA9 caf");
  CHECK(makeDictionary("--least 2 " + (folder / "text.txt"), folder / "words.txt") ==
        std::vector<std::string>{".", "P", "be", "caf", "to"});
  CHECK(makeDictionary("--least 3 " + (folder / "text.txt"), folder / "words.txt") ==
        std::vector<std::string>{".", "P", "be", "to"});
}

TEST_CASE("War and Peace has 5,947 words") {
  const char *stated = std::getenv("SYNFIRE_DATA");
  const std::string text = stated ? stated : SYNFIRE_SOURCE_DIR "/../shared/data/war-and-peace.txt";
  if (!std::filesystem::exists(text)) {
    MESSAGE("no text " << text << "; name one by SYNFIRE_DATA");
    return;
  }
  TemporaryFolder folder;
  CHECK(makeDictionary("'" + text + "'", folder / "words.txt").size() == 5947);
}

TEST_CASE("a word model reads text and continues it in words") {
  TemporaryFolder folder;
  writeFile(folder / "text.txt",
            "war and peace and war and well prince so genoa and lucca are now");
  const auto words = makeDictionary("--least 1 " + (folder / "text.txt"), folder / "words.txt");
  writeFile(folder / "m.yaml", description(words.size()));
  const std::vector<std::string> interpret = {
      "interpret", folder / "m.yaml", "--random-weights", "1", "--generate", "5", "--text"};
  auto with = [&](std::vector<std::string> rest) {
    std::vector<std::string> arguments = interpret;
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    return runSynfire(arguments);
  };
  const CommandResult result = with({"WAR, and Peace! Austerlitz...", "--json"});
  REQUIRE(result.exitCode == 0);
  CHECK(result.err.find("words of the text that are unknown to the model and were dropped: 1") !=
        std::string::npos);
  const auto json = nlohmann::json::parse(result.out);
  std::istringstream continuation(json.at("continuation").get<std::string>());
  std::set<std::string> known(words.begin(), words.end());
  int count = 0;
  for (std::string word; continuation >> word; ++count)
    CHECK(known.count(word) == 1);
  CHECK(count == 5);
  CHECK(json.at("tokens") == 3);

  CHECK(with({"Austerlitz"}).exitCode == 1);
  const CommandResult strict = with({"war Austerlitz", "--strict-text"});
  CHECK(strict.exitCode == 1);
  CHECK(strict.err.find("1 words of the text are not in the model's dictionary") !=
        std::string::npos);

  // The program carries the dictionary.
  const CommandResult compiled = runSynfire({"compile", folder / "m.yaml", "--random-weights", "1",
                                             "--target", "mesh-16x16", "-o", folder / "p.mlirbc"});
  INFO(compiled.err);
  REQUIRE(compiled.exitCode == 0);
  const CommandResult simulated =
      runSynfire({"simulate", folder / "p.mlirbc", "--text", "war and peace", "--generate", "2",
                  "-o", folder / "results"});
  INFO(simulated.err);
  CHECK(simulated.exitCode == 0);
  CHECK(simulated.out.find("text:         war and peace\n") != std::string::npos);
}

TEST_CASE("a word model without a dictionary takes token ids") {
  const std::string model =
      SYNFIRE_SOURCE_DIR "/examples/models/spikedecoder-word-performance.yaml";
  const CommandResult result = runSynfire({"interpret", model, "--text", "war and peace"});
  CHECK(result.exitCode == 1);
  CHECK(result.err.find("the model has neither an alphabet nor a word dictionary: give --tokens "
                        "FILE instead of --text") != std::string::npos);
}

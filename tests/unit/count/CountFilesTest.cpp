// CountFilesTest: files of rates and energies, and what is wrong with them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/CountFiles.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace synfire::spike;

namespace {

/// A file of this text, gone with its owner.
class TextFile {
public:
  explicit TextFile(const std::string &text)
      : path(std::filesystem::temp_directory_path() /
             ("synfire-count-" + std::to_string(getpid()) + ".json")) {
    std::ofstream(path, std::ios::binary) << text;
  }
  ~TextFile() { std::filesystem::remove(path); }
  const std::string path;
};

/// The message without the path; empty when the file was read.
template <typename Value>
std::string fault(std::variant<Value, std::string> (*read)(const std::string &),
                  const std::string &text) {
  const TextFile file(text);
  auto result = read(file.path);
  if (result.index() == 0)
    return "";
  const std::string message = std::get<std::string>(result);
  REQUIRE(message.rfind("'" + file.path + "': ", 0) == 0);
  return message.substr(file.path.size() + 4);
}

} // namespace

TEST_CASE("rates are read in the order of the file") {
  const TextFile file(R"({"rates": {"*.q_lif": 0.3, "head.lif": 1, "a": 0}})");
  auto rates = std::get<0>(readRates(file.path));
  REQUIRE(rates.size() == 3);
  CHECK(rates[0].pattern == "*.q_lif");
  CHECK(rates[0].rate == 0.3);
  CHECK(rates[1].rate == 1);
  CHECK(rates[2].pattern == "a");
}

TEST_CASE("what is wrong with a file of rates is said") {
  CHECK(fault(readRates, "") == "is not a JSON object");
  CHECK(fault(readRates, "[1]") == "is not a JSON object");
  CHECK(fault(readRates, R"({"rates": {"a": 0.3})") == "is not a JSON object");
  CHECK(fault(readRates, std::string(100000, '[')) == "is not a JSON object");
  CHECK(fault(readRates, R"({"rate": {"a": 0.3}})") == "unknown key \"rate\"; known are: rates");
  CHECK(fault(readRates, R"({"rates": {"a": 0.3, "a": 0.4}})") == "has the key \"a\" twice");
  for (const std::string text : {R"({"rates": {}})", R"({"rates": 3})", "{}"})
    CHECK(fault(readRates, text) ==
          R"(needs {"rates": {"op name, or a pattern with *": 0.3}}, has no rates)");
  for (const std::string rate : {"-0.1", "1.5", "\"0.3\"", "null", "1e400"})
    CHECK(
        fault(readRates, "{\"rates\": {\"a\": " + rate + "}}") ==
        (rate == "1e400" ? "is not a JSON object" : "the rate of \"a\" needs 0 to 1, has " + rate));
  CHECK(fault(readRates, "{\"rates\": {\"" + std::string(64 << 20, 'a') + "\": 0.5}}") ==
        "needs at most 64 MiB, has more");
  CHECK(std::get<1>(readRates("/nowhere/rates.json")) ==
        "'/nowhere/rates.json': cannot be opened: No such file or directory");
}

TEST_CASE("the results of a run give the rates of its neurons") {
  const TextFile file(R"({"schema": "synfire.results/2", "ops": [
    {"name": "in.repeat", "kind": "repeat", "firing_rate": 0.4},
    {"name": "a.lif", "kind": "neuron", "firing_rate": 0.25},
    {"name": "a.fc", "kind": "linear"}, {"name": "b.lif", "kind": "neuron", "firing_rate": 0},
    {"name": "b.ssa", "kind": "self_attention", "score_rate": 0.5}]})");
  auto rates = std::get<0>(readRates(file.path));
  REQUIRE(rates.size() == 3);
  CHECK(rates[0].pattern == "a.lif");
  CHECK(rates[0].rate == 0.25);
  CHECK(rates[1].pattern == "b.lif");
  CHECK(rates[2].pattern == "b.ssa");
  CHECK(rates[2].rate == 0.5);
}

TEST_CASE("results of another version, or without neurons, are refused") {
  CHECK(fault(readRates, R"({"schema": "synfire.results/1", "ops": []})") ==
        "was written by version 1 of synfire.results, this program reads version 2");
  CHECK(fault(readRates, R"({"schema": 2})") == "is not a file of the format synfire.results/2");
  CHECK(fault(readRates, R"({"schema": "synfire.results/2"})") ==
        "has no neurons, and so no rates");
  CHECK(fault(readRates, R"({"schema": "synfire.results/2", "ops": [{"kind": "neuron", "name": "a",
      "firing_rate": 2}]})") == "the firing_rate of \"a\" needs 0 to 1, has 2");
  CHECK(fault(readRates, R"({"schema": "synfire.results/2", "ops": [{"kind": "neuron"}, 3]})") ==
        "the firing_rate of null needs 0 to 1, has null");
}

TEST_CASE("an energy table prices another technology") {
  const TextFile file(R"({"name": "45 nm, fp16", "mac_pj": 1.5, "ac_pj": 0.4})");
  const EnergyTable table = std::get<0>(readEnergyTable(file.path));
  CHECK(table.name == "45 nm, fp16");
  CHECK(table.source.empty());
  CHECK(table.energyUj(2000000, 1000000) == doctest::Approx(3.4));
}

TEST_CASE("what is wrong with an energy table is said") {
  CHECK(fault(readEnergyTable, R"({"mac_pj": 1, "ac_pj": 1})") == "'name' needs a text, has none");
  CHECK(fault(readEnergyTable, R"({"name": 4, "mac_pj": 1, "ac_pj": 1})") ==
        "'name' needs a text, has 4");
  CHECK(fault(readEnergyTable, R"({"name": "x", "source": [], "mac_pj": 1, "ac_pj": 1})") ==
        "'source' needs a text, has []");
  CHECK(fault(readEnergyTable, R"({"name": "x", "mac_pj": 1})") ==
        "'ac_pj' needs 0 to 1e9 pJ, has none");
  CHECK(fault(readEnergyTable, R"({"name": "x", "mac_pj": -1, "ac_pj": 1})") ==
        "'mac_pj' needs 0 to 1e9 pJ, has -1");
  CHECK(fault(readEnergyTable, R"({"name": "x", "mac_pj": 1, "ac_pj": 1, "mul_pj": 1})") ==
        "unknown key \"mul_pj\"; known are: name, mac_pj, ac_pj, source");
}

// Spikformer-4-384 on CIFAR-10, T = 4: 0.00531 G MAC, 0.24585 G AC and 0.24570 mJ are published.
TEST_CASE("the 45 nm table gives Spikformer-4-384's published energy from its published counts") {
  const double millijoules = EnergyTable().energyUj(5310000, 245850000) * 1e-3;
  CHECK(std::abs(millijoules - 0.24570) < 0.00005);
}

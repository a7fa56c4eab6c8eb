// Tori, faults and prices in the wrong unit: the chip files that users have tried, on the tool.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <map>

using namespace synfire::test;

namespace {

const std::string kChipFiles = SYNFIRE_SOURCE_DIR "/tests/parity/cases/chip-files/";

/// A chip file with one piece of its text replaced.
std::string chipWith(const std::string &file, const std::string &old, const std::string &text) {
  std::string chip = readFile(kChipFiles + file);
  const size_t at = chip.find(old);
  REQUIRE(at != std::string::npos);
  return chip.replace(at, old.size(), text);
}

/// A run of the model on a chip, beside the interpreter's spikes and logits.
struct ChipRun {
  explicit ChipRun(const std::string &chip, const std::string &threads = "1") {
    TemporaryFolder folder;
    writeFile(folder / "chip.yaml", chip);
    const std::vector<std::string> input = {kChipFiles + "m.mlir",   "--target",
                                            folder / "chip.yaml",    "--tokens",
                                            kChipFiles + "ids.json", "--dump"};
    auto command = [&](const std::string &name, const std::string &dump,
                       const std::vector<std::string> &more) {
      std::vector<std::string> all = {name};
      all.insert(all.end(), input.begin(), input.end());
      all.push_back(folder / dump);
      all.insert(all.end(), more.begin(), more.end());
      return runSynfire(all);
    };
    run = command("run", "chip.safetensors", {"-o", folder / "out", "--threads", threads});
    if (run.exitCode != 0)
      return;
    dump = readFile(folder / "chip.safetensors");
    text = readFile(folder / "out/results.json");
    results = nlohmann::json::parse(text);
    const CommandResult interpreter = command("interpret", "interpreter.safetensors", {});
    REQUIRE_MESSAGE(interpreter.exitCode == 0, interpreter.err);
    CHECK(dump == readFile(folder / "interpreter.safetensors"));
  }
  CommandResult run;
  std::string dump, text;
  nlohmann::json results;
};

using Tile = std::array<int, 2>;

/// Checks that every link of a run joins neighbours on 4 x 4 tiles, that the flits of links make
/// the counts of hops by direction and their energy at 1000, 100, 10 and 1 pJ, and returns the
/// flits of wrap links.
int64_t checkLinks(const nlohmann::json &results) {
  int64_t wrapped = 0;
  std::map<std::string, int64_t> flits;
  double energyPj = 0;
  for (const auto &link : results["links"]) {
    const Tile from = link["from"], to = link["to"];
    const int axis = from[0] == to[0], apart = to[axis] - from[axis];
    REQUIRE(from[!axis] == to[!axis]);
    const bool wrap = std::abs(apart) == 3;
    REQUIRE((wrap || std::abs(apart) == 1));
    const bool ascends = wrap != (apart > 0); // over the edge a link leads the other way
    const char *const names[2][2] = {{"hop_west", "hop_east"}, {"hop_south", "hop_north"}};
    const double prices[2][2] = {{100, 1000}, {1, 10}};
    const int64_t count = link["flits"];
    flits[names[axis][ascends]] += count;
    energyPj += static_cast<double>(count) * prices[axis][ascends];
    wrapped += wrap ? count : 0;
  }
  std::map<std::string, int64_t> counted;
  for (const auto &op : results["ops"])
    for (const auto &[action, count] : op["actions"].items())
      if (action.starts_with("hop_") && count != 0)
        counted[action] += count.get<int64_t>();
  CHECK(flits == counted);
  CHECK(results["totals"]["energy_pj"]["noc"].get<double>() == doctest::Approx(energyPj));
  return wrapped;
}

} // namespace

TEST_CASE("a torus runs, with hops over wrap links at the price of their direction") {
  const ChipRun torus(readFile(kChipFiles + "topology.yaml"));
  REQUIRE_MESSAGE(torus.run.exitCode == 0, torus.run.err);
  CHECK(checkLinks(torus.results) > 0);
  const ChipRun mesh(chipWith("topology.yaml", "topology: torus", "topology: mesh"));
  REQUIRE_MESSAGE(mesh.run.exitCode == 0, mesh.run.err);
  CHECK(checkLinks(mesh.results) == 0);
  CHECK(torus.dump == mesh.dump);
  CHECK(torus.results["totals"]["packet_hops"] < mesh.results["totals"]["packet_hops"]);
  CHECK(torus.results["totals"]["packets"] == mesh.results["totals"]["packets"]);
}

TEST_CASE("a torus of a chip with one virtual channel is refused with the key and its place") {
  const ChipRun torus(chipWith("topology.yaml", "noc:", "noc:\n  virtual_channels: 1"));
  CHECK(torus.run.exitCode == 1);
  CHECK_MESSAGE(contains(torus.run.err,
                         "chip.yaml:14:21: error: 'noc.virtual_channels' needs at least 2 because "
                         "mesh.topology is torus"),
                torus.run.err);
}

TEST_CASE("no slice stands on a faulty core, and the spikes are the same") {
  const ChipRun faulty(readFile(kChipFiles + "faulty.yaml"));
  REQUIRE_MESSAGE(faulty.run.exitCode == 0, faulty.run.err);
  checkLinks(faulty.results);
  for (const auto &core : faulty.results["cores"])
    CHECK((core.contains("name") || core["x"] != 1 || core["y"] != 1));
  const ChipRun whole(chipWith("faulty.yaml", "faulty_cores: [[1, 1]], ", ""));
  REQUIRE_MESSAGE(whole.run.exitCode == 0, whole.run.err);
  CHECK(faulty.dump == whole.dump);
  bool used = false;
  for (const auto &core : whole.results["cores"])
    used |= !core.contains("name") && core["x"] == 1 && core["y"] == 1;
  CHECK(used); // else the fault would change nothing
}

TEST_CASE("no flit crosses a faulty link, and results do not depend on the threads") {
  const std::string chip =
      chipWith("topology.yaml", "topology: torus",
               "topology: torus, faulty_links: [[0, 0, east], [0, 0, west], [1, 0, west], [0, 1, "
               "north]], faulty_cores: [[3, 0]]");
  const ChipRun one(chip), three(chip, "3");
  REQUIRE_MESSAGE(one.run.exitCode == 0, one.run.err);
  CHECK(checkLinks(one.results) > 0);
  CHECK(one.text == three.text);
  for (const auto &link : one.results["links"]) {
    const Tile from = link["from"], to = link["to"];
    CHECK_FALSE((from == Tile{0, 0} && to[1] == 0));
    CHECK_FALSE((from == Tile{1, 0} && to == Tile{0, 0}));
    CHECK_FALSE((from == Tile{0, 1} && to == Tile{0, 2}));
  }
}

TEST_CASE("faults that cut a tile off are refused with both tiles and the key") {
  const ChipRun cut(chipWith("faulty.yaml", "faulty_cores: [[1, 1]]",
                             "faulty_links: [[0, 0, east], [0, 0, north]]"));
  CHECK(cut.run.exitCode == 1);
  CHECK_MESSAGE(contains(cut.run.err,
                         "'repeat': every path takes a faulty link from tile (0, 0) to "
                         "tile ("),
                cut.run.err);
  CHECK_MESSAGE(contains(cut.run.err, "'mesh.faulty_links' of target 'hops'"), cut.run.err);
}

TEST_CASE("a price in joules under a key of picojoules warns, with the range of published chips") {
  const std::string chip =
      chipWith("faulty.yaml", "hop_south_pj: {value: 1,", "hop_south_pj: {value: 3.0e-12,");
  const std::string warning = "'energy.hop_south_pj' is 3e-12 picojoules, and published chips span "
                              "1e-04 to 1e+07; was it meant in joules?";
  const ChipRun joules(chip);
  REQUIRE_MESSAGE(joules.run.exitCode == 0, joules.run.err);
  CHECK(contains(joules.results["warnings"].dump(), warning));
  TemporaryFolder folder;
  writeFile(folder / "chip.yaml", chip);
  CHECK(contains(runSynfire({"targets", "--check", folder / "chip.yaml"}).out, warning));
}

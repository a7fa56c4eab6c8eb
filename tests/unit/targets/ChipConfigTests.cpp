// Tests of ChipConfig: what a valid file means.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/targets/TestChips.h"

#include "targets/ChipFields.h"

#include <cstdlib>
#include <map>
#include <sstream>

using namespace synfire;
using namespace synfire::test;

TEST_CASE("every value arrives in its member, in the model's unit") {
  ChipModel chip = chipOf(parseChip(kSmallChip, "f", kChipsFolder));
  CHECK(chip.name == "small");
  CHECK(chip.description == "For tests");
  CHECK(!chip.clockPeriodPs);
  CHECK(chip.mesh.width == 2);
  CHECK(chip.mesh.height == 3);
  CHECK(chip.core.synapseMemoryBits == 4 * 1024 * 8);
  CHECK(chip.core.weightBits == std::vector<int>{4, 8});
  CHECK(chip.core.neuronModels == std::vector<std::string>{"if", "lif"});
  CHECK(chip.core.updatesAllNeurons);
  CHECK(chip.timePs[Action::SynopDense] == 3500);
  CHECK(!chip.timePs[Action::SynopSparse]);
  REQUIRE(chip.pricePj[Action::SynopDense]);
  CHECK(chip.pricePj[Action::SynopDense]->value == 23.6);
  CHECK(chip.pricePj[Action::SynopDense]->basis == Basis::Simulated);
  CHECK(chip.pricePj[Action::SynopDense]->source == "paper");
  CHECK(!chip.staticMwPerChip);
  CHECK(chip.noc.hopPs == std::array<int64_t, 4>{4100, 4100, 6500, 6500});
  REQUIRE(chip.citations.size() == 1);
  CHECK(chip.citations[0].name == "paper");
  CHECK(chip.citations[0].text == "A paper");
}

TEST_CASE("topology and faults are read, and a torus has two virtual channels by default") {
  const std::string mesh = "mesh: {width: 2, height: 3, cores_per_tile: 1}";
  ChipModel chip = chipOf(parseChip(kSmallChip, "f", kChipsFolder));
  CHECK(chip.mesh.topology == Topology::Mesh);
  CHECK(chip.mesh.faultyCores.empty());
  CHECK(chip.mesh.faultyLinks.empty());
  CHECK(chip.noc.virtualChannels == 1);
  const std::string text =
      smallChipWith(mesh, "mesh: {width: 2, height: 3, cores_per_tile: 2, topology: torus, "
                          "faulty_cores: [[1, 0], [0, 2, 1]], faulty_links: [[1, 2, north], [0, 1, "
                          "east], [1, 1, west], [0, 0, south]]}");
  chip = chipOf(parseChip(text, "f", kChipsFolder));
  CHECK(chip.mesh.topology == Topology::Torus);
  REQUIRE(chip.mesh.faultyCores.size() == 2);
  CHECK(chip.mesh.faultyCores[0].x == 1);
  CHECK(chip.mesh.faultyCores[0].y == 0);
  CHECK(chip.mesh.faultyCores[0].core == FaultyCore::kAll);
  CHECK(chip.mesh.faultyCores[1].y == 2);
  CHECK(chip.mesh.faultyCores[1].core == 1);
  // North of (1, 2) and south of (0, 0) are wrap links.
  CHECK(chip.mesh.faultyLinkNumbers() ==
        std::vector<int32_t>{0 * 4 + 3, 2 * 4 + 0, 3 * 4 + 1, 5 * 4 + 2});
  CHECK(chip.noc.virtualChannels == 2);
  CHECK(chip.workingCores() == 9);
}

TEST_CASE("provenance lists every sourced number in the order of the file") {
  ChipModel chip =
      chipOf(parseChip(smallChipWith("neurons: 16", "neurons: {value: 16, basis: measured, source: "
                                                    "paper, note: counted}"),
                       "f", kChipsFolder));
  std::vector<std::string> keys;
  for (const Provenance &entry : chip.provenance)
    keys.push_back(entry.key);
  CHECK(keys == std::vector<std::string>{"core.neurons", "energy.synop_dense_pj",
                                         "timing.synop_dense_ns", "noc.hop_east_ns",
                                         "noc.hop_west_ns", "noc.hop_north_ns", "noc.hop_south_ns",
                                         "barrier[0].time_ns", "barrier[1].time_ns"});
  CHECK(chip.provenance[0].number.value == 16);
  CHECK(chip.provenance[0].number.note == "counted");
  CHECK(chip.provenance[2].number.value == 3.5);
  CHECK(chip.provenance[8].number.value == 300);
}

TEST_CASE("cycles are multiples of the clock's period, wherever the clock stands") {
  std::string text = smallChipWith("timing:\n  synop_dense_ns: {value: 3.5",
                                   "timing:\n  synop_dense_cycles: {value: 0.25");
  text.replace(text.find("  hop_east_ns"), text.find("barrier:") - text.find("  hop_east_ns"),
               "  router_stages: 4\n  link_cycles: {value: 1, basis: assumed, source: paper}\n");
  text += "clock_mhz: 250\n";
  ChipModel chip = chipOf(parseChip(text, "f", kChipsFolder));
  CHECK(chip.clockPeriodPs == 4000);
  CHECK(chip.timePs[Action::SynopDense] == 1000);
  CHECK(chip.noc.linkPs == 4000);
  CHECK(chip.noc.routerStages == 4);
}

TEST_CASE("every price and every time arrives in its own member") {
  std::map<std::string, double> numbers; // by ChipField::key, a different one for each
  const auto section = [&](const std::string &name) {
    std::string lines;
    for (const ChipField &field : chipFields())
      if ((field.kind == FieldKind::Price || field.kind == FieldKind::Time) &&
          field.applies != Applies::Clocked && field.key.starts_with(name + ".")) {
        const size_t number = numbers.size() + 2;
        numbers[field.key] = static_cast<double>(number);
        lines += "  " + spelledKey(field, false).substr(name.size() + 1) +
                 ": {value: " + std::to_string(number) + ", basis: assumed, source: paper}\n";
      }
    return lines;
  };
  std::string text = kSmallChip;
  const auto replace = [&](const char *from, const char *to, const std::string &with) {
    text.replace(text.find(from), text.find(to) - text.find(from), with);
  };
  replace("energy:", "noc:", "energy:\n" + section("energy") + "timing:\n" + section("timing"));
  replace("  hop_east_ns", "barrier:", section("noc"));
  const ChipModel chip = chipOf(parseChip(text + "host:\n" + section("host"), "f", kChipsFolder));

  CHECK(chip.untimedKeys().empty());
  for (const ChipField &field : chipFields())
    if (numbers.count(field.key)) {
      CAPTURE(field.key);
      CHECK(fieldNumbers(field, chip) == std::vector<double>{numbers[field.key]});
    }
  for (size_t i = 0; i < kActions; ++i) {
    const auto action = static_cast<Action>(i);
    const ActionInfo &info = infoOf(action);
    CAPTURE(info.key);
    if (info.priceKey)
      CHECK(chip.pricePj[action]->value == numbers[info.priceKey]);
    if (info.timed)
      CHECK(chip.timePs[action] == 1000 * numbers[std::string("timing.") + info.key]);
  }
  CHECK(chip.staticMwPerChip->value == numbers["energy.static_mw_per_chip"]);
  int direction = 0;
  for (const char *key : {"noc.hop_east", "noc.hop_west", "noc.hop_north", "noc.hop_south"})
    CHECK(chip.noc.hopPs[direction++] == 1000 * numbers[key]);
  CHECK(chip.noc.injectPs == 1000 * numbers["noc.inject"]);
  CHECK(chip.noc.ejectPs == 1000 * numbers["noc.eject"]);
  CHECK(chip.host.latencyPs == 1000 * numbers["host.latency"]);
}

TEST_CASE("times and periods are rounded to the nearest picosecond") {
  const ChipModel chip = chipOf(parseChip(
      smallChipWith("hop_east_ns: {value: 4.1", "hop_east_ns: {value: 4.1006"), "f", kChipsFolder));
  CHECK(chip.noc.hopPs[0] == 4101);
  CHECK(chip.noc.hopPs[1] == 4100);
  std::string text = kSmallChip;
  text.replace(text.find("  hop_east_ns"), text.find("barrier:") - text.find("  hop_east_ns"),
               "  router_stages: 4\n  link_cycles: {value: 1, basis: assumed, source: paper}\n");
  CHECK(chipOf(parseChip(text + "clock_mhz: 600\n", "f", kChipsFolder)).clockPeriodPs == 1667);
  CHECK(chipOf(parseChip(text + "clock_mhz: 300\n", "f", kChipsFolder)).clockPeriodPs == 3333);
}

TEST_CASE("a chip is found by name or by path") {
  TemporaryFolder folder;
  std::string path = folder.write("mine.yaml", kSmallChip);
  folder.write("notes.txt", "");
  CHECK(chipOf(loadChip(path, kChipsFolder)).name == "small");
  CHECK(chipOf(loadChip("mine", folder.path.string())).name == "small");
  CHECK(listChips(folder.path.string()) == std::vector<std::string>{"mine"});
  CHECK(listChips(folder.path.string() + "/absent").empty());
}

TEST_CASE("the committed schema is the field table") {
  const std::string path = std::string(SYNFIRE_SOURCE_DIR) + "/targets/SCHEMA.md";
  if (std::getenv("SYNFIRE_UPDATE_SCHEMA"))
    std::ofstream(path, std::ios::binary) << chipSchemaMarkdown();
  std::ifstream stream(path, std::ios::binary);
  std::stringstream committed;
  committed << stream.rdbuf();
  INFO("run targets-tests with SYNFIRE_UPDATE_SCHEMA=1 to write the file anew");
  CHECK(committed.str() == chipSchemaMarkdown());
}

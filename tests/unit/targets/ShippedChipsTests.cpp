// Tests of the files in targets/chips: they load, and they say the truth.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/targets/TestChips.h"

#include <set>

using namespace synfire;
using namespace synfire::test;

TEST_CASE("every shipped chip loads, is valid and is named as its file") {
  std::vector<std::string> names = listChips(kChipsFolder);
  CHECK(names.size() >= 4);
  for (const std::string &name : names) {
    CAPTURE(name);
    ChipModel chip = shipped(name);
    CHECK(chip.name == name);
    CHECK(chip.validate() == "");
  }
}

TEST_CASE("no source of a shipped chip is unused, and every sourced number has a known one") {
  for (const std::string &name : listChips(kChipsFolder)) {
    CAPTURE(name);
    ChipModel chip = shipped(name);
    std::set<std::string> used, known;
    for (const Provenance &entry : chip.provenance)
      used.insert(entry.number.source);
    for (const Citation &citation : chip.citations)
      known.insert(citation.name);
    CHECK(used == known);
  }
}

TEST_CASE("loihi is the table fitted to boards: nothing published is missing, nothing is added") {
  ChipModel chip = shipped("loihi");
  CHECK(chip.cores() == 128);
  CHECK(!chip.clockPeriodPs);
  // SANA-FE arch/loihi.yaml; Synfire's update contains the access.
  CHECK(chip.pricePj[Action::NeuronUpdate]->value == doctest::Approx(51.2 + 21.6));
  CHECK(chip.pricePj[Action::NeuronIdle]->value == 51.2);
  CHECK(chip.pricePj[Action::Spike]->value == 69.3);
  CHECK(chip.pricePj[Action::AxonOut]->value == 111.0);
  CHECK(chip.timePs[Action::NeuronUpdate] == 6000 + 3700);
  CHECK(chip.timePs[Action::SynopSparse] == 4700);
  CHECK(chip.pricePj[Action::HopEast]->value == 3.0);
  CHECK(chip.pricePj[Action::HopNorth]->value == 4.2);
  CHECK(chip.barrierPs(13) == 1'400'000); // the row that its DVS example uses
  CHECK(!chip.core.coincidenceAttention);
  CHECK(chip.unpricedKeys() == std::vector<std::string>{"energy.barrier_pj",
                                                        "energy.static_mw_per_chip", "host.mac_pj",
                                                        "host.byte_pj"});
}

TEST_CASE("loihi2 claims no energy and no time as known") {
  ChipModel chip = shipped("loihi2");
  CHECK(chip.cores() == 128);
  CHECK(chip.core.synapseMemoryBits == 192 * 1024 * 8);
  CHECK(chip.core.coincidenceAttention);
  CHECK(chip.core.gradedBits == 32);
  for (const Provenance &entry : chip.provenance) {
    CAPTURE(entry.key);
    CHECK(entry.number.basis == Basis::Assumed);
  }
}

TEST_CASE("mesh-16x16's prices follow from the rows that its notes name") {
  const double access = 10, int8Add = 0.03, int32Add = 0.1, int32Multiply = 3.1;
  const double router = 2.59; // 20.74 pJ / 8, cut
  const ChipModel mesh = shipped("mesh-16x16");
  auto near = [](const Price &price) { return doctest::Approx(price->value).epsilon(1e-12); };
  CHECK(access / 8 + int32Add == near(mesh.pricePj[Action::SynopDense]));
  CHECK(access / 4 + int32Add == near(mesh.pricePj[Action::SynopSparse]));
  CHECK(access / 8 + 2 * int32Add == near(mesh.pricePj[Action::SynopConv]));
  CHECK(access + int32Multiply + 2 * int32Add == near(mesh.pricePj[Action::NeuronUpdate]));
  CHECK(access / 64 + int8Add == near(mesh.pricePj[Action::AttentionScore]));
  CHECK(access / 64 + int32Add == near(mesh.pricePj[Action::AttentionValue]));
  CHECK(2 * access == near(mesh.pricePj[Action::AttentionStore]));
  for (Action hop : {Action::HopEast, Action::HopWest, Action::HopNorth, Action::HopSouth})
    CHECK(router == near(mesh.pricePj[hop]));
  CHECK(2 * 256 * router == near(mesh.pricePj[Action::Barrier]));
  CHECK(mesh.staticMwPerChip->value ==
        doctest::Approx(10.3e-3 * 256 * 1048576 / 104448).epsilon(1e-3));
  CHECK(2 * 4 * router == near(shipped("tiny-2x2").pricePj[Action::Barrier]));
  CHECK(shipped("tiny-2x2").staticMwPerChip->value ==
        doctest::Approx(10.3e-3 * 4 * 2097152 / 104448).epsilon(1e-3));
}

TEST_CASE("tiny-2x2 is mesh-16x16 with four large cores") {
  ChipModel tiny = shipped("tiny-2x2"), mesh = shipped("mesh-16x16");
  CHECK(tiny.cores() == 4);
  CHECK(tiny.core.synapseMemoryBits == 256 * 1024 * 8);
  CHECK(tiny.pricePj[Action::SynopDense]->value == mesh.pricePj[Action::SynopDense]->value);
  CHECK(tiny.clockPeriodPs == 1000);
  CHECK(tiny.timePs[Action::SynopDense] == 125);
  CHECK(mesh.noc.virtualChannels == 4);
  CHECK(mesh.noc.routerStages == 4);
  CHECK(mesh.barrierPs(256) == 40'000);
}

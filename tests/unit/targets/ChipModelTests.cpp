// Tests of ChipModel: derived queries and rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/targets/TestChips.h"

#include <algorithm>
#include <cmath>

using namespace synfire;
using namespace synfire::test;

namespace {
ChipModel small() { return chipOf(parseChip(kSmallChip, "f", kChipsFolder)); }

/// The message of the small chip after a change.
template <class Change> std::string violated(Change change) {
  ChipModel chip = small();
  change(chip);
  return chip.validate();
}
} // namespace

TEST_CASE("hops are the links crossed between two tiles") {
  ChipModel chip = small();
  CHECK(chip.hops(0, 0, 0, 0) == 0);
  CHECK(chip.hops(0, 0, 1, 2) == 3);
  CHECK(chip.hops(1, 2, 0, 0) == 3);
  CHECK(chip.tiles() == 6);
  CHECK(chip.cores() == 6);
}

TEST_CASE("on a torus hops go the shorter way around") {
  ChipModel chip = small();
  chip.mesh = {5, 4, 1, Topology::Torus};
  CHECK(chip.hops(0, 0, 4, 3) == 2);
  CHECK(chip.hops(4, 0, 1, 2) == 4);
}

TEST_CASE("faulty cores and links are found by place and by number") {
  ChipModel chip = small();
  chip.mesh = {2, 3, 2};
  chip.mesh.faultyCores = {{1, 2}, {0, 1, 1}};
  chip.mesh.faultyLinks = {{1, 0, Direction::West}, {0, 0, Direction::North}};
  CHECK(chip.validate() == "");
  CHECK(chip.cores() == 12);
  CHECK(chip.workingCores() == 9);
  CHECK(chip.mesh.isFaulty(1, 2, 0));
  CHECK(chip.mesh.isFaulty(1, 2, 1));
  CHECK(chip.mesh.isFaulty(0, 1, 1));
  CHECK_FALSE(chip.mesh.isFaulty(0, 1, 0));
  CHECK_FALSE(chip.mesh.isFaulty(1, 1, 1));
  CHECK(chip.mesh.faultyLinkNumbers() == std::vector<int32_t>{0 * 4 + 2, 1 * 4 + 1});
}

TEST_CASE("a torus without a ring is told") {
  ChipModel chip = small();
  const size_t before = chip.withoutEffect().size();
  chip.mesh = {2, 2, 1, Topology::Torus};
  REQUIRE(chip.withoutEffect().size() == before + 1);
  CHECK(chip.withoutEffect()[0] ==
        "'mesh.topology' is torus and has no effect: a side of fewer than "
        "3 tiles has no wrap links");
  CHECK(chip.validate() == "");
  chip.mesh.height = 3;
  CHECK(chip.withoutEffect().size() == before);
}

TEST_CASE("the barrier's row is the last one not above the tiles in use") {
  ChipModel chip = small();
  CHECK(chip.barrierPs(1) == 100'000);
  CHECK(chip.barrierPs(3) == 100'000);
  CHECK(chip.barrierPs(4) == 300'000);
  CHECK(chip.barrierPs(6) == 300'000);
}

TEST_CASE("absent prices and times are named, those of absent units are not") {
  ChipModel chip = small();
  std::vector<std::string> unpriced = chip.unpricedKeys();
  auto has = [&](const std::string &key) {
    return std::find(unpriced.begin(), unpriced.end(), key) != unpriced.end();
  };
  CHECK(!has("energy.synop_dense_pj"));
  CHECK(has("energy.synop_sparse_pj"));
  CHECK(has("energy.static_mw_per_chip"));
  CHECK(!has("energy.attention_score_pj"));
  CHECK(!has("energy.chip_link_pj_per_bit"));
  const size_t ofPlainChip = unpriced.size();

  chip.core.coincidenceAttention = true;
  chip.maxChips = 2;
  unpriced = chip.unpricedKeys();
  CHECK(has("energy.attention_score_pj"));
  CHECK(has("energy.chip_link_pj_per_bit"));
  CHECK(unpriced.size() == ofPlainChip + 4); // three of attention, the links

  chip.staticMwPerChip = Sourced{0, Basis::Assumed, "paper"};
  CHECK(chip.unpricedKeys().size() == ofPlainChip + 3); // 0 is a price

  CHECK(!has("energy.synop_multiply_pj"));
  chip.core.gradedSynop = GradedSynop::Multiply;
  unpriced = chip.unpricedKeys();
  CHECK(has("energy.synop_multiply_pj"));

  CHECK(small().untimedKeys() ==
        std::vector<std::string>{"timing.neuron_update_ns", "timing.neuron_idle_ns",
                                 "timing.spike_ns", "timing.synop_sparse_ns",
                                 "timing.synop_conv_ns", "timing.axon_in_ns", "timing.axon_out_ns",
                                 "host.latency_ns"});
}

TEST_CASE("a chip built in code is held to the rules of the file") {
  CHECK(small().validate() == "");
  CHECK(violated([](ChipModel &c) { c.core.neurons = 0; }) ==
        "'core.neurons' needs 1 to 1048576, has 0");
  CHECK(violated([](ChipModel &c) { c.name = "a b"; }) ==
        "'name' needs 1 to 64 letters, digits, '-', '_' or '.', of which the first is a letter or "
        "digit, has 'a b'");
  CHECK(violated([](ChipModel &c) { c.core.synapseMemoryBits = 0; }) ==
        "'core.synapse_memory_kib' needs 1 to 1048576, has 0");
  CHECK(violated([](ChipModel &c) { c.core.weightBits = {}; }) ==
        "'core.weight_bits' needs at least one width, has none");
  CHECK(violated([](ChipModel &c) { c.core.weightBits = {8, 4}; }) ==
        "'core.weight_bits' needs ascending widths, has 4 after 8");
  CHECK(violated([](ChipModel &c) { c.core.weightBits = {4, 33}; }) ==
        "'core.weight_bits' needs 1 to 32, has 33");
  CHECK(violated([](ChipModel &c) { c.core.weightFormats = {}; }) ==
        "'core.weight_formats' needs at least one format, has none");
  CHECK(violated([](ChipModel &c) {
          c.core.weightFormats = {WeightFormat::Signed, WeightFormat::Signed};
        }) == "'core.weight_formats' needs each format once, has 'signed' twice");
  CHECK(violated([](ChipModel &c) { c.core.weightFormats = {WeightFormat::Ternary}; }) ==
        "'core.weight_formats' has 'ternary', whose width, 2 bits, is not in core.weight_bits");
  CHECK(violated([](ChipModel &c) { c.core.weightFormats = {WeightFormat::Binary}; }) ==
        "'core.weight_formats' has 'binary', whose width, 1 bit, is not in core.weight_bits");
  CHECK(violated([](ChipModel &c) { c.core.sparseIndexBits = 0; }) ==
        "'core.sparse_index_bits' needs 1 to 32, has 0");
  CHECK(violated([](ChipModel &c) { c.core.gradedSynop = GradedSynop::Multiply; }) ==
        "'core.graded_synop' needs accumulate because core.graded_spikes is false, has multiply");
  CHECK(violated([](ChipModel &c) { c.core.stateBits = 3; }) ==
        "'core.state_bits' needs at least 4, the smallest of core.weight_bits, has 3");
  CHECK(violated([](ChipModel &c) { c.core.neuronModels = {}; }) ==
        "'core.neuron_models' needs at least one model, has none");
  CHECK(violated([](ChipModel &c) { c.core.neuronModels.push_back("if"); }) ==
        "'core.neuron_models' needs each model once, has 'if' twice");
  CHECK(violated([](ChipModel &c) { c.core.neuronModels.push_back("plif"); }) ==
        "'core.neuron_models' needs models that a chip can have, has 'plif'");
  CHECK(violated([](ChipModel &c) { c.core.stateFractionBits = 16; }) ==
        "'core.state_fraction_bits' needs less than core.state_bits, 16, has 16");
  CHECK(violated([](ChipModel &c) { c.core.currentBits = 16; }) ==
        "'core.current_bits' needs no value unless core.neuron_models has cuba_lif, has 16");
  CHECK(violated([](ChipModel &c) { c.core.currentFractionBits = 4; }) ==
        "'core.current_fraction_bits' needs no value unless core.neuron_models has cuba_lif, "
        "has 4");
  for (int bits : {12, 16}) // those of the current, else those of the membrane
    CHECK(violated([&](ChipModel &c) {
            c.core.neuronModels.push_back("cuba_lif");
            if (bits == 12)
              c.core.currentBits = bits;
            c.core.currentFractionBits = bits;
          }) == "'core.current_fraction_bits' needs less than the bits of a filtered current, " +
                    std::to_string(bits) + ", has " + std::to_string(bits));
  CHECK(violated([](ChipModel &c) { c.core.gradedSpikes = true; }) ==
        "'core.graded_bits' needs at least 1 because core.graded_spikes is true, has 0");
  CHECK(violated([](ChipModel &c) { c.core.gradedBits = 8; }) ==
        "'core.graded_bits' needs 0 because core.graded_spikes is false, has 8");
  CHECK(violated([](ChipModel &c) { c.noc.hopPs[2] = 0; }) ==
        "'noc.hop_north_ns' needs at least 0.001 ns on a chip without a clock, has 0 ns");
  CHECK(violated([](ChipModel &c) { c.pricePj[Action::SynopDense]->value = -1; }) ==
        "'energy.synop_dense_pj' needs 0 to 1e+12, has -1");
  CHECK(violated([](ChipModel &c) { c.pricePj[Action::SynopDense]->value = std::nan(""); }) ==
        "'energy.synop_dense_pj' needs 0 to 1e+12, has nan");
  CHECK(violated([](ChipModel &c) { c.timePs[Action::SynopDense] = -1; }) ==
        "'timing.synop_dense_ns' needs 0 to 1e+07, has -0.001");
  CHECK(violated([](ChipModel &c) { c.barrier = {}; }) ==
        "'barrier' needs a row for 1 tile, has none");
  CHECK(violated([](ChipModel &c) { c.barrier[0].tiles = 2; }) ==
        "'barrier' needs a first row for 1 tile, has one for 2");
  CHECK(violated([](ChipModel &c) { c.barrier[1].tiles = 1; }) ==
        "'barrier' needs rows ascending in tiles, has a row for 1 after one for 1");
  CHECK(violated([](ChipModel &c) { c.host.portX = 2; }) ==
        "'host.port_x' needs less than mesh.width, 2, has 2");
  CHECK(violated([](ChipModel &c) { c.host.portY = 3; }) ==
        "'host.port_y' needs less than mesh.height, 3, has 3");
}

TEST_CASE("a chip has at most a million cores") {
  const auto withCores = [](int width, int height, int perTile) {
    return violated([=](ChipModel &c) { c.mesh = {width, height, perTile}; });
  };
  CHECK(withCores(1024, 1024, 1) == "");
  CHECK(withCores(1024, 1024, 2) ==
        "'mesh.cores_per_tile' needs a chip of at most 1048576 cores, has 2097152");
}

TEST_CASE("the ends of a range are in it") {
  CHECK(violated([](ChipModel &c) { c.core.neurons = 1; }) == "");
  CHECK(violated([](ChipModel &c) { c.core.neurons = 1 << 20; }) == "");
  CHECK(violated([](ChipModel &c) { c.core.stateFractionBits = 15; }) == "");
  CHECK(violated([](ChipModel &c) { c.core.stateBits = 4; }) == "");
  CHECK(violated([](ChipModel &c) { c.name = std::string(64, 'a'); }) == "");
  CHECK(violated([](ChipModel &c) { c.name = std::string(65, 'a'); }).starts_with("'name' needs"));
  CHECK(violated([](ChipModel &c) { c.host.portX = 1; }) == "");
  CHECK(violated([](ChipModel &c) { c.host.portY = 2; }) == "");
  CHECK(violated([](ChipModel &c) { c.core.weightBits = {8, 8}; }) ==
        "'core.weight_bits' needs ascending widths, has 8 after 8");
}

TEST_CASE("a clocked chip's network keeps to the period") {
  auto clocked = [](int64_t linkPs, int64_t injectPs) {
    return violated([&](ChipModel &c) {
      c.clockPeriodPs = 1000;
      c.noc.linkPs = linkPs;
      c.noc.injectPs = injectPs;
    });
  };
  CHECK(clocked(2000, 1000) == "");
  CHECK(clocked(1000, 0) == "");
  CHECK(clocked(0, 0) == "'noc.link_cycles' needs at least the clock's period, 1000 ps, has 0 ps");
  CHECK(clocked(1500, 0) ==
        "'noc.link_cycles' needs a multiple of the clock's period, 1000 ps, has 1500 ps");
  CHECK(clocked(1000, 1) ==
        "'noc.inject_cycles' needs a multiple of the clock's period, 1000 ps, has 1 ps");
}

TEST_CASE("names are those of the files") {
  CHECK(std::string(basisName(Basis::Calibrated)) == "calibrated");
  CHECK(std::string(roundingName(Rounding::TowardZero)) == "toward_zero");
}

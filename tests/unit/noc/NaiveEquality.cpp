// FlitMesh does what the naive reference meshes do, flit for flit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/FlitMesh.h"
#include "tests/unit/noc/NaiveClocklessMesh.h"
#include "tests/unit/noc/NaiveMesh.h"
#include "tests/unit/noc/RandomTraffic.h"

#include <doctest/doctest.h>

using namespace synfire::sim;

namespace {

std::string describe(const NocConfig &config) {
  return std::to_string(config.width) + "x" + std::to_string(config.height) + " ports " +
         std::to_string(config.localPorts) + " vcs " + std::to_string(config.virtualChannels) +
         " buffer " + std::to_string(config.bufferFlits) + " stages " +
         std::to_string(config.routerStages) + " link " + std::to_string(config.linkPs) +
         " period " + std::to_string(config.periodPs);
}

/// Both networks on the same packets: every arrival, every crossing of an
/// output port (time, router, port, VC, packet, flit) and every counter.
template <class Naive>
void compare(const NocConfig &config, const std::vector<NocPacket> &packets) {
  FlitMesh fast(config);
  Naive naive(config);
  Recording expected = record(naive, packets);
  Recording actual = record(fast, packets);
  size_t same = 0; // leading crossings that agree
  while (same < expected.crossings.size() && same < actual.crossings.size() &&
         actual.crossings[same] == expected.crossings[same])
    ++same;
  INFO("first difference at crossing " << same << " in time order");
  REQUIRE(same == expected.crossings.size());
  REQUIRE(same == actual.crossings.size());
  REQUIRE(actual.arrivalsPs == expected.arrivalsPs);
  REQUIRE(actual.counters == expected.counters);
}

} // namespace

TEST_CASE("clocked FlitMesh equals NaiveMesh, flit for flit") {
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    Dice dice(seed);
    NocConfig config = randomClockedConfig(dice);
    std::vector<NocPacket> packets = randomPackets(config, dice, config.periodPs);
    INFO("seed " << seed << ": " << describe(config));
    compare<NaiveMesh>(config, packets);
  }
}

TEST_CASE("clockless FlitMesh equals NaiveClocklessMesh, flit for flit") {
  for (uint64_t seed = 1; seed <= 1500; ++seed) {
    Dice dice(seed);
    NocConfig config = randomClocklessConfig(dice);
    std::vector<NocPacket> packets = randomPackets(config, dice, dice.draw(1, 50));
    INFO("seed " << seed << ": " << describe(config));
    compare<NaiveClocklessMesh>(config, packets);
  }
}

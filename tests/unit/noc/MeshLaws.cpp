// What must hold for every network: latency laws, conservation, order, drains.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/FlitMesh.h"
#include "tests/unit/noc/RandomTraffic.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include <map>
#include <numeric>

using namespace synfire::sim;

namespace {

NocConfig clockedConfig(int width, int height, int stages, int64_t linkCycles) {
  NocConfig config;
  config.width = width;
  config.height = height;
  config.localPorts = 2;
  config.virtualChannels = 2;
  config.bufferFlits = 8;
  config.periodPs = 1000;
  config.routerStages = stages;
  config.linkPs = linkCycles * config.periodPs;
  return config;
}

NocConfig loihiLikeConfig(int width, int height) {
  NocConfig config;
  config.width = width;
  config.height = height;
  config.localPorts = 5;
  config.virtualChannels = 1;
  config.bufferFlits = 16;
  config.hopPs = {4100, 4100, 6500, 6500};
  config.injectPs = 2100;
  config.ejectPs = 5000;
  return config;
}

NocPacket packetFrom(int source, int target, int flits) {
  NocPacket packet;
  packet.sourceRouter = source;
  packet.targetRouter = target;
  packet.targetPort = 1;
  packet.flits = flits;
  return packet;
}

int64_t arrivalAlone(FlitMesh &mesh, const NocPacket &packet) {
  std::vector<NocPacket> packets{packet};
  NocCounters counters;
  mesh.deliver(packets, counters);
  return packets[0].arrivalPs;
}

/// Interface 1 of every router sends `count` packets to one interface.
std::vector<NocPacket> hotSpot(const NocConfig &config, int count, int flits) {
  std::vector<NocPacket> packets;
  for (int i = 0; i < count; ++i)
    for (int router = 0; router < config.width * config.height; ++router) {
      packets.push_back(packetFrom(router, 0, flits));
      packets.back().sourcePort = 1;
    }
  return packets;
}

} // namespace

TEST_CASE("an empty clocked mesh or torus needs stages and links of every router on the way, the "
          "shorter one on a ring, 3 cycles at the interfaces and one for each further flit") {
  for (int stages = 1; stages <= 4; ++stages)
    for (int64_t link = 1; link <= 6; ++link) {
      NocConfig config = clockedConfig(5, 4, stages, (link + 1) / 2);
      config.torus = link % 2 == 0;
      FlitMesh mesh(config);
      for (int source = 0; source < 20; ++source)
        for (int target = 0; target < 20; ++target)
          for (int flits : {1, 2, 7}) {
            NocPacket packet = packetFrom(source, target, flits);
            packet.readyPs = 12500; // enters at the next edge, cycle 13
            int64_t links = linksCrossed(config, packet);
            int64_t cycles = stages * (links + 1) + (link + 1) / 2 * links + 3 + flits - 1;
            REQUIRE(arrivalAlone(mesh, packet) == (13 + cycles) * 1000);
          }
    }
}

TEST_CASE("the times that a packet occupies its interfaces add to its latency, and space out "
          "packets of one source and of one target") {
  NocConfig config = clockedConfig(5, 4, 4, 1);
  FlitMesh plain(config);
  const int64_t before = arrivalAlone(plain, packetFrom(0, 7, 3));
  config.injectPs = 4500; // 5 cycles, rounded up
  config.ejectPs = 7000;
  FlitMesh mesh(config);
  CHECK(arrivalAlone(mesh, packetFrom(0, 7, 3)) == before + 12 * config.periodPs);

  // From one interface: the second waits for the time and the flits of the first.
  std::vector<NocPacket> packets{packetFrom(0, 7, 3), packetFrom(0, 8, 3)};
  NocCounters counters;
  mesh.deliver(packets, counters);
  FlitMesh again(config);
  CHECK(packets[1].arrivalPs == arrivalAlone(again, packetFrom(0, 8, 3)) + 8 * config.periodPs);

  // To one interface: the second leaves an ejection time after the first.
  packets = {packetFrom(6, 7, 1), packetFrom(8, 7, 1)};
  mesh.deliver(packets, counters);
  CHECK(std::abs(packets[0].arrivalPs - packets[1].arrivalPs) == 7 * config.periodPs);
}

TEST_CASE("a mesh costs what its traffic touches, not what the chip could hold") {
  // All buffers of this mesh together would take 88 TB.
  for (int64_t periodPs : {1000, 0}) {
    NocConfig config = clockedConfig(1024, 1024, 4, 1);
    config.virtualChannels = 32;
    config.bufferFlits = 32767;
    config.periodPs = periodPs;
    config.hopPs = {1000, 1000, 1000, 1000};
    FlitMesh mesh(config);
    CHECK(arrivalAlone(mesh, packetFrom(5 * 1024 + 5, 1023 * 1024 + 1023, 2)) > 0);
  }
}

TEST_CASE("four stages and one-cycle links give 5 * routers + 2 + (flits - 1) "
          "cycles, as BookSim does") {
  NocConfig config = clockedConfig(8, 8, 4, 1);
  FlitMesh mesh(config);
  for (int target = 0; target < 64; ++target)
    for (int flits : {1, 8}) {
      NocPacket packet = packetFrom(9, target, flits);
      int64_t routers = linksCrossed(config, packet) + 1;
      REQUIRE(arrivalAlone(mesh, packet) == (5 * routers + 2 + flits - 1) * 1000);
    }
}

TEST_CASE("an empty clockless torus needs injection, the hops by direction and ejection") {
  NocConfig config = loihiLikeConfig(4, 5);
  config.torus = true;
  config.virtualChannels = 2;
  config.hopPs = {1000, 100, 10, 1};
  FlitMesh mesh(config);
  // From tile (3, 4): the number of links east, west, north and south, as a drawing shows them. Two
  // steps along x are equally far both ways, and go west, within the mesh.
  const int x[4][2] = {{1, 0}, {0, 2}, {0, 1}, {0, 0}};
  const int y[5][2] = {{1, 0}, {2, 0}, {0, 2}, {0, 1}, {0, 0}};
  for (int target = 0; target < 20; ++target) {
    const auto &[east, west] = x[target % 4];
    const auto &[north, south] = y[target / 4];
    REQUIRE(arrivalAlone(mesh, packetFrom(19, target, 1)) ==
            2100 + east * 1000 + west * 100 + north * 10 + south + 5000);
  }
}

TEST_CASE("a saturated ring drains: packets that follow each other all around it cannot wait for "
          "each other") {
  // Every router of a ring sends to the one farthest east, so that on a ring without the two
  // halves of its channels all would wait for each other at once.
  for (int64_t periodPs : {1000, 0})
    for (int channels : {2, 3, 8}) {
      NocConfig config = clockedConfig(9, 1, 4, 1);
      config.torus = true;
      config.virtualChannels = channels;
      config.bufferFlits = 1;
      config.periodPs = periodPs;
      config.hopPs = {1000, 1000, 1000, 1000};
      std::vector<NocPacket> packets;
      for (int round = 0; round < 50; ++round)
        for (int router = 0; router < 9; ++router) {
          packets.push_back(packetFrom(router, (router + 4) % 9, 6));
          packets.push_back(packetFrom(router, (router + 5) % 9, 6));
        }
      NocCounters counters;
      FlitMesh(config).deliver(packets, counters);
      CHECK(counters.ejectedPackets == 900);
      CHECK(counters.flitHops == 900 * 6 * 4);
      for (int router = 0; router < 9; ++router) {
        CHECK(counters.linkFlits[router * 4 + 0] == 50 * 6 * 4);
        CHECK(counters.linkFlits[router * 4 + 1] == 50 * 6 * 4);
      }
    }
}

TEST_CASE("packets take the links that they are given, also past a tile where they have been") {
  for (int64_t periodPs : {1000, 0}) {
    NocConfig config = clockedConfig(3, 2, 4, 1);
    config.periodPs = periodPs;
    FlitMesh mesh(config);
    // North, around the square of tiles (0, 1), (1, 1), (1, 0), (0, 0) and back east to (1, 0).
    const std::vector<int32_t> links = {0 * 4 + 2, 3 * 4 + 0, 4 * 4 + 3, 1 * 4 + 1, 0 * 4 + 0};
    NocPacket packet = packetFrom(0, 1, 2);
    packet.links = links;
    std::vector<int32_t> crossed;
    mesh.observe([&](const FlitCrossing &c) {
      if (c.outputPort < 4 && c.flit == 1)
        crossed.push_back(c.router * 4 + c.outputPort);
    });
    std::vector<NocPacket> packets{packet};
    NocCounters counters;
    mesh.deliver(packets, counters);
    CHECK(crossed == links);
    CHECK(counters.flitHops == 10);
  }
}

TEST_CASE("an empty clockless mesh needs injection, the hops by direction and "
          "ejection; further flits follow at the pace of the slowest hop") {
  NocConfig config = loihiLikeConfig(4, 8);
  FlitMesh mesh(config);
  for (int source = 0; source < 32; ++source)
    for (int target = 0; target < 32; ++target)
      for (int flits : {1, 3}) {
        NocPacket packet = packetFrom(source, target, flits);
        packet.readyPs = 77;
        int64_t dx = std::abs(target % 4 - source % 4);
        int64_t dy = std::abs(target / 4 - source / 4);
        int64_t slowest = dy ? 6500 : dx ? 4100 : 0;
        int64_t crossed = dx * 4100 + dy * 6500;
        // Ejection of the packet runs while its later flits still arrive.
        int64_t ejection = std::max<int64_t>(5000, (flits - 1) * slowest);
        REQUIRE(arrivalAlone(mesh, packet) == 77 + 2100 + crossed + ejection);
      }
}

TEST_CASE("flits on links, hops of routers and lengths of paths agree") {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    Dice dice(seed);
    NocConfig config = dice.once(2) ? randomClockedConfig(dice) : randomClocklessConfig(dice);
    std::vector<NocPacket> packets = randomPackets(config, dice, 500);
    FlitMesh mesh(config);
    NocCounters counters;
    mesh.deliver(packets, counters);
    int64_t expected = 0, last = 0;
    for (const NocPacket &packet : packets) {
      expected += packet.flits * linksCrossed(config, packet);
      last = std::max(last, packet.arrivalPs);
      REQUIRE(packet.arrivalPs >= packet.readyPs);
    }
    INFO("seed " << seed);
    REQUIRE(counters.flitHops == expected);
    REQUIRE(std::accumulate(counters.linkFlits.begin(), counters.linkFlits.end(), int64_t{0}) ==
            expected);
    REQUIRE(counters.injectedPackets == static_cast<int64_t>(packets.size()));
    REQUIRE(counters.ejectedPackets == counters.injectedPackets);
    REQUIRE(counters.lastArrivalPs == last);
  }
}

TEST_CASE("no packet uses a link off its XY route") {
  NocConfig config = clockedConfig(4, 4, 4, 1);
  FlitMesh mesh(config);
  Dice dice(7);
  std::vector<NocPacket> packets = randomPackets(config, dice, 1000);
  for (NocPacket &packet : packets)
    packet.links = {};
  std::map<int32_t, int> lastAxis; // 0: x, 1: y, by packet
  mesh.observe([&](const FlitCrossing &c) {
    if (c.outputPort >= 4 || c.flit != 0)
      return;
    int axis = c.outputPort / 2;
    REQUIRE(axis >= lastAxis[c.packet]);
    lastAxis[c.packet] = axis;
  });
  NocCounters counters;
  mesh.deliver(packets, counters);
}

TEST_CASE("packets of one source and target arrive in order with one VC, and "
          "flits of a packet always") {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    Dice dice(seed);
    NocConfig config = dice.once(2) ? randomClockedConfig(dice) : randomClocklessConfig(dice);
    bool oneVc = config.virtualChannels == 1;
    std::vector<NocPacket> packets = randomPackets(config, dice, 0);
    FlitMesh mesh(config);
    // By (router, output, VC): the flit that has to come next of a packet.
    std::map<std::tuple<int, int, int>, std::pair<int, int>> inside;
    std::map<std::tuple<int, int, int, int>, int> lastOfPair;
    INFO("seed " << seed);
    mesh.observe([&](const FlitCrossing &c) {
      auto &[packet, next] = inside[{c.router, c.outputPort, c.virtualChannel}];
      if (c.flit == 0) {
        REQUIRE(next == 0); // wormholes do not mix within a VC
        packet = c.packet;
      }
      REQUIRE(c.packet == packet);
      REQUIRE(c.flit == next);
      next = c.flit + 1 == packets[c.packet].flits ? 0 : c.flit + 1;
      if (c.outputPort < 4 || c.flit != 0 || !oneVc)
        return;
      const NocPacket &p = packets[c.packet];
      if (!p.links.empty())
        return; // another path may be faster
      auto [last, first] = lastOfPair.try_emplace(
          {p.sourceRouter, p.sourcePort, p.targetRouter, p.targetPort}, c.packet);
      REQUIRE((first || last->second < c.packet));
      last->second = c.packet;
    });
    NocCounters counters;
    mesh.deliver(packets, counters);
  }
}

TEST_CASE("a saturated hot spot drains at the rate of its ejection port") {
  NocConfig clocked = clockedConfig(8, 8, 4, 1);
  std::vector<NocPacket> packets = hotSpot(clocked, 100, 4);
  NocCounters counters;
  FlitMesh(clocked).deliver(packets, counters);
  int64_t flits = 4 * static_cast<int64_t>(packets.size());
  CHECK(counters.ejectedPackets == 6400);
  CHECK(counters.lastArrivalPs >= flits * 1000);
  CHECK(counters.lastArrivalPs <= flits * 1000 * 5 / 4);

  // Slower than any link, the port is never idle once the first packet is there.
  NocConfig clockless = loihiLikeConfig(4, 8);
  clockless.ejectPs = 7000;
  packets = hotSpot(clockless, 100, 1);
  NocCounters loihiCounters;
  FlitMesh(clockless).deliver(packets, loihiCounters);
  CHECK(loihiCounters.ejectedPackets == 3200);
  CHECK(loihiCounters.lastArrivalPs == 2100 + 3200 * 7000);
}

TEST_CASE("runs do not depend on earlier runs or on other instances") {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Dice dice(seed);
    NocConfig config = dice.once(2) ? randomClockedConfig(dice) : randomClocklessConfig(dice);
    std::vector<NocPacket> first = randomPackets(config, dice, 500);
    std::vector<NocPacket> second = randomPackets(config, dice, 500);
    FlitMesh alone(config), reused(config), other(config);
    Recording expected = record(alone, first);
    Recording otherExpected = record(other, second);
    REQUIRE(record(reused, second) == otherExpected);
    REQUIRE(record(reused, first) == expected);
    REQUIRE(record(other, first) == expected);
    REQUIRE(record(alone, second) == otherExpected);
  }
}

TEST_CASE("counters add up over runs") {
  NocConfig config = clockedConfig(3, 3, 4, 1);
  FlitMesh mesh(config);
  std::vector<NocPacket> packets{packetFrom(0, 8, 2), packetFrom(8, 0, 3)};
  NocCounters counters;
  mesh.deliver(packets, counters);
  int64_t last = counters.lastArrivalPs;
  mesh.deliver(packets, counters);
  CHECK(counters.injectedPackets == 4);
  CHECK(counters.flitHops == 2 * 4 * 5);
  CHECK(counters.linkFlits[0] == 4); // router 0 eastwards: 2 flits a run
  CHECK(counters.lastArrivalPs == last);
  std::vector<NocPacket> none;
  mesh.deliver(none, counters);
  CHECK(counters.ejectedPackets == 4);
}

// RandomTraffic: reproducible meshes and packets for the tests of the network.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_NOC_RANDOMTRAFFIC_H
#define SYNFIRE_TESTS_UNIT_NOC_RANDOMTRAFFIC_H

#include "tests/unit/noc/NaiveWay.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <random>
#include <tuple>

namespace synfire::sim {

/// Draws integers that do not depend on the standard library.
class Dice {
public:
  explicit Dice(uint64_t seed) : engine(seed) {}
  /// Uniform in [low, high].
  int64_t draw(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(engine() % (high - low + 1));
  }
  bool once(int64_t outOf) { return draw(1, outOf) == 1; }

private:
  std::mt19937_64 engine;
};

inline NocConfig randomClockedConfig(Dice &dice) {
  NocConfig config;
  config.width = static_cast<int>(dice.draw(1, 4));
  config.height = static_cast<int>(dice.draw(1, 4));
  config.localPorts = static_cast<int>(dice.draw(1, 3));
  config.virtualChannels = static_cast<int>(dice.draw(1, 4));
  config.bufferFlits = static_cast<int>(dice.draw(1, 8));
  if (dice.once(3)) {
    config.torus = true;
    config.width += static_cast<int>(dice.draw(0, 2));
    config.virtualChannels = std::max(config.virtualChannels, 2);
  }
  config.periodPs = dice.draw(1, 1000);
  config.routerStages = static_cast<int>(dice.once(2) ? 4 : dice.draw(1, 3));
  config.linkPs = dice.draw(0, 3) * config.periodPs;
  config.injectPs = dice.once(2) ? 0 : dice.draw(1, 5 * config.periodPs);
  config.ejectPs = dice.once(2) ? 0 : dice.draw(1, 5 * config.periodPs);
  return config;
}

inline NocConfig randomClocklessConfig(Dice &dice) {
  NocConfig config = randomClockedConfig(dice);
  config.periodPs = config.linkPs = 0;
  bool sameForAll = dice.once(3); // many events at one instant
  int64_t hop = dice.draw(1, 50);
  for (int64_t &ps : config.hopPs)
    ps = sameForAll ? hop : dice.draw(dice.once(4) ? 0 : 1, 100);
  config.injectPs = dice.once(2) ? 0 : dice.draw(1, 100);
  config.ejectPs = dice.once(2) ? 0 : dice.draw(1, 100);
  return config;
}

/// The links of a path that dimension order need not take: first to the west, then to the east with
/// a run along y in each column. No such path turns to the west, so that none of them can wait for
/// each other in a circle, nor for those of dimension order (the west-first turn model, Glass and
/// Ni, ISCA 1992). Empty where it would have to turn back. The links live as long as the process.
inline std::span<const int32_t> randomDetour(const NocConfig &config, Dice &dice, int source,
                                             int target) {
  static std::deque<std::vector<int32_t>> links;
  std::vector<int32_t> path;
  int x = source % config.width, y = source / config.width;
  const int tx = target % config.width, ty = target / config.width;
  auto go = [&](int direction, int count) {
    for (; count > 0; --count) {
      path.push_back((x + y * config.width) * 4 + direction);
      (direction < 2 ? x : y) += direction % 2 == 0 ? 1 : -1;
    }
  };
  go(1, x - static_cast<int>(dice.draw(0, std::min(x, tx))));
  const bool wentWest = !path.empty();
  for (bool first = true;; first = false) {
    int row = x == tx ? ty : static_cast<int>(dice.draw(0, config.height - 1));
    if (first && wentWest && row == y && x != tx)
      return {};
    go(row > y ? 2 : 3, row > y ? row - y : y - row);
    if (x == tx)
      break;
    go(0, 1);
  }
  return links.emplace_back(std::move(path));
}

/// Packets of 1 to 5 flits: spread out, in bursts, or at one hot spot.
inline std::vector<NocPacket> randomPackets(const NocConfig &config, Dice &dice, int64_t stepPs) {
  int routers = config.width * config.height;
  int64_t span = stepPs * dice.draw(0, 120); // 0: all at once
  int longest = static_cast<int>(dice.draw(1, 5));
  bool hot = dice.once(3), bursts = dice.once(2), detours = dice.once(3);
  int32_t hotRouter = static_cast<int32_t>(dice.draw(0, routers - 1));
  int32_t hotPort = static_cast<int32_t>(dice.draw(0, config.localPorts - 1));
  std::vector<NocPacket> packets(dice.draw(1, 150));
  int64_t burstPs = 0;
  for (NocPacket &packet : packets) {
    if (!bursts || dice.once(10))
      burstPs = dice.draw(0, span);
    packet.readyPs = burstPs;
    packet.sourceRouter = static_cast<int32_t>(dice.draw(0, routers - 1));
    packet.sourcePort = static_cast<int32_t>(dice.draw(0, config.localPorts - 1));
    packet.targetRouter = static_cast<int32_t>(dice.draw(0, routers - 1));
    packet.targetPort = static_cast<int32_t>(dice.draw(0, config.localPorts - 1));
    if (hot && !dice.once(4)) {
      packet.targetRouter = hotRouter;
      packet.targetPort = hotPort;
    }
    packet.flits = static_cast<int32_t>(dice.draw(1, longest));
    if (detours && dice.once(2))
      packet.links = randomDetour(config, dice, packet.sourceRouter, packet.targetRouter);
  }
  return packets;
}

/// The number of links that a packet crosses: those of its path, or the shorter way along each
/// side.
inline int64_t linksCrossed(const NocConfig &config, const NocPacket &packet) {
  auto along = [&](int direction, int64_t apart) {
    apart = std::abs(apart);
    return naiveRing(config, direction) ? std::min(apart, naiveSide(config, direction) - apart)
                                        : apart;
  };
  if (!packet.links.empty())
    return static_cast<int64_t>(packet.links.size());
  return along(0, packet.targetRouter % config.width - packet.sourceRouter % config.width) +
         along(2, packet.targetRouter / config.width - packet.sourceRouter / config.width);
}

/// A crossing as a value that can be sorted, printed and compared.
using CrossingRow = std::tuple<int64_t, int32_t, int32_t, int32_t, int32_t, int32_t>;

/// Everything that can be seen of one run.
struct Recording {
  std::vector<int64_t> arrivalsPs;
  std::vector<CrossingRow> crossings; // sorted
  NocCounters counters;
};

/// Runs `mesh` (with `observe`) on a copy of `packets`.
template <class Mesh> Recording record(Mesh &mesh, std::vector<NocPacket> packets) {
  Recording result;
  mesh.observe([&](const FlitCrossing &c) {
    result.crossings.emplace_back(c.timePs, c.router, c.outputPort, c.virtualChannel, c.packet,
                                  c.flit);
  });
  mesh.deliver(packets, result.counters);
  mesh.observe({});
  std::sort(result.crossings.begin(), result.crossings.end());
  for (const NocPacket &packet : packets)
    result.arrivalsPs.push_back(packet.arrivalPs);
  return result;
}

inline bool operator==(const NocCounters &a, const NocCounters &b) {
  return a.injectedPackets == b.injectedPackets && a.ejectedPackets == b.ejectedPackets &&
         a.flitHops == b.flitHops && a.lastArrivalPs == b.lastArrivalPs &&
         a.linkFlits == b.linkFlits;
}

inline bool operator==(const Recording &a, const Recording &b) {
  return a.arrivalsPs == b.arrivalsPs && a.crossings == b.crossings && a.counters == b.counters;
}

} // namespace synfire::sim

#endif // SYNFIRE_TESTS_UNIT_NOC_RANDOMTRAFFIC_H

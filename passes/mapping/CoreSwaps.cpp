// CoreSwaps: a descent over exchanges of cores, on the traffic between them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/CoreSwaps.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace synfire::mapping {
namespace {

/// Tiles around the place that a core is pulled to whose cores it is exchanged with for a try, in
/// each direction, and most rounds through all cores.
constexpr int kReach = 4, kMostRounds = 30;

/// Expected packets, both ways, between what a core holds and what another one (or the host) does.
struct Traffic {
  int other; ///< a group, or kHost
  double packets;
};

/// The slices that share a core are a *group*: it moves as a whole. A group without slices stands
/// for an empty core.
class Descent {
public:
  Descent(const MappingProblem &problem, const Placement &placement)
      : board(problem.board()), coreOf(board.cores.size()), groupOn(board.cores.size()),
        trafficOf(board.cores.size()) {
    for (size_t core = 0; core < coreOf.size(); ++core)
      coreOf[core] = groupOn[core] = static_cast<int>(core);
    for (const Hyperedge &edge : problem.hypergraph().edges()) {
      std::map<int, NeuronBlock> spans; // by core: what it reads
      for (const Pin &pin : edge.pins)
        spans.emplace(placement[pin.slice], pin.block()).first->second.cover(pin.block());
      const int source = edge.source == kHost ? kHost : placement[edge.source];
      for (auto &[core, span] : spans)
        add(source, core, static_cast<double>(span.neurons()) * edge.spikesPerColumn);
    }
    for (std::vector<Traffic> &traffic : trafficOf)
      merge(traffic);
  }

  /// Tries every group once; returns by how much the packets x hops have shrunk.
  double round() {
    double gained = 0;
    for (int group = 0; group < static_cast<int>(coreOf.size()); ++group)
      if (!trafficOf[group].empty())
        gained += improve(group);
    return gained;
  }

  double packetHops() const {
    double twice = 0, ofHost = 0;
    for (int group = 0; group < static_cast<int>(coreOf.size()); ++group)
      for (const Traffic &traffic : trafficOf[group])
        (traffic.other == kHost ? ofHost : twice) += traffic.packets * hops(coreOf[group], traffic);
    return twice / 2 + ofHost;
  }

  int coreOfGroup(int group) const { return coreOf[group]; }

private:
  struct Tile {
    int x, y;
  };

  void add(int source, int target, double packets) {
    if (source == target)
      return;
    trafficOf[target].push_back({source, packets});
    if (source != kHost)
      trafficOf[source].push_back({target, packets});
  }

  /// Leaves one entry for each other group, ascending.
  static void merge(std::vector<Traffic> &traffic) {
    std::ranges::stable_sort(traffic, {}, &Traffic::other);
    size_t kept = 0;
    for (size_t i = 0; i < traffic.size(); ++i)
      if (kept > 0 && traffic[kept - 1].other == traffic[i].other)
        traffic[kept - 1].packets += traffic[i].packets;
      else
        traffic[kept++] = traffic[i];
    traffic.resize(kept);
  }

  double hops(int core, const Traffic &traffic) const {
    const Core &here = board.cores[core];
    return traffic.other == kHost ? board.hopsFromHost(here)
                                  : board.hops(here, board.cores[coreOf[traffic.other]]);
  }

  /// What the packets x hops of a group change by when it moves to a core and the group of that
  /// core to its own. What the two send to each other stays.
  double change(int group, int core, int partner) const {
    double sum = 0;
    for (const Traffic &traffic : trafficOf[group])
      if (traffic.other != partner)
        sum += traffic.packets * (hops(core, traffic) - hops(coreOf[group], traffic));
    return sum;
  }

  /// The mean tile of a group's traffic. On a torus that need not be the best one, only a place to
  /// look around.
  Tile pulledTo(int group) const {
    double x = 0, y = 0, all = 0;
    for (const Traffic &traffic : trafficOf[group]) {
      const MeshPlace place =
          traffic.other == kHost ? board.hostPlace() : board.cores[coreOf[traffic.other]].place();
      x += traffic.packets * static_cast<double>(place.x);
      y += traffic.packets * static_cast<double>(place.y);
      all += traffic.packets;
    }
    return {static_cast<int>(std::lround(x / all)), static_cast<int>(std::lround(y / all))};
  }

  double improve(int group) {
    const Tile center = pulledTo(group);
    const int own = coreOf[group];
    int best = -1;
    double bestChange = 0;
    // Cores are sorted by chip, y, x and number.
    const int firstX = std::max(0, center.x - kReach),
              lastX = std::min(board.width - 1, center.x + kReach),
              firstY = std::max(0, center.y - kReach),
              lastY = std::min(board.height - 1, center.y + kReach);
    for (int y = firstY; y <= lastY; ++y) {
      const Core from{0, firstX, y, 0, {}}, to{0, lastX, y, INT32_MAX, {}};
      for (auto core = std::ranges::lower_bound(board.cores, from, isBefore);
           core != board.cores.end() && !isBefore(to, *core); ++core) {
        const int there = static_cast<int>(core - board.cores.begin());
        if (there == own)
          continue;
        const int partner = groupOn[there];
        const double sum = change(group, there, partner) + change(partner, own, group);
        if (sum < bestChange) {
          bestChange = sum;
          best = there;
        }
      }
    }
    if (best < 0)
      return 0;
    const int partner = groupOn[best];
    std::swap(coreOf[group], coreOf[partner]);
    std::swap(groupOn[own], groupOn[best]);
    return -bestChange;
  }

  static bool isBefore(const Core &a, const Core &b) {
    return std::tuple(a.chip, a.y, a.x, a.core) < std::tuple(b.chip, b.y, b.x, b.core);
  }

  const Board &board;
  std::vector<int> coreOf, groupOn; ///< by group, and by core
  std::vector<std::vector<Traffic>> trafficOf;
};

} // namespace

double swapCores(const MappingProblem &problem, Placement &placement) {
  Descent descent(problem, placement);
  double all = descent.packetHops();
  const std::vector<Core> &cores = problem.board().cores;
  if (std::ranges::any_of(cores,
                          [&](const Core &core) { return core.capacity != cores[0].capacity; }))
    return all;
  for (int round = 0; round < kMostRounds; ++round) {
    const double gained = descent.round();
    all -= gained;
    if (gained <= all / 2000)
      break;
  }
  for (int &core : placement)
    core = descent.coreOfGroup(core);
  return all;
}

} // namespace synfire::mapping

// LegalTurns: the sets of steps, and the shortest paths that they allow.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/LegalTurns.h"

#include "support/MeshPaths.h"

#include <algorithm>
#include <set>
#include <utility>

namespace synfire::mapping {

namespace {

constexpr Direction opposite(Direction direction) { return Direction(int(direction) ^ 1); }

/// The channel of a link: 0 with a wrap link before the packet on the way, 1 without (channelOf()).
constexpr int32_t channel(int32_t link, int half) { return link * 2 + half; }
constexpr int half(int32_t channel) { return channel % 2; }

/// The predecessor of a channel that a search has not met.
constexpr int32_t kUnmet = -2;

} // namespace

LegalTurns::LegalTurns(const MeshLinks &mesh, const std::vector<int32_t> &faultyLinks, int set,
                       MeshPlace root)
    : mesh(mesh), faulty(mesh.routers() * kDirections), steps(2 * faulty.size()),
      seen(steps.size()) {
  for (int32_t link : faultyLinks)
    faulty[link] = 1;
  if (set >= kDetours) {
    addUpAndDown(root);
    return;
  }
  addDimensionOrder();
  addDetours(faultyLinks, set & 1, set & 2);
}

bool LegalTurns::exists(int32_t channel) const {
  const int32_t link = channelLink(channel);
  const Direction direction = linkDirection(link);
  if (faulty[link] || !mesh.next(mesh.place(linkRouter(link)), direction))
    return false;
  // A wrap link is always still before, or under, the packet that takes it.
  return half(channel) == 0 ? mesh.wraps(direction) : !mesh.isWrap(link);
}

bool LegalTurns::isRunComplete(int32_t channel) const {
  return half(channel) == 1 || mesh.isWrap(channelLink(channel));
}

int32_t LegalTurns::follow(int32_t from, int choice) const {
  const int32_t link = channelLink(from);
  const Direction out = Direction(choice / 2);
  const std::optional<MeshPlace> here =
      mesh.next(mesh.place(linkRouter(link)), linkDirection(link));
  if (!here || out == opposite(linkDirection(link)))
    return -1;
  // Straight on, a packet is in the first half up to the wrap link, and behind it in the second.
  if (out == linkDirection(link) ? choice % 2 != int(isRunComplete(from)) : !isRunComplete(from))
    return -1;
  const int32_t next = channel(mesh.link(*here, out), choice % 2);
  return exists(next) ? next : -1;
}

bool LegalTurns::reaches(int32_t from, int32_t to) const {
  ++search;
  stack.assign(1, from);
  seen[from] = search;
  while (!stack.empty()) {
    const int32_t here = stack.back();
    stack.pop_back();
    if (here == to)
      return true;
    forEachNext(here, [&](int32_t next) {
      if (std::exchange(seen[next], search) != search)
        stack.push_back(next);
    });
  }
  return false;
}

void LegalTurns::addDimensionOrder() {
  for (int32_t from = 0; from < int32_t(steps.size()); ++from) {
    if (!exists(from))
      continue;
    const Direction in = linkDirection(channelLink(from));
    for (int choice = 0; choice < kChoices; ++choice) {
      const Direction out = Direction(choice / 2);
      if ((out == in || (!isVertical(in) && isVertical(out))) && follow(from, choice) >= 0)
        steps[from] |= 1 << choice;
    }
  }
}

bool LegalTurns::addTurn(MeshPlace at, Direction in, Direction out) {
  const std::optional<MeshPlace> before = mesh.next(at, opposite(in));
  if (!before)
    return false;
  bool any = false;
  for (int from : {0, 1})
    for (int to : {0, 1}) {
      const int32_t first = channel(mesh.link(*before, in), from);
      const int choice = 2 * int(out) + to;
      const int32_t next = exists(first) ? follow(first, choice) : -1;
      if (next < 0 || reaches(next, first))
        continue;
      steps[first] |= 1 << choice;
      any = true;
    }
  return any;
}

bool LegalTurns::addCorner(int32_t link, Direction side) {
  const Direction way = linkDirection(link);
  std::optional<MeshPlace> corner = mesh.place(linkRouter(link));
  // Along x the way around goes to the side at once and turns into the link's own direction;
  // along y it passes the link in the column beside it and turns back into the link's column.
  if (!isVertical(way)) {
    corner = mesh.next(*corner, side);
    return corner && addTurn(*corner, side, way);
  }
  corner = mesh.next(*corner, side);
  if (corner)
    corner = mesh.next(*corner, way);
  return corner && addTurn(*corner, way, opposite(side));
}

void LegalTurns::addDetours(const std::vector<int32_t> &faultyLinks, bool southFirst,
                            bool eastFirst) {
  auto side = [&](int32_t link, bool first) {
    if (isVertical(linkDirection(link)))
      return first == eastFirst ? Direction::East : Direction::West;
    return first == southFirst ? Direction::South : Direction::North;
  };
  for (int32_t link : faultyLinks)
    if (!addCorner(link, side(link, true)))
      addCorner(link, side(link, false));
  for (int32_t link : faultyLinks)
    for (bool first : {true, false})
      addCorner(link, side(link, first));
}

void LegalTurns::addUpAndDown(MeshPlace root) {
  const int64_t routers = mesh.routers();
  auto works = [&](int64_t router, Direction direction) {
    return mesh.next(mesh.place(router), direction) &&
           !faulty[router * kDirections + int(direction)];
  };
  // By router: its place in the order. Tiles that the search does not reach come last.
  std::vector<int64_t> rank(routers, routers);
  std::vector<int64_t> order = {mesh.router(root)};
  rank[order[0]] = 0;
  for (size_t i = 0; i < order.size(); ++i)
    for (int d = 0; d < kDirections; ++d) {
      if (!works(order[i], Direction(d)))
        continue;
      const int64_t next = mesh.neighbour(order[i], Direction(d));
      if (rank[next] == routers && works(next, opposite(Direction(d)))) {
        rank[next] = int64_t(order.size());
        order.push_back(next);
      }
    }
  auto isUp = [&](int32_t channel) {
    const int64_t from = linkRouter(channelLink(channel));
    const int64_t to = mesh.neighbour(from, linkDirection(channelLink(channel)));
    return std::pair(rank[to], to) < std::pair(rank[from], from);
  };
  for (int32_t from = 0; from < int32_t(steps.size()); ++from)
    for (int choice = 0; exists(from) && choice < kChoices; ++choice) {
      const int32_t next = follow(from, choice);
      if (next >= 0 && (isUp(from) || !isUp(next)))
        steps[from] |= 1 << choice;
    }
}

bool LegalTurns::allows(std::span<const int32_t> path) const {
  for (size_t i = 0; i < path.size(); ++i) {
    if (faulty[path[i]])
      return false;
    if (i == 0)
      continue;
    const int32_t here = channelOf(mesh, path, i);
    const int choice = 2 * int(linkDirection(path[i])) + half(here);
    if (!(steps[channelOf(mesh, path, i - 1)] >> choice & 1))
      return false;
  }
  return true;
}

LegalTurns::Tree::Tree(const LegalTurns &turns, MeshPlace source)
    : turns(&turns), source(source), before(turns.steps.size(), kUnmet),
      arrival(turns.mesh.routers(), -1) {
  for (int choice = 0; choice < kChoices; ++choice) {
    const int32_t first = channel(turns.mesh.link(source, Direction(choice / 2)), choice % 2);
    if (turns.exists(first))
      meet(first, -1);
  }
}

void LegalTurns::Tree::meet(int32_t channel, int32_t from) {
  if (before[channel] != kUnmet)
    return;
  before[channel] = from;
  queue.push_back(channel);
  const int32_t link = channelLink(channel);
  int32_t &reached = arrival[turns->mesh.neighbour(linkRouter(link), linkDirection(link))];
  if (reached < 0 && turns->isRunComplete(channel))
    reached = channel;
}

std::optional<std::vector<int32_t>> LegalTurns::Tree::pathTo(MeshPlace target) {
  std::vector<int32_t> links;
  if (target == source)
    return links;
  const int64_t router = turns->mesh.router(target);
  for (; arrival[router] < 0 && next < queue.size(); ++next) {
    const int32_t from = queue[next];
    turns->forEachNext(from, [&](int32_t channel) { meet(channel, from); });
  }
  if (arrival[router] < 0)
    return std::nullopt;
  std::set<int32_t> taken;
  for (int32_t channel = arrival[router]; channel >= 0; channel = before[channel]) {
    links.push_back(channelLink(channel));
    if (!taken.insert(links.back()).second)
      return std::nullopt;
  }
  std::reverse(links.begin(), links.end());
  return links;
}

} // namespace synfire::mapping

// MeshLinks: how routers and links of a mesh are numbered, and where a link leads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MESHLINKS_H
#define SYNFIRE_SUPPORT_MESHLINKS_H

#include <cstdint>
#include <optional>

namespace synfire {

enum class Direction { East, West, North, South }; // +x, -x, +y, -y
inline constexpr int kDirections = 4;

/// The router from which a link starts, and where it leads. A negative number is no
/// link: MeshLinks::isLink.
inline constexpr int64_t linkRouter(int64_t link) { return link / kDirections; }
inline constexpr Direction linkDirection(int64_t link) { return Direction(link % kDirections); }

inline constexpr bool isVertical(Direction direction) {
  return direction == Direction::North || direction == Direction::South;
}

/// Where a router stands in the mesh, or beyond its edge.
struct MeshPlace {
  int64_t x = 0, y = 0;

  bool operator==(const MeshPlace &) const = default;

  /// The place one step further.
  constexpr MeshPlace next(Direction direction) const {
    switch (direction) {
    case Direction::East:
      return {x + 1, y};
    case Direction::West:
      return {x - 1, y};
    case Direction::North:
      return {x, y + 1};
    case Direction::South:
      break;
    }
    return {x, y - 1};
  }
};

/// Dimension-order (XY) routing, the one definition of it: the direction of the next
/// link from `here` to `target`, first along x, then along y; none where they are the
/// same place. The mapper's routes and the network's flits both take it.
constexpr std::optional<Direction> dimensionOrderStep(MeshPlace here, MeshPlace target) {
  if (target.x != here.x)
    return target.x > here.x ? Direction::East : Direction::West;
  if (target.y != here.y)
    return target.y > here.y ? Direction::North : Direction::South;
  return std::nullopt;
}

/// The numbers of one mesh: a router is x + y * width, a link is router * 4 + Direction.
/// Every router has four links by number; those over the edge lead out of the mesh.
/// This is arithmetic only: what a path may do is judged where paths are judged.
struct MeshLinks {
  int64_t width = 1, height = 1;

  constexpr int64_t routers() const { return width * height; }
  constexpr bool isLink(int64_t link) const { return link >= 0 && linkRouter(link) < routers(); }
  constexpr bool holds(MeshPlace place) const {
    return place.x >= 0 && place.x < width && place.y >= 0 && place.y < height;
  }
  constexpr int64_t router(MeshPlace place) const { return place.x + place.y * width; }
  constexpr MeshPlace place(int64_t router) const { return {router % width, router / width}; }
  /// The router across a link, which must not lead out of the mesh.
  constexpr int64_t neighbour(int64_t router, Direction direction) const {
    switch (direction) {
    case Direction::East:
      return router + 1;
    case Direction::West:
      return router - 1;
    case Direction::North:
      return router + width;
    case Direction::South:
      break;
    }
    return router - width;
  }
  constexpr int32_t link(MeshPlace from, Direction direction) const {
    return int32_t(router(from) * kDirections + int64_t(direction));
  }
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MESHLINKS_H

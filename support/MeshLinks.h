// MeshLinks: how routers and links of a mesh are numbered, and where a link leads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MESHLINKS_H
#define SYNFIRE_SUPPORT_MESHLINKS_H

#include <cstdint>
#include <optional>

namespace synfire {

enum class Direction { East, West, North, South }; // +x, -x, +y, -y
inline constexpr int kDirections = 4;

/// The router at which a link starts, and the direction in which it leads, from the link's
/// number (see MeshLinks). Precondition: the number is not negative.
inline constexpr int64_t linkRouter(int64_t link) { return link / kDirections; }
inline constexpr Direction linkDirection(int64_t link) { return Direction(link % kDirections); }

inline constexpr bool isVertical(Direction direction) {
  return direction == Direction::North || direction == Direction::South;
}

/// The coordinates of a router; they may lie beyond the edge of the mesh (MeshLinks::holds).
struct MeshPlace {
  int64_t x = 0, y = 0;

  bool operator==(const MeshPlace &) const = default;

  /// The neighbouring place in `direction`.
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

/// Dimension-order (XY) routing: the direction of the next link on the way from `here` to
/// `target`, along x until the columns agree and then along y; nothing when both are the same
/// place. The mapper and the simulated network both use this one function.
constexpr std::optional<Direction> dimensionOrderStep(MeshPlace here, MeshPlace target) {
  if (target.x != here.x)
    return target.x > here.x ? Direction::East : Direction::West;
  if (target.y != here.y)
    return target.y > here.y ? Direction::North : Direction::South;
  return std::nullopt;
}

/// How the routers and links of one mesh of width x height routers are numbered. The router at
/// (x, y) has number x + y * width. The link that leaves it in a direction has number
/// router * 4 + Direction. Every router has four link numbers; at the edge of the mesh, some of
/// them stand for links that do not exist. Whether a path is allowed is checked elsewhere.
struct MeshLinks {
  int64_t width = 1, height = 1;

  constexpr int64_t routers() const { return width * height; }
  /// Whether `link` is a link number of one of the routers; it may lead over the edge.
  constexpr bool isLink(int64_t link) const { return link >= 0 && linkRouter(link) < routers(); }
  constexpr bool holds(MeshPlace place) const {
    return place.x >= 0 && place.x < width && place.y >= 0 && place.y < height;
  }
  constexpr int64_t router(MeshPlace place) const { return place.x + place.y * width; }
  constexpr MeshPlace place(int64_t router) const { return {router % width, router / width}; }
  /// The router at the far end of the link that leaves `router` in `direction`. Precondition:
  /// that link does not lead over the edge.
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

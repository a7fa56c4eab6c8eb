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

  /// The neighbouring place in `direction`, which may lie beyond the edge.
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

/// How the routers and links of one mesh or torus of width x height routers are numbered, and where
/// its links lead. The router at (x, y) has number x + y * width. The link that leaves it in a
/// direction has number router * 4 + Direction. Every router has four link numbers; at the edge of
/// a mesh, some of them stand for links that do not exist. On a torus they stand for the wrap
/// links, which lead to the opposite edge; a side of 1 or 2 tiles has none, since they would join
/// tiles that are neighbours already.
struct MeshLinks {
  int64_t width = 1, height = 1;
  bool torus = false;

  constexpr int64_t routers() const { return width * height; }
  /// Whether `link` is a link number of one of the routers; it may lead over the edge.
  constexpr bool isLink(int64_t link) const { return link >= 0 && linkRouter(link) < routers(); }
  constexpr bool holds(MeshPlace place) const {
    return place.x >= 0 && place.x < width && place.y >= 0 && place.y < height;
  }
  constexpr int64_t router(MeshPlace place) const { return place.x + place.y * width; }
  constexpr MeshPlace place(int64_t router) const { return {router % width, router / width}; }
  constexpr int32_t link(MeshPlace from, Direction direction) const {
    return int32_t(router(from) * kDirections + int64_t(direction));
  }

  /// Whether the rows (East, West) or columns (North, South) are rings, closed by wrap links.
  constexpr bool wraps(Direction direction) const {
    return torus && (isVertical(direction) ? height : width) >= 3;
  }
  constexpr bool hasRings() const { return wraps(Direction::East) || wraps(Direction::North); }
  /// The place at the far end of the link that leaves `from`, a place of the mesh, in `direction`;
  /// nothing where there is no such link.
  constexpr std::optional<MeshPlace> next(MeshPlace from, Direction direction) const {
    const MeshPlace to = from.next(direction);
    if (holds(to))
      return to;
    if (!wraps(direction))
      return std::nullopt;
    return MeshPlace{(to.x + width) % width, (to.y + height) % height};
  }
  /// Whether `link`, a link number, is a wrap link.
  constexpr bool isWrap(int64_t link) const {
    return wraps(linkDirection(link)) && !holds(place(linkRouter(link)).next(linkDirection(link)));
  }
  /// The router at the far end of the link that leaves `router` in `direction`. Precondition:
  /// that link exists.
  constexpr int64_t neighbour(int64_t router, Direction direction) const {
    if (torus)
      return this->router(next(place(router), direction).value_or(MeshPlace{}));
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

  /// The links along x and along y from one place to another, each positive towards East or North.
  /// On a ring they are those of the shorter way; of two ways of equal length, those of the way
  /// without a wrap link.
  constexpr MeshPlace offset(MeshPlace from, MeshPlace to) const {
    return {offset(to.x - from.x, width, wraps(Direction::East)),
            offset(to.y - from.y, height, wraps(Direction::North))};
  }
  /// Dimension-order (XY) routing: the direction of the next link on the way from `here` to
  /// `target`, along x until the columns agree and then along y, each the shorter way (offset());
  /// nothing when both are the same place. The mapper and the simulated network both use this one
  /// function.
  constexpr std::optional<Direction> step(MeshPlace here, MeshPlace target) const {
    const MeshPlace way = offset(here, target);
    if (way.x != 0)
      return way.x > 0 ? Direction::East : Direction::West;
    if (way.y != 0)
      return way.y > 0 ? Direction::North : Direction::South;
    return std::nullopt;
  }
  /// The number of links of a shortest path between two places, when none is faulty.
  constexpr int64_t distance(MeshPlace from, MeshPlace to) const {
    const MeshPlace way = offset(from, to);
    return (way.x < 0 ? -way.x : way.x) + (way.y < 0 ? -way.y : way.y);
  }

private:
  static constexpr int64_t offset(int64_t direct, int64_t side, bool ring) {
    if (!ring || 2 * (direct < 0 ? -direct : direct) <= side)
      return direct;
    return direct > 0 ? direct - side : direct + side;
  }
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MESHLINKS_H

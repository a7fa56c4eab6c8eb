// MeshPaths: dimension order, and the channels that a path takes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MeshPaths.h"

namespace synfire {

std::vector<int32_t> dimensionOrderPath(const MeshLinks &mesh, MeshPlace from, MeshPlace to) {
  std::vector<int32_t> links;
  while (const std::optional<Direction> step = mesh.step(from, to)) {
    links.push_back(mesh.link(from, *step));
    from = mesh.next(from, *step).value_or(to);
  }
  return links;
}

bool isDimensionOrder(const MeshLinks &mesh, MeshPlace from, MeshPlace to,
                      std::span<const int32_t> path) {
  for (int32_t link : path) {
    const std::optional<Direction> step = mesh.step(from, to);
    if (!step || link != mesh.link(from, *step))
      return false;
    from = mesh.next(from, *step).value_or(to);
  }
  return from == to;
}

bool wrapAhead(const MeshLinks &mesh, std::span<const int32_t> path, size_t i) {
  const Direction direction = linkDirection(path[i]);
  if (!mesh.wraps(direction))
    return false;
  for (; i < path.size() && linkDirection(path[i]) == direction; ++i)
    if (mesh.isWrap(path[i]))
      return true;
  return false;
}

int32_t channelOf(const MeshLinks &mesh, std::span<const int32_t> path, size_t i) {
  return path[i] * 2 + (wrapAhead(mesh, path, i) ? 0 : 1);
}

} // namespace synfire

// MeshNames: what messages call the cores and links of a mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MeshNames.h"

#include "support/Message.h"

namespace synfire {

std::string coreName(int64_t chip, MeshPlace tile, int64_t core) {
  std::string name = message("core ", core, " of tile (", tile.x, ", ", tile.y, ")");
  if (chip != 0)
    name += message(" on chip ", chip);
  return name;
}

std::string tileName(MeshPlace tile) { return message("tile (", tile.x, ", ", tile.y, ")"); }

std::string linkName(int64_t link, const MeshLinks &mesh) {
  if (!mesh.isLink(link))
    return message("link ", link);
  const Direction direction = linkDirection(link);
  const MeshPlace from = mesh.place(linkRouter(link));
  const MeshPlace to = mesh.next(from, direction).value_or(from.next(direction));
  return message("link (", from.x, ", ", from.y, ") -> (", to.x, ", ", to.y, ")");
}

} // namespace synfire

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

std::string linkName(int64_t link, const MeshLinks &mesh) {
  if (!mesh.isLink(link))
    return message("link ", link);
  const MeshPlace from = mesh.place(linkRouter(link)), to = from.next(linkDirection(link));
  return message("link (", from.x, ", ", from.y, ") -> (", to.x, ", ", to.y, ")");
}

} // namespace synfire

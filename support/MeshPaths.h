// MeshPaths: the links that lead from one tile of a mesh to another.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MESHPATHS_H
#define SYNFIRE_SUPPORT_MESHPATHS_H

#include "support/MeshLinks.h"

#include <cstddef>
#include <span>
#include <vector>

namespace synfire {

/// The links of the dimension-order path (MeshLinks::step) from one tile to another, in order.
/// Empty when both are the same tile.
std::vector<int32_t> dimensionOrderPath(const MeshLinks &mesh, MeshPlace from, MeshPlace to);

/// Whether `path` is the dimension-order path between two tiles.
bool isDimensionOrder(const MeshLinks &mesh, MeshPlace from, MeshPlace to,
                      std::span<const int32_t> path);

/// Whether a packet on its way along `path` takes links[i] before or over a wrap link: the straight
/// run of links to which path[i] belongs has a wrap link at i or later. Precondition: the links
/// are link numbers of the mesh.
///
/// On a ring a packet uses one half of the virtual channels of a link as long as this is so, and
/// the other half from then on. Thus no ring of packets can wait for each other: a wait along a
/// ring in the first half ends at the wrap link, and one in the second half never crosses it (the
/// dateline of Dally and Seitz, IEEE Trans. Computers C-36, 1987).
bool wrapAhead(const MeshLinks &mesh, std::span<const int32_t> path, size_t i);

/// The number of the channel that a packet takes at path[i], a vertex of the channel dependency
/// graph: link * 2 + 1, or link * 2 where wrapAhead().
int32_t channelOf(const MeshLinks &mesh, std::span<const int32_t> path, size_t i);
/// The link of a channel.
inline int32_t channelLink(int32_t channel) { return channel / 2; }

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MESHPATHS_H

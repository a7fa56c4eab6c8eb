// ChannelDependencies: proof that a set of routes cannot deadlock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_CHANNELDEPENDENCIES_H
#define SYNFIRE_PASSES_MAPPING_CHANNELDEPENDENCIES_H

#include "support/MeshLinks.h"

#include <vector>

namespace synfire::mapping {

/// Returns a cycle in the channel dependency graph of these paths, as links, or an empty vector
/// when it has none. A path is a list of links in the order in which a packet crosses them. The
/// graph has a vertex per channel, which is a link, or on a ring one of the two halves of its
/// virtual channels (channelOf()), and an arc from each channel of a path to the next one, for
/// which a packet on the first may have to wait. In the result each link waits for the next, and
/// the last for the first. Without a cycle wormhole routing cannot deadlock (Dally and Seitz, IEEE
/// Trans. Computers C-36, 1987, theorem 1). Precondition: the paths consist of link numbers.
std::vector<int32_t> findDependencyCycle(const MeshLinks &mesh,
                                         const std::vector<const std::vector<int32_t> *> &paths);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_CHANNELDEPENDENCIES_H

// ChannelDependencies: proof that a set of routes cannot deadlock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_CHANNELDEPENDENCIES_H
#define SYNFIRE_PASSES_MAPPING_CHANNELDEPENDENCIES_H

#include <cstdint>
#include <vector>

namespace synfire::mapping {

/// Channels are links, a route makes each of its links wait for the next one.
/// Wormhole routing cannot deadlock if this graph has no cycle (Dally and
/// Seitz, IEEE Trans. Computers C-36, 1987, theorem 1). Returns a cycle of
/// links, each waiting for the next and the last for the first; empty: proven.
std::vector<int32_t> findDependencyCycle(const std::vector<const std::vector<int32_t> *> &paths);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_CHANNELDEPENDENCIES_H

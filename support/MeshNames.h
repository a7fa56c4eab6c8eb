// MeshNames: what messages call the cores and links of a mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MESHNAMES_H
#define SYNFIRE_SUPPORT_MESHNAMES_H

#include "support/MeshLinks.h"

#include <string>

namespace synfire {

/// "core 1 of tile (2, 0)"; on any chip but the first also " on chip 3".
std::string coreName(int64_t chip, MeshPlace tile, int64_t core);

/// "link (0, 0) -> (1, 0)", or "link 99" where the mesh has no such number.
std::string linkName(int64_t link, const MeshLinks &mesh);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MESHNAMES_H

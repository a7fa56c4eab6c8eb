// MeshNames: what messages call the cores and links of a mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MESHNAMES_H
#define SYNFIRE_SUPPORT_MESHNAMES_H

#include "support/MeshLinks.h"

#include <array>
#include <string>

namespace synfire {

/// The names of the directions, in the order of Direction, as programs and chip files spell them.
inline constexpr std::array<const char *, kDirections> kDirectionNames{"east", "west", "north",
                                                                       "south"};

/// The name of a core in messages: "core 1 of tile (2, 0)", with " on chip 3" behind it when
/// `chip` is not 0.
std::string coreName(int64_t chip, MeshPlace tile, int64_t core);

/// The name of a tile in messages: "tile (2, 0)".
std::string tileName(MeshPlace tile);

/// The name of a link in messages: "link (0, 0) -> (1, 0)", or "link 99" when the mesh has no
/// router of that link. A link over the edge of a mesh leads to the place beyond it.
std::string linkName(int64_t link, const MeshLinks &mesh);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MESHNAMES_H

// Board: the cores of a target, their capacities and their mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_BOARD_H
#define SYNFIRE_PASSES_MAPPING_BOARD_H

#include "passes/mapping/Resources.h"
#include "support/MeshLinks.h"

#include <cstdint>
#include <vector>

namespace synfire {
struct ChipModel;
}

namespace synfire::mapping {

/// A core by its place, and what it has of each resource.
struct Core {
  int32_t chip = 0, x = 0, y = 0, core = 0; ///< core: within the tile
  Amounts capacity;

  MeshPlace place() const { return {x, y}; }
};

/// One chip's mesh or torus; routers and links are numbered as in support/MeshLinks.h.
struct Board {
  int width = 1, height = 1;
  int hostX = 0, hostY = 0; ///< tile whose router the host's port hangs on
  std::vector<Core> cores;
  bool torus = false;
  std::vector<int32_t> faultyLinks = {}; ///< links that no path may take, ascending

  MeshLinks links() const { return {width, height, torus}; }
  MeshPlace hostPlace() const { return {hostX, hostY}; }
  bool isFaulty(int32_t link) const;

  /// The index in `cores` of the core at this place, -1 when the board has none. Precondition:
  /// `cores` are in makeBoard's order.
  int coreAt(int64_t chip, int64_t x, int64_t y, int64_t core) const;
  /// Links between the tiles of two cores, and between the host's tile and that of a core, when no
  /// link is faulty.
  int hops(const Core &a, const Core &b) const;
  int hopsFromHost(const Core &core) const;
};

/// All cores of chip 0 that are not faulty, in (chip, y, x, core) order.
Board makeBoard(const ChipModel &chip);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_BOARD_H

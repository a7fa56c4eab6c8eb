// Board: made from a chip model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Board.h"
#include "targets/ChipModel.h"

#include <algorithm>
#include <tuple>

namespace synfire::mapping {

int Board::coreAt(int64_t chip, int64_t x, int64_t y, int64_t core) const {
  using Place = std::tuple<int64_t, int64_t, int64_t, int64_t>;
  const Place wanted(chip, y, x, core);
  auto place = [](const Core &c) { return Place(c.chip, c.y, c.x, c.core); };
  auto found = std::lower_bound(cores.begin(), cores.end(), wanted,
                                [&](const Core &c, const Place &end) { return place(c) < end; });
  return found != cores.end() && place(*found) == wanted ? static_cast<int>(found - cores.begin())
                                                         : -1;
}

bool Board::isFaulty(int32_t link) const {
  return std::binary_search(faultyLinks.begin(), faultyLinks.end(), link);
}

int Board::hops(const Core &a, const Core &b) const {
  return static_cast<int>(links().distance(a.place(), b.place()));
}

int Board::hopsFromHost(const Core &core) const {
  return static_cast<int>(links().distance(hostPlace(), core.place()));
}

Board makeBoard(const ChipModel &chip) {
  Board board;
  board.width = chip.mesh.width;
  board.height = chip.mesh.height;
  board.hostX = chip.host.portX;
  board.hostY = chip.host.portY;
  board.torus = chip.mesh.topology == Topology::Torus;
  board.faultyLinks = chip.mesh.faultyLinkNumbers();
  Amounts capacity;
  capacity[Resource::Neurons] = chip.core.neurons;
  capacity[Resource::SynapseMemory] = chip.core.synapseMemoryBits;
  capacity[Resource::AxonIn] = chip.core.axonInEntries;
  capacity[Resource::AxonOut] = chip.core.axonOutEntries;
  for (int y = 0; y < board.height; ++y)
    for (int x = 0; x < board.width; ++x)
      for (int core = 0; core < chip.mesh.coresPerTile; ++core)
        if (!chip.mesh.isFaulty(x, y, core))
          board.cores.push_back({0, x, y, core, capacity});
  return board;
}

} // namespace synfire::mapping

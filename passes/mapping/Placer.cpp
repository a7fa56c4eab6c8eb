// Placer: the list of all placers. A new one is named here.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Placer.h"

namespace synfire::mapping {

const std::vector<const Placer *> &placers() {
  static const std::vector<const Placer *> all = {&greedySnakePlacer()};
  return all;
}

const Placer *findPlacer(std::string_view name) {
  for (const Placer *placer : placers())
    if (placer->name() == name)
      return placer;
  return nullptr;
}

} // namespace synfire::mapping

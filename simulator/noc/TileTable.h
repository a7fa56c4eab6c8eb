// TileTable: the tiles of a mesh, made when traffic first reaches them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_TILETABLE_H
#define SYNFIRE_SIMULATOR_NOC_TILETABLE_H

#include "simulator/noc/MeshGeometry.h"

#include <memory>
#include <vector>

namespace synfire::sim {

/// A router and the interfaces that hang on it, for each tile that was asked for, so that a mesh of
/// a million tiles costs what its traffic uses. Tiles stay until the table goes. `RouterUnit` is
/// made from (config, geometry, number), `InterfaceUnit` from (config, number); both may refer to
/// the configuration and the geometry, which must outlive the table.
template <class RouterUnit, class InterfaceUnit> class TileTable {
public:
  struct Tile {
    RouterUnit router;
    std::vector<InterfaceUnit> interfaces; ///< by local port
    bool touched = false;                  ///< whether it was used since the run began
  };

  TileTable(const NocConfig &config, const MeshGeometry &geometry)
      : config(config), geometry(geometry), tiles(geometry.routers()) {}

  /// The tile of a router, which is made if this is the first time.
  Tile &operator[](int router) {
    std::unique_ptr<Tile> &tile = tiles[router];
    if (!tile) [[unlikely]] {
      tile = std::make_unique<Tile>(RouterUnit(config, geometry, router));
      for (int port = 0; port < config.localPorts; ++port)
        tile->interfaces.emplace_back(config, router * config.localPorts + port);
    }
    return *tile;
  }
  /// The interface with the number router * localPorts + port.
  InterfaceUnit &interface(int number) {
    return (*this)[number / config.localPorts].interfaces[number % config.localPorts];
  }

  /// The router, whose tile will be made as new after the run.
  RouterUnit &touch(int router) {
    Tile &tile = (*this)[router];
    if (!tile.touched) {
      tile.touched = true;
      touchedRouters.push_back(router);
    }
    return tile.router;
  }
  /// Makes all touched tiles as new, so that no run depends on an earlier one. Throws NocDefect
  /// where a router still holds flits.
  void renew() {
    for (int32_t router : touchedRouters) {
      Tile &tile = *tiles[router];
      if (!tile.router.empty())
        throw NocDefect("router " + std::to_string(router) +
                        " holds flits after the last packet has left");
      tile.router.reset();
      for (InterfaceUnit &interface : tile.interfaces)
        interface.reset();
      tile.touched = false;
    }
    touchedRouters.clear();
  }

private:
  const NocConfig &config;
  const MeshGeometry &geometry;
  std::vector<std::unique_ptr<Tile>> tiles; // by router, null until it is used
  std::vector<int32_t> touchedRouters;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_TILETABLE_H

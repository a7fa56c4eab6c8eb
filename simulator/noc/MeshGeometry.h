// MeshGeometry: routers, ports and XY routes of the mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_MESHGEOMETRY_H
#define SYNFIRE_SIMULATOR_NOC_MESHGEOMETRY_H

#include "simulator/noc/Noc.h"

#include <cstdint>
#include <vector>

namespace synfire::sim {

/// The ports of a router: first the four links in the order of Direction, then the local ports. An
/// input port is named after the side of the router on which it lies: flits that travel west arrive
/// at the input port East.
inline constexpr int kFirstLocalPort = kDirections;

/// Limits of the network. Masks of ports and of virtual channels have 32 bits.
inline constexpr int kMaxLocalPorts = 32 - kDirections;
inline constexpr int kMaxVirtualChannels = 32;
inline constexpr int kMaxMeshSide = 4096;
inline constexpr int kMaxBufferFlits = (1 << 15) - 1;
inline constexpr int kMaxPacketFlits = (1 << 30) - 1;

/// The port at the other end of the link behind a link port.
inline int oppositePort(int direction) { return direction ^ 1; }

/// The routers of a mesh and the XY routes between them.
class MeshGeometry {
public:
  explicit MeshGeometry(const NocConfig &config)
      : mesh{config.width, config.height}, localPorts(config.localPorts),
        places(static_cast<size_t>(mesh.routers())) {
    for (size_t router = 0; router < places.size(); ++router) {
      const MeshPlace place = mesh.place(static_cast<int64_t>(router));
      places[router] = {static_cast<int16_t>(place.x), static_cast<int16_t>(place.y)};
    }
  }

  int routers() const { return static_cast<int>(places.size()); }
  int ports() const { return kFirstLocalPort + localPorts; }

  /// The router at the far end of a link. Precondition: the link does not lead over the edge.
  /// Throws NocDefect when `direction` is not one of the four.
  int neighbour(int router, int direction) const {
    if (direction < 0 || direction >= kDirections)
      throw NocDefect("no link in direction " + std::to_string(direction));
    return static_cast<int>(mesh.neighbour(router, static_cast<Direction>(direction)));
  }

  /// The output port through which a flit at `router` goes on to port `targetPort` of
  /// `targetRouter`: the link of dimensionOrderStep(), or a local port at the target.
  int route(int router, int targetRouter, int targetPort) const {
    const std::optional<Direction> step =
        dimensionOrderStep(places[router].wide(), places[targetRouter].wide());
    return step ? static_cast<int>(*step) : kFirstLocalPort + targetPort;
  }

private:
  struct Place {
    int16_t x, y;
    MeshPlace wide() const { return {x, y}; }
  };
  MeshLinks mesh;
  int localPorts;
  std::vector<Place> places;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_MESHGEOMETRY_H

// MeshGeometry: routers, ports and routes of the mesh or torus.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_MESHGEOMETRY_H
#define SYNFIRE_SIMULATOR_NOC_MESHGEOMETRY_H

#include "simulator/noc/Noc.h"
#include "simulator/noc/VirtualChannel.h"
#include "support/MeshPaths.h"

#include <algorithm>
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

/// The routers of a mesh or torus and the routes between them.
class MeshGeometry {
public:
  explicit MeshGeometry(const NocConfig &config)
      : mesh{config.width, config.height, config.torus}, localPorts(config.localPorts),
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

  /// The way of a packet through a router: an output port, and the virtual channels of it that the
  /// packet may take.
  struct Way {
    int output;
    ChannelSet channels;
  };
  /// The way of a packet that has come to `router` by the port `input`: the next link of its path,
  /// or a local port at the target.
  Way route(int router, int input, const NocPacket &packet) const {
    if (!packet.links.empty()) [[unlikely]]
      return routeAlong(router, input, packet);
    const MeshPlace here = places[router].wide(), target = places[packet.targetRouter].wide();
    const std::optional<Direction> step = mesh.step(here, target);
    if (!step)
      return {kFirstLocalPort + packet.targetPort, ChannelSet::All};
    return {static_cast<int>(*step),
            mesh.wraps(*step) ? half(wrapsBetween(*step, here, target)) : ChannelSet::All};
  }

private:
  static ChannelSet half(bool wrapAhead) {
    return wrapAhead ? ChannelSet::First : ChannelSet::Second;
  }
  /// Whether the way in a direction from `here` to the target's column or row takes a wrap link.
  static bool wrapsBetween(Direction direction, MeshPlace here, MeshPlace target) {
    const int64_t way = isVertical(direction) ? target.y - here.y : target.x - here.x;
    const bool ascending = direction == Direction::East || direction == Direction::North;
    return ascending ? way < 0 : way > 0;
  }
  /// The way of a packet that has its links given.
  Way routeAlong(int router, int input, const NocPacket &packet) const {
    const std::span<const int32_t> links = packet.links;
    size_t next = 0;
    if (input < kFirstLocalPort) {
      const int32_t before = neighbour(router, input) * kDirections + oppositePort(input);
      next = static_cast<size_t>(std::ranges::find(links, before) - links.begin()) + 1;
    }
    if (next >= links.size())
      return {kFirstLocalPort + packet.targetPort, ChannelSet::All};
    const Direction direction = linkDirection(links[next]);
    return {static_cast<int>(direction),
            mesh.wraps(direction) ? half(wrapAhead(mesh, links, next)) : ChannelSet::All};
  }

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

// The rules that a network configuration and its packets must obey.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/MeshGeometry.h"
#include "simulator/noc/Noc.h"
#include "support/MeshNames.h"
#include "support/Message.h"

#include <limits>
#include <set>

namespace synfire::sim {
namespace {

/// Returns a message when `value` is not in low..high; otherwise an empty string.
std::string outside(const char *name, int64_t value, int64_t low, int64_t high) {
  if (value >= low && value <= high)
    return {};
  return message(name, ": ", needsHas(message(low, " to ", high), value));
}

/// The largest ready time (26 days) and the longest single delay (18 s), in ps. With these limits
/// every sum of times fits int64.
constexpr int64_t kMaxReadyPs = int64_t{1} << 61;
constexpr int64_t kMaxStepPs = int64_t{1} << 44;

bool fits(const NocConfig &config, int routers, const NocPacket &packet) {
  auto below = [](int32_t value, int limit) {
    return static_cast<uint32_t>(value) < static_cast<uint32_t>(limit);
  };
  return packet.readyPs >= 0 && packet.readyPs <= kMaxReadyPs &&
         below(packet.sourceRouter, routers) && below(packet.targetRouter, routers) &&
         below(packet.sourcePort, config.localPorts) &&
         below(packet.targetPort, config.localPorts) && packet.flits >= 1 &&
         packet.flits <= kMaxPacketFlits;
}

/// Whether the links of a packet lead from its source to its target, each at most once.
std::string pathObjection(const NocConfig &config, const NocPacket &packet) {
  const MeshLinks mesh{config.width, config.height, config.torus};
  MeshPlace place = mesh.place(packet.sourceRouter);
  std::set<int32_t> taken;
  for (int32_t link : packet.links) {
    if (!mesh.isLink(link) || linkRouter(link) != mesh.router(place) ||
        !mesh.next(place, linkDirection(link)))
      return message("path: has ", linkName(link, mesh), " at ", tileName(place));
    if (!taken.insert(link).second)
      return message("path: has ", linkName(link, mesh), " twice");
    place = *mesh.next(place, linkDirection(link));
  }
  if (mesh.router(place) != packet.targetRouter)
    return message("path: ", needsHas(message("an end at router ", packet.targetRouter),
                                      message("one at ", mesh.router(place))));
  return {};
}

std::string objection(const NocConfig &config, const NocPacket &packet) {
  int64_t lastRouter = int64_t{config.width} * config.height - 1;
  struct Rule {
    const char *name;
    int64_t value, low, high;
  };
  for (const Rule &rule : {Rule{"ready time in ps", packet.readyPs, 0, kMaxReadyPs},
                           Rule{"source router", packet.sourceRouter, 0, lastRouter},
                           Rule{"target router", packet.targetRouter, 0, lastRouter},
                           Rule{"source port", packet.sourcePort, 0, config.localPorts - 1},
                           Rule{"target port", packet.targetPort, 0, config.localPorts - 1},
                           Rule{"flits", packet.flits, 1, kMaxPacketFlits}})
    if (std::string error = outside(rule.name, rule.value, rule.low, rule.high); !error.empty())
      return error;
  return {};
}

} // namespace

std::string validate(const NocConfig &config) {
  struct Rule {
    const char *name;
    int64_t value, low, high;
  };
  for (const Rule &rule : {Rule{"mesh width", config.width, 1, kMaxMeshSide},
                           Rule{"mesh height", config.height, 1, kMaxMeshSide},
                           Rule{"local ports per router", config.localPorts, 1, kMaxLocalPorts},
                           Rule{"virtual channels", config.virtualChannels, 1, kMaxVirtualChannels},
                           Rule{"buffer flits", config.bufferFlits, 1, kMaxBufferFlits},
                           Rule{"clock period in ps", config.periodPs, 0, kMaxStepPs},
                           Rule{"router stages", config.routerStages, 1, 4},
                           Rule{"link time in ps", config.linkPs, 0, kMaxStepPs},
                           Rule{"injection time in ps", config.injectPs, 0, kMaxStepPs},
                           Rule{"ejection time in ps", config.ejectPs, 0, kMaxStepPs},
                           Rule{"hop time east in ps", config.hopPs[0], 0, kMaxStepPs},
                           Rule{"hop time west in ps", config.hopPs[1], 0, kMaxStepPs},
                           Rule{"hop time north in ps", config.hopPs[2], 0, kMaxStepPs},
                           Rule{"hop time south in ps", config.hopPs[3], 0, kMaxStepPs}})
    if (std::string error = outside(rule.name, rule.value, rule.low, rule.high); !error.empty())
      return error;
  if (MeshLinks{config.width, config.height, config.torus}.hasRings() && config.virtualChannels < 2)
    return "virtual channels: " + needsHas("at least 2 on a torus", config.virtualChannels);
  return {};
}

std::string validate(const NocConfig &config, const std::vector<NocPacket> &packets) {
  if (packets.size() > size_t{std::numeric_limits<int32_t>::max()})
    return "more packets in one run of the network than 2^31 - 1";
  int routers = config.width * config.height;
  for (size_t i = 0; i < packets.size(); ++i) {
    if (!fits(config, routers, packets[i]))
      return "packet " + std::to_string(i) + ": " + objection(config, packets[i]);
    if (packets[i].links.empty()) [[likely]]
      continue;
    if (std::string error = pathObjection(config, packets[i]); !error.empty())
      return "packet " + std::to_string(i) + ": " + error;
  }
  return {};
}

} // namespace synfire::sim

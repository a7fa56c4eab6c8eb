// Noc: the interface between the timing engine and a model of the network on chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_NOC_H
#define SYNFIRE_SIMULATOR_NOC_NOC_H

#include "targets/ChipModel.h"

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace synfire::sim {

/// The properties of a mesh or torus on which the network model depends. Each router has
/// `localPorts` network interfaces: one for each core of the tile, and one that the host uses on
/// its tile.
struct NocConfig {
  int width = 1, height = 1;
  bool torus = false; ///< whether wrap links close rows and columns to rings (support/MeshLinks.h)
  int localPorts = 1;
  int virtualChannels = 1;                  ///< at least 2 where there are rings
  int bufferFlits = 8;                      ///< per input port and virtual channel
  int64_t periodPs = 0;                     ///< 0: clockless
  int routerStages = 4;                     ///< clocked: cycles from arrival to link entry
  int64_t linkPs = 0;                       ///< clocked: link traversal
  std::array<int64_t, kDirections> hopPs{}; ///< clockless: router and link
  int64_t injectPs = 0, ejectPs = 0;        ///< interface occupancy per packet
};

/// A packet to be delivered. Times are in ps since the start of the tick; the router at (x, y) has
/// the number x + y * width, and ports are local ports from 0 on.
struct NocPacket {
  int64_t readyPs = 0; ///< the time from which its interface may send it
  int32_t sourceRouter = 0, sourcePort = 0;
  int32_t targetRouter = 0, targetPort = 0;
  int32_t flits = 1;
  int64_t arrivalPs = -1; ///< result: the time at which its tail has left the network
  /// The links of its path from the source to the target router, in order, each once; empty:
  /// dimension order (MeshLinks::step). The network holds no proof that given paths cannot
  /// deadlock. What the span refers to must live as long as the packet.
  std::span<const int32_t> links = {};
};

/// The traffic of one or more runs of the network, counted by its routers and interfaces.
struct NocCounters {
  int64_t injectedPackets = 0, ejectedPackets = 0;
  int64_t flitHops = 0;           ///< link crossings of flits
  int64_t lastArrivalPs = 0;      ///< the largest NocPacket::arrivalPs
  std::vector<int64_t> linkFlits; ///< by link number (support/MeshLinks.h): flits that crossed it
};

/// The event that a flit has won an output port of a router, for tests and traces. Output ports
/// below kDirections are links; the others are local ports.
struct FlitCrossing {
  int64_t timePs = 0; ///< with a clock: the start of the cycle of switch allocation
  int32_t router = 0, outputPort = 0, virtualChannel = 0;
  int32_t packet = 0; ///< index of the packet in the vector of the run
  int32_t flit = 0;   ///< index of the flit in the packet
};
using CrossingObserver = std::function<void(const FlitCrossing &)>;

/// Thrown when the network reaches a state that its design excludes, which is a defect of Synfire
/// and not of the input.
class NocDefect : public std::logic_error {
  using std::logic_error::logic_error;
};

/// Returns a message about the first rule that `config` breaks; empty when a network can be built.
std::string validate(const NocConfig &config);
/// Returns a message about the first packet that does not fit `config`; empty when all fit.
std::string validate(const NocConfig &config, const std::vector<NocPacket> &packets);

/// A model of the network. An instance keeps its buffers between calls and is used by one thread.
class Noc {
public:
  virtual ~Noc() = default;
  /// Delivers all packets through a network that is empty at the start and at the end, sets the
  /// `arrivalPs` of each, and adds the traffic to `counters`. The packets of one interface
  /// (sourceRouter, sourcePort) enter in the order of `readyPs`, and those with equal `readyPs` in
  /// the order of the vector. The result does not depend on earlier calls. Throws
  /// std::invalid_argument for packets that `validate` refuses, and NocDefect when no flit can move
  /// while packets are in the network.
  virtual void deliver(std::vector<NocPacket> &packets, NocCounters &counters) = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_NOC_H

// Noc: the contract between the timing engine and a network-on-chip model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_NOC_H
#define SYNFIRE_SIMULATOR_NOC_NOC_H

#include "targets/ChipModel.h"

#include <array>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace synfire::sim {

/// The mesh as the network sees it. `localPorts` network interfaces hang on
/// each router: one per core of the tile, plus one for the host on its tile.
struct NocConfig {
  int width = 1, height = 1;
  int localPorts = 1;
  int virtualChannels = 1;
  int bufferFlits = 8;                      ///< per input port and virtual channel
  int64_t periodPs = 0;                     ///< 0: clockless
  int routerStages = 4;                     ///< clocked: cycles from arrival to link entry
  int64_t linkPs = 0;                       ///< clocked: link traversal
  std::array<int64_t, kDirections> hopPs{}; ///< clockless: router and link
  int64_t injectPs = 0, ejectPs = 0;        ///< interface occupancy per packet
};

/// A packet to be delivered. Times are relative to the start of the tick.
struct NocPacket {
  int64_t readyPs = 0; ///< when the source offers it
  int32_t sourceRouter = 0, sourcePort = 0;
  int32_t targetRouter = 0, targetPort = 0; ///< router = x + y * width
  int32_t flits = 1;
  int64_t arrivalPs = -1; ///< out: its tail has left the network
};

/// Traffic counters of one run of the network, independent of packet records.
struct NocCounters {
  int64_t injectedPackets = 0, ejectedPackets = 0;
  int64_t flitHops = 0; ///< link crossings of flits, counted at the routers
  int64_t lastArrivalPs = 0;
  std::vector<int64_t> linkFlits; ///< [router * kDirections + direction]
};

/// A flit that has won an output port of a router: a link (outputPort <
/// kDirections) or, from kDirections on, a local port. For tests and traces.
struct FlitCrossing {
  int64_t timePs = 0; ///< clocked: start of the cycle of switch allocation
  int32_t router = 0, outputPort = 0, virtualChannel = 0;
  int32_t packet = 0, flit = 0; ///< index into the packets, flit of the packet
};
using CrossingObserver = std::function<void(const FlitCrossing &)>;

/// A state that the network cannot reach by design: a defect of Synfire, never
/// the user's fault.
class NocDefect : public std::logic_error {
  using std::logic_error::logic_error;
};

/// First violated rule of `config` as a message, empty when it can be built.
std::string validate(const NocConfig &config);

/// First packet that does not fit `config` as a message, empty when all do.
std::string validate(const NocConfig &config, const std::vector<NocPacket> &packets);

/// Delivers all packets (the network is empty before and after). Packets of
/// one (sourceRouter, sourcePort) enter in the order of `readyPs`, ties in
/// vector order. Adds to `counters`; fills `arrivalPs`. Deterministic.
/// An instance keeps its buffers between calls and is used by one thread; no
/// call depends on an earlier one (arbitration starts afresh each time).
/// Throws std::invalid_argument for packets that violate `validate`.
class Noc {
public:
  virtual ~Noc() = default;
  virtual void deliver(std::vector<NocPacket> &packets, NocCounters &counters) = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_NOC_H

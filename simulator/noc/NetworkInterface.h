// NetworkInterface: the unit through which packets enter and leave a clocked mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_NETWORKINTERFACE_H
#define SYNFIRE_SIMULATOR_NOC_NETWORKINTERFACE_H

#include "simulator/noc/Router.h"
#include "simulator/noc/SourceQueues.h"

namespace synfire::sim {

/// Sends one packet after the other: each occupies the interface for the injection
/// time, then its flits leave, one per cycle, through the next virtual channel in turn
/// that has room when the head is sent. Takes every flit that arrives, so that it never
/// blocks the network; the packets that have arrived whole occupy it one after the
/// other for the ejection time.
class NetworkInterface {
public:
  NetworkInterface(const NocConfig &config, int index)
      : index(index), router(index / config.localPorts),
        input(kFirstLocalPort + index % config.localPorts), capacity(config.bufferFlits),
        credits(config.virtualChannels) {
    reset();
  }

  /// Sends a flit if there is room for one; the packet at the front of the
  /// queue is ready. Returns the first cycle in which the next flit may leave,
  /// or kNever when it waits for a credit or the queue is empty.
  int64_t step(Links &links, const RunContext &run, const SourceQueues &queues);

  /// The first cycle that does not begin before the packet is ready.
  static int64_t readyCycle(const NocPacket &packet, int64_t periodPs) {
    return (packet.readyPs + periodPs - 1) / periodPs;
  }

  /// A slot of the virtual channel `freed` at the router is free again. Returns whether a flit has
  /// waited for a credit.
  bool receiveCredit(int freed);

  /// A flit has won the output port to this interface.
  void receiveFlit(const Links &links, const RunContext &run, Flit flit);

  void reset();

  SourceQueue queue; ///< what it has to send in this run

private:
  int index, router, input, capacity;
  std::vector<int16_t> credits; // [channel]
  int channel = 0;              // of the packet being sent
  int nextChannel = 0;          // round robin
  uint32_t nextFlit = 0;        // of the packet being sent
  bool begun = false;           // the packet at the front occupies the interface
  bool blocked = false;         // the next flit waits for a credit
  int64_t ejectEnd = 0;         // cycle in which the packets that arrived have left
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_NETWORKINTERFACE_H

// ClocklessInterface: the network interface through which packets enter a mesh without a clock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKLESSINTERFACE_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKLESSINTERFACE_H

#include "simulator/noc/ClocklessRouter.h"
#include "simulator/noc/SourceQueues.h"

namespace synfire::sim {

/// Sends its packets one after the other. A packet occupies the interface for `injectPs`; then its
/// flits enter the router as soon as the router's input queue has room.
class ClocklessInterface {
public:
  ClocklessInterface(const NocConfig &config, int index)
      : config(&config), index(index), input(kFirstLocalPort + index % config.localPorts),
        credits(config.virtualChannels) {
    reset();
  }

  /// Sends everything that can be sent now, and sets an alarm when the next packet or flit has to
  /// wait for a time.
  void step(ClocklessRouter &router, ClocklessEvents &events, const RunContext &run,
            const SourceQueues &queues);
  void receiveCredit(int freed) { ++credits[freed]; }
  void reset();

  SourceQueue queue; ///< what it has to send in this run

private:
  bool begin(ClocklessEvents &events, const RunContext &run, const SourceQueues &queues);
  bool chooseChannel();
  /// Whether the time `due` has come. If not, sets an alarm for it, unless one is set already.
  bool reached(int64_t due, ClocklessEvents &events);

  const NocConfig *config;
  int index, input;
  std::vector<int16_t> credits; // [channel]
  int channel = 0, nextChannel = 0;
  uint32_t nextFlit = 0;
  bool begun = false;   // whether the packet at the front of the queue occupies the interface
  int64_t enterPs = 0;  // the time from which its flits may enter the router
  int64_t alarmPs = -1; // the time of the last alarm that was set
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKLESSINTERFACE_H

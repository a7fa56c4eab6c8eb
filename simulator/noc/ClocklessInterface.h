// ClocklessInterface: where packets enter a mesh without a clock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKLESSINTERFACE_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKLESSINTERFACE_H

#include "simulator/noc/ClocklessRouter.h"
#include "simulator/noc/SourceQueues.h"

namespace synfire::sim {

/// Takes packets one after the other: each occupies the interface for
/// `injectPs`, then its flits enter the router as fast as there is room.
class ClocklessInterface {
public:
  ClocklessInterface(const NocConfig &config, int index)
      : config(&config), index(index), input(kFirstLocalPort + index % config.localPorts),
        credits(config.virtualChannels) {
    reset();
  }

  /// Does all that can be done now, and sets an alarm for what needs time.
  void step(ClocklessRouter &router, ClocklessEvents &events, const RunContext &run,
            const SourceQueues &queues);
  void receiveCredit(int freed) { ++credits[freed]; }
  void reset();

  SourceQueue queue; ///< what it has to send in this run

private:
  bool begin(ClocklessEvents &events, const RunContext &run, const SourceQueues &queues);
  bool chooseChannel();
  /// False, with an alarm set once, while `due` lies ahead.
  bool reached(int64_t due, ClocklessEvents &events);

  const NocConfig *config;
  int index, input;
  std::vector<int16_t> credits; // [channel]
  int channel = 0, nextChannel = 0;
  uint32_t nextFlit = 0;
  bool begun = false;   // the packet at the front occupies the interface
  int64_t enterPs = 0;  // when its first flit may enter
  int64_t alarmPs = -1; // the last alarm set
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKLESSINTERFACE_H

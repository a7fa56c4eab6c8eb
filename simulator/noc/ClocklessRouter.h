// ClocklessRouter: a router whose ports work in their own time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKLESSROUTER_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKLESSROUTER_H

#include "simulator/noc/ClocklessEvents.h"
#include "simulator/noc/MeshGeometry.h"
#include "simulator/noc/RequestMatrix.h"
#include "simulator/noc/RunContext.h"
#include "simulator/noc/VirtualChannel.h"

namespace synfire::sim {

/// Input queues as in Router; each output port serves one flit at a time, the
/// one that arrived at the router first. Nothing happens unless a port is
/// marked: something that its arbiter looks at has changed.
class ClocklessRouter {
public:
  ClocklessRouter(const NocConfig &config, const MeshGeometry &geometry, int index);

  void receiveFlit(int input, int channel, Flit flit, int64_t now, const RunContext &run);
  void receiveCredit(int output, int channel) {
    ++outputChannels[numberOf(output, channel)].credits;
    marked |= bit(output);
  }
  /// The flit at the front of an input channel has reached the far end of its
  /// output port: frees its slot and returns it.
  Flit removeFront(int inputNumber, const RunContext &run);
  void freeOutput(int output) {
    outputs[output].busy = false;
    marked |= bit(output);
  }

  /// Every marked output port takes a flit if it can.
  void arbitrate(ClocklessEvents &events, const RunContext &run);

  bool empty() const;
  void reset();

private:
  struct QueuedFlit {
    Flit flit;
    int64_t arrivedPs; ///< at this router
  };
  struct OutputPort {
    bool busy = false;
    int16_t pointer = 0;                  ///< input number that wins a tie
    uint8_t channelPointer = 0;           ///< first channel to try for a head
    int16_t owner = OutputChannel::kFree; ///< local: input number it belongs to
    int64_t headPs = 0;                   ///< local: when the head won
  };

  int numberOf(int port, int channel) const { return port * channels + channel; }
  Flit front(int number) const { return inputChannels[number].queue.front().flit; }
  void requestOutput(int number, const RunContext &run);
  int chooseChannel(int output) const;
  bool mayLeave(int number, int output) const;
  int chooseInput(int output) const;
  void sendToLink(int number, int output, ClocklessEvents &events, const RunContext &run);
  void sendToInterface(int number, int output, ClocklessEvents &events, const RunContext &run);

  const NocConfig *config;
  const MeshGeometry *geometry;
  int index, ports, channels, capacity;
  std::vector<InputChannel<QueuedFlit>> inputChannels; // [input][channel]
  std::vector<OutputChannel> outputChannels;           // [output][channel]
  std::vector<OutputPort> outputs;
  RequestMatrix requests; // flits at a front that are not moving yet
  uint32_t marked = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKLESSROUTER_H

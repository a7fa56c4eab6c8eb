// ClocklessRouter: a router of a mesh without a clock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKLESSROUTER_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKLESSROUTER_H

#include "simulator/noc/ClocklessEvents.h"
#include "simulator/noc/MeshGeometry.h"
#include "simulator/noc/RequestMatrix.h"
#include "simulator/noc/RunContext.h"
#include "simulator/noc/VirtualChannel.h"

namespace synfire::sim {

/// Has input queues like Router. Each output port serves one flit at a time, and of the waiting
/// flits the one that arrived at the router first. An output port is marked when something has
/// changed on which its choice depends; arbitrate() looks only at marked ports.
class ClocklessRouter {
public:
  ClocklessRouter(const NocConfig &config, const MeshGeometry &geometry, int index);

  /// A flit arrives at time `now` (ps) in the queue of a virtual channel of an input port.
  void receiveFlit(int input, int channel, Flit flit, int64_t now, const RunContext &run);
  /// A slot at the far end of a virtual channel of an output port is free again.
  void receiveCredit(int output, int channel) {
    ++outputChannels[numberOf(output, channel)].credits;
    marked |= bit(output);
  }
  /// Removes and returns the flit at the front of an input queue, after the flit has reached the
  /// far end of its output port.
  Flit removeFront(int inputNumber, const RunContext &run);
  /// An output port can serve the next flit.
  void freeOutput(int output) {
    outputs[output].busy = false;
    marked |= bit(output);
  }

  /// Lets each marked output port that is free choose a flit, and starts the moves of the chosen
  /// flits.
  void arbitrate(ClocklessEvents &events, const RunContext &run);
  /// Whether no queue holds a flit.
  bool empty() const;
  /// Restores the state after construction: empty queues, all credits, all pointers at 0.
  void reset();

private:
  struct QueuedFlit {
    Flit flit;
    int64_t arrivedPs; ///< at this router
  };
  struct OutputPort {
    bool busy = false;
    int16_t pointer = 0;        ///< the input queue from which ties are resolved round robin
    uint8_t channelPointer = 0; ///< the first channel to try for a head
    /// Of a local port: the input queue whose packet has the port, from head to tail.
    int16_t owner = OutputChannel::kFree;
    int64_t headPs = 0; ///< of a local port: the time at which that packet's head won it
  };

  int numberOf(int port, int channel) const { return port * channels + channel; }
  Flit front(int number) const { return inputChannels[number].queue.front().flit; }
  void requestOutput(int number, const RunContext &run);
  int chooseChannel(int output, ChannelSet set) const;
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
  RequestMatrix requests; // input queues whose front flit waits, by the output port it needs
  uint32_t marked = 0;    // bit mask of the marked output ports
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKLESSROUTER_H

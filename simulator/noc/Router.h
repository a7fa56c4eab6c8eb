// Router: an input-queued virtual-channel router of a clocked mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_ROUTER_H
#define SYNFIRE_SIMULATOR_NOC_ROUTER_H

#include "simulator/noc/ChannelAllocator.h"
#include "simulator/noc/Links.h"
#include "simulator/noc/MeshGeometry.h"
#include "simulator/noc/RunContext.h"
#include "simulator/noc/SwitchAllocator.h"
#include "simulator/noc/VirtualChannel.h"

namespace synfire::sim {

class Router {
public:
  Router(const NocConfig &config, const MeshGeometry &geometry, int index);

  /// A flit has arrived at an input port (before `step` of the same cycle).
  void receiveFlit(int input, int channel, Flit flit);

  /// A slot at the far end of an output port is free again. Returns true when
  /// a flit waited for it.
  bool receiveCredit(int output, int channel);

  /// One cycle of the pipeline. Calls `ejected(localPort, flit)` for flits that
  /// won a local output port.
  template <class Ejected> void step(Links &links, const RunContext &run, Ejected &&ejected) {
    // Oldest work first: a stage sees what the stage before it left behind in
    // an earlier cycle. Merged stages run in the order of the pipeline.
    switch (links.timing.stages) {
    case 4:
      allocateSwitch(links, run, ejected);
      allocateChannels();
      computeRoutes(*run.packets);
      break;
    case 3:
      allocateSwitch(links, run, ejected);
      computeRoutes(*run.packets);
      allocateChannels();
      break;
    default:
      computeRoutes(*run.packets);
      allocateChannels();
      allocateSwitch(links, run, ejected);
    }
    release();
  }

  /// False when nothing can happen before a flit or a credit arrives.
  bool hasWork() const {
    return newHeadCount || switchAllocator.hasRequests() || channelAllocator.canGrant();
  }

  /// True when no buffer holds a flit.
  bool empty() const;

  /// As constructed: empty, all credits, all pointers at 0.
  void reset();

private:
  int numberOf(int port, int channel) const { return port * channels + channel; }
  Flit front(int number) const { return inputChannels[number].queue.front(); }

  /// RC: the heads that came to the front of their channel.
  void computeRoutes(const std::vector<NocPacket> &packets);
  /// VA: heads with a route get a virtual channel of their output port.
  void allocateChannels();
  /// SA: flits with a channel and a credit compete for the crossbar.
  template <class Ejected>
  void allocateSwitch(Links &links, const RunContext &run, Ejected &ejected);
  /// ST: a flit that won leaves, its slot and its credit are booked.
  template <class Ejected>
  void traverseSwitch(Links &links, const RunContext &run, int input, int channel, int output,
                      Ejected &ejected);
  /// What tails leave behind, to be seen from the next cycle on.
  void release();

  void startRouting(int number) {
    inputChannels[number].state = ChannelState::Routing;
    newHeads[newHeadCount++] = static_cast<int16_t>(number);
  }
  bool requestSwitchIfReady(int number);

  const MeshGeometry *geometry;
  int index, ports, channels, capacity, localPorts;
  std::vector<InputChannel<Flit>> inputChannels; // [input][channel]
  std::vector<OutputChannel> outputChannels;     // [output][channel]
  ChannelAllocator channelAllocator;
  SwitchAllocator switchAllocator;
  std::vector<int16_t> newHeads, tailsGone; // input channel numbers
  int newHeadCount = 0, tailsGoneCount = 0;
};

template <class Ejected>
void Router::allocateSwitch(Links &links, const RunContext &run, Ejected &ejected) {
  switchAllocator.allocate([&](int input, int channel, int output) {
    traverseSwitch(links, run, input, channel, output, ejected);
  });
}

template <class Ejected>
void Router::traverseSwitch(Links &links, const RunContext &run, int input, int channel, int output,
                            Ejected &ejected) {
  int number = numberOf(input, channel);
  InputChannel<Flit> &from = inputChannels[number];
  OutputChannel &to = outputChannels[numberOf(output, from.outputChannel)];
  Flit flit = front(number);
  from.queue.pop();

  if (run.observer) [[unlikely]]
    (*run.observer)({links.now * run.periodPs, index, output, from.outputChannel, flit.packet,
                     static_cast<int32_t>(flit.index)});

  if (output < kFirstLocalPort) {
    --to.credits;
    run.countHop(index, output);
    links.flits.push(links.now + links.timing.hop(),
                     {geometry->neighbour(index, output),
                      static_cast<uint8_t>(oppositePort(output)), from.outputChannel, flit});
  } else {
    ejected(output - kFirstLocalPort, flit);
  }

  CreditInFlight credit{index, 0, static_cast<uint8_t>(channel)};
  if (input < kFirstLocalPort) {
    credit.router = geometry->neighbour(index, input);
    credit.port = static_cast<uint8_t>(oppositePort(input));
    links.credits.push(links.now + links.timing.credit(), credit);
  } else {
    credit.router = index * localPorts + input - kFirstLocalPort;
    links.localCredits.push(links.now + links.timing.localCredit(), credit);
  }

  if (flit.tail)
    tailsGone[tailsGoneCount++] = static_cast<int16_t>(number);
  if (flit.tail || from.queue.empty() || to.credits == 0)
    switchAllocator.matrix().remove(output, input, channel);
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_ROUTER_H

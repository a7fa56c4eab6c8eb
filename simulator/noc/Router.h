// Router: a router of a clocked mesh, with a queue for each virtual channel of an input port.
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

/// The pipeline of README.md, "With a clock": route computation (RC), virtual-channel allocation
/// (VA), switch allocation (SA) and switch traversal (ST).
class Router {
public:
  /// `geometry` must outlive the router; `index` is the router's number.
  Router(const NocConfig &config, const MeshGeometry &geometry, int index);

  /// A flit arrives at a virtual channel of an input port. Called before `step` of the same cycle.
  void receiveFlit(int input, int channel, Flit flit);
  /// A slot at the far end of a virtual channel of an output port is free again. Returns whether a
  /// flit has waited for it.
  bool receiveCredit(int output, int channel);
  /// Does one cycle of the pipeline. Calls `ejected(localPort, flit)` for each flit that wins a
  /// local output port.
  template <class Ejected> void step(Links &links, const RunContext &run, Ejected &&ejected) {
    // Later stages run first, so that each stage works on what the stage before it has done in an
    // earlier cycle. Stages that share a cycle run in the order of the pipeline.
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

  /// Whether the next cycle can change something without the arrival of a flit or a credit.
  bool hasWork() const {
    return newHeadCount || switchAllocator.hasRequests() || channelAllocator.canGrant();
  }

  /// Whether no queue holds a flit.
  bool empty() const;
  /// Restores the state after construction: empty queues, all credits, all pointers at 0.
  void reset();

private:
  int numberOf(int port, int channel) const { return port * channels + channel; }
  Flit front(int number) const { return inputChannels[number].queue.front(); }

  /// RC: finds the output port of each head that has come to the front of its queue.
  void computeRoutes(const std::vector<NocPacket> &packets);
  /// VA: assigns virtual channels of the output ports to heads whose output port is known.
  void allocateChannels();
  /// SA: chooses which flits, of those with a virtual channel and a credit, cross the switch.
  template <class Ejected>
  void allocateSwitch(Links &links, const RunContext &run, Ejected &ejected);
  /// ST: sends a flit that has won to its output port, and a credit for its slot to its sender.
  template <class Ejected>
  void traverseSwitch(Links &links, const RunContext &run, int input, int channel, int output,
                      Ejected &ejected);
  /// Frees the output channels of packets whose tail has left in this cycle and starts the routing
  /// of the packets behind them; allocators see both from the next cycle on.
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
  std::vector<int16_t> newHeads, tailsGone; // numbers of input queues (numberOf)
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

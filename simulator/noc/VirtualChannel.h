// VirtualChannel: the two ends of a virtual channel, as their ports see them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H
#define SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H

#include "simulator/noc/Flit.h"

namespace synfire::sim {

/// What the packet at the front of an input virtual channel is doing.
enum class ChannelState : uint8_t { Idle, Routing, Waiting, Active };

/// A virtual channel of an input port: a queue of flits and, from channel
/// allocation to the tail, the way of the packet at its front.
template <class Entry> struct InputChannel {
  FlitQueue<Entry> queue;
  ChannelState state = ChannelState::Idle;
  uint8_t output = 0, outputChannel = 0;

  void reset() {
    queue.clear();
    state = ChannelState::Idle;
    output = outputChannel = 0;
  }
};

/// A virtual channel of an output port, as its sender books it.
struct OutputChannel {
  int16_t credits = 0;   ///< free slots at the far end
  int16_t owner = kFree; ///< input * channels + channel that sends through it

  static constexpr int16_t kFree = -1;
  /// Credits of a local port: never 0, never counted.
  static constexpr int16_t kUnlimited = -1;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H

// VirtualChannel: the state that an input port and an output port keep of a virtual channel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H
#define SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H

#include "simulator/noc/Flit.h"

namespace synfire::sim {

/// The state of the packet at the front of an input queue: there is none, its head needs an output
/// port, its head waits for a virtual channel, or it has one and its flits may leave.
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

/// A virtual channel of an output port.
struct OutputChannel {
  int16_t credits = 0;   ///< free slots in the queue at the far end of the link
  int16_t owner = kFree; ///< number of the input queue whose packet uses the channel
  static constexpr int16_t kFree = -1;
  /// The value of `credits` at a local port, whose interface accepts every flit.
  static constexpr int16_t kUnlimited = -1;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H

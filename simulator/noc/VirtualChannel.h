// VirtualChannel: the state that an input port and an output port keep of a virtual channel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H
#define SYNFIRE_SIMULATOR_NOC_VIRTUALCHANNEL_H

#include "simulator/noc/Flit.h"
#include "simulator/noc/Masks.h"

namespace synfire::sim {

/// The virtual channels of an output port that a packet may take: on a ring, the first half as long
/// as a wrap link lies before it there, then the second half, so that no ring of packets can wait
/// for each other (wrapAhead()); everywhere else, all.
enum class ChannelSet : uint8_t { All, First, Second };
inline constexpr int kChannelSets = 3;

/// The mask of the channels of a set. Of an odd number the second half has one more.
inline constexpr uint32_t channelMask(ChannelSet set, int channels) {
  const uint32_t all = channels < 32 ? bit(channels) - 1 : ~uint32_t{0};
  const uint32_t first = bit(channels / 2) - 1;
  return set == ChannelSet::All ? all : set == ChannelSet::First ? first : all & ~first;
}

/// The state of the packet at the front of an input queue: there is none, its head needs an output
/// port, its head waits for a virtual channel, or it has one and its flits may leave.
enum class ChannelState : uint8_t { Idle, Routing, Waiting, Active };

/// A virtual channel of an input port: a queue of flits and, from channel
/// allocation to the tail, the way of the packet at its front.
template <class Entry> struct InputChannel {
  FlitQueue<Entry> queue;
  ChannelState state = ChannelState::Idle;
  uint8_t output = 0, outputChannel = 0;
  ChannelSet channels = ChannelSet::All; ///< of which outputChannel is or will be one

  void reset() {
    queue.clear();
    state = ChannelState::Idle;
    output = outputChannel = 0;
    channels = ChannelSet::All;
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

// ChannelAllocator: assigns free virtual channels of output ports to waiting packets.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CHANNELALLOCATOR_H
#define SYNFIRE_SIMULATOR_NOC_CHANNELALLOCATOR_H

#include "simulator/noc/RequestMatrix.h"
#include "simulator/noc/VirtualChannel.h"

#include <array>

namespace synfire::sim {

/// One iteration of iSLIP (see SwitchAllocator.h) between input virtual channels, numbered
/// input * channels + channel, and free output virtual channels, numbered
/// output * channels + channel. The head flit of a waiting packet requests all free channels of a
/// set of one output port, so the output ports can be handled one after the other. On a link of a
/// ring all heads request one of the halves, elsewhere all request all, so the sets of a port can
/// be handled one after the other, too.
class ChannelAllocator {
public:
  ChannelAllocator(int ports, int channels)
      : ports(ports), channels(channels),
        requests{RequestMatrix(ports), RequestMatrix(ports), RequestMatrix(ports)},
        masks{channelMask(ChannelSet::All, channels), channelMask(ChannelSet::First, channels),
              channelMask(ChannelSet::Second, channels)},
        freeChannels(ports), grantPointer(ports * channels), acceptPointer(ports * channels) {
    reset();
  }

  /// The requests for the channels of a set.
  RequestMatrix &matrix(ChannelSet set) { return requests[static_cast<size_t>(set)]; }
  bool canGrant() const {
    for (int set = 0; set < kChannelSets; ++set)
      if (grantable(set))
        return true;
    return false;
  }

  void release(int output, int channel) {
    freeChannels[output] |= bit(channel);
    freeOutputs |= bit(output);
  }

  /// Makes the matches of one cycle, outputs ascending and at most one per head: removes each from
  /// the requests and its output channel from the free channels, and then calls
  /// `win(input, channel, output, outputChannel)`, which must not change the requests.
  /// Precondition: at most 32 ports and 32 channels.
  template <class Win> void allocate(Win &&win) {
    for (int set = 0; set < kChannelSets; ++set)
      forEachBit(grantable(set), [&](int output) { allocate(set, output, win); });
  }

  void reset() {
    for (RequestMatrix &set : requests)
      set.clear();
    std::fill(freeChannels.begin(), freeChannels.end(), masks[0]);
    freeOutputs = ports < 32 ? bit(ports) - 1 : ~uint32_t{0};
    std::fill(grantPointer.begin(), grantPointer.end(), Place{0, 0});
    std::fill(acceptPointer.begin(), acceptPointer.end(), Place{0, 0});
  }

private:
  /// A virtual channel of a port. The round-robin order goes through the channels of a port, then
  /// on to the next port.
  struct Place {
    uint8_t port, channel;
    bool operator==(const Place &) const = default;
  };

  /// The mask of the output ports that are requested and have a free channel of the set.
  uint32_t grantable(int set) const {
    uint32_t outputs = requests[set].outputs() & freeOutputs;
    if (set != 0)
      forEachBit(outputs, [&](int output) {
        if (!(freeChannels[output] & masks[set]))
          outputs &= ~bit(output);
      });
    return outputs;
  }

  Place after(Place place) const {
    if (place.channel + 1 < channels)
      return {place.port, static_cast<uint8_t>(place.channel + 1)};
    return {static_cast<uint8_t>(nextInRound(place.port, ports)), 0};
  }

  /// The first head that requests `output`, in round-robin order from `start`.
  static Place firstRequest(const RequestMatrix &requests, int ports, int output, Place start) {
    uint32_t inputs = requests.inputs(output);
    if (inputs & bit(start.port)) {
      uint32_t mask = requests.channels(output, start.port);
      if (uint32_t later = mask >> start.channel << start.channel)
        return {start.port, static_cast<uint8_t>(firstBit(later))};
    }
    int port = firstBitFrom(inputs, nextInRound(start.port, ports));
    return {static_cast<uint8_t>(port),
            static_cast<uint8_t>(firstBit(requests.channels(output, port)))};
  }

  template <class Win> void allocate(int set, int output, Win &win) {
    RequestMatrix &requests = this->requests[set];
    const uint32_t free = freeChannels[output] & masks[set];
    std::array<Place, 32> heads; // the heads to which a channel has granted
    std::array<uint32_t, 32> grants;
    int granted = 0;
    if (requests.isSingle(output)) { // the usual case: every free channel grants to this head
      heads[0] = firstRequest(requests, ports, output, {0, 0});
      grants[0] = free;
      granted = 1;
    } else {
      forEachBit(free, [&](int channel) {
        Place head =
            firstRequest(requests, ports, output, grantPointer[output * channels + channel]);
        int i = 0;
        while (i < granted && heads[i] != head)
          ++i;
        if (i == granted) {
          heads[granted] = head;
          grants[granted++] = 0;
        }
        grants[i] |= bit(channel);
      });
    }
    for (int i = 0; i < granted; ++i) {
      Place head = heads[i];
      Place &pointer = acceptPointer[head.port * channels + head.channel];
      int channel = firstBitFrom(grants[i], pointer.port == output ? pointer.channel : 0);
      Place taken{static_cast<uint8_t>(output), static_cast<uint8_t>(channel)};
      pointer = after(taken);
      grantPointer[output * channels + channel] = after(head);
      requests.remove(output, head.port, head.channel);
      if (!(freeChannels[output] &= ~bit(channel)))
        freeOutputs &= ~bit(output);
      win(head.port, head.channel, output, channel);
    }
  }

  int ports, channels;
  std::array<RequestMatrix, kChannelSets> requests; ///< by ChannelSet
  std::array<uint32_t, kChannelSets> masks;         ///< by ChannelSet
  std::vector<uint32_t> freeChannels;
  uint32_t freeOutputs = 0;
  std::vector<Place> grantPointer, acceptPointer;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CHANNELALLOCATOR_H

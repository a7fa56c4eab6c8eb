// SwitchAllocator: decides which input port sends a flit to which output port in a cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_SWITCHALLOCATOR_H
#define SYNFIRE_SIMULATOR_NOC_SWITCHALLOCATOR_H

#include "simulator/noc/RequestMatrix.h"

#include <array>

namespace synfire::sim {

/// One iteration of iSLIP (McKeown, IEEE/ACM Trans. Networking 7(2), 1999). Each output port grants
/// to the first input port that requests it, searched round robin from the output's pointer. Each
/// input port accepts the first output port that grants to it, searched from the input's pointer.
/// After a match, both pointers move to the port after the matched one; without a match they stay.
/// Of the virtual channels of the input that request the output, a third round-robin pointer picks
/// one.
class SwitchAllocator {
public:
  SwitchAllocator(int ports, int channels)
      : ports(ports), channels(channels), requests(ports), grantPointer(ports),
        acceptPointer(ports), channelPointer(ports) {}

  RequestMatrix &matrix() { return requests; }
  bool hasRequests() const { return requests.outputs() != 0; }

  /// Calls `win(input, channel, output)` for every match of this cycle. `win` may remove requests
  /// of the input with which it was called, and no others.
  template <class Win> void allocate(Win &&win) {
    std::array<uint32_t, 32> grants; // by input: the outputs that grant to it, if `granted` has it
    uint32_t granted = 0;
    forEachBit(requests.outputs(), [&](int output) {
      int input = firstBitFrom(requests.inputs(output), grantPointer[output]);
      grants[input] = granted & bit(input) ? grants[input] | bit(output) : bit(output);
      granted |= bit(input);
    });
    forEachBit(granted, [&](int input) {
      int output = firstBitFrom(grants[input], acceptPointer[input]);
      int channel = firstBitFrom(requests.channels(output, input), channelPointer[input]);
      grantPointer[output] = nextInRound(input, ports);
      acceptPointer[input] = nextInRound(output, ports);
      channelPointer[input] = nextInRound(channel, channels);
      win(input, channel, output);
    });
  }

  void reset() {
    requests.clear();
    std::fill(grantPointer.begin(), grantPointer.end(), 0);
    std::fill(acceptPointer.begin(), acceptPointer.end(), 0);
    std::fill(channelPointer.begin(), channelPointer.end(), 0);
  }

private:
  int ports, channels;
  RequestMatrix requests;
  std::vector<uint8_t> grantPointer, acceptPointer, channelPointer;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_SWITCHALLOCATOR_H

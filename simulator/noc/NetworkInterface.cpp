// NetworkInterface: sends packets flit by flit and receives them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/NetworkInterface.h"

namespace synfire::sim {

int64_t NetworkInterface::step(Links &links, const RunContext &run, const SourceQueues &queues) {
  if (!begun) {
    begun = true;
    if (links.timing.inject > 0)
      return links.now + links.timing.inject;
  }
  int channels = static_cast<int>(credits.size());
  int32_t packet = queues.front(queue);
  if (nextFlit == 0) {
    channel = nextChannel;
    while (credits[channel] == 0) {
      channel = nextInRound(channel, channels);
      if (channel == nextChannel) {
        blocked = true;
        return kNever;
      }
    }
    nextChannel = nextInRound(channel, channels);
  } else if (credits[channel] == 0) {
    blocked = true;
    return kNever;
  }

  bool tail = nextFlit + 1 == static_cast<uint32_t>((*run.packets)[packet].flits);
  --credits[channel];
  links.injected.push(links.now + links.timing.injection(),
                      {router, static_cast<uint8_t>(input), static_cast<uint8_t>(channel),
                       Flit{packet, nextFlit, tail}});
  ++nextFlit;
  if (!tail)
    return links.now + 1;

  nextFlit = 0;
  begun = false;
  ++run.counters->injectedPackets;
  ++queue.next;
  if (queue.empty())
    return kNever;
  return std::max(links.now + 1, readyCycle((*run.packets)[queues.front(queue)], run.periodPs));
}

bool NetworkInterface::receiveCredit(int freed) {
  ++credits[freed];
  if (!blocked || (nextFlit != 0 && freed != channel))
    return false;
  blocked = false;
  return true;
}

void NetworkInterface::receiveFlit(const Links &links, const RunContext &run, Flit flit) {
  if (!flit.tail)
    return;
  ejectEnd = std::max(ejectEnd, links.now + links.timing.ejection()) + links.timing.eject;
  run.countEjection(flit.packet, ejectEnd * run.periodPs);
}

void NetworkInterface::reset() {
  std::fill(credits.begin(), credits.end(), static_cast<int16_t>(capacity));
  queue = {};
  channel = nextChannel = 0;
  nextFlit = 0;
  begun = blocked = false;
  ejectEnd = 0;
}

} // namespace synfire::sim

// ClocklessInterface: sends the packets of an interface into its router.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/ClocklessInterface.h"

namespace synfire::sim {

bool ClocklessInterface::reached(int64_t due, ClocklessEvents &events) {
  if (due <= events.now)
    return true;
  if (alarmPs != due) {
    alarmPs = due;
    events.alarms.push({due, index, false});
  }
  return false;
}

/// Whether the flits of the packet at the front of the queue may enter the router now. Lets the
/// packet occupy the interface when it has become ready.
bool ClocklessInterface::begin(ClocklessEvents &events, const RunContext &run,
                               const SourceQueues &queues) {
  if (!begun) {
    if (queue.empty() || !reached((*run.packets)[queues.front(queue)].readyPs, events))
      return false;
    begun = true;
    enterPs = events.now + config->injectPs;
  }
  return reached(enterPs, events);
}

/// Chooses the virtual channel for a new packet: the next one, round robin, that has a credit.
/// Returns false when none has.
bool ClocklessInterface::chooseChannel() {
  int channels = static_cast<int>(credits.size());
  for (int tried = 0; tried < channels; ++tried) {
    channel = (nextChannel + tried) % channels;
    if (credits[channel] != 0) {
      nextChannel = nextInRound(channel, channels);
      return true;
    }
  }
  return false;
}

void ClocklessInterface::step(ClocklessRouter &router, ClocklessEvents &events,
                              const RunContext &run, const SourceQueues &queues) {
  while (begin(events, run, queues)) {
    if (nextFlit == 0 ? !chooseChannel() : credits[channel] == 0)
      return;
    int32_t packet = queues.front(queue);
    bool tail = nextFlit + 1 == static_cast<uint32_t>((*run.packets)[packet].flits);
    --credits[channel];
    router.receiveFlit(input, channel, Flit{packet, nextFlit, tail}, events.now, run);
    ++nextFlit;
    if (tail) {
      ++run.counters->injectedPackets;
      ++queue.next;
      nextFlit = 0;
      begun = false;
    }
  }
}

void ClocklessInterface::reset() {
  std::fill(credits.begin(), credits.end(), static_cast<int16_t>(config->bufferFlits));
  queue = {};
  channel = nextChannel = 0;
  nextFlit = 0;
  begun = false;
  enterPs = 0;
  alarmPs = -1;
}

} // namespace synfire::sim

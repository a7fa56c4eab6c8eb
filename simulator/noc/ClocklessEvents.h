// ClocklessEvents: the pending events of a mesh without a clock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKLESSEVENTS_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKLESSEVENTS_H

#include "simulator/noc/DelayLine.h"
#include "simulator/noc/Noc.h"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>

namespace synfire::sim {

/// A flit on its way from the front of an input queue to the far end of the output port that it has
/// won. It occupies its slot in the queue until it has arrived.
struct MovingFlit {
  int32_t router;
  int16_t inputNumber;   ///< input * channels + channel
  uint8_t output;        ///< port
  uint8_t outputChannel; ///< meaningless for a local port
};

/// A time at which an interface can act again, or, with `outputFree`, at which the router's local
/// output port to the interface becomes free.
struct Alarm {
  int64_t due;
  int32_t interface;
  bool outputFree;
  bool operator>(const Alarm &other) const { return due > other.due; }
};

/// All pending events, and the present time in ps.
struct ClocklessEvents {
  /// One queue per direction, because all flits in a direction take the same time; the last queue
  /// is for local ports, which a flit crosses in no time.
  std::array<DelayLine<MovingFlit>, kDirections + 1> moving;
  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms;
  int64_t now = 0;

  int64_t nextDue() const {
    int64_t due = alarms.empty() ? kNever : alarms.top().due;
    for (const DelayLine<MovingFlit> &line : moving)
      due = std::min(due, line.nextDue());
    return due;
  }
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKLESSEVENTS_H

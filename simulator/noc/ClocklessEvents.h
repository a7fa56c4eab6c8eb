// ClocklessEvents: what is under way in a mesh without a clock.
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

/// A flit that moves from the front of an input channel to the far end of the
/// output port that it has won. Its slot stays taken until it is there.
struct MovingFlit {
  int32_t router;
  int16_t inputNumber;   ///< input * channels + channel
  uint8_t output;        ///< port
  uint8_t outputChannel; ///< links only
};

/// A time to look at an interface again, or at which the local output port to
/// it is free.
struct Alarm {
  int64_t due;
  int32_t interface;
  bool outputFree;
  bool operator>(const Alarm &other) const { return due > other.due; }
};

struct ClocklessEvents {
  /// One queue per direction, because all its flits take equally long; the last
  /// is for local ports, which flits cross in no time.
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

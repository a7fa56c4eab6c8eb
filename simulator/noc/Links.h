// Links: flits and credits on their way between the units of a clocked mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_LINKS_H
#define SYNFIRE_SIMULATOR_NOC_LINKS_H

#include "simulator/noc/DelayLine.h"
#include "simulator/noc/Flit.h"
#include "simulator/noc/Noc.h"

#include <algorithm>

namespace synfire::sim {

/// Cycles between the events of a clocked mesh, from its configuration.
struct ClockedTiming {
  explicit ClockedTiming(const NocConfig &config)
      : stages(config.routerStages), link(std::max<int64_t>(1, cycles(config, config.linkPs))),
        inject(cycles(config, config.injectPs)), eject(cycles(config, config.ejectPs)) {}

  /// The local channels between a router and its interfaces.
  static constexpr int64_t kLocal = 1;
  int stages;
  int64_t link;
  int64_t inject, eject; ///< that a packet occupies an interface for

  /// From switch allocation to the arrival at the far end of a link: switch
  /// traversal is a cycle of its own unless the router has one stage.
  int64_t hop() const { return (stages > 1) + link + 1; }
  int64_t ejection() const { return (stages > 1) + kLocal + 1; }
  /// From the cycle in which an interface sends to arrival at its router.
  int64_t injection() const { return kLocal + 1; }
  /// From the cycle in which a slot is freed to the cycle in which the sender
  /// may use the credit: a cycle to send it, the way back, a cycle to book it.
  int64_t credit() const { return link + 2; }
  int64_t localCredit() const { return kLocal + 2; }

private:
  static int64_t cycles(const NocConfig &config, int64_t ps) {
    return config.periodPs == 0 ? 0 : (ps + config.periodPs - 1) / config.periodPs;
  }
};

/// A flit that will arrive at an input port.
struct FlitInFlight {
  int32_t router;
  uint8_t port, channel;
  Flit flit;
};

/// A credit on its way back: to the output port of a router, or, with `router`
/// an interface, to an interface (the port is unused).
struct CreditInFlight {
  int32_t router;
  uint8_t port, channel;
};

/// What a unit of a clocked mesh sees of the run while it works on a cycle.
struct Links {
  explicit Links(const NocConfig &config) : timing(config) {}

  void clear() {
    flits.clear();
    injected.clear();
    credits.clear();
    localCredits.clear();
  }
  int64_t nextDue() const {
    return std::min(
        {flits.nextDue(), injected.nextDue(), credits.nextDue(), localCredits.nextDue()});
  }

  const ClockedTiming timing;
  int64_t now = 0; ///< the cycle
  DelayLine<FlitInFlight> flits, injected;
  DelayLine<CreditInFlight> credits, localCredits;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_LINKS_H

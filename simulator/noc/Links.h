// Links: the flits and credits that are on their way between the units of a clocked mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_LINKS_H
#define SYNFIRE_SIMULATOR_NOC_LINKS_H

#include "simulator/noc/DelayLine.h"
#include "simulator/noc/Flit.h"
#include "simulator/noc/Noc.h"

#include <algorithm>

namespace synfire::sim {

/// The numbers of cycles between events of a clocked mesh, computed from its configuration
/// (README.md, "With a clock").
struct ClockedTiming {
  explicit ClockedTiming(const NocConfig &config)
      : stages(config.routerStages), link(std::max<int64_t>(1, cycles(config, config.linkPs))),
        inject(cycles(config, config.injectPs)), eject(cycles(config, config.ejectPs)) {}

  /// Cycles of a flit or credit on the channel between a router and an interface.
  static constexpr int64_t kLocal = 1;
  int stages;
  int64_t link;
  int64_t inject, eject; ///< that a packet occupies an interface for

  /// Cycles from the switch allocation that a flit wins to its arrival at the far end of the link.
  /// Switch traversal takes a cycle of its own unless the router has one stage.
  int64_t hop() const { return (stages > 1) + link + 1; }
  /// The same for a flit that wins the local port to an interface.
  int64_t ejection() const { return (stages > 1) + kLocal + 1; }
  /// Cycles from the sending of a flit by an interface to its arrival at the router.
  int64_t injection() const { return kLocal + 1; }
  /// Cycles from the freeing of a slot until the sender may use the credit: one to send the credit,
  /// those of the link back, and one to book it.
  int64_t credit() const { return link + 2; }
  /// The same for a credit to an interface.
  int64_t localCredit() const { return kLocal + 2; }

private:
  static int64_t cycles(const NocConfig &config, int64_t ps) {
    return config.periodPs == 0 ? 0 : (ps + config.periodPs - 1) / config.periodPs;
  }
};

/// A flit on its way to a virtual channel of an input port.
struct FlitInFlight {
  int32_t router;
  uint8_t port, channel;
  Flit flit;
};

/// A credit on its way back to a virtual channel of an output port, or to an interface; then
/// `router` is the number of the interface and `port` is not used.
struct CreditInFlight {
  int32_t router;
  uint8_t port, channel;
};

/// The state of a clocked mesh that its units share: the present cycle, and the flits and credits
/// between them. `injected` and `localCredits` are those between interfaces and their routers.
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
  int64_t now = 0; ///< the present cycle
  DelayLine<FlitInFlight> flits, injected;
  DelayLine<CreditInFlight> credits, localCredits;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_LINKS_H

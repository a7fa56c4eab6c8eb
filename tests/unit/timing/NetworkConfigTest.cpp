// TickEngine: what the network is told of its chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/timing/TickEngine.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::sim;

TEST_CASE("the network has the sizes and times of its chip") {
  ChipModel chip;
  chip.mesh = {5, 3, 2};
  chip.clockPeriodPs = 700;
  chip.noc.virtualChannels = 6;
  chip.noc.bufferFlits = 7;
  chip.noc.routerStages = 3;
  chip.noc.linkPs = 1400;
  chip.noc.hopPs = {11, 12, 13, 14};
  chip.noc.injectPs = 2100;
  chip.noc.ejectPs = 2800;
  NocConfig config = networkConfig(chip);
  CHECK((config.width == 5 && config.height == 3));
  CHECK(config.localPorts == 3); // two cores and the host
  CHECK(config.virtualChannels == 6);
  CHECK(config.bufferFlits == 7);
  CHECK(config.periodPs == 700);
  CHECK(config.routerStages == 3);
  CHECK(config.linkPs == 1400);
  CHECK(config.hopPs == std::array<int64_t, 4>{11, 12, 13, 14});
  CHECK((config.injectPs == 2100 && config.ejectPs == 2800));
  chip.clockPeriodPs.reset();
  CHECK(networkConfig(chip).periodPs == 0);
}

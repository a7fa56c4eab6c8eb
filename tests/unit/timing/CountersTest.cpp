// Counters: the check that the views of the counts agree.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/Counters.h"

#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::sim;

TEST_CASE("views of the counts that disagree are told") {
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1}});
  builder.dense(embed, builder.readout("out", {0}, 1.0), {{3}});
  const Program program = builder.finish();
  const Counters good(program);
  CHECK(checkConservation(good) == "");
  const auto told = [&](const char *part, auto &&change) {
    Counters counters = good;
    change(counters);
    CAPTURE(part);
    CHECK(checkConservation(counters).starts_with(part));
  };
  using Counts = Counters &;
  told("axon_in: sum over ops", [](Counts c) { ++c.ops[0].actions[index(Action::AxonIn)]; });
  told("axon_in: sum over cores", [](Counts c) { ++c.cores[0].actions[index(Action::AxonIn)]; });
  told("spikes: sum over ops", [](Counts c) { ++c.ops[0].spikesOut; });
  told("spikes: sum over cores", [](Counts c) { ++c.cores[0].spikesOut; });
  told("packets: sum over ops", [](Counts c) { ++c.ops[0].packets; });
  told("packet hops", [](Counts c) { ++c.ops[0].packetHops; });
  told("packets: sent by cores", [](Counts c) { ++c.cores[0].packetsOut; });
  told("packets: injected", [](Counts c) { ++c.noc.ejectedPackets; });
  told("packets: received by cores", [](Counts c) { ++c.cores[0].packetsIn; });
  told("packets: total", [](Counts c) {
    ++c.ops[0].packets;
    ++c.total.packets;
  });
  told("flit hops: sum over links", [](Counts c) { ++c.noc.flitHops; });
  told("flit hops of a direction", [](Counts c) {
    ++c.noc.linkFlits[0];
    ++c.noc.flitHops;
  });
}

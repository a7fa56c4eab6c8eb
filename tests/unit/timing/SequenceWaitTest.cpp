// SequenceWait: where tokens wait for each other, and for how long.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/SequenceWait.h"

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/host/AttentionKernels.h"
#include "simulator/noc/FlitMesh.h"
#include "simulator/timing/TickEngine.h"
#include "simulator/timing/TimingEngine.h"
#include "simulator/timing/TrafficPlan.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::sim;

namespace {

/// Two steps; a code of 3 bits, which q, k and v (2 columns each, stage 1) and the neurons behind
/// the attention (stage 2) read, then a readout (stage 3).
struct Example {
  explicit Example(bool causal) {
    const int32_t embed = builder.codes({{1, 0, 1}, {0, 1, 1}});
    const int32_t q = builder.neurons("q", 2, 1), k = builder.neurons("k", 2, 1),
                  v = builder.neurons("v", 2, 1), behind = builder.neurons("behind", 2, 3);
    for (const int32_t target : {q, k, v, behind})
      builder.dense(embed, target, {{1, 2}, {2, 1}, {1, 1}});
    builder.attention(q, k, v, behind, {1, 1}, causal);
    builder.dense(behind, builder.readout("out", {0, 0}, 1.0), {{1, 2}, {2, 1}});
    program = builder.finish();
  }

  ProgramBuilder builder{2};
  Program program;
};

ActivityTrace run(const Program &program, const std::vector<int32_t> &tokens) {
  FunctionalEngine engine(program);
  ActivityTrace trace(program);
  REQUIRE(engine.run(tokens, trace) == "");
  return trace;
}

/// The time of the ticks of these tokens and stages, each simulated by itself.
int64_t timeOf(const Program &program, const ActivityTrace &trace, int32_t firstToken,
               int32_t firstStage, int32_t lastStage) {
  const TrafficPlan plan(program);
  Counters counters(program);
  TickEngine engine(program, plan, trace, std::make_unique<FlitMesh>(networkConfig(program.chip)),
                    counters);
  for (int32_t token = firstToken; token < trace.tokens(); ++token)
    for (int32_t step = 0; step < program.timeSteps; ++step)
      for (int32_t stage = firstStage; stage < lastStage; ++stage)
        engine.run(token, step, stage);
  return counters.timePs;
}

} // namespace

TEST_CASE("the first token waits at attention that is not causal for all others") {
  const Example example(false);
  const Program &program = example.program;
  const ActivityTrace trace = run(program, {0, 1, 1});
  const Counters counters = simulateTiming(program, trace, 3, {});
  const std::vector<SequenceWait> waits = sequenceWaits(program, counters, 3);
  REQUIRE(waits.size() == 1);
  REQUIRE(waits[0].ops.size() == 1);
  CHECK(program.ops[waits[0].ops[0]].kind == "self_attention");
  CHECK(waits[0].stage == 2);
  CHECK(waits[0].timePs == timeOf(program, trace, 1, 0, 2));
  CHECK(waits[0].heldBits == (3 + 2) * 2 * 3); // code and queries, two steps, three tokens
  CHECK(sequenceWaits(program, counters, 1).empty());

  const Example causal(true);
  CHECK(sequenceWaits(causal.program, counters, 3).empty());
}

TEST_CASE("a second wait begins where the first one ends") {
  ProgramBuilder builder(2);
  const int32_t embed = builder.codes({{1, 0}, {0, 1}});
  int32_t last = embed;
  for (const char *name : {"a", "b"}) { // each of two stages
    const int32_t x = builder.neurons(std::string(name) + "_x", 2, 1);
    builder.dense(last, x, {{1, 2}, {2, 1}});
    last = builder.neurons(name, 2, 1);
    builder.attention(x, x, x, last, {1, 1}, false);
  }
  builder.dense(last, builder.readout("out", {0}, 1.0), {{1}, {1}});
  const Program program = builder.finish();
  const ActivityTrace trace = run(program, {0, 1, 0, 0});
  const Counters counters = simulateTiming(program, trace, 4, {});
  const std::vector<SequenceWait> waits = sequenceWaits(program, counters, 4);
  REQUIRE(waits.size() == 2);
  CHECK((waits[0].stage == 2 && waits[1].stage == 4));
  CHECK(waits[0].timePs == timeOf(program, trace, 1, 0, 2));
  CHECK(waits[1].timePs == timeOf(program, trace, 1, 2, 4));
}

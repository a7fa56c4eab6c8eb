// ActivityTrace: packing, iteration, growth, identity.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/trace/ActivityTrace.h"

#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

using namespace synfire::sim;

namespace {

/// 70 host wires, 70 graded sums of 2 bits, a readout of 3.
struct TraceFixture {
  ProgramBuilder builder{2, 8};
  Program program;
  int32_t host, sum, logits;

  TraceFixture() {
    host = builder.codes(Matrix(5, std::vector<int32_t>(70, 1)));
    sum = builder.gradedSum("add", 70, 2);
    builder.diagonal(host, sum, std::vector<int32_t>(70, 1));
    logits = builder.readout("head", {0, 0, 0}, 1.0);
    builder.dense(sum, logits, Matrix(70, std::vector<int32_t>(3, 1)));
    program = builder.finish();
  }
};

} // namespace

TEST_CASE_FIXTURE(TraceFixture, "planes are packed 64 columns a word") {
  ActivityTrace trace(program);
  const std::vector<int32_t> ids = {1, 2, 3};
  trace.appendTokens(ids);
  CHECK(trace.tokens() == 3);
  CHECK(trace.wordsPerPlane(sum) == 2);
  CHECK(trace.planes(sum) == 2);
  trace.plane(sum, 1, 1, 0)[0] = uint64_t{1} << 63 | 1;
  trace.plane(sum, 1, 1, 1)[0] = uint64_t{1} << 63;
  trace.plane(sum, 1, 1, 1)[1] = 0b100000;
  CHECK(trace.value(sum, 1, 1, 0) == 1);
  CHECK(trace.value(sum, 1, 1, 63) == 3);
  CHECK(trace.value(sum, 1, 1, 69) == 2);
  CHECK(trace.value(sum, 1, 0, 0) == 0);
  std::vector<std::pair<int32_t, int32_t>> seen;
  trace.forEachSpike(sum, 1, 1, [&](int32_t c, int32_t v) { seen.emplace_back(c, v); });
  CHECK(seen == std::vector<std::pair<int32_t, int32_t>>{{0, 1}, {63, 3}, {69, 2}});
  CHECK(trace.countSpikes(sum, 1, 1) == 3);
  CHECK(trace.countSpikes(sum) == 3);
}

TEST_CASE_FIXTURE(TraceFixture, "growing keeps what is there, truncating forgets the rest") {
  ActivityTrace trace(program);
  const std::vector<int32_t> ids = {1, 2};
  trace.appendTokens(ids);
  trace.plane(host, 1, 0)[0] = 5;
  trace.readout(logits, 1)[2] = -7;
  const ActivityTrace before = trace;
  trace.appendTokens(ids);
  CHECK(trace.countSpikes(host, 2, 0) == 0);
  trace.plane(host, 3, 1)[1] = 1;
  trace.readout(logits, 3)[0] = 1;
  CHECK(trace.readout(logits, 1)[2] == -7);
  CHECK(!(trace == before));
  trace.truncate(2);
  CHECK(trace == before);
  trace.appendTokens(ids);
  CHECK(trace.countSpikes(host, 3, 1) == 0); // what was forgotten does not come back
  CHECK(trace.readout(logits, 3)[0] == 0);
}

TEST_CASE_FIXTURE(TraceFixture, "a trace belongs to its model and its numeric profile") {
  const ActivityTrace trace(program);
  CHECK(trace.mismatch(program).empty());
  Program other = program;
  other.hash ^= 1;
  CHECK(trace.mismatch(other).find("another model") != std::string::npos);
  other = program;
  other.populations[logits].neuron.stateBits = 24;
  CHECK(trace.mismatch(other).find("state bits") != std::string::npos);
}

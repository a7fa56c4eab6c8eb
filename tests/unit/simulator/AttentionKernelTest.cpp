// AttentionKernel: sums and action counts in closed form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/AttentionKernel.h"

#include "simulator/functional/FunctionalEngine.h"
#include "tests/unit/simulator/RandomProgram.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace synfire::sim;

/// Host wires go straight through neurons of threshold 1 to q, k and v, so that
/// the text is the spikes: `codes` of 2 heads x 70 columns, wider than a word.
static Program straight(ProgramBuilder &builder, const Matrix &codes, bool causal) {
  const int32_t columns = static_cast<int32_t>(codes[0].size());
  const int32_t host = builder.codes(codes);
  int32_t qkv[3];
  for (int i = 0; i < 3; ++i) {
    qkv[i] = builder.neurons(std::string(1, "qkv"[i]), columns, 1);
    builder.diagonal(host, qkv[i], std::vector<int32_t>(columns, 1));
  }
  const int32_t target = builder.neurons("att_lif", columns, 1);
  builder.attention(qkv[0], qkv[1], qkv[2], target, 2, causal);
  return builder.finish();
}

TEST_CASE("all ones: A = d, A V = d per visible token") {
  const int32_t d = 70;
  for (bool causal : {true, false}) {
    ProgramBuilder builder(1);
    const Program program = straight(builder, Matrix(1, std::vector<int32_t>(2 * d, 1)), causal);
    REQUIRE(program.validate() == "");
    FunctionalEngine engine(program);
    ActivityTrace trace(program);
    REQUIRE(engine.run(std::vector<int32_t>(5, 0), trace) == "");
    const Attention &attention = program.attentions[0];
    for (int32_t token = 0; token < 5; ++token) {
      const int32_t visible = causal ? token + 1 : 5;
      const HeadColumns head = headColumns(program, attention, 1);
      CHECK(head.first == d);
      CHECK(attentionScore(trace, attention, head, token, 0, 0) == d);
      std::vector<int32_t> sums(d);
      accumulateAttention<int32_t>(trace, attention, head, token, 0, sums);
      CHECK(sums == std::vector<int32_t>(d, d * visible));
      const AttentionWork work = attentionWork(trace, attention, head, token, 0);
      CHECK(work.scoreAccumulates == d * visible);
      CHECK(work.valueAccumulates == d * visible);
    }
  }
}

TEST_CASE("tokens without a common spike cost scores but no values") {
  const int32_t d = 70;
  // Token 0 has the even columns, token 1 the odd ones.
  Matrix codes(2, std::vector<int32_t>(2 * d));
  for (int32_t c = 0; c < 2 * d; ++c)
    codes[c % 2][c] = 1;
  ProgramBuilder builder(1);
  const Program program = straight(builder, codes, true);
  FunctionalEngine engine(program);
  ActivityTrace trace(program);
  REQUIRE(engine.run(std::vector<int32_t>{0, 1, 0, 1}, trace) == "");
  const Attention &attention = program.attentions[0];
  const HeadColumns head = headColumns(program, attention, 0);
  const AttentionWork work = attentionWork(trace, attention, head, 3, 0);
  CHECK(work.scoreAccumulates == (d / 2) * 4); // |q| for each of 4 visible tokens
  CHECK(work.valueAccumulates == 2 * d);       // only tokens 1 and 3 coincide
  std::vector<int32_t> sums(d);
  accumulateAttention<int32_t>(trace, attention, head, 3, 0, sums);
  for (int32_t c = 0; c < d; ++c)
    CHECK(sums[c] == (c % 2 == 1 ? 2 * (d / 2) : 0));
}

// HostExecutor: lookups, codes, and what they refuse.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostExecutor.h"

#include "simulator/functional/FunctionalEngine.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

using namespace synfire::sim;

/// Token codes of 2 columns and position codes of 1, joined; 2 positions.
static Program tokensAndPositions(ProgramBuilder &builder) {
  const int32_t host = builder.codes({{0, 0}, {1, 0}, {1, 1}});
  builder.dense(host, builder.neurons("lif", 1, 5), {{1}, {2}});
  Program p = builder.finish();
  // token -> binarize -> repeat becomes token, position -> binarize -> concat -> repeat
  static const std::vector<float> positions = {-0.0F, -1e-30F};
  HostOp position;
  position.op = 0;
  position.kind = HostOpKind::PositionLookup;
  position.columns = 1;
  position.table = positions;
  position.tableRows = 2;
  HostOp code = p.hostOps[1], concat = p.hostOps[1], repeat = p.hostOps[2];
  code.inputs = {2};
  code.columns = 1;
  concat.kind = HostOpKind::Concat;
  concat.inputs = {1, 3};
  concat.columns = repeat.columns = 3;
  repeat.inputs = {4};
  p.hostOps = {p.hostOps[0], p.hostOps[1], position, code, concat, repeat};
  return p;
}

TEST_CASE("token and position are looked up, binarised at >= and joined") {
  ProgramBuilder builder(2);
  const Program program = tokensAndPositions(builder);
  HostExecutor host(program);
  const auto codeOf = [&](int32_t token, int32_t position) {
    REQUIRE(host.run(token, position) == "");
    const auto values = host.values(5);
    return std::vector<double>(values.begin(), values.end());
  };
  CHECK(codeOf(0, 0) == std::vector<double>{0, 0, 1}); // -0.0 >= 0
  CHECK(codeOf(1, 1) == std::vector<double>{1, 0, 0});
  CHECK(codeOf(2, 0) == std::vector<double>{1, 1, 1});
}

TEST_CASE("ids and positions beyond their table are errors") {
  ProgramBuilder builder(2);
  const Program program = tokensAndPositions(builder);
  HostExecutor host(program);
  CHECK(host.run(3, 0) == "embed.token: token 3 is not in its table of 3 rows");
  CHECK(host.run(0, 2) == "embed.token: position 2 is not in its table of 2 rows");
}

TEST_CASE("integers become reals with one rounding") {
  HostOp op;
  op.scale = {0.5, 1.0 / 3.0};
  CHECK(dequantize(op, std::vector<int64_t>{3, -2}) ==
        std::vector<double>{1.5, -2.0 * (1.0 / 3.0)});
}

TEST_CASE("the host's bits are the same in every time step") {
  ProgramBuilder builder(3);
  const int32_t host = builder.codes({{1, 0, 1}});
  builder.dense(host, builder.neurons("lif", 1, 5), {{1}, {2}, {3}});
  const Program program = builder.finish();
  FunctionalEngine engine(program);
  ActivityTrace trace(program);
  REQUIRE(engine.run(std::vector<int32_t>{0}, trace) == "");
  for (int32_t step = 0; step < 3; ++step)
    CHECK(trace.plane(host, 0, step)[0] == 0b101);
}

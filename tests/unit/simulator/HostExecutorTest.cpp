// HostExecutor: lookups, codes, what it refuses, and stretches between the chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostExecutor.h"

#include "simulator/functional/FunctionalEngine.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

#include <variant>

using namespace synfire::sim;

namespace {

/// Token codes of 2 columns and position codes of 1, joined; 2 positions.
Program tokensAndPositions(ProgramBuilder &builder) {
  const int32_t host = builder.codes({{0, 0}, {1, 0}, {1, 1}});
  builder.dense(host, builder.neurons("lif", 1, 5), {{1}, {2}});
  Program p = builder.finish();
  // token -> binarize -> repeat becomes token, position -> binarize -> concat -> repeat
  auto positions = std::make_shared<host::PositionLookup>();
  positions->table = {-0.0F, -1e-30F};
  positions->rows = 2;
  positions->columns = 1;
  HostOp position;
  position.op = 0;
  position.columns = 1;
  position.kernel = std::move(positions);
  HostOp code = p.hostOps[1], concat = p.hostOps[1], repeat = p.hostOps[2];
  code.inputs = {2};
  code.columns = 1;
  concat.kernel = std::make_shared<host::Concat>();
  concat.inputs = {1, 3};
  concat.columns = repeat.columns = 3;
  repeat.inputs = {4};
  p.hostOps = {p.hostOps[0], p.hostOps[1], position, code, concat, repeat};
  return p;
}

/// Rows of op `index` for the last of `tokens`, or the error.
std::variant<std::vector<double>, std::string> rowsOf(const Program &program, int32_t index,
                                                      const std::vector<int32_t> &tokens) {
  ActivityTrace trace(program);
  trace.appendTokens(tokens);
  HostExecutor host(program);
  synfire::WorkerPool workers(1);
  host.start(0);
  if (std::string error = host.runBefore(index + 1, trace, workers); !error.empty())
    return error;
  const HostRows rows = host.rows(index, static_cast<int32_t>(tokens.size()) - 1, trace);
  return std::vector<double>(rows.begin(), rows.end());
}

} // namespace

TEST_CASE("token and position are looked up, binarised at >= and joined") {
  ProgramBuilder builder(2);
  const Program program = tokensAndPositions(builder);
  const auto codeOf = [&](const std::vector<int32_t> &tokens) {
    return std::get<0>(rowsOf(program, 5, tokens));
  };
  CHECK(codeOf({0}) == std::vector<double>{0, 0, 1, 0, 0, 1}); // -0.0 >= 0
  CHECK(codeOf({0, 1}) == std::vector<double>{1, 0, 0, 1, 0, 0});
  CHECK(codeOf({2}) == std::vector<double>{1, 1, 1, 1, 1, 1});
}

TEST_CASE("ids and positions beyond their table are errors") {
  ProgramBuilder builder(2);
  const Program program = tokensAndPositions(builder);
  CHECK(std::get<1>(rowsOf(program, 5, {3})) ==
        "'embed.token': the table needs a row for token 3, has 3 rows");
  CHECK(std::get<1>(rowsOf(program, 5, {0, 0, 0})) ==
        "'embed.token': the table needs a row for position 2, has 2 rows");
}

TEST_CASE("an id or a position without a code is an error") {
  ProgramBuilder builder(2);
  Program program = tokensAndPositions(builder);
  HostOp code;
  code.op = 0;
  code.columns = 6;
  auto kernel = std::make_shared<host::Code>();
  kernel->source = host::Code::Source::TokenAtPosition;
  kernel->size = 6; // two positions
  kernel->vocabulary = 3;
  code.kernel = std::move(kernel);
  program.hostOps = {code};
  program.populations.clear();
  CHECK(std::get<0>(rowsOf(program, 0, {0, 2})) == std::vector<double>{0, 0, 0, 0, 0, 1});
  CHECK(std::get<1>(rowsOf(program, 0, {0, 0, 1})) ==
        "'embed.token': needs a code for token 1 at position 2, has 6 codes");
  CHECK(std::get<1>(rowsOf(program, 0, {3})) ==
        "'embed.token': needs a code for token 3 at position 0, has 6 codes");
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

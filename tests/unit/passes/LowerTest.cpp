// LowerTest: the constants, projections and weights of one small program, worked out by hand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/PassTestModule.h"

#include "passes/lower/WeightBlocks.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;

namespace {

/// A stream of two channels that counts in 1/127 and in 1/10, and a head that reads `recombined`.
struct Stream : PassTestModule {
  explicit Stream(const std::string &recombined = "concatenate") {
    const std::string rows = recombined == "concatenate" ? "8" : "2";
    REQUIRE_MESSAGE(parse(R"mlir(
func.func @main(%t: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %t, dense<[[1.0, -1.0], [-1.0, 1.0]]> : tensor<2x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("token")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
  %3 = spike.inject %2 : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("stream")
  %4 = spike.linear %2, dense<[[0.25, -1.0], [12.5, 0.5]]> : tensor<2x2xf32>
    bias dense<[0.5, -1.0]> : tensor<2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc")
  %5 = spike.add %3, %4 : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("add")
  %6 = spike.neuron #spike.if<threshold = [1.0]>, %5 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
  %7 = spike.recombine )mlir" +
                          recombined + " %6 : tensor<4x?x2xi1> -> tensor<?x" + rows +
                          R"mlir(xf32> loc("join")
  %8 = spike.linear %7, dense<0.5> : tensor<3x)mlir" +
                          rows + "xf32> : tensor<?x" + rows +
                          R"mlir(xf32> -> tensor<?x3xf32> loc("head")
  return %8 : tensor<?x3xf32>
}
)mlir"),
                    messages);
    REQUIRE_MESSAGE(compile("mesh-16x16"), messages);
  }

  /// The projection that an op is the synapses of.
  chip::ProjectionOp projectionOf(llvm::StringRef op) {
    chip::ProjectionOp found;
    module->walk([&](chip::ProjectionOp projection) {
      if (projection.getOp() == op)
        found = projection;
    });
    REQUIRE(found);
    return found;
  }

  std::vector<int32_t> block(llvm::StringRef op, const BlockShape &shape) {
    std::vector<int32_t> weights;
    REQUIRE(succeeded(WeightBlocks(*module).fill(projectionOf(op), shape, weights)));
    return weights;
  }
};

} // namespace

TEST_CASE("thresholds and biases are in units of their own channel") {
  Stream stream;
  chip::NeuronsOp neurons;
  stream.module->walk([&](chip::NeuronsOp op) {
    if (op.getSymName() == "lif")
      neurons = op;
  });
  REQUIRE(neurons);
  const NeuronConstants &constants = neurons.getModel()->getConstants();
  CHECK(constants.threshold == std::vector<int64_t>{127, 10});
  CHECK(constants.bias == std::vector<int64_t>{64, -10}); // 63.5 goes to the even neighbour
  CHECK(constants.vInit == std::vector<int64_t>{0});
  CHECK(constants.decay == std::vector<int64_t>{1});
  CHECK(constants.shift == std::vector<int64_t>{0});
  CHECK(constants.fractionBits == 0);
}

TEST_CASE("a block has the weights of its rows and columns, in the scales of its columns") {
  Stream stream;
  using Weights = std::vector<int32_t>;
  // By rows: [[0.25 x 127, 12.5 x 10], [-1 x 127, 0.5 x 10]], rounded.
  CHECK(stream.block("fc", {0, 2, 0, 2}) == Weights{32, 125, -127, 5});
  CHECK(stream.block("fc", {0, 2, 1, 1}) == Weights{125, 5});
  CHECK(stream.block("fc", {1, 1, 0, 2}) == Weights{-127, 5});
  CHECK(stream.block("stream", {0, 2, 0, 2}) == Weights{127, 10});
  CHECK(stream.block("stream", {1, 1, 1, 1}) == Weights{10});
}

TEST_CASE("a head reads each step in rows of its own, the last step alone, or all alike") {
  struct Head {
    const char *mode;
    uint64_t rows, rowStride;
    bool lastStepOnly;
  };
  for (const Head &head : {Head{"concatenate", 8, 2, false}, Head{"last", 2, 0, true},
                           Head{"sum", 2, 0, false}, Head{"mean", 2, 0, false}}) {
    CAPTURE(head.mode);
    Stream stream(head.mode);
    chip::ProjectionOp projection = stream.projectionOf("head");
    CHECK(projection.getRows() == head.rows);
    CHECK(projection.getRowStride() == head.rowStride);
    CHECK(projection.getLastStepOnly() == head.lastStepOnly);
    CHECK(projection.getSource() == "lif");
    CHECK(projection.getColumns() == 3);
  }
}

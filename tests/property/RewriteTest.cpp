// RewriteTest: rewrites keep what a module computes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Outcome.h"

#include "passes/Passes.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Transforms/Passes.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

using Passes = std::function<void(OpPassManager &)>;

/// The passes change no spike of an op that is still there and no logit.
std::string keepsResults(Subject &subject, const Passes &passes) {
  Outcome expected = interpret(subject);
  if (!expected.error.empty()) // The rewrite may remove what does not run.
    return "";
  if (!runPasses(subject, passes))
    return "a pass fails: " + subject.errors;
  std::string wrong = difference(expected, interpret(subject));
  return wrong.empty() ? "" : wrong + " after\n" + subject.text();
}

Property keeps(Passes passes) {
  return [passes](Subject &subject) { return keepsResults(subject, passes); };
}

void clean(OpPassManager &manager) {
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
}

/// A pass that is wrong.
struct WrongPass : PassWrapper<WrongPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(WrongPass)
  void runOnOperation() override { raiseThresholds(getOperation()); }
};

} // namespace

TEST_CASE("canonicalising and merging equal ops keep every bit") {
  for (Profile profile : {Profile::Any, Profile::Spiking})
    CHECK(counterexample({.profile = profile}, seedCount(400), keeps(clean)) == "");
}

TEST_CASE("slices and joins that become wiring keep every spike") {
  auto wire = [](OpPassManager &manager) { manager.addPass(createWireSlices()); };
  // Reals of other profiles are summed in another order, and may differ in their last bits.
  CHECK(counterexample({.profile = Profile::Spiking}, seedCount(400), keeps(wire)) == "");
}

TEST_CASE("every shape follows from the tokens, and changes no bit") {
  auto property = [](Subject &subject) {
    Outcome expected = interpret(subject);
    std::vector<int64_t> shape = subject.graph.input.shape;
    int64_t tokens = shape.size() == 1 ? shape[0] : shape[shape.size() - 2];
    if (!runPasses(subject, [&](OpPassManager &m) { m.addPass(createInferShapes({tokens})); }))
      return "a pass fails: " + subject.errors;
    bool known = true;
    subject.graph.module->walk([&](Operation *op) {
      for (Value value : op->getResults())
        known &= cast<RankedTensorType>(value.getType()).hasStaticShape();
    });
    return known ? difference(expected, interpret(subject)) : "a shape is not known";
  };
  for (Profile profile : {Profile::Any, Profile::Spiking})
    CHECK(counterexample({.profile = profile}, seedCount(300), property) == "");
}

TEST_CASE("a rewrite that is wrong is seen") {
  auto wrong =
      keeps([](OpPassManager &manager) { manager.addPass(std::make_unique<WrongPass>()); });
  CHECK(counterexample({.profile = Profile::Spiking}, 20, wrong, false) != "");
}

TEST_CASE("most drawn graphs run") {
  int64_t ran = 0, all = 300;
  for (int64_t seed = 1; seed <= all; ++seed) {
    Choices choices = Choices::fromSeed(static_cast<uint64_t>(seed));
    Subject subject(choices, {});
    ran += interpret(subject).error.empty();
  }
  MESSAGE(ran << " of " << all << " drawn graphs run");
  CHECK(ran > all * 9 / 10);
}

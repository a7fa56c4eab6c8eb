// Outcome: what a module computes, and how two modules differ in it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_OUTCOME_H
#define SYNFIRE_TESTS_PROPERTY_OUTCOME_H

#include "dialect/interpreter/Interpreter.h"
#include "tests/property/Property.h"

#include "mlir/Pass/PassManager.h"

namespace synfire::test {

struct Outcome {
  std::string error; ///< of running it; empty when it ran
  spike::InterpretResult result;
};

Outcome interpret(Subject &subject, const spike::InterpretOptions &options = {});

/// Where two outcomes differ: that one did not run, logits to the bit, spikes
/// of the ops that both have. Empty where they agree.
std::string difference(const Outcome &expected, const Outcome &actual);

/// Runs the passes that `add` adds; false, after errors, when one fails.
bool runPasses(Subject &subject, const std::function<void(mlir::OpPassManager &)> &add);

/// A defect for tests of the tests: every threshold of the module is 1/4
/// higher.
void raiseThresholds(mlir::ModuleOp module);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_OUTCOME_H

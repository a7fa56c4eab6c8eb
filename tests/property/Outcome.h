// Outcome: what a module computes, and how two modules differ in it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_OUTCOME_H
#define SYNFIRE_TESTS_PROPERTY_OUTCOME_H

#include "dialect/interpreter/Interpreter.h"
#include "tests/property/Property.h"

#include "mlir/Pass/PassManager.h"

namespace synfire::test {

struct Outcome {
  std::string error; ///< the error of the run; empty when it succeeded
  spike::InterpretResult result;
};

Outcome interpret(Subject &subject, const spike::InterpretOptions &options = {});

/// Describes the first difference between two outcomes; empty when there is none. Outcomes differ
/// when only one of the runs failed, when a logit differs in any bit, or when the spikes of an op
/// that both have differ.
std::string difference(const Outcome &expected, const Outcome &actual);

/// Runs the passes that `add` adds; false, after errors, when one fails.
bool runPasses(Subject &subject, const std::function<void(mlir::OpPassManager &)> &add);

/// Raises every threshold of the module by 1/4. Tests of the tests use it as a defect that must be
/// found.
void raiseThresholds(mlir::ModuleOp module);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_OUTCOME_H

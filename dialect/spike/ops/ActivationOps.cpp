// ActivationOps: verifiers and folds of activations.
// (C1) and so on are the numbered constraints of ActivationOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

LogicalResult GeluOp::verify() { return success(); }
LogicalResult ReluOp::verify() { return success(); }
LogicalResult ClipFloorOp::verify() { return success(); }
LogicalResult SoftmaxOp::verify() { return success(); }

// SpikeOps: the generated classes of the spike dialect's operations; verifiers and
// folds stand in ops/, by group.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace synfire::spike;

#define GET_OP_CLASSES
#include "dialect/spike/SpikeOps.cpp.inc"

// ChipDialect: registration and attributes of the chip dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/Chip.h"

#include "dialect/spike/Spike.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace synfire::chip;

#include "dialect/chip/ChipDialect.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/chip/ChipAttrs.cpp.inc"

void ChipDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialect/chip/ChipAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/chip/ChipOps.cpp.inc"
      >();
}

// Chip: the chip dialect's classes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_CHIP_CHIP_H
#define SYNFIRE_DIALECT_CHIP_CHIP_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialect/chip/ChipDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/chip/ChipAttrs.h.inc"

#define GET_OP_CLASSES
#include "dialect/chip/ChipOps.h.inc"

#endif // SYNFIRE_DIALECT_CHIP_CHIP_H

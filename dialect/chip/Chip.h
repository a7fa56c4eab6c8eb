// Chip: the chip dialect's classes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_CHIP_CHIP_H
#define SYNFIRE_DIALECT_CHIP_CHIP_H

#include "support/NeuronForm.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "llvm/ADT/Hashing.h"

namespace synfire {

/// For the dialect's attributes, which are unique by value.
inline llvm::hash_code hash_value(const NeuronConstants &neuron) {
  llvm::hash_code hash = 0;
  for (const NeuronScalar &scalar : kNeuronScalars)
    hash = llvm::hash_combine(hash, neuron.*scalar.member);
  for (const NeuronVector &vector : kNeuronVectors)
    hash = llvm::hash_combine(hash, llvm::hash_combine_range(neuron.*vector.member));
  return hash;
}

} // namespace synfire

#include "dialect/chip/ChipDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/chip/ChipAttrs.h.inc"

#define GET_OP_CLASSES
#include "dialect/chip/ChipOps.h.inc"

#endif // SYNFIRE_DIALECT_CHIP_CHIP_H

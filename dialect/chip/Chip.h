// Chip: the chip dialect's classes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_CHIP_CHIP_H
#define SYNFIRE_DIALECT_CHIP_CHIP_H

#include "support/GridWindow.h"
#include "support/HeadGroups.h"
#include "support/NeuronForm.h"
#include "support/WeightForm.h"

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

namespace synfire::chip {

/// The points that an optional attribute names: the first and their number; [0, 1] without it. A
/// list of another length, which no verifier lets pass, has no points.
inline PointRange pointRange(mlir::DenseI64ArrayAttr points) {
  if (!points)
    return {0, 1};
  return points.size() == 2 ? PointRange{points[0], points[1]} : PointRange{0, 0};
}
/// The attribute of these points; null for the one point of a population without a grid.
inline mlir::DenseI64ArrayAttr pointsAttr(mlir::MLIRContext *context, PointRange points) {
  return points == PointRange{0, 1}
             ? nullptr
             : mlir::DenseI64ArrayAttr::get(context, {points.first, points.count});
}

} // namespace synfire::chip

#include "dialect/chip/ChipDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/chip/ChipAttrs.h.inc"

#define GET_OP_CLASSES
#include "dialect/chip/ChipOps.h.inc"

#endif // SYNFIRE_DIALECT_CHIP_CHIP_H

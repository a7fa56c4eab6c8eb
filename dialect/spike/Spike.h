// Spike: the spike dialect's classes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_SPIKE_H
#define SYNFIRE_DIALECT_SPIKE_SPIKE_H

#include "support/GridWindow.h"
#include "support/NeuronForm.h"
#include "support/WeightForm.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TensorEncoding.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialect/spike/SpikeEnums.h.inc"

#include "dialect/spike/SpikeAttrInterfaces.h.inc"
#include "dialect/spike/SpikeDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/spike/SpikeAttrs.h.inc"

#include "dialect/spike/SpikeInterfaces.h.inc" // its methods give attributes

namespace synfire::spike {

/// (C0) of every op: what is read stands before the op (else the message names the
/// edge, and says whether it closes a cycle); all sizes are sane. See SpikeDialect.td.
mlir::LogicalResult verifyChecked(mlir::Operation *op);

template <typename Op>
struct CheckedOperation : public mlir::OpTrait::TraitBase<Op, CheckedOperation> {
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyChecked(op); }
};

/// Of ops that the simulator's host has a kernel for (SpikeOpBase.td).
template <typename Op>
struct HostComputable : public mlir::OpTrait::TraitBase<Op, HostComputable> {};

/// Of ops whose result is the sum of their operands (SpikeOpBase.td).
template <typename Op> struct SumsOperands : public mlir::OpTrait::TraitBase<Op, SumsOperands> {};

/// Of ops that bring values elsewhere and compute none (SpikeOpBase.td).
template <typename Op> struct MovesValues : public mlir::OpTrait::TraitBase<Op, MovesValues> {};

} // namespace synfire::spike

#define GET_OP_CLASSES
#include "dialect/spike/SpikeOps.h.inc"

namespace synfire::spike {

/// The encoding of a quantised tensor type, null for any other type.
FixedAttr getFixedEncoding(mlir::Type type);
/// i1, or uiK with K at most kMaxGradedBits, without encoding.
bool isSpikeType(mlir::Type type);
/// f32 without encoding, or quantised.
bool isCurrentType(mlir::Type type);

/// Most elements of a tensor, N taken as 1 where it is dynamic.
inline constexpr int64_t kMaxElements = int64_t{1} << 40;

/// An upper bound of the values of a spike tensor, at most the maximum of its type. Follows sums,
/// sum pools and ops that pass values on back to spikes that are 0 or 1. It looks at a bounded
/// number of values; those beyond them count as the maximum of their type. Precondition:
/// isSpikeType of the value's type.
uint64_t largestSpike(mlir::Value spikes);

/// "spike.add, spike.batch_norm, ...": every op with the trait HostComputable, for messages.
std::string hostComputableOps(mlir::MLIRContext *context);

/// Name of the op in reports: the name in its location, else its op name.
std::string sourceName(mlir::Operation *op);

inline constexpr llvm::StringLiteral kModelAttrName = "spike.model";
/// f64 in 0..1: share of an op's neurons that fire in a time step; of an attention op, of its
/// scores (key_value_sum: of its products) that are not zero.
inline constexpr llvm::StringLiteral kFiringRateAttrName = "spike.firing_rate";
/// On the entry function: a string, the published architecture that the model is one of
/// (`spikedecoder`). Conventions of counting that are defined for it alone ask for it.
inline constexpr llvm::StringLiteral kArchitectureAttrName = "spike.architecture";
/// On a lookup or position: a unit attribute; the table is a fixed code or was computed, so
/// that its numbers are no parameters of the model.
inline constexpr llvm::StringLiteral kFixedTableAttrName = "spike.fixed_table";

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_SPIKE_H

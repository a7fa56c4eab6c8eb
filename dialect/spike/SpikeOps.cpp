// SpikeOps: the generated classes of the spike dialect's operations, and the check of (C0), which
// all of them have to keep. Their own verifiers and folds are in ops/, by group.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/NumberFormat.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"

#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

/// Checks that every size is known and at least 1, and that their product is not too large. Only
/// the dimension `dynamic`, if it is given, may be `?`.
static LogicalResult verifySizes(Operation *op, const Twine &what, ShapedType type,
                                 std::optional<int64_t> dynamic) {
  SmallVector<int64_t> sizes;
  for (auto [dimension, size] : llvm::enumerate(type.getShape())) {
    if (ShapedType::isDynamic(size) && dynamic == static_cast<int64_t>(dimension))
      continue;
    // (C0)
    if (ShapedType::isDynamic(size) || size < 1)
      return violated(op, "sizes of " + what, describe(type.getShape()),
                      "static sizes of at least 1 (only the tokens N of N, NxD, TxNxD may be ?)");
    sizes.push_back(size);
  }
  if (!productOf(sizes))
    return violated(op, "elements of " + what, describe(type.getShape()), "at most 2^40");
  return success();
}

static LogicalResult verifyTensor(Operation *op, const Twine &what, Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type) // The op's type constraint reports this.
    return success();
  // (C0)
  if (type.getRank() < 1 || type.getRank() > 3)
    return violated(op, "rank of " + what, Twine(type.getRank()), "1 (N), 2 (NxD) or 3 (TxNxD)");
  if (type.getEncoding() && !getFixedEncoding(type))
    return violated(op, "encoding of " + what, text(type.getEncoding()), "none, or #spike.fixed");
  if (failed(verifySizes(op, what, type, type.getRank() == 3 ? 1 : 0)))
    return failure();
  // Lists of numbers per channel, and the columns of a program, are counted with 32 bits.
  if (type.getRank() > 1 && type.getShape().back() > std::numeric_limits<int32_t>::max())
    return violated(op, "channels of " + what, Twine(type.getShape().back()), "at most 2^31 - 1");
  return success();
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

/// Whether `from` reads a result of `to`, directly or through other ops of the block of `to`.
static bool dependsOn(Operation *from, Operation *to) {
  SmallVector<Operation *> open{from};
  SmallPtrSet<Operation *, 16> seen;
  while (!open.empty()) {
    Operation *op = open.pop_back_val();
    if (op == to)
      return true;
    if (!seen.insert(op).second)
      continue;
    op->walk([&](Operation *nested) {
      for (Value operand : nested->getOperands())
        if (Operation *definer = operand.getDefiningOp())
          if (Operation *at = to->getBlock()->findAncestorOpInBlock(*definer))
            open.push_back(at);
    });
  }
  return false;
}

static LogicalResult verifyOrder(Operation *op) {
  for (Value operand : op->getOperands()) {
    Operation *definer = operand.getDefiningOp();
    if (!definer || !op->getBlock())
      continue;
    Operation *reader = definer->getBlock()->findAncestorOpInBlock(*op);
    if (!reader || (definer != reader && definer->isBeforeInBlock(reader)))
      // Either the operand is computed before its reader, or it stands in another block, where
      // MLIR's own check of dominance reports it.
      continue;
    if (!dependsOn(definer, reader))
      return op->emitOpError() << "'" << sourceName(op) << "' reads '" << sourceName(definer)
                               << "', which is computed after it; move it behind";
    return op->emitOpError() << "cycle outside spike.recurrent: '" << sourceName(op) << "' reads '"
                             << sourceName(definer)
                             << "', which depends on it; feed it back through a block argument of "
                                "spike.recurrent, one time step later";
  }
  return success();
}

LogicalResult synfire::spike::verifyChecked(Operation *op) {
  for (auto [index, operand] : llvm::enumerate(op->getOperands()))
    if (failed(verifyTensor(op, "operand #" + Twine(index), operand)))
      return failure();
  for (auto [index, result] : llvm::enumerate(op->getResults()))
    if (failed(verifyTensor(op, "result #" + Twine(index), result)))
      return failure();
  for (NamedAttribute attr : op->getAttrs())
    if (auto weight = dyn_cast<ElementsAttr>(attr.getValue()))
      if (failed(verifySizes(op, attr.getName().getValue(), weight.getShapedType(), std::nullopt)))
        return failure();
  return verifyOrder(op);
}

std::string synfire::spike::hostComputableOps(MLIRContext *context) {
  SmallVector<StringRef> names;
  for (RegisteredOperationName name : context->getRegisteredOperations())
    if (name.hasTrait<HostComputable>())
      names.push_back(name.getStringRef());
  llvm::sort(names);
  return llvm::join(names, ", ");
}

#define GET_OP_CLASSES
#include "dialect/spike/SpikeOps.cpp.inc"

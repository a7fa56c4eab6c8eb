// HostBody: the chip.host of an operation that the host computes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/HostBody.h"

#include "dialect/NamedError.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Checks that the numbers of a tensor attribute are finite, without copying them.
static LogicalResult checkFinite(Operation *op, StringRef name, ElementsAttr values) {
  auto emitError = [&] { return emitNamedError(op) << name << ": "; };
  FailureOr<WeightView> view = WeightView::get(values, emitError);
  if (failed(view))
    return failure();
  int64_t bad = view->firstNonFinite();
  if (bad < 0)
    return success();
  InFlightDiagnostic diag = emitNamedError(op) << name << " [";
  ShapedType type = values.getShapedType();
  if (type.getRank() == 2)
    diag << bad / type.getDimSize(1) << ", " << bad % type.getDimSize(1);
  else
    diag << bad;
  return diag << "]: needs a finite number, has " << (*view)[bad]
              << "; train or export the model again";
}

chip::HostOp synfire::addInputTensor(OpBuilder &builder, StringAttr name, Type type,
                                     int64_t points) {
  Location location = NameLoc::get(name);
  auto host = chip::HostOp::create(builder, location, name, builder.getArrayAttr({}),
                                   /*stage=*/nullptr, builder.getI64IntegerAttr(points));
  OpBuilder body = OpBuilder::atBlockEnd(&host.getBody().emplaceBlock());
  chip::YieldOp::create(body, location, body.getBlock()->addArgument(type, location));
  return host;
}

FailureOr<chip::HostOp> synfire::addHost(OpBuilder &builder, Operation *op, StringAttr name,
                                         ArrayRef<Attribute> inputs, int64_t points) {
  for (NamedAttribute attribute : op->getAttrs())
    if (auto values = dyn_cast<ElementsAttr>(attribute.getValue()))
      if (isa<FloatType>(values.getElementType()) &&
          failed(checkFinite(op, attribute.getName(), values)))
        return failure();
  // The location is the name alone: a program does not keep where the model's file was.
  Location location = NameLoc::get(name);
  auto host = chip::HostOp::create(builder, location, name, builder.getArrayAttr(inputs),
                                   /*stage=*/nullptr, builder.getI64IntegerAttr(points));
  OpBuilder body = OpBuilder::atBlockEnd(&host.getBody().emplaceBlock());
  Operation *copy = op->cloneWithoutRegions();
  for (OpOperand &operand : op->getOpOperands())
    copy->setOperand(operand.getOperandNumber(),
                     body.getBlock()->addArgument(operand.get().getType(), location));
  copy->setLoc(location);
  if (auto read = dyn_cast<spike::DequantizeOp>(copy))
    read.removeStateAttr(); // the integrator that it reads has the width, and checks it
  copy->setDiscardableAttrs(ArrayRef<NamedAttribute>());
  body.insert(copy);
  chip::YieldOp::create(body, location, copy->getResult(0));
  return host;
}

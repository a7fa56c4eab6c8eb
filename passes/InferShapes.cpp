// InferShapes: every shape of a model follows from the number of its tokens.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Passes.h"

#include "dialect/NamedError.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"

namespace synfire {
#define GEN_PASS_DEF_INFERSHAPES
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

namespace {

void setShape(Value value, ArrayRef<int64_t> shape) {
  value.setType(cast<RankedTensorType>(value.getType()).clone(shape));
}

/// Sets the size N of a tensor `N`, `N x D` or `T x N x D` to `tokens` if it is `?`.
void fillTokens(Value value, int64_t tokens) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || type.getRank() < 1 || type.getRank() > 3)
    return;
  SmallVector<int64_t> shape(type.getShape());
  if (int64_t &size = shape[type.getRank() == 3 ? 1 : 0]; ShapedType::isDynamic(size))
    size = tokens;
  setShape(value, shape);
}

bool isStatic(Value value) {
  auto type = dyn_cast<ShapedType>(value.getType());
  return !type || type.hasStaticShape();
}

class InferShapes : public synfire::impl::InferShapesBase<InferShapes> {
  using InferShapesBase::InferShapesBase;

  void runOnOperation() override {
    bool found = false;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (auto model = function->getAttrOfType<ModelAttr>(kModelAttrName)) {
        found = true;
        if (failed(inferFunction(function, model)))
          return signalPassFailure();
      }
    if (!found) {
      getOperation().emitError() << "no function has " << kModelAttrName
                                 << "; mark the one whose shapes follow from its tokens";
      signalPassFailure();
    }
  }

  LogicalResult inferFunction(func::FuncOp function, ModelAttr model) {
    if (function.isExternal())
      return emitModelError(function) << "has no body";
    if (tokens < 1 || tokens > model.getContextLength())
      return emitModelError(function) << "tokens: needs 1 to " << model.getContextLength()
                                      << " (its context), has " << tokens.getValue();
    BlockArgument input = function.getArgument(0);
    fillTokens(input, tokens);
    auto type = cast<RankedTensorType>(input.getType());
    if (int64_t has = type.getDimSize(type.getRank() == 3 ? 1 : 0); has != tokens)
      return emitModelError(function)
             << "tokens: needs " << has << " (those of its input), has " << tokens.getValue();
    for (Block &block : function.getBody())
      if (failed(inferBlock(block)))
        return failure();
    TypeRange results = function.getBody().back().getTerminator()->getOperandTypes();
    function.setType(
        FunctionType::get(&getContext(), function.getBody().getArgumentTypes(), results));
    return success();
  }

  /// Infers the shapes of the ops in their order, so that the operands of an op have theirs before.
  LogicalResult inferBlock(Block &block) {
    for (Operation &op : block) {
      if (auto inference = dyn_cast<ShapeInference>(op))
        setShape(op.getResult(0), inference.inferShape());
      else if (auto recurrent = dyn_cast<RecurrentOp>(op)) {
        if (failed(inferRecurrent(recurrent)))
          return failure();
      } else if (!llvm::all_of(op.getResults(), isStatic))
        return emitNamedError(&op)
               << "'" << op.getName() << "' does not tell the shape of its results";
      // The verifier of the op reports shapes that contradict each other.
      if (!op.hasTrait<OpTrait::IsTerminator>() && failed(verify(&op, /*verifyRecursively=*/false)))
        return failure();
    }
    return success();
  }

  /// A block argument needs its shape before the value that it feeds back has one. That works
  /// because a `?` is always the number of the model's tokens: ops that change the number of tokens
  /// (those on a grid) require a static one.
  LogicalResult inferRecurrent(RecurrentOp op) {
    Block &body = op.getBody().front();
    for (BlockArgument argument : body.getArguments())
      fillTokens(argument, tokens);
    if (failed(inferBlock(body)))
      return failure();
    for (auto [result, yielded] :
         llvm::zip_equal(op.getResults(), body.getTerminator()->getOperands()))
      result.setType(yielded.getType());
    return success();
  }
};

} // namespace

// CurrentWalk: from a neuron's current back to the ops that write it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/CurrentWalk.h"

#include "dialect/NamedError.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

FailureOr<CurrentWriters> synfire::findWriters(Operation *reader, Value current) {
  CurrentWriters writers;
  SmallVector<Value> open = {current}; // A stack, as a recursion could be too deep.
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (op && op->hasTrait<SumsOperands>()) {
      llvm::append_range(open, llvm::reverse(op->getOperands()));
    } else if (auto synapse = dyn_cast_or_null<SynapseLike>(op)) {
      writers.synapses.push_back(synapse);
    } else if (auto integrator = dyn_cast_or_null<IntegratorLike>(op)) {
      open.push_back(integrator.getIntegratorInput());
    } else if (auto attention = dyn_cast_or_null<AttentionLike>(op)) {
      writers.attentions.push_back(attention);
    } else {
      return emitNamedError(reader)
             << "its current comes from " << (op ? quotedName(op) : "an argument")
             << ", which is neither synapses nor attention; a chip cannot "
                "compute it";
    }
  }
  return writers;
}

bool synfire::joinsPoints(Operation *op) {
  auto mixes = dyn_cast_or_null<TokenMixing>(op);
  return mixes && mixes.mixesTokens() && op->hasTrait<MovesValues>();
}

bool synfire::isGridModel(FunctionOpInterface function) {
  return function
      .walk([](Operation *op) {
        auto synapse = dyn_cast<SynapseLike>(op);
        const bool grid = (synapse && synapse.getGridWindow()) || joinsPoints(op);
        return grid ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

Value synfire::integersReadOut(Operation *op) {
  if (op->getNumOperands() != 1 || op->getNumResults() != 1 ||
      !getFixedEncoding(op->getOperand(0).getType()) ||
      !getElementTypeOrSelf(op->getResult(0).getType()).isF32())
    return {};
  return op->getOperand(0);
}

Value synfire::currentReadBy(Operation *op) {
  auto neuron = dyn_cast<NeuronLike>(op);
  if (neuron && getFixedEncoding(neuron.getNeuronInput().getType()))
    return neuron.getNeuronInput();
  Value integers = integersReadOut(op);
  return integers && rankOf(integers) == 3 ? integers : Value();
}

bool synfire::isReadoutItself(Operation *op) {
  if (isa<IntegratorLike>(op))
    return true; // the host reads the membranes, and nothing else does
  return isa<SynapseLike>(op) && op->hasOneUse() && integersReadOut(*op->user_begin()) &&
         rankOf(op->getResult(0)) == 3;
}

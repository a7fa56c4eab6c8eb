// CurrentWalk: from a neuron's current back to the ops that write it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/CurrentWalk.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

FailureOr<CurrentWriters> synfire::findWriters(Operation *reader, Value current) {
  CurrentWriters writers;
  SmallVector<Value> open = {current}; // A stack: a deep stream is a long chain.
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (op && op->hasTrait<SumsOperands>()) {
      llvm::append_range(open, llvm::reverse(op->getOperands()));
    } else if (auto synapse = dyn_cast_or_null<SynapseLike>(op)) {
      writers.synapses.push_back(synapse);
    } else if (auto attention = dyn_cast_or_null<AttentionLike>(op)) {
      writers.attentions.push_back(attention);
    } else {
      return reader->emitError() << sourceName(reader) << ": its current comes from "
                                 << (op ? sourceName(op) : "an argument")
                                 << ", which is neither synapses nor attention; a chip cannot "
                                    "compute it";
    }
  }
  return writers;
}

// EncodingGroups: which currents of a function must share one encoding.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/EncodingGroups.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/IntEqClasses.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

int64_t EncodingGroup::channels() const {
  return cast<RankedTensorType>(currents.front().getType()).getShape().back();
}

namespace {

bool isReal(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getElementType().isF32();
}

/// Whether an op has an integer form that writes currents.
bool writesCurrent(Operation *op) {
  return isa<SynapseLike, AttentionLike>(op) || (isa<AddOp>(op) && isReal(op->getResult(0)));
}

LogicalResult checkWriter(Operation *op) {
  if (auto synapse = dyn_cast<SynapseLike>(op)) {
    Value input = synapse.getSynapseInput();
    if (isReal(input) && !input.getDefiningOp<RecombineOp>())
      return op->emitError() << sourceName(op)
                             << ": cannot be quantised, its input is real-valued and not "
                                "recombined spikes; put neurons before it";
  }
  if (auto attention = dyn_cast<AttentionLike>(op);
      attention && !(attention.getAttentionScale() > 0))
    return op->emitError() << sourceName(op) << ": attention scale "
                           << attention.getAttentionScale()
                           << " must be above 0 to become part of a threshold";
  return success();
}

/// Readers of a current that have an integer form. A result without time steps
/// (the head's) may be read by anything: it is made real again.
LogicalResult checkReaders(Value current) {
  if (cast<RankedTensorType>(current.getType()).getRank() < 3)
    return success();
  for (Operation *reader : current.getUsers()) {
    if (isa<NeuronLike, AddOp>(reader))
      continue;
    if (isa<BatchNormOp, PowerNormOp>(reader))
      return reader->emitError() << sourceName(reader)
                                 << ": cannot be quantised, only a norm directly behind a linear "
                                    "folds into it, and no unit computes one alone";
    std::string writer =
        current.getDefiningOp() ? sourceName(current.getDefiningOp()) : "an argument";
    return reader->emitError() << "'" << reader->getName() << "' reads the current of " << writer
                               << ", which only neurons and additions can; put neurons between";
  }
  return success();
}

/// Attention yields integers in units of its one scale: other writers would
/// need another.
LogicalResult checkAttention(const EncodingGroup &group) {
  for (AttentionLike attention : group.attentions) {
    Operation *other = nullptr;
    if (!group.synapses.empty())
      other = group.synapses.front();
    for (AttentionLike second : group.attentions)
      if (second.getAttentionScale() != attention.getAttentionScale())
        other = second;
    if (!other)
      continue;
    auto diag = attention->emitError()
                << sourceName(attention)
                << ": attention is added to another current, but its integers have the one scale "
                << attention.getAttentionScale() << "; put neurons behind the attention";
    diag.attachNote(other->getLoc()) << "the other writer is " << sourceName(other);
    return diag;
  }
  return success();
}

} // namespace

FailureOr<std::vector<EncodingGroup>> synfire::findEncodingGroups(FunctionOpInterface function) {
  SmallVector<Value> currents;
  llvm::DenseMap<Value, unsigned> index;
  auto status = function->walk([&](Operation *op) -> WalkResult {
    if (!writesCurrent(op))
      return WalkResult::advance();
    for (Value result : op->getResults())
      if (isReal(result)) {
        index[result] = currents.size();
        currents.push_back(result);
      }
    return checkWriter(op);
  });
  if (status.wasInterrupted())
    return failure();

  llvm::IntEqClasses classes(currents.size());
  for (Value current : currents) {
    if (failed(checkReaders(current)))
      return failure();
    auto add = current.getDefiningOp<AddOp>();
    if (!add)
      continue;
    for (Value operand : add->getOperands()) {
      auto known = index.find(operand);
      if (known == index.end())
        return add->emitError() << sourceName(add)
                                << ": cannot be quantised, it adds a value that is not a current "
                                   "of synapses or attention";
      classes.join(index[current], known->second);
    }
  }
  classes.compress();

  // Classes are numbered by their smallest member: program order.
  std::vector<EncodingGroup> groups(classes.getNumClasses());
  for (auto [i, current] : llvm::enumerate(currents)) {
    EncodingGroup &group = groups[classes[i]];
    group.currents.push_back(current);
    Operation *writer = current.getDefiningOp();
    if (auto synapse = dyn_cast<SynapseLike>(writer))
      group.synapses.push_back(synapse);
    if (auto attention = dyn_cast<AttentionLike>(writer))
      group.attentions.push_back(attention);
    for (Operation *reader : current.getUsers())
      if (auto neuron = dyn_cast<NeuronLike>(reader))
        group.neurons.push_back(neuron);
  }
  for (const EncodingGroup &group : groups)
    if (failed(checkAttention(group)))
      return failure();
  return groups;
}

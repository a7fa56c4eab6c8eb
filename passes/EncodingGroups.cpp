// EncodingGroups: which currents of a function become integers, and which of
// them must share one encoding.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/EncodingGroups.h"

#include "dialect/spike/FixedPoint.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
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

class Planner {
public:
  explicit Planner(FunctionOpInterface function) : function(function) {
    if (auto model = function->getAttrOfType<ModelAttr>(kModelAttrName))
      steps = model.getTimeSteps();
  }

  EncodingPlan plan() {
    joinStreams();
    for (Operation *op : operations()) {
      if (op->getNumResults() != 1)
        continue;
      Value result = op->getResult(0);
      if (index.contains(result))
        placeCurrent(op, result);
      if (isSpikeType(result.getType()) && spikesOnHost(op))
        hostSpikes.insert(result);
    }
    for (EncodingGroup &group : result.groups)
      fill(group);
    for (Operation *op : operations())
      if (auto recombine = dyn_cast<RecombineOp>(op); recombine && isCounted(recombine))
        result.counts.push_back(recombine);
    return std::move(result);
  }

private:
  SmallVector<Operation *> operations() {
    SmallVector<Operation *> list;
    for (Block &block : function.getFunctionBody())
      for (Operation &op : block)
        list.push_back(&op);
    return list;
  }

  /// Spikes over the time steps of the model, which a chip runs.
  bool readsSpikes(Value value) const {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && isSpikeType(type) && type.getRank() == 3 &&
           (steps == 0 || type.getDimSize(0) == steps);
  }

  /// Whether an op, an addition apart, writes a current that integers can hold.
  bool writesIntegers(Operation *op) const {
    if (auto synapse = dyn_cast<SynapseLike>(op)) {
      auto recombine = synapse.getSynapseInput().getDefiningOp<RecombineOp>();
      return readsSpikes(recombine ? recombine.getSpikes() : synapse.getSynapseInput());
    }
    auto attention = dyn_cast<AttentionLike>(op);
    return attention && readsSpikes(attention.getQueries()) && readsSpikes(attention.getKeys()) &&
           readsSpikes(attention.getValues()) && !attention.getScoreModel() &&
           attention.getKeyHeadCount() == attention.getHeadCount();
  }

  static bool readsIntegers(Operation *op) {
    auto neuron = dyn_cast<NeuronLike>(op);
    return neuron && hasIntegerForm(neuron.getNeuronModel());
  }

  /// Finds the streams, and which of them have a writer that stays real.
  void joinStreams() {
    SmallVector<Operation *> writers;
    for (Operation *op : operations()) {
      bool adds = op->hasTrait<SumsOperands>() && isReal(op->getResult(0)) &&
                  cast<RankedTensorType>(op->getResult(0).getType()).getRank() == 3;
      if (!adds && !(writesIntegers(op) && isReal(op->getResult(0))))
        continue;
      index[op->getResult(0)] = writers.size();
      writers.push_back(op);
    }
    classes.grow(writers.size());
    // Additions of which an operand has no integer form. Their whole group stays real.
    SmallVector<unsigned> mixed;
    for (auto [i, op] : llvm::enumerate(writers)) {
      if (!op->hasTrait<SumsOperands>())
        continue;
      for (Value operand : op->getOperands()) {
        if (auto known = index.find(operand); known != index.end())
          classes.join(i, known->second);
        else
          mixed.push_back(i);
      }
    }
    classes.compress();
    real.assign(classes.getNumClasses(), false);
    for (unsigned i : mixed)
      real[classes[i]] = true;
    // Attention yields integers in units of its one scale; other writers would
    // need another.
    SmallVector<Operation *> first(classes.getNumClasses());
    for (auto [i, op] : llvm::enumerate(writers)) {
      if (op->hasTrait<SumsOperands>())
        continue;
      Operation *&other = first[classes[i]];
      if (other && !haveOneUnit(op, other))
        real[classes[i]] = true;
      other = op;
    }
  }

  static bool haveOneUnit(Operation *a, Operation *b) {
    auto left = dyn_cast<AttentionLike>(a), right = dyn_cast<AttentionLike>(b);
    if (!left || !right)
      return !left && !right;
    return left.getAttentionScale() == right.getAttentionScale();
  }

  /// Puts a current into its stream's group, or into one of its own, or leaves
  /// it real.
  void placeCurrent(Operation *op, Value current) {
    unsigned stream = classes[index.lookup(current)];
    if (!real[stream]) {
      auto [known, fresh] = groupOf.try_emplace(stream, result.groups.size());
      if (fresh)
        result.groups.emplace_back();
      result.groups[known->second].currents.push_back(current);
    } else {
      auto synapse = dyn_cast<SynapseLike>(op);
      bool enters = synapse && synapse.isDiagonal();
      if (op->hasTrait<SumsOperands>() ||
          (enters && hostSpikes.contains(synapse.getSynapseInput())))
        return;
      result.groups.emplace_back();
      result.groups.back().currents.push_back(current);
    }
    integers.insert(current);
  }

  /// Neurons are where their current is; what else yields spikes is on the
  /// host when all spikes that it reads are.
  bool spikesOnHost(Operation *op) const {
    if (auto neuron = dyn_cast<NeuronLike>(op))
      return !readsIntegers(op) || !integers.contains(neuron.getNeuronInput());
    return llvm::all_of(op->getOperands(), [&](Value operand) {
      return !isSpikeType(operand.getType()) || hostSpikes.contains(operand);
    });
  }

  static void fill(EncodingGroup &group) {
    for (Value current : group.currents) {
      Operation *writer = current.getDefiningOp();
      if (auto synapse = dyn_cast<SynapseLike>(writer))
        group.synapses.push_back(synapse);
      if (auto attention = dyn_cast<AttentionLike>(writer))
        group.attentions.push_back(attention);
      for (Operation *reader : current.getUsers())
        if (readsIntegers(reader))
          group.neurons.push_back(cast<NeuronLike>(reader));
    }
  }

  /// The chip counts spikes for its own synapses, and its own spikes for the host.
  bool isCounted(RecombineOp op) const {
    if (!readsSpikes(op.getSpikes()) || !isReal(op.getResult()))
      return false;
    return !hostSpikes.contains(op.getSpikes()) ||
           llvm::any_of(op->getUsers(), llvm::IsaPred<SynapseLike>);
  }

  FunctionOpInterface function;
  int64_t steps = 0; ///< of the model, 0: not known
  llvm::DenseMap<Value, unsigned> index;
  llvm::IntEqClasses classes;
  SmallVector<bool> real; ///< by class
  llvm::DenseMap<unsigned, size_t> groupOf;
  llvm::DenseSet<Value> integers, hostSpikes;
  EncodingPlan result;
};

} // namespace

EncodingPlan synfire::planEncodings(FunctionOpInterface function) {
  return Planner(function).plan();
}

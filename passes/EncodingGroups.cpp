// EncodingGroups: which currents of a function become integers, and which of them must share one
// encoding.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/EncodingGroups.h"

#include "dialect/spike/FixedPoint.h"
#include "dialect/spike/TimedValue.h"

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

/// Finds the streams of one function first, and then decides what becomes of each of its currents.
class Planner {
public:
  Planner(FunctionOpInterface function, bool additionsOnHost)
      : function(function), additionsOnHost(additionsOnHost) {
    if (auto model = function->getAttrOfType<ModelAttr>(kModelAttrName))
      steps = model.getTimeSteps();
  }

  EncodingPlan plan() {
    joinStreams();
    for (BlockArgument input : function.getArguments())
      if (isSpikeType(input.getType()))
        hostSpikes.insert(input);
    for (Operation *op : operationsOf(function)) {
      if (movesInTime(op))
        for (Value moved : op->getResults())
          if (hostSpikes.contains(traceInTime(moved).value))
            hostSpikes.insert(moved);
      if (op->getNumResults() != 1 || movesInTime(op))
        continue;
      Value result = op->getResult(0);
      if (index.contains(result))
        placeCurrent(op, result);
      if (isSpikeType(result.getType()) && spikesOnHost(op))
        hostSpikes.insert(result);
    }
    for (EncodingGroup &group : result.groups)
      fill(group);
    for (Operation *op : operationsOf(function))
      if (auto recombine = dyn_cast<RecombineOp>(op); recombine && isCounted(recombine))
        result.counts.push_back(recombine);
    return std::move(result);
  }

private:
  /// Whether a value is spikes over the model's time steps, which are those that a chip runs.
  bool readsSpikes(Value value) const {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && isSpikeType(type) && type.getRank() == 3 &&
           (steps == 0 || type.getDimSize(0) == steps);
  }

  /// Whether an op that is no addition computes a current from spikes in a way that has an integer
  /// form.
  bool writesIntegers(Operation *op) const {
    if (auto synapse = dyn_cast<SynapseLike>(op)) {
      RecombineOp recombine;
      if (readsCounts(op))
        recombine = synapse.getSynapseInput().getDefiningOp<RecombineOp>();
      return readsSpikes(recombine ? recombine.getSpikes() : synapse.getSynapseInput());
    }
    auto attention = dyn_cast<AttentionLike>(op);
    return attention && (!attention.getQueries() || readsSpikes(attention.getQueries())) &&
           readsSpikes(attention.getKeys()) && readsSpikes(attention.getValues());
  }

  static bool readsIntegers(Operation *op) {
    if (auto integrator = dyn_cast<IntegratorLike>(op))
      return hasIntegerForm(integrator) && integrator.getIntegratorScan() == Scan::Steps;
    auto neuron = dyn_cast<NeuronLike>(op);
    return neuron && hasIntegerForm(neuron.getNeuronModel());
  }

  /// Fills `classes`, which has one class for all currents of a stream, and `real`, which marks the
  /// streams that stay real.
  void joinStreams() {
    SmallVector<Operation *> writers;
    for (Operation *op : operationsOf(function)) {
      bool adds = op->hasTrait<SumsOperands>() && isReal(op->getResult(0)) &&
                  cast<RankedTensorType>(op->getResult(0).getType()).getRank() == 3;
      if (!adds && !(writesIntegers(op) && isReal(op->getResult(0))))
        continue;
      index[op->getResult(0)] = writers.size();
      writers.push_back(op);
    }
    classes.grow(writers.size());
    // Additions that have an operand without an integer form. Their whole stream stays real.
    SmallVector<unsigned> mixed;
    for (auto [i, op] : llvm::enumerate(writers)) {
      if (!op->hasTrait<SumsOperands>())
        continue;
      if (additionsOnHost)
        mixed.push_back(i);
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
    // A stream stays real, too, if its writers have no common unit: attention yields integers in
    // units of its own scale.
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

  /// Whether two writers of a stream can have the same unit: two synapse ops can, and two attention
  /// ops if they have the same scale.
  static bool haveOneUnit(Operation *a, Operation *b) {
    auto left = dyn_cast<AttentionLike>(a), right = dyn_cast<AttentionLike>(b);
    if (!left || !right)
      return !left && !right;
    return left.getAttentionScale() == right.getAttentionScale();
  }

  /// Puts a current into the group of its stream. If the stream stays real, the current gets a
  /// group of its own, unless it is a sum or spikes of the host that are injected: those stay real.
  void placeCurrent(Operation *op, Value current) {
    unsigned stream = classes[index.lookup(current)];
    if (!real[stream]) {
      auto [known, fresh] = groupOf.try_emplace(stream, result.groups.size());
      if (fresh)
        result.groups.emplace_back();
      result.groups[known->second].currents.push_back(current);
    } else {
      auto synapse = dyn_cast<SynapseLike>(op);
      bool enters = synapse && synapse.isDiagonal() && !synapse.getGridWindow();
      if (op->hasTrait<SumsOperands>() ||
          (enters && hostSpikes.contains(synapse.getSynapseInput())))
        return;
      result.groups.emplace_back();
      result.groups.back().currents.push_back(current);
    }
    integers.insert(current);
  }

  /// Whether the host computes the spikes that `op` yields. A neuron is on the chip if its current
  /// becomes integers. Any other op is on the host if the host computes all spikes that it reads.
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
        if (auto integrator = dyn_cast<IntegratorLike>(reader); integrator && readsIntegers(reader))
          group.integrators.push_back(integrator);
        else if (readsIntegers(reader))
          group.neurons.push_back(cast<NeuronLike>(reader));
    }
  }

  /// Whether a recombination becomes integer counts, which the chip adds up: it does if the chip
  /// computes the spikes, or if synapses read the result.
  bool isCounted(RecombineOp op) const {
    if (!readsSpikes(op.getSpikes()) || !isReal(op.getResult()))
      return false;
    return !hostSpikes.contains(op.getSpikes()) || llvm::any_of(op->getUsers(), readsCounts);
  }

  FunctionOpInterface function;
  bool additionsOnHost;
  int64_t steps = 0;                        ///< time steps of the model; 0 if they are not known
  llvm::DenseMap<Value, unsigned> index;    ///< the number of a current in `classes`
  llvm::IntEqClasses classes;               ///< the streams
  SmallVector<bool> real;                   ///< by class: whether the stream stays real
  llvm::DenseMap<unsigned, size_t> groupOf; ///< by class: the stream's group
  llvm::DenseSet<Value> integers;           ///< currents that become integers
  llvm::DenseSet<Value> hostSpikes;         ///< spikes that the host computes or is given
  EncodingPlan result;
};

} // namespace

bool synfire::readsCounts(Operation *op) {
  auto synapse = dyn_cast<SynapseLike>(op);
  return synapse && !synapse.getGridWindow();
}

EncodingPlan synfire::planEncodings(FunctionOpInterface function, bool additionsOnHost) {
  return Planner(function, additionsOnHost).plan();
}

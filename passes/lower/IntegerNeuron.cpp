// IntegerNeuron: the constants that a chip's neurons are loaded with.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/IntegerNeuron.h"

#include "dialect/NamedError.h"
#include "dialect/spike/FixedPoint.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// The attribute with these constants. A list whose entries are all equal gets a single entry.
static chip::NeuronAttr toProgram(MLIRContext *context, NeuronConstants constants,
                                  StringRef rounding, bool softReset, bool saturates,
                                  bool acrossTokens = false) {
  joinEqualEntries(constants);
  return chip::NeuronAttr::get(context, constants, StringAttr::get(context, rounding), softReset,
                               saturates, acrossTokens);
}

/// Adds the integer biases of a writer to `sum`, which has an entry per column. Sums are clamped,
/// so that they cannot overflow, to values that checkColumns() still refuses.
static void addBiases(SynapseLike synapse, MutableArrayRef<int64_t> sum) {
  FixedAttr encoding = getFixedEncoding(synapse->getResult(0).getType());
  for (auto [c, bias] : llvm::enumerate(sum))
    bias = std::clamp(
        bias + quantizeBias(synapse.getBiasAt(c), encoding.scaleOf(c), encoding.getFractionBits()),
        1 - kIntegerLimit, kIntegerLimit - 1);
}

/// Refuses a constant of a column, a bias say, that a program cannot hold.
static LogicalResult checkColumns(Operation *op, const NeuronConstants &constants) {
  for (const NeuronVector &vector : kNeuronVectors)
    for (auto [c, entry] : llvm::enumerate(constants.*vector.member))
      if (entry < vector.least || entry > vector.most)
        return emitNamedError(op) << "column " << c << ": " << vector.name << ": needs "
                                  << vector.least << ".." << vector.most
                                  << " (what a program holds), has " << entry
                                  << "; choose one nearer to the weights";
  return success();
}

/// Sets what a soft reset subtracts, for a neuron without a reset nothing. Refuses a threshold
/// below 0, of which no chip has a form.
static LogicalResult setDecrement(Operation *neuron, FixedNeuron &fixed) {
  if (fixed.reset == Reset::None) // a soft reset that subtracts nothing
    fixed.decrement.assign(1, 0);
  for (auto [c, decrement] : llvm::enumerate(fixed.decrement))
    if (decrement < 0)
      return emitNamedError(neuron)
             << "column " << c << ": the threshold of a soft reset: needs at least 0, has "
             << decrement
             << " in units of the membrane; below 0 every spike would push the "
                "membrane up";
  if (fixed.decrement == fixed.threshold)
    fixed.decrement.clear();
  return success();
}

/// Refuses potentials that the state does not hold.
static LogicalResult checkPotentials(Operation *neuron, const FixedNeuron &fixed) {
  const int64_t highest = (int64_t{1} << (fixed.stateBits - 1)) - 1;
  for (auto [what, potentials] :
       {std::pair("reset", &fixed.vReset), std::pair("initial", &fixed.vInit)})
    for (auto [c, potential] : llvm::enumerate(*potentials))
      if (potential > highest || potential < -highest - 1)
        return emitNamedError(neuron)
               << "column " << c << ": " << what << " potential: needs " << -highest - 1 << ".."
               << highest << " (a state of " << fixed.stateBits << " bits), has " << potential
               << "; choose a target with more state bits, or a "
                  "potential nearer to the weights";
  return success();
}

FailureOr<chip::NeuronAttr> synfire::integerNeuron(NeuronLike neuron,
                                                   const CurrentWriters &writers) {
  FixedAttr encoding = getFixedEncoding(neuron.getNeuronInput().getType());
  StateAttr state = neuron.getMembraneState();
  if (!state)
    return emitNamedError(neuron) << "has no #spike.state; run quantize-weights before";
  FixedNeuron fixed =
      makeFixedNeuron(neuron.getNeuronModel(), encoding, neuron.getNeuronCount(), state);
  if (failed(setDecrement(neuron, fixed)) || failed(checkPotentials(neuron, fixed)))
    return failure();
  for (SynapseLike synapse : writers.synapses)
    addBiases(synapse, fixed.bias);
  if (fixed.filters())
    for (int64_t &bias : fixed.bias)
      bias = biasOfCurrent(bias, fixed);
  if (failed(checkColumns(neuron, fixed)))
    return failure();
  return toProgram(neuron->getContext(), fixed, stringifyLeakRounding(state.getLeakRounding()),
                   fixed.reset != Reset::Hard, state.getSaturates(),
                   neuron.getScanOrder() == Scan::StepsAndTokens);
}

FailureOr<chip::NeuronAttr> synfire::integerScoreNeuron(AttentionLike attention) {
  StateAttr state = attention.getScoreMembranes();
  FixedNeuron fixed =
      makeFixedNeuron(attention.getScoreModel(), attention.getScoresAsIntegers(), 1, state);
  if (failed(setDecrement(attention, fixed)) || failed(checkPotentials(attention, fixed)) ||
      failed(checkColumns(attention, fixed)))
    return failure();
  return toProgram(attention->getContext(), fixed, stringifyLeakRounding(state.getLeakRounding()),
                   fixed.reset != Reset::Hard, state.getSaturates());
}

FailureOr<chip::NeuronAttr> synfire::integrator(Value current, const CurrentWriters &writers,
                                                int64_t stateBits, bool saturates, FixedDecay decay,
                                                LeakRounding rounding) {
  NeuronConstants constants;
  constants.decay = {decay.numerator};
  constants.shift = {decay.shift};
  constants.fractionBits = getFixedEncoding(current.getType()).getFractionBits();
  constants.stateBits = stateBits;
  constants.vInit = constants.threshold = {0};
  constants.bias.assign(cast<RankedTensorType>(current.getType()).getShape().back(), 0);
  for (SynapseLike synapse : writers.synapses)
    addBiases(synapse, constants.bias);
  if (failed(checkColumns(current.getDefiningOp(), constants)))
    return failure();
  return toProgram(current.getContext(), constants, stringifyLeakRounding(rounding),
                   /*softReset=*/false, saturates);
}

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
                                  StringRef rounding, bool softReset, bool saturates) {
  for (const NeuronVector &vector : kNeuronVectors)
    if (std::vector<int64_t> &entries = constants.*vector.member; llvm::all_equal(entries))
      entries.resize(std::min<size_t>(entries.size(), 1));
  return chip::NeuronAttr::get(context, constants, StringAttr::get(context, rounding), softReset,
                               saturates);
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

FailureOr<chip::NeuronAttr> synfire::integerNeuron(NeuronLike neuron,
                                                   const CurrentWriters &writers) {
  MLIRContext *context = neuron->getContext();
  int64_t columns = neuron.getNeuronCount();
  FixedAttr encoding = getFixedEncoding(neuron.getNeuronInput().getType());
  FixedNeuron fixed = makeFixedNeuron(neuron.getNeuronModel(), encoding, columns);
  StateAttr state = neuron.getMembraneState();
  if (!state)
    return emitNamedError(neuron) << "has no #spike.state; run quantize-weights before";
  if (!llvm::all_equal(fixed.vResets))
    return emitNamedError(neuron)
           << "a reset potential other than 0 needs one scale for all channels of "
              "its current; quantize-weights gives it";
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

  const int64_t highest = (int64_t{1} << (state.getBits() - 1)) - 1;
  auto [lowest, largest] = std::minmax_element(fixed.vInit.begin(), fixed.vInit.end());
  for (auto [what, potential] : {std::pair("reset", fixed.vReset), std::pair("initial", *lowest),
                                 std::pair("initial", *largest)})
    if (potential > highest || potential < -highest - 1)
      return emitNamedError(neuron)
             << what << " potential: needs " << -highest - 1 << ".." << highest << " (a state of "
             << state.getBits() << " bits), has " << potential
             << "; choose a target with more state bits, or a "
                "potential nearer to the weights";

  for (SynapseLike synapse : writers.synapses)
    addBiases(synapse, fixed.bias);
  if (failed(checkColumns(neuron, fixed)))
    return failure();
  fixed.stateBits = state.getBits();
  return toProgram(context, fixed, stringifyLeakRounding(state.getLeakRounding()),
                   fixed.reset != Reset::Hard, state.getSaturates());
}

FailureOr<chip::NeuronAttr> synfire::integrator(Value current, const CurrentWriters &writers,
                                                int64_t stateBits, bool saturates, FixedDecay decay,
                                                LeakRounding rounding) {
  NeuronConstants constants;
  constants.decay = decay.numerator;
  constants.shift = decay.shift;
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

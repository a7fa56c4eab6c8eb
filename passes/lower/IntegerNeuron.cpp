// IntegerNeuron: the constants that a chip's neurons are loaded with.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/IntegerNeuron.h"

#include "dialect/spike/FixedPoint.h"
#include "support/Limits.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// One entry when all are equal.
static DenseI64ArrayAttr compact(MLIRContext *context, ArrayRef<int64_t> entries) {
  return DenseI64ArrayAttr::get(context, llvm::all_equal(entries) ? entries.take_front() : entries);
}

/// Adds the integer biases of a writer to those of its columns. Sums saturate, far
/// beyond what a program holds.
static void addBiases(SynapseLike synapse, MutableArrayRef<int64_t> sum) {
  FixedAttr encoding = getFixedEncoding(synapse->getResult(0).getType());
  for (auto [c, bias] : llvm::enumerate(sum))
    bias = std::clamp(
        bias + quantizeBias(synapse.getBiasAt(c), encoding.scaleOf(c), encoding.getFractionBits()),
        1 - kIntegerLimit, kIntegerLimit - 1);
}

/// Refuses a bias that a program cannot hold.
static LogicalResult checkBiases(Operation *op, ArrayRef<int64_t> biases) {
  for (auto [c, bias] : llvm::enumerate(biases))
    if (bias < -kMaxBias || bias > kMaxBias)
      return op->emitError() << sourceName(op) << ": channel " << c << ": its bias is the integer "
                             << bias << ", the most that a program holds is 2^" << kMaxBiasBits
                             << "; choose a bias nearer to the weights";
  return success();
}

static InFlightDiagnostic refuse(NeuronLike neuron) {
  return neuron->emitError() << sourceName(neuron) << ": ";
}

FailureOr<chip::NeuronAttr> synfire::integerNeuron(NeuronLike neuron,
                                                   const CurrentWriters &writers) {
  MLIRContext *context = neuron->getContext();
  int64_t columns = neuron.getNeuronCount();
  FixedAttr encoding = getFixedEncoding(neuron.getNeuronInput().getType());
  FixedNeuron fixed = makeFixedNeuron(neuron.getNeuronModel(), encoding, columns);
  StateAttr state = neuron.getMembraneState();
  if (!state)
    return refuse(neuron) << "has no #spike.state; run quantize-weights before";
  if (!llvm::all_equal(fixed.vReset) || !llvm::all_equal(fixed.vInit))
    return refuse(neuron) << "a reset potential other than 0 needs one scale for all channels of "
                             "its current; quantize-weights gives it";
  if (fixed.reset == Reset::None)
    return refuse(neuron) << "neurons without a reset have no realisation on a chip; set reset to "
                             "hard or soft";
  if (fixed.reset == Reset::Soft && fixed.decrement != fixed.threshold)
    return refuse(neuron) << "a chip compares with the number that its soft reset subtracts, which "
                             "compare = gt does not; set compare to ge";
  for (auto [c, threshold] : llvm::enumerate(fixed.threshold))
    if (fixed.reset == Reset::Soft && threshold < 0)
      return refuse(neuron) << "channel " << c << ": the threshold of a soft reset is " << threshold
                            << " in units of the membrane, must be at least 0; below, every spike "
                               "would push the membrane up";

  const int64_t highest = (int64_t{1} << (state.getBits() - 1)) - 1;
  for (auto [what, potential] :
       {std::pair("reset", fixed.vReset.front()), std::pair("initial", fixed.vInit.front())})
    if (potential > highest || potential < -highest - 1)
      return refuse(neuron) << "its " << what << " potential is the integer " << potential
                            << ", which a state of " << state.getBits()
                            << " bits does not hold; choose a target with more state bits, or a "
                               "potential nearer to the weights";

  SmallVector<int64_t> bias(fixed.bias.begin(), fixed.bias.end());
  for (SynapseLike synapse : writers.synapses)
    addBiases(synapse, bias);
  if (failed(checkBiases(neuron, bias)))
    return failure();
  return chip::NeuronAttr::get(
      context, fixed.decayNumerator, fixed.decayShift, fixed.fractionBits,
      StringAttr::get(context, stringifyLeakRounding(state.getLeakRounding())),
      fixed.reset == Reset::Soft, fixed.vReset.front(), fixed.vInit.front(), state.getBits(),
      state.getSaturates(), compact(context, fixed.threshold), compact(context, bias));
}

FailureOr<chip::NeuronAttr> synfire::integrator(Value current, const CurrentWriters &writers,
                                                int64_t stateBits, bool saturates) {
  MLIRContext *context = current.getContext();
  SmallVector<int64_t> bias(cast<RankedTensorType>(current.getType()).getShape().back(), 0);
  for (SynapseLike synapse : writers.synapses)
    addBiases(synapse, bias);
  if (failed(checkBiases(current.getDefiningOp(), bias)))
    return failure();
  FixedAttr encoding = getFixedEncoding(current.getType());
  return chip::NeuronAttr::get(context, /*decay=*/1, /*shift=*/0, encoding.getFractionBits(),
                               StringAttr::get(context, "toward_zero"), /*soft_reset=*/false,
                               /*v_reset=*/0, /*v_init=*/0, stateBits, saturates,
                               DenseI64ArrayAttr::get(context, {0}), compact(context, bias));
}

// FixedPoint: how real weights, biases and neurons become integers. This is the
// definition (RATIONALE.md, "Fixed-point neurons"); quantising passes, the
// interpreter and the compiler call it, while running the integers is written
// apart in the interpreter and in the simulator.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_FIXEDPOINT_H
#define SYNFIRE_DIALECT_SPIKE_FIXEDPOINT_H

#include "dialect/spike/Spike.h"

#include <cstdint>
#include <vector>

namespace synfire::spike {

/// Quantised numbers are clamped to +-this limit, which is far outside every width of a state. So
/// an absurd parameter gives an overflow or a threshold out of reach, never a number that wrapped
/// around.
inline constexpr int64_t kIntegerLimit = int64_t{1} << 62;

/// The width of a state that nothing bounds but the integers that are computed with.
inline constexpr int64_t kUnboundedBits = 62;

/// Nearest integer, halves to the even one, within +-kIntegerLimit.
/// Precondition: not NaN.
int64_t roundHalfEven(double value);

/// The integer of a real weight: the one nearest to q = factor * weight * inputScale / scale,
/// evaluated from left to right, of those that the form has; of two that are as near, the even one.
/// So it is roundHalfEven(q), clamped to form.smallest() .. form.largest(), but for the format sign
/// 1 where q is at least 0, else -1. `factor` is that of the column (a folded norm), while that of
/// the row is in `weight`; `inputScale` is the real value of an input of 1 (1 for spikes), `scale`
/// that of the result's encoding.
int64_t quantizeWeight(double weight, double factor, double inputScale, double scale,
                       WeightForm form);

/// The integer of a real bias: roundHalfEven(bias / scale * 2^fractionBits).
int64_t quantizeBias(double bias, double scale, int64_t fractionBits);

/// The integer weight with which a spike, worth 1, enters a stream with this scale (spike.inject):
/// quantizeWeight() of 1.
int64_t quantizeInject(double scale, WeightForm form);

/// A decay as numerator / 2^shift, in lowest terms. Exact when the decay has at
/// most kMaxDecayShift binary places, else rounded to that many.
struct FixedDecay {
  int64_t numerator = 1;
  int32_t shift = 0;
};
FixedDecay quantizeDecay(double decay);

/// Whether a model has an integer form, for every channel (RATIONALE.md, "Fixed-point neurons",
/// says of which models and why).
bool hasIntegerForm(NeuronModel model);

// Precondition of all below: hasIntegerForm(model).

/// What an input of 1 adds to the membrane of a channel: the membrane's unit, in units of the
/// current.
double membraneUnit(NeuronModel model, int64_t channel);

/// The fraction bits with which the leaks of `timeSteps` steps lose no bit of a current that is a
/// whole number: timeSteps * the largest shift of a decay. 0 for neurons without leak.
int64_t requiredFractionBits(NeuronModel model, int64_t timeSteps);

/// What bounds the states of one neuron.
struct InputRange {
  int64_t channel = 0;
  double scale = 1;         ///< of the current's encoding
  int64_t fractionBits = 0; ///< of the encoding, too
  double input = 0;         ///< largest |integer of the current|, without its 2^fractionBits
  int64_t timeSteps = 1;
  bool filters = false;    ///< whether the current of any channel is filtered, and a state of all
  int64_t droppedBits = 0; ///< places of the membrane that the filtered current does not have
};
/// Upper bounds of the magnitude of every integer that a neuron keeps in its states within
/// range.timeSteps time steps, as if every rounding went upwards. Both are in units of the
/// membrane, as is a filtered current with all of its places; 0 for the current of a neuron without
/// a filter.
struct LargestStates {
  double membrane = 0, current = 0;
};
LargestStates largestStates(NeuronModel model, const InputRange &range);

/// An integer neuron. `bias` is the neuron's own, where it is added with the input: the bias of the
/// synapses is in the current. All lists that stand have an entry per channel.
struct FixedNeuron : NeuronConstants {
  Reset reset = Reset::Hard;
};

/// The integer form of a model on a current with this encoding: thresholds, potentials and biases
/// as integers of `channels` entries each (the current's last dimension), decays as fractions.
/// A neuron fires where its integer state is at or above the threshold: that of a hard reset is
/// rounded up (for `>` to the next integer above), that of a soft reset half to even (for `>` one
/// more), and what a soft reset subtracts is the threshold before that one is added. Potentials and
/// biases are rounded half to even. Of neurons that filter their current, `membraneBias` takes the
/// bias and `bias` is 0. `state` gives the widths, and the places of a filtered current; without it
/// a state is as wide as can be, and the current has the places of the membrane. Numbers that no
/// state holds are not refused: that is the caller's part.
FixedNeuron makeFixedNeuron(NeuronModel model, FixedAttr encoding, int64_t channels,
                            StateAttr state = {});

/// A bias with the places of the membrane, with those of the filtered current: rounded to the
/// nearest, halves upwards.
int64_t biasOfCurrent(int64_t bias, const NeuronConstants &neuron);

/// Whether an integrator has an integer form: its gain is above 0.
bool hasIntegerForm(IntegratorLike integrator);
/// The type of the membranes of an integrator on a quantised current of type `current`: its scales
/// times the gain.
mlir::RankedTensorType integratedType(mlir::RankedTensorType current, double gain);
/// The fraction bits with which the leaks of `timeSteps` steps lose no bit.
int64_t requiredFractionBits(double decay, int64_t timeSteps);
/// The integer form of an integrator, as a neuron whose threshold no state reaches; `state` as of
/// makeFixedNeuron().
FixedNeuron makeFixedIntegrator(double decay, FixedAttr encoding, int64_t channels,
                                StateAttr state = {});
/// An upper bound of the magnitude of an integrator's membrane with `range` as its input, whose
/// threshold and scale do not matter.
double largestIntegral(double decay, const InputRange &range);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_FIXEDPOINT_H

// GroupEncoding: scale and fraction of the currents of one group.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/GroupEncoding.h"

#include "dialect/NamedError.h"
#include "dialect/spike/FixedPoint.h"
#include "support/Limits.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

static int64_t timeSteps(Value current) {
  return cast<RankedTensorType>(current.getType()).getShape().front();
}
static int64_t timeSteps(NeuronLike neuron) { return timeSteps(neuron.getNeuronInput()); }
static int64_t timeSteps(IntegratorLike integrator) {
  return timeSteps(integrator.getIntegratorInput());
}

/// The largest value that the type of spikes can hold; 1 for inputs that are not spikes.
static uint64_t spikeMaximum(Value spikes) {
  Type element = getElementTypeOrSelf(spikes.getType());
  return isSpikeType(element) ? (uint64_t{1} << element.getIntOrFloatBitWidth()) - 1 : 1;
}

static double thresholdOf(NeuronModel model, int64_t channel) {
  ArrayRef<double> thresholds = model.getThresholds();
  return thresholds.size() == 1 ? thresholds[0] : thresholds[channel];
}

/// Whether an op has neurons that may filter their current.
static bool filters(NeuronLike neuron) { return neuron.getNeuronModel().getStateWords() > 1; }

/// The fraction bits that are kept even if a state may overflow: the number of the chip file or, if
/// it has none, a quarter of the state, but no more than are wanted and than there can be.
static int64_t guardBits(const NumericProfile &profile, int64_t wanted, int64_t most) {
  return std::min({wanted, profile.stateFractionBits.value_or(profile.stateBits / 4), most});
}

/// `wanted` if that many fraction bits fit. Otherwise the number of the chip file, or, if it has
/// none, the most that fit, searched from `wanted` down to `guard`.
template <typename Fits>
static int64_t keptBits(const NumericProfile &profile, int64_t wanted, int64_t guard, Fits fits) {
  if (fits(wanted))
    return wanted;
  int64_t kept = guard;
  if (!profile.stateFractionBits)
    for (kept = std::max<int64_t>(wanted - 1, 0); kept > guard && !fits(kept);)
      --kept;
  return kept;
}

namespace {

/// Chooses the encoding of one group. The members are results that several steps of it need.
class Chooser {
public:
  Chooser(const EncodingGroup &group, const NumericProfile &profile, int64_t maxTokens)
      : group(group), profile(profile), maxTokens(maxTokens), channels(group.channels()) {
    for (NeuronLike neuron : group.neurons)
      wanted = std::max(wanted, requiredFractionBits(neuron.getNeuronModel(), timeSteps(neuron)));
    for (IntegratorLike integrator : group.integrators)
      wanted = std::max(
          wanted, requiredFractionBits(integrator.getIntegratorDecay(), timeSteps(integrator)));
    most = std::min(int64_t{kMaxFractionBits}, kMaxInputBits - inputBits());
    // A program shifts the current to the membrane's places.
    if (llvm::any_of(group.neurons, filters))
      most = std::min(most,
                      profile.currentFractionBits + kMaxInputBits - (profile.bitsOfCurrent() - 1));
    guard = guardBits(profile, wanted, most);
  }

  FailureOr<GroupEncoding> choose() {
    if (most < 0)
      return emitNamedError(group.currents.back().getDefiningOp())
             << "if every input fires, the inputs of a neuron need at most " << kMaxInputBits
             << " bits (what a program holds), have " << inputBits() << "; use fewer weight bits";
    GroupEncoding encoding;
    if (failed(chooseScale(encoding.scale)) || failed(checkUnits(encoding.scale)))
      return failure();
    scale.assign(encoding.scale.begin(), encoding.scale.end());
    if (scale.size() == 1)
      scale.resize(channels, encoding.scale[0]);
    for (SynapseLike synapse : group.synapses)
      encoding.writers.push_back(measureWriter(synapse, scale));
    boundCurrents(encoding.writers);
    encoding.fractionBits = chooseFraction();
    warnOfCurrents(encoding.fractionBits);
    warnOfOverflow(encoding.fractionBits);
    return encoding;
  }

private:
  /// What stands for a score at most: the head's width, or a spike of a score neuron.
  double largestScore(AttentionLike attention) const {
    return attention.getScoreModel() ? 1 : static_cast<double>(channels / attention.getHeadCount());
  }

  /// Bits of the largest sum of a neuron's inputs, for which every source fires with its largest
  /// value and every weight is the largest that its bytes can hold. The simulator bounds the inputs
  /// of a program in the same way.
  int64_t inputBits() const {
    double bound = 1;
    for (SynapseLike synapse : group.synapses)
      bound += static_cast<double>(synapse.getFanIn()) *
               std::ldexp(1.0, 8 * synapse.getWeightForm().storedBytes() - 1) *
               static_cast<double>(spikeMaximum(synapse.getSynapseInput()));
    for (AttentionLike attention : group.attentions)
      bound += largestScore(attention) * static_cast<double>(maxTokens);
    return static_cast<int64_t>(std::ceil(std::log2(bound)));
  }

  /// Sets `result` to the scale of each channel, or to one scale for all. A scale is the largest
  /// |w| / qmax of the writers, where an injected spike counts as 1. It is made coarser if a
  /// threshold or a bias would otherwise take too much of the state, and so that an injected spike
  /// is a whole number of units. Writers with weights of another format than signed decide alone,
  /// because their weights are one unit.
  LogicalResult chooseScale(SmallVectorImpl<double> &result) {
    if (!group.attentions.empty()) {
      result.push_back(AttentionLike(group.attentions.front()).getAttentionScale());
      return success();
    }
    // Synapses of one weight alone, of an average or of injected spikes, are not rounded.
    auto first = SynapseLike(group.synapses.front());
    if (llvm::all_of(group.synapses, [&](SynapseLike s) {
          return s.isDiagonal() && s.getDiagonalWeight() == first.getDiagonalWeight();
        })) {
      result.push_back(first.getDiagonalWeight());
      return success();
    }
    SmallVector<double> steps(channels), bias(channels);
    SmallVector<KeptWeights> kept(channels);
    double qmax = 1;
    for (SynapseLike synapse : group.synapses) {
      FailureOr<SmallVector<double>> largest = largestWeights(synapse);
      if (failed(largest))
        return failure();
      const WeightForm form = synapse.getWeightForm();
      if (form.format != WeightFormat::Signed)
        addKeptWeights(synapse, kept);
      qmax = std::max(qmax, static_cast<double>(form.largest()));
      for (int64_t c = 0; c < channels; ++c) {
        if (form.format == WeightFormat::Signed)
          steps[c] = std::max(steps[c], (*largest)[c] / static_cast<double>(form.largest()));
        bias[c] += std::fabs(synapse.getBiasAt(c));
      }
    }
    bool injected = llvm::any_of(
        group.synapses, [](SynapseLike s) { return s.isDiagonal() && s.getDiagonalWeight() == 1; });
    for (int64_t c = 0; c < channels; ++c) {
      if (double scale = kept[c].scale(); scale > 0) {
        result.push_back(scale);
        continue;
      }
      double finest = std::max(steps[c] > 0        ? steps[c]
                               : kept[c].count > 0 ? finestScale(bias[c]) // signs of zeros are 1
                                                   : bias[c] / qmax,
                               leastScale(c, bias[c]));
      // An injected spike adds 1 to the stream, which every later reader sees. The scale becomes
      // one of 1, 1/2, 1/3 ..., so that this 1 is a whole number of units and is not rounded.
      if (injected && finest <= 1)
        finest = 1.0 / std::floor((1.0 + 1e-12) / finest); // for 1 / (1 / 49) is below 49
      result.push_back(finest > 0 ? finest : 1.0);
    }
    return success();
  }

  /// Refuses units by which constants cannot be divided. A gain of 1e-300, say, makes a threshold
  /// of 1e300 infinite in units of the membrane.
  LogicalResult checkUnits(ArrayRef<double> scales) const {
    auto check = [](Operation *op, size_t column, double unit) -> LogicalResult {
      if (std::isnormal(unit))
        return success();
      return emitNamedError(op) << "column " << column
                                << ": one unit of its integers needs to be a normal number, has "
                                << unit << "; choose weights, thresholds and gains nearer to 1";
    };
    for (auto [c, unit] : llvm::enumerate(scales)) {
      for (NeuronLike neuron : group.neurons)
        if (failed(check(neuron, c, membraneUnit(neuron.getNeuronModel(), c) * unit)))
          return failure();
      for (IntegratorLike integrator : group.integrators)
        if (failed(check(integrator, c, integrator.getIntegratorGain() * unit)))
          return failure();
      if (failed(check(group.currents.back().getDefiningOp(), c, unit)))
        return failure();
    }
    return success();
  }

  /// The finest scale at which no constant of a channel's neurons, nor the sum of its biases, takes
  /// more than half of the state when it has `guard` fraction bits.
  double leastScale(int64_t channel, double bias) const {
    double largest = group.neurons.empty() ? 0.0 : bias;
    for (NeuronLike neuron : group.neurons) {
      NeuronModel model = neuron.getNeuronModel();
      NeuronEquation equation = model.getEquation(channel);
      for (double constant :
           {thresholdOf(model, channel), equation.vReset, equation.vInit, equation.bias})
        largest = std::max(largest, std::fabs(constant / membraneUnit(model, channel)));
    }
    return std::ldexp(largest, static_cast<int>(guard - (profile.stateBits - 2)));
  }

  /// A scale at which the bias, or 1 if it is 0, takes half of the state when it has `guard`
  /// fraction bits: weights of one unit are next to nothing.
  double finestScale(double bias) const {
    return std::ldexp(bias > 0 ? bias : 1.0, static_cast<int>(guard - (profile.stateBits - 2)));
  }

  /// Sets `bounds` to the largest |integer| of every current of the group, per channel and before
  /// the multiplication by 2^f. `writers` are the statistics of the group's synapses.
  void boundCurrents(ArrayRef<WriterStatistics> writers) {
    size_t writer = 0;
    for (Value current : group.currents) {
      SmallVector<double> &bound = bounds[current];
      Operation *op = current.getDefiningOp();
      if (auto synapse = dyn_cast<SynapseLike>(op)) {
        auto input = static_cast<double>(largestInput(synapse.getSynapseInput()));
        for (auto [c, sum] : llvm::enumerate(writers[writer].rowSum))
          bound.push_back(static_cast<double>(sum) * input +
                          std::fabs(synapse.getBiasAt(c)) / scale[c]);
        ++writer;
      } else if (auto attention = dyn_cast<AttentionLike>(op)) {
        // A V is a sum of at most maxTokens scores.
        bound.assign(channels, largestScore(attention) * static_cast<double>(maxTokens));
      } else {
        bound.assign(channels, 0.0);
        for (Value operand : op->getOperands())
          for (auto [sum, term] : llvm::zip_equal(bounds[current], bounds[operand]))
            sum += term;
      }
    }
  }

  /// For how many time steps the neurons keep their states without a start in between.
  int64_t stepsOf(NeuronLike neuron) const {
    const bool across = neuron.getScanOrder() == Scan::StepsAndTokens;
    return timeSteps(neuron) * (across ? std::max<int64_t>(1, maxTokens) : 1);
  }

  /// The largest |integer| among the membranes and thresholds of a neuron op, and among its
  /// filtered currents, with f fraction bits, if every input fires.
  LargestStates largestNumbers(NeuronLike neuron, int64_t f) const {
    LargestStates largest;
    NeuronModel model = neuron.getNeuronModel();
    const SmallVector<double> &inputs = bounds.find(neuron.getNeuronInput())->second;
    const int64_t dropped = std::max<int64_t>(0, f - profile.currentFractionBits);
    bool filtered = false;
    for (int64_t c = 0; c < model.getListedChannels(); ++c)
      filtered |= model.getEquation(c).currentDecay != 0;
    for (int64_t c = 0; c < channels; ++c) {
      double units = std::fabs(thresholdOf(model, c)) / (membraneUnit(model, c) * scale[c]);
      LargestStates states = largestStates(
          model, {c, scale[c], f, inputs[c], stepsOf(neuron), filtered, filtered ? dropped : 0});
      largest.membrane = std::max(
          {largest.membrane, states.membrane, std::ceil(std::ldexp(units, static_cast<int>(f)))});
      largest.current = std::max(largest.current, states.current);
    }
    largest.current = std::ldexp(largest.current, static_cast<int>(-dropped));
    return largest;
  }

  /// The same of an integrator, which has no threshold.
  LargestStates largestNumbers(IntegratorLike integrator, int64_t f) const {
    double largest = 0;
    for (double input : bounds.find(integrator.getIntegratorInput())->second)
      largest = std::max(largest, largestIntegral(integrator.getIntegratorDecay(),
                                                  {0, 1, f, input, timeSteps(integrator)}));
    return {largest, 0};
  }

  /// Calls `visit` with each neuron or integrator op that reads the group, and the largest of its
  /// numbers with f fraction bits.
  template <typename Visit> void forEachReader(int64_t f, Visit visit) const {
    for (NeuronLike neuron : group.neurons)
      visit(neuron.getOperation(), largestNumbers(neuron, f));
    for (IntegratorLike integrator : group.integrators)
      visit(integrator.getOperation(), largestNumbers(integrator, f));
  }

  bool holds(double number) const { return number <= static_cast<double>(profile.largestState()); }
  bool holdsCurrent(double number) const {
    return number <= static_cast<double>(profile.largestCurrent());
  }
  bool holds(const LargestStates &largest) const {
    return holds(largest.membrane) && holdsCurrent(largest.current);
  }

  /// Bits of a signed state that holds the number; those of the largest number for an infinite one.
  static int64_t bitsFor(double number) {
    const double finite = std::min(std::numeric_limits<double>::max(), number);
    return static_cast<int64_t>(std::ceil(std::log2(finite + 1))) + 1;
  }

  /// For messages, the bits of a state and where they come from: "16 (core.state_bits of
  /// 'loihi2')".
  std::string bitsText(int64_t bits, const char *key) const {
    return std::to_string(bits) + (profile.target.empty()
                                       ? std::string(" (the default)")
                                       : std::string(" (") + key + " of '" + profile.target + "')");
  }
  std::string stateBitsText() const { return bitsText(profile.stateBits, "core.state_bits"); }
  std::string currentBitsText() const {
    return bitsText(profile.bitsOfCurrent(),
                    profile.currentBits ? "core.current_bits" : "core.state_bits");
  }

  /// Whether a membrane begins nearer to a half of a unit than to a whole number of units. Layers
  /// of an ANN become neurons that begin at half their threshold, which may be an odd number.
  bool beginsAtHalves() const {
    return llvm::any_of(group.neurons, [&](NeuronLike neuron) {
      NeuronModel model = neuron.getNeuronModel();
      for (int64_t c = 0; c < channels; ++c) {
        const double v = model.getEquation(c).vInit / (membraneUnit(model, c) * scale[c]);
        if (std::fabs(v - std::nearbyint(v)) > 0.25)
          return true;
      }
      return false;
    });
  }

  /// Chooses `wanted` if a program and the state can hold that many fraction bits. Otherwise
  /// chooses the number of the chip file, or, if it has none, the most that the state holds,
  /// searched from `wanted` down to `guard`. Warns at every neuron if leaks are rounded.
  int64_t chooseFraction() const {
    auto fits = [&](int64_t f) {
      bool held = f <= most;
      forEachReader(f, [&](Operation *, LargestStates largest) { held &= holds(largest); });
      return held;
    };
    if (wanted == 0 && beginsAtHalves() && fits(1))
      return 1;
    const int64_t kept = keptBits(profile, wanted, guard, fits);
    if (kept == wanted)
      return wanted; // No leak is rounded. warnOfOverflow() reports a membrane that is too narrow.
    forEachReader(wanted, [&](Operation *reader, LargestStates largest) {
      const bool ofCurrent = holds(largest.membrane) && !holdsCurrent(largest.current);
      emitNamedWarning(reader) << "a leak without rounding needs " << wanted << " fraction bits in "
                               << (ofCurrent ? "filtered currents of " : "membranes of ")
                               << bitsFor(ofCurrent ? largest.current : largest.membrane)
                               << " bits, has " << (ofCurrent ? currentBitsText() : stateBitsText())
                               << "; " << kept << " fraction bits are kept and the leak is rounded "
                               << stringifyLeakRounding(profile.leakRounding);
    });
    return kept;
  }

  /// Warns of currents whose leak is rounded because they keep fewer places than membranes do.
  void warnOfCurrents(int64_t f) const {
    if (f <= profile.currentFractionBits)
      return;
    for (NeuronLike neuron : group.neurons)
      if (leaksOfCurrent(neuron))
        emitNamedWarning(neuron) << "a filtered current without rounding needs " << f
                                 << " fraction bits, has " << profile.currentFractionBits
                                 << " (core.current_fraction_bits of '" << profile.target
                                 << "'); its leak is rounded "
                                 << stringifyLeakRounding(profile.leakRounding);
  }

  /// Whether a current of these neurons is a fraction of the one before.
  static bool leaksOfCurrent(NeuronLike neuron) {
    NeuronModel model = neuron.getNeuronModel();
    for (int64_t c = 0; c < model.getListedChannels(); ++c)
      if (quantizeDecay(model.getEquation(c).currentDecay).shift > 0)
        return true;
    return false;
  }

  void warnOfOverflow(int64_t f) const {
    auto warn = [&](Operation *reader, const char *what, double needed, const std::string &has) {
      emitNamedWarning(reader) << "with every input firing a " << what << " needs "
                               << bitsFor(needed) << " bits, has " << has << "; "
                               << (profile.saturates ? "it would saturate"
                                                     : "an overflow ends the simulation");
    };
    forEachReader(f, [&](Operation *reader, LargestStates largest) {
      if (!holds(largest.membrane))
        warn(reader, "membrane", largest.membrane, stateBitsText());
      else if (!holdsCurrent(largest.current)) // else one message is enough
        warn(reader, "filtered current", largest.current, currentBitsText());
    });
    if (!group.neurons.empty() || !group.integrators.empty())
      return;
    // A group without neurons is read through the head's integrator. `bounds` has its bias, too.
    Value result = group.currents.back();
    double largest = *llvm::max_element(bounds.find(result)->second);
    if (!holds(largest)) {
      Operation *op = result.getDefiningOp();
      emitNamedWarning(op) << "with every input firing its integrator needs " << bitsFor(largest)
                           << " bits, has " << stateBitsText();
    }
  }

  const EncodingGroup &group;
  const NumericProfile &profile;
  int64_t maxTokens, channels;
  int64_t wanted = 0;        ///< fraction bits with which no leak is rounded
  int64_t most = 0;          ///< the most fraction bits that a program can hold, whatever the chip
  int64_t guard = 0;         ///< fraction bits that are kept even if the state may overflow
  SmallVector<double> scale; ///< per channel
  llvm::DenseMap<Value, SmallVector<double>> bounds; ///< see boundCurrents()
};

} // namespace

FailureOr<GroupEncoding> synfire::chooseEncoding(const EncodingGroup &group,
                                                 const NumericProfile &profile, int64_t maxTokens) {
  return Chooser(group, profile, maxTokens).choose();
}

int64_t synfire::chooseScoreFraction(AttentionLike attention, const NumericProfile &profile) {
  NeuronModel model = attention.getScoreModel();
  const int64_t steps = timeSteps(attention->getResult(0));
  const int64_t width =
      cast<RankedTensorType>(attention->getResult(0).getType()).getShape().back() /
      attention.getHeadCount();
  auto largest = [&](int64_t f) {
    const LargestStates states = largestStates(model, {0, 1, f, static_cast<double>(width), steps});
    const double threshold = std::fabs(thresholdOf(model, 0)) / membraneUnit(model, 0);
    return std::max(states.membrane, std::ceil(std::ldexp(threshold, static_cast<int>(f))));
  };
  auto fits = [&](int64_t f) {
    return f <= kMaxFractionBits && largest(f) <= static_cast<double>(profile.largestState());
  };
  const int64_t wanted = requiredFractionBits(model, steps);
  const int64_t kept =
      keptBits(profile, wanted, guardBits(profile, wanted, kMaxFractionBits), fits);
  if (kept < wanted)
    emitNamedWarning(attention) << "a leak of its score neurons without rounding needs " << wanted
                                << " fraction bits, has " << kept << " in membranes of "
                                << profile.stateBits << " bits; the leak is rounded "
                                << stringifyLeakRounding(profile.leakRounding);
  if (!fits(kept))
    emitNamedWarning(attention) << "with every input firing a membrane of its score neurons needs "
                                   "more than "
                                << profile.stateBits << " bits; "
                                << (profile.saturates ? "it would saturate"
                                                      : "an overflow ends the simulation");
  return kept;
}

// NeuronKernel: the scan over time steps, and what it says when it fails.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/NeuronKernel.h"

#include "simulator/functional/NeuronStep.h"

#include <algorithm>

namespace synfire::sim {
namespace {

/// What the states of a neuron hold.
struct StateRanges {
  StateRange membrane, current;
  explicit StateRanges(const NeuronParameters &neuron)
      : membrane(neuron.stateBits), current(neuron.filters() ? neuron.currentBits : 1) {}

  static bool hold(const StateRange &range, const Extremes &extremes) {
    return range.holds(extremes.lowest) && range.holds(extremes.highest);
  }
  bool hold(const StateExtremes &extremes) const {
    return hold(membrane, extremes.membrane) && hold(current, extremes.current);
  }
};

/// Repeats a step that overflowed, column by column, for the first neuron that did so. `before`:
/// the states before that step.
template <typename Sum>
NeuronOverflow findOverflow(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                            int32_t timeStep, const Sum *input, std::span<const int64_t> before) {
  const StateRanges ranges(neuron);
  std::vector<int64_t> states(before.size() / columns);
  for (int32_t c = 0; c < columns; ++c) {
    for (size_t word = 0; word < states.size(); ++word)
      states[word] = before[word * columns + c];
    uint8_t spike = 0;
    const StateExtremes one =
        stepNeurons(neuron, firstColumn + c, 1, input + c, states.data(), &spike);
    for (const bool ofCurrent : {true, false}) { // a membrane follows its current
      const Extremes &extremes = ofCurrent ? one.current : one.membrane;
      for (int64_t value : {extremes.lowest, extremes.highest})
        if (!(ofCurrent ? ranges.current : ranges.membrane).holds(value))
          return {timeStep, firstColumn + c, value, ofCurrent};
    }
  }
  return {timeStep, firstColumn, 0}; // not reached: the caller saw an overflow
}

/// Holds the state of a readout to its bits.
std::optional<NeuronOverflow> keepState(const NeuronParameters &neuron, int32_t step,
                                        int32_t column, int64_t v, int64_t &result) {
  const StateRange range(neuron.stateBits);
  result = range.clamp(v);
  if (neuron.saturates || result == v)
    return std::nullopt;
  return NeuronOverflow{step, column, v};
}

} // namespace

template <typename Sum>
std::optional<NeuronOverflow>
updateNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
              int32_t firstStep, int32_t timeSteps, std::span<const Sum> input,
              std::span<uint8_t> spikes, std::span<uint8_t> effective, std::vector<int64_t> &states,
              std::span<const int64_t> before) {
  const StateRanges ranges(neuron);
  const size_t size = static_cast<size_t>(columns) * stateWords(neuron);
  if (firstStep == 0) {
    states.assign(2 * size, 0);
    if (before.empty())
      std::copy_n(neuron.vInit.begin() + firstColumn, columns, states.begin());
    else
      std::ranges::copy(before, states.begin());
  }
  const std::span now(states.data(), size), old(states.data() + size, size);
  for (int32_t t = 0; t < timeSteps; ++t) {
    const size_t first = static_cast<size_t>(t) * columns;
    std::ranges::copy(now, old.begin());
    findEffective(neuron, firstColumn, input.subspan(first, columns), now.data(),
                  effective.data() + first);
    const StateExtremes extremes = stepNeurons(neuron, firstColumn, columns, input.data() + first,
                                               now.data(), spikes.data() + first);
    if (!ranges.hold(extremes))
      return findOverflow<Sum>(neuron, firstColumn, columns, firstStep + t, input.data() + first,
                               old);
  }
  return std::nullopt;
}

template <typename Sum>
std::optional<NeuronOverflow>
integrateReadout(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                 int32_t timeSteps, std::span<const Sum> input, std::span<int64_t> result) {
  for (int32_t c = 0; c < columns; ++c) {
    __int128 whole = 0; // steps x kLargestInput can exceed 64 bits
    for (int32_t t = 0; t < timeSteps; ++t)
      whole += input[static_cast<size_t>(t) * columns + c];
    whole = (whole << neuron.fractionBits) + neuron.bias[firstColumn + c];
    // Beyond every state, and told as such where it is one too many.
    constexpr __int128 kBeyond = int64_t{1} << 62;
    const int64_t v = static_cast<int64_t>(std::clamp(whole, -kBeyond, kBeyond));
    if (auto overflow = keepState(neuron, timeSteps - 1, firstColumn + c, v, result[c]))
      return overflow;
  }
  return std::nullopt;
}

template <typename Sum>
std::optional<NeuronOverflow> stepReadout(const NeuronParameters &neuron, int32_t firstColumn,
                                          int32_t step, std::span<const Sum> input,
                                          std::span<const int64_t> before,
                                          std::span<int64_t> membranes) {
  for (size_t c = 0; c < input.size(); ++c) {
    const int32_t column = firstColumn + static_cast<int32_t>(c);
    int64_t v = (static_cast<int64_t>(input[c]) << neuron.fractionBits) + neuron.bias[column];
    const int64_t decay = entryOf(neuron.decay, column), shift = entryOf(neuron.shift, column);
    if (!before.empty())
      v += roundedShift(decay * before[c], shift, neuron.leakRounding);
    if (auto overflow = keepState(neuron, step, column, v, membranes[c]))
      return overflow;
  }
  return std::nullopt;
}

// The two widths of input sums (see inputBound).
template std::optional<NeuronOverflow>
updateNeurons<int32_t>(const NeuronParameters &, int32_t, int32_t, int32_t, int32_t,
                       std::span<const int32_t>, std::span<uint8_t>, std::span<uint8_t>,
                       std::vector<int64_t> &, std::span<const int64_t>);
template std::optional<NeuronOverflow> integrateReadout<int32_t>(const NeuronParameters &, int32_t,
                                                                 int32_t, int32_t,
                                                                 std::span<const int32_t>,
                                                                 std::span<int64_t>);
template std::optional<NeuronOverflow> stepReadout<int32_t>(const NeuronParameters &, int32_t,
                                                            int32_t, std::span<const int32_t>,
                                                            std::span<const int64_t>,
                                                            std::span<int64_t>);
template std::optional<NeuronOverflow>
updateNeurons<int64_t>(const NeuronParameters &, int32_t, int32_t, int32_t, int32_t,
                       std::span<const int64_t>, std::span<uint8_t>, std::span<uint8_t>,
                       std::vector<int64_t> &, std::span<const int64_t>);
template std::optional<NeuronOverflow> integrateReadout<int64_t>(const NeuronParameters &, int32_t,
                                                                 int32_t, int32_t,
                                                                 std::span<const int64_t>,
                                                                 std::span<int64_t>);
template std::optional<NeuronOverflow> stepReadout<int64_t>(const NeuronParameters &, int32_t,
                                                            int32_t, std::span<const int64_t>,
                                                            std::span<const int64_t>,
                                                            std::span<int64_t>);

} // namespace synfire::sim

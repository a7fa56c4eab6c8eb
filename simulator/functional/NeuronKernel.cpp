// NeuronKernel: the scan over time steps, and what it says when it fails.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/NeuronKernel.h"

#include "simulator/functional/NeuronStep.h"

#include <algorithm>

namespace synfire::sim {
namespace {

/// Repeats a step that overflowed, column by column, for the first neuron that did so. `before`:
/// the states before that step.
template <typename Sum>
NeuronOverflow findOverflow(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                            int32_t timeStep, const Sum *input, std::span<const int64_t> before) {
  const StateRange range(neuron.stateBits);
  std::vector<int64_t> states(before.size() / columns);
  for (int32_t c = 0; c < columns; ++c) {
    for (size_t word = 0; word < states.size(); ++word)
      states[word] = before[word * columns + c];
    uint8_t spike = 0;
    const StateExtremes one =
        stepNeurons(neuron, firstColumn + c, 1, input + c, states.data(), &spike);
    for (int64_t value : {one.lowest, one.highest})
      if (!range.holds(value))
        return {timeStep, firstColumn + c, value};
  }
  return {timeStep, firstColumn, 0}; // not reached: the caller saw an overflow
}

} // namespace

template <typename Sum>
std::optional<NeuronOverflow>
updateNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
              int32_t timeSteps, std::span<const Sum> input, std::span<uint8_t> spikes,
              std::span<uint8_t> effective, std::vector<int64_t> &states) {
  const StateRange range(neuron.stateBits);
  const size_t size = static_cast<size_t>(columns) * stateWords(neuron);
  states.assign(2 * size, 0);
  std::copy_n(neuron.vInit.begin() + firstColumn, columns, states.begin());
  const std::span now(states.data(), size), before(states.data() + size, size);
  for (int32_t t = 0; t < timeSteps; ++t) {
    const size_t first = static_cast<size_t>(t) * columns;
    std::ranges::copy(now, before.begin());
    findEffective(neuron, firstColumn, input.subspan(first, columns), now.data(),
                  effective.data() + first);
    const StateExtremes extremes = stepNeurons(neuron, firstColumn, columns, input.data() + first,
                                               now.data(), spikes.data() + first);
    if (!range.holds(extremes.lowest) || !range.holds(extremes.highest))
      return findOverflow<Sum>(neuron, firstColumn, columns, t, input.data() + first, before);
  }
  return std::nullopt;
}

template <typename Sum>
std::optional<NeuronOverflow> integrateReadout(const NeuronParameters &neuron, int32_t firstColumn,
                                               int32_t columns, int32_t firstStep, int32_t lastStep,
                                               std::span<const Sum> input,
                                               std::span<int64_t> result) {
  const StateRange range(neuron.stateBits);
  for (int32_t c = 0; c < columns; ++c) {
    __int128 whole = 0; // steps x kLargestInput can exceed 64 bits
    for (int32_t t = firstStep; t < lastStep; ++t)
      whole += input[static_cast<size_t>(t) * columns + c];
    whole = (whole << neuron.fractionBits) + neuron.bias[firstColumn + c];
    // Beyond every state, and told as such where it is one too many.
    constexpr __int128 kBeyond = int64_t{1} << 62;
    int64_t v = static_cast<int64_t>(std::clamp(whole, -kBeyond, kBeyond));
    if (neuron.saturates)
      v = range.clamp(v);
    if (!range.holds(v))
      return NeuronOverflow{lastStep - 1, firstColumn + c, v};
    result[c] = v;
  }
  return std::nullopt;
}

// The two widths of input sums (see inputBound).
template std::optional<NeuronOverflow>
updateNeurons<int32_t>(const NeuronParameters &, int32_t, int32_t, int32_t,
                       std::span<const int32_t>, std::span<uint8_t>, std::span<uint8_t>,
                       std::vector<int64_t> &);
template std::optional<NeuronOverflow>
updateNeurons<int64_t>(const NeuronParameters &, int32_t, int32_t, int32_t,
                       std::span<const int64_t>, std::span<uint8_t>, std::span<uint8_t>,
                       std::vector<int64_t> &);
template std::optional<NeuronOverflow> integrateReadout<int32_t>(const NeuronParameters &, int32_t,
                                                                 int32_t, int32_t, int32_t,
                                                                 std::span<const int32_t>,
                                                                 std::span<int64_t>);
template std::optional<NeuronOverflow> integrateReadout<int64_t>(const NeuronParameters &, int32_t,
                                                                 int32_t, int32_t, int32_t,
                                                                 std::span<const int64_t>,
                                                                 std::span<int64_t>);

} // namespace synfire::sim

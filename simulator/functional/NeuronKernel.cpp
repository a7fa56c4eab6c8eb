// NeuronKernel: one loop for all neuron models, specialised by its constants.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/NeuronKernel.h"

#include <algorithm>

namespace synfire::sim {
namespace {

template <Rounding rounding> int64_t shifted(int64_t product, int32_t shift) {
  const int64_t half = shift == 0 ? 0 : int64_t{1} << (shift - 1);
  const int64_t floor = product >> shift; // arithmetic since C++20
  if constexpr (rounding == Rounding::Floor)
    return floor;
  const int64_t remainder = product - (floor << shift); // [0, 2^shift)
  if constexpr (rounding == Rounding::TowardZero)
    return floor + (product < 0 && remainder != 0);
  else
    return floor + (shift != 0 && (remainder > half || (remainder == half && (floor & 1) != 0)));
}

/// Signed range of a membrane.
struct StateRange {
  int64_t lowest, highest;
  explicit StateRange(int32_t bits)
      : lowest(-(int64_t{1} << (bits - 1))), highest((int64_t{1} << (bits - 1)) - 1) {}
  bool holds(int64_t v) const { return v >= lowest && v <= highest; }
  int64_t clamp(int64_t v) const { return std::clamp(v, lowest, highest); }
};

/// All columns in one step. Returns whether every membrane kept its range;
/// without branches, so that it becomes vector code.
template <Rounding rounding, bool softReset, bool saturates, typename Sum>
bool step(const NeuronParameters &neuron, StateRange range, int32_t firstColumn, int32_t columns,
          const Sum *input, int64_t *v, uint8_t *spikes) {
  const int64_t *threshold = neuron.threshold.data() + firstColumn;
  const int64_t *bias = neuron.bias.data() + firstColumn;
  const int64_t decay = neuron.decayNumerator;
  bool inRange = true;
  for (int32_t c = 0; c < columns; ++c) {
    int64_t next = shifted<rounding>(decay * v[c], neuron.decayShift) +
                   (static_cast<int64_t>(input[c]) << neuron.fractionBits) + bias[c];
    if constexpr (saturates)
      next = range.clamp(next);
    inRange &= range.holds(next);
    const bool fires = next >= threshold[c];
    spikes[c] = fires;
    if constexpr (softReset) // never below 0: validate() wants thresholds of at least 0
      v[c] = next - (fires ? threshold[c] : 0);
    else
      v[c] = fires ? neuron.vReset : next;
  }
  return inRange;
}

/// Repeats a step that overflowed for the one neuron that did so first.
template <typename Sum>
NeuronOverflow findOverflow(const NeuronParameters &neuron, StateRange range, int32_t firstColumn,
                            int32_t columns, int32_t timeStep, const Sum *input,
                            const int64_t *before) {
  for (int32_t c = 0; c < columns; ++c) {
    const int32_t column = firstColumn + c;
    const int64_t v = shiftRounded(neuron.decayNumerator * before[c], neuron.decayShift,
                                   neuron.leakRounding) +
                      (static_cast<int64_t>(input[c]) << neuron.fractionBits) +
                      neuron.bias[column];
    if (!range.holds(v))
      return {timeStep, column, v};
  }
  return {timeStep, firstColumn, 0}; // not reached: the caller saw an overflow
}

template <typename Sum>
using StepFunction = bool (*)(const NeuronParameters &, StateRange, int32_t, int32_t, const Sum *,
                              int64_t *, uint8_t *);

template <Rounding rounding, typename Sum>
StepFunction<Sum> selectStep(const NeuronParameters &neuron) {
  if (neuron.softReset)
    return neuron.saturates ? step<rounding, true, true, Sum> : step<rounding, true, false, Sum>;
  return neuron.saturates ? step<rounding, false, true, Sum> : step<rounding, false, false, Sum>;
}

template <typename Sum> StepFunction<Sum> selectStep(const NeuronParameters &neuron) {
  switch (neuron.leakRounding) {
  case Rounding::TowardZero:
    return selectStep<Rounding::TowardZero, Sum>(neuron);
  case Rounding::Floor:
    return selectStep<Rounding::Floor, Sum>(neuron);
  case Rounding::Nearest:
    break;
  }
  return selectStep<Rounding::Nearest, Sum>(neuron);
}

} // namespace

int64_t shiftRounded(int64_t product, int32_t shift, Rounding rounding) {
  switch (rounding) {
  case Rounding::TowardZero:
    return shifted<Rounding::TowardZero>(product, shift);
  case Rounding::Floor:
    return shifted<Rounding::Floor>(product, shift);
  case Rounding::Nearest:
    break;
  }
  return shifted<Rounding::Nearest>(product, shift);
}

template <typename Sum>
std::optional<NeuronOverflow>
updateNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
              int32_t timeSteps, std::span<const Sum> input, std::span<uint8_t> spikes,
              std::vector<int64_t> &membranes) {
  const StateRange range(neuron.stateBits);
  const StepFunction<Sum> update = selectStep<Sum>(neuron);
  membranes.assign(static_cast<size_t>(columns) * 2, neuron.vInit);
  int64_t *v = membranes.data(), *before = v + columns;
  for (int32_t t = 0; t < timeSteps; ++t) {
    const Sum *in = input.data() + static_cast<size_t>(t) * columns;
    std::copy_n(v, columns, before);
    if (!update(neuron, range, firstColumn, columns, in, v,
                spikes.data() + static_cast<size_t>(t) * columns))
      return findOverflow(neuron, range, firstColumn, columns, t, in, before);
  }
  return std::nullopt;
}

template <typename Sum>
std::optional<NeuronOverflow>
integrateReadout(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                 int32_t timeSteps, std::span<const Sum> input, std::span<int64_t> result) {
  const StateRange range(neuron.stateBits);
  std::copy_n(neuron.bias.begin() + firstColumn, columns, result.begin());
  for (int32_t t = 0; t < timeSteps; ++t)
    for (int32_t c = 0; c < columns; ++c) {
      const Sum sum = input[static_cast<size_t>(t) * columns + c];
      int64_t v = result[c] + (static_cast<int64_t>(sum) << neuron.fractionBits);
      if (neuron.saturates)
        v = range.clamp(v);
      if (!range.holds(v))
        return NeuronOverflow{t, firstColumn + c, v};
      result[c] = v;
    }
  return std::nullopt;
}

template std::optional<NeuronOverflow>
updateNeurons<int32_t>(const NeuronParameters &, int32_t, int32_t, int32_t,
                       std::span<const int32_t>, std::span<uint8_t>, std::vector<int64_t> &);
template std::optional<NeuronOverflow>
updateNeurons<int64_t>(const NeuronParameters &, int32_t, int32_t, int32_t,
                       std::span<const int64_t>, std::span<uint8_t>, std::vector<int64_t> &);
template std::optional<NeuronOverflow>
integrateReadout<int32_t>(const NeuronParameters &, int32_t, int32_t, int32_t,
                          std::span<const int32_t>, std::span<int64_t>);
template std::optional<NeuronOverflow>
integrateReadout<int64_t>(const NeuronParameters &, int32_t, int32_t, int32_t,
                          std::span<const int64_t>, std::span<int64_t>);

} // namespace synfire::sim

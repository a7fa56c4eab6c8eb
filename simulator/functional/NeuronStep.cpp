// NeuronStep: one loop for all neuron models, specialised by its constants.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/NeuronStep.h"

// The loop is plain C++ that becomes vector code; Highway compiles this file
// once per instruction set and picks one when run.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/functional/NeuronStep.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace synfire::sim {
namespace HWY_NAMESPACE {
namespace {

template <Rounding rounding> HWY_INLINE int64_t shifted(int64_t product, int32_t shift) {
  const int64_t floor = product >> shift; // arithmetic since C++20
  if constexpr (rounding == Rounding::Floor)
    return floor;
  const int64_t remainder = product - (floor << shift); // [0, 2^shift)
  if constexpr (rounding == Rounding::TowardZero) {
    return floor + ((product < 0) & (remainder != 0));
  } else {
    const int64_t doubled = 2 * remainder, unit = int64_t{1} << shift;
    return floor + ((doubled > unit) | ((doubled == unit) & ((floor & 1) != 0)));
  }
}

template <Rounding rounding, bool filters, bool softReset, bool saturates, typename Sum>
StateExtremes step(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                   const Sum *HWY_RESTRICT input, int64_t *HWY_RESTRICT states,
                   uint8_t *HWY_RESTRICT spikes) {
  const StateRange range(neuron.stateBits);
  const int64_t *HWY_RESTRICT threshold = neuron.threshold.data() + firstColumn;
  // HWY_RESTRICT allows it to be the threshold: neither is written.
  const int64_t *HWY_RESTRICT decrement =
      (neuron.decrement.empty() ? neuron.threshold : neuron.decrement).data() + firstColumn;
  const int64_t *HWY_RESTRICT bias = neuron.bias.data() + firstColumn;
  const int64_t *HWY_RESTRICT membraneBias =
      filters ? neuron.membraneBias.data() + firstColumn : bias;
  const int64_t decay = neuron.decay, currentDecay = neuron.currentDecay, vReset = neuron.vReset;
  const int32_t shift = static_cast<int32_t>(neuron.shift);
  const int32_t currentShift = static_cast<int32_t>(neuron.currentShift);
  const int32_t fraction = static_cast<int32_t>(neuron.fractionBits);
  int64_t *HWY_RESTRICT i = states + (filters ? columns : 0), *HWY_RESTRICT v = states;
  int64_t lowest = 0, highest = 0;
  for (int32_t c = 0; c < columns; ++c) {
    int64_t current = (static_cast<int64_t>(input[c]) << fraction) + bias[c];
    int64_t lost = 0; // a filtered current that did not fit
    if constexpr (filters) {
      const int64_t filtered = shifted<rounding>(currentDecay * i[c], currentShift) + current;
      i[c] = range.clamp(filtered); // within the range, so that the sum below fits 64 bits
      lost = saturates || filtered == i[c] ? 0 : filtered;
      current = i[c] + membraneBias[c];
    }
    int64_t next = shifted<rounding>(decay * v[c], shift) + current;
    if constexpr (saturates)
      next = range.clamp(next);
    const int64_t kept = filters && lost != 0 ? lost : next;
    lowest = kept < lowest ? kept : lowest;
    highest = kept > highest ? kept : highest;
    const bool fires = next >= threshold[c];
    spikes[c] = fires;
    if constexpr (softReset) // stays in range: validate() bounds the decrement by the threshold
      v[c] = next - (fires ? decrement[c] : 0);
    else
      v[c] = fires ? vReset : next;
  }
  return {lowest, highest};
}

template <Rounding rounding, bool filters, typename Sum>
StateExtremes selectReset(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const Sum *input, int64_t *v, uint8_t *spikes) {
  const auto run = neuron.softReset   ? neuron.saturates ? step<rounding, filters, true, true, Sum>
                                                         : step<rounding, filters, true, false, Sum>
                   : neuron.saturates ? step<rounding, filters, false, true, Sum>
                                      : step<rounding, filters, false, false, Sum>;
  return run(neuron, firstColumn, columns, input, v, spikes);
}

template <Rounding rounding, typename Sum>
StateExtremes selectForm(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                         const Sum *input, int64_t *v, uint8_t *spikes) {
  const auto run = neuron.currentDecay != 0 ? selectReset<rounding, true, Sum>
                                            : selectReset<rounding, false, Sum>;
  return run(neuron, firstColumn, columns, input, v, spikes);
}

template <typename Sum>
StateExtremes selectRounding(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                             const Sum *input, int64_t *v, uint8_t *spikes) {
  // Without a shift nothing is rounded, and Floor is the cheapest.
  switch (neuron.shift == 0 && neuron.currentShift == 0 ? Rounding::Floor : neuron.leakRounding) {
  case Rounding::TowardZero:
    return selectForm<Rounding::TowardZero>(neuron, firstColumn, columns, input, v, spikes);
  case Rounding::Floor:
    return selectForm<Rounding::Floor>(neuron, firstColumn, columns, input, v, spikes);
  case Rounding::Nearest:
    break;
  }
  return selectForm<Rounding::Nearest>(neuron, firstColumn, columns, input, v, spikes);
}

} // namespace

StateExtremes stepNarrow(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                         const int32_t *input, int64_t *v, uint8_t *spikes) {
  return selectRounding(neuron, firstColumn, columns, input, v, spikes);
}
StateExtremes stepWide(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                       const int64_t *input, int64_t *v, uint8_t *spikes) {
  return selectRounding(neuron, firstColumn, columns, input, v, spikes);
}

} // namespace HWY_NAMESPACE
} // namespace synfire::sim
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace synfire::sim {

HWY_EXPORT(stepNarrow);
HWY_EXPORT(stepWide);

StateExtremes stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const int32_t *input, int64_t *v, uint8_t *spikes) {
  return HWY_DYNAMIC_DISPATCH(stepNarrow)(neuron, firstColumn, columns, input, v, spikes);
}

StateExtremes stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const int64_t *input, int64_t *v, uint8_t *spikes) {
  return HWY_DYNAMIC_DISPATCH(stepWide)(neuron, firstColumn, columns, input, v, spikes);
}

static bool filters(const NeuronParameters &neuron) { return neuron.currentDecay != 0; }

int32_t stateWords(const NeuronParameters &neuron) { return filters(neuron) ? 2 : 1; }

template <typename Sum>
void findEffective(const NeuronParameters &neuron, int32_t firstColumn, std::span<const Sum> input,
                   const int64_t *states, uint8_t *effective) {
  for (size_t c = 0; c < input.size(); ++c)
    effective[c] = (states[c] | input[c] | neuron.bias[firstColumn + c]) != 0;
  if (filters(neuron))
    for (size_t c = 0; c < input.size(); ++c)
      effective[c] |= (states[input.size() + c] | neuron.membraneBias[firstColumn + c]) != 0;
}

template void findEffective<int32_t>(const NeuronParameters &, int32_t, std::span<const int32_t>,
                                     const int64_t *, uint8_t *);
template void findEffective<int64_t>(const NeuronParameters &, int32_t, std::span<const int64_t>,
                                     const int64_t *, uint8_t *);

} // namespace synfire::sim
#endif // HWY_ONCE

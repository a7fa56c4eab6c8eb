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

/// A constant that is the same for all columns, or has an entry for each of them.
template <bool perColumn> class Constant;
template <> class Constant<false> {
public:
  Constant(const std::vector<int64_t> &entries, int32_t) : value(entries.front()) {}
  HWY_INLINE int64_t operator[](int32_t) const { return value; }

private:
  int64_t value;
};
template <> class Constant<true> {
public:
  Constant(const std::vector<int64_t> &entries, int32_t firstColumn)
      : entries(entries.data() + firstColumn) {}
  HWY_INLINE int64_t operator[](int32_t column) const { return entries[column]; }

private:
  const int64_t *HWY_RESTRICT entries;
};

HWY_INLINE void widen(Extremes &extremes, int64_t number) {
  extremes.lowest = number < extremes.lowest ? number : extremes.lowest;
  extremes.highest = number > extremes.highest ? number : extremes.highest;
}

template <Rounding rounding, bool filters, bool softReset, bool saturates, bool perColumn,
          typename Sum>
StateExtremes step(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                   const Sum *HWY_RESTRICT input, int64_t *HWY_RESTRICT states,
                   uint8_t *HWY_RESTRICT spikes) {
  const StateRange range(neuron.stateBits), currentRange(filters ? neuron.currentBits : 1);
  const int64_t *HWY_RESTRICT threshold = neuron.threshold.data() + firstColumn;
  // HWY_RESTRICT allows it to be the threshold: neither is written.
  const int64_t *HWY_RESTRICT decrement =
      (neuron.decrement.empty() ? neuron.threshold : neuron.decrement).data() + firstColumn;
  const int64_t *HWY_RESTRICT bias = neuron.bias.data() + firstColumn;
  const int64_t *HWY_RESTRICT membraneBias =
      filters ? neuron.membraneBias.data() + firstColumn : bias;
  const Constant<perColumn> decay(neuron.decay, firstColumn), shift(neuron.shift, firstColumn),
      vReset(neuron.vReset, firstColumn),
      currentDecay(filters ? neuron.currentDecay : neuron.decay, firstColumn),
      currentShift(filters ? neuron.currentShift : neuron.shift, firstColumn);
  const auto fraction =
      static_cast<int32_t>(filters ? neuron.currentFractionBits : neuron.fractionBits);
  const auto missing = static_cast<int32_t>(neuron.fractionBits) - fraction; // of the current
  int64_t *HWY_RESTRICT i = states + (filters ? columns : 0), *HWY_RESTRICT v = states;
  StateExtremes extremes;
  for (int32_t c = 0; c < columns; ++c) {
    int64_t current = (static_cast<int64_t>(input[c]) << fraction) + bias[c];
    if constexpr (filters) {
      const auto bits = static_cast<int32_t>(currentShift[c]);
      const int64_t filtered = shifted<rounding>(currentDecay[c] * i[c], bits) + current;
      i[c] = currentRange.clamp(filtered); // within the range, so that the sum below fits 64 bits
      widen(extremes.current, saturates ? i[c] : filtered);
      current = (i[c] << missing) + membraneBias[c];
    }
    int64_t next = shifted<rounding>(decay[c] * v[c], static_cast<int32_t>(shift[c])) + current;
    if constexpr (saturates)
      next = range.clamp(next);
    widen(extremes.membrane, next);
    const bool fires = next >= threshold[c];
    spikes[c] = fires;
    if constexpr (softReset) // stays in range: validate() bounds the decrement by the threshold
      v[c] = next - (fires ? decrement[c] : 0);
    else
      v[c] = fires ? vReset[c] : next;
  }
  return extremes;
}

template <Rounding rounding, bool filters, bool perColumn, typename Sum>
StateExtremes selectReset(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const Sum *input, int64_t *v, uint8_t *spikes) {
  const auto run = neuron.softReset   ? neuron.saturates
                                            ? step<rounding, filters, true, true, perColumn, Sum>
                                            : step<rounding, filters, true, false, perColumn, Sum>
                   : neuron.saturates ? step<rounding, filters, false, true, perColumn, Sum>
                                      : step<rounding, filters, false, false, perColumn, Sum>;
  return run(neuron, firstColumn, columns, input, v, spikes);
}

template <Rounding rounding, typename Sum>
StateExtremes selectForm(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                         const Sum *input, int64_t *v, uint8_t *spikes) {
  const bool perColumn = neuron.decay.size() > 1;
  const auto run = neuron.filters() ? perColumn ? selectReset<rounding, true, true, Sum>
                                                : selectReset<rounding, true, false, Sum>
                   : perColumn      ? selectReset<rounding, false, true, Sum>
                                    : selectReset<rounding, false, false, Sum>;
  return run(neuron, firstColumn, columns, input, v, spikes);
}

/// Whether no state is shifted. Shifts that differ from column to column are not all 0.
bool shiftsNothing(const NeuronParameters &neuron) {
  const auto isZero = [](const std::vector<int64_t> &shift) {
    return shift.empty() || (shift.size() == 1 && shift.front() == 0);
  };
  return isZero(neuron.shift) && isZero(neuron.currentShift);
}

template <typename Sum>
StateExtremes selectRounding(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                             const Sum *input, int64_t *v, uint8_t *spikes) {
  // Without a shift nothing is rounded, and Floor is the cheapest.
  switch (shiftsNothing(neuron) ? Rounding::Floor : neuron.leakRounding) {
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

int32_t stateWords(const NeuronParameters &neuron) { return neuron.filters() ? 2 : 1; }

template <typename Sum>
void findEffective(const NeuronParameters &neuron, int32_t firstColumn, std::span<const Sum> input,
                   const int64_t *states, uint8_t *effective) {
  for (size_t c = 0; c < input.size(); ++c)
    effective[c] = (states[c] | input[c] | neuron.bias[firstColumn + c]) != 0;
  if (neuron.filters())
    for (size_t c = 0; c < input.size(); ++c)
      effective[c] |= (states[input.size() + c] | neuron.membraneBias[firstColumn + c]) != 0;
}

template void findEffective<int32_t>(const NeuronParameters &, int32_t, std::span<const int32_t>,
                                     const int64_t *, uint8_t *);
template void findEffective<int64_t>(const NeuronParameters &, int32_t, std::span<const int64_t>,
                                     const int64_t *, uint8_t *);

} // namespace synfire::sim
#endif // HWY_ONCE

// NeuronForm: the ranges of a neuron's constants, and the lengths of its lists.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/NeuronForm.h"

#include <algorithm>

namespace synfire {

static bool isWithin(int64_t value, int64_t least, int64_t most) {
  return value >= least && value <= most;
}

static std::string ofColumn(const char *name, size_t column) {
  return std::string(name) + " of column " + std::to_string(column);
}

static std::optional<NeuronFault> findScalarFault(const NeuronConstants &neuron) {
  for (const NeuronScalar &scalar : kNeuronScalars) {
    const int64_t value = neuron.*scalar.member, least = scalar.stands(neuron) ? scalar.least : 0,
                  most = scalar.stands(neuron) ? scalar.most : 0;
    if (!isWithin(value, least, most))
      return NeuronFault{scalar.name, value, least, most};
  }
  if (!neuron.filters())
    return std::nullopt;
  // The current is shifted up to the membrane's places, and has to stay within 64 bits there.
  const int64_t least =
      std::max<int64_t>(0, neuron.fractionBits - (kMaxInputBits - (neuron.currentBits - 1)));
  if (!isWithin(neuron.currentFractionBits, least, neuron.fractionBits))
    return NeuronFault{"current_fraction_bits", neuron.currentFractionBits, least,
                       neuron.fractionBits};
  return std::nullopt;
}

static std::optional<NeuronFault> findLeakFault(const NeuronConstants &neuron) {
  for (const NeuronLeak &leak : kNeuronLeaks) {
    const std::vector<int64_t> &numerators = neuron.*leak.numerator, &shifts = neuron.*leak.shift;
    if (numerators.empty() || shifts.empty())
      continue;
    const size_t columns = numerators.size() == 1 || shifts.size() == 1
                               ? std::max(numerators.size(), shifts.size())
                               : std::min(numerators.size(), shifts.size());
    for (size_t c = 0; c < columns; ++c)
      if (const int64_t unit = int64_t{1} << entryOf(shifts, c); entryOf(numerators, c) > unit)
        return NeuronFault{ofColumn(leak.name, c), entryOf(numerators, c), 0, unit};
  }
  return std::nullopt;
}

std::optional<NeuronFault> findFault(const NeuronConstants &neuron) {
  if (std::optional<NeuronFault> fault = findScalarFault(neuron))
    return fault;
  for (const NeuronVector &vector : kNeuronVectors) {
    const std::vector<int64_t> &entries = neuron.*vector.member;
    if (!vector.stands(neuron) && !entries.empty())
      return NeuronFault{std::string("entries of ") + vector.name,
                         static_cast<int64_t>(entries.size()), 0, 0};
    for (size_t c = 0; c < entries.size(); ++c)
      if (!isWithin(entries[c], vector.least, vector.most))
        return NeuronFault{ofColumn(vector.name, c), entries[c], vector.least, vector.most};
  }
  return findLeakFault(neuron);
}

void joinEqualEntries(NeuronConstants &neuron) {
  for (const NeuronVector &vector : kNeuronVectors) {
    std::vector<int64_t> &entries = neuron.*vector.member;
    if (!entries.empty() && std::ranges::count(entries, entries.front()) == std::ssize(entries))
      entries.erase(entries.begin() + 1, entries.end());
  }
}

void spreadEntries(NeuronConstants &neuron, size_t columns) {
  const bool differ = std::ranges::any_of(kNeuronVectors, [&](const NeuronVector &vector) {
    return vector.shared && (neuron.*vector.member).size() > 1;
  });
  for (const NeuronVector &vector : kNeuronVectors)
    if (std::vector<int64_t> &entries = neuron.*vector.member;
        entries.size() == 1 && (differ || !vector.shared))
      entries.assign(columns, int64_t{entries.front()});
}

} // namespace synfire

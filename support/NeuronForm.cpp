// NeuronForm: the ranges of a neuron's constants.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/NeuronForm.h"

namespace synfire {

static bool isWithin(int64_t value, int64_t least, int64_t most) {
  return value >= least && value <= most;
}

std::optional<NeuronFault> findFault(const NeuronConstants &neuron) {
  for (const NeuronScalar &scalar : kNeuronScalars)
    if (const int64_t value = neuron.*scalar.member; !isWithin(value, scalar.least, scalar.most))
      return NeuronFault{scalar.name, value, scalar.least, scalar.most};
  for (const NeuronLeak &leak : kNeuronLeaks)
    if (const int64_t unit = int64_t{1} << neuron.*leak.shift; neuron.*leak.numerator > unit)
      return NeuronFault{leak.name, neuron.*leak.numerator, 0, unit};
  for (const NeuronVector &vector : kNeuronVectors) {
    const std::vector<int64_t> &entries = neuron.*vector.member;
    if (!vector.stands(neuron) && !entries.empty())
      return NeuronFault{std::string("entries of ") + vector.name,
                         static_cast<int64_t>(entries.size()), 0, 0};
    for (size_t c = 0; c < entries.size(); ++c)
      if (!isWithin(entries[c], vector.least, vector.most))
        return NeuronFault{std::string(vector.name) + " of column " + std::to_string(c), entries[c],
                           vector.least, vector.most};
  }
  return std::nullopt;
}

} // namespace synfire

// NeuronModels: the table of neuron models.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/NeuronModels.h"

#include <algorithm>

namespace synfire {

const std::vector<NeuronModelInfo> &knownNeuronModels() {
  static const std::vector<NeuronModelInfo> models = {
      {"if", "if", "v[t] = v'[t-1] + I[t]; fires at its threshold"},
      {"lif", "lif", "v[t] = (1 - 1/tau) v'[t-1] + I[t] / tau; fires at its threshold"},
      {"plif", "lif",
       "lif with a learned time constant, 1/tau = 1 / (1 + exp(-w)); on a chip a lif"},
      {"cuba_lif", "cuba_lif",
       "filters its current, i[t] = a i[t-1] + b I[t], before a leaky membrane"},
      {"integrator", "integrator", "sums its input; the host reads it"},
  };
  return models;
}

const std::vector<std::string> &chipNeuronModels() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const NeuronModelInfo &model : knownNeuronModels())
      if (model.onChip && std::find(list.begin(), list.end(), model.onChip) == list.end())
        list.emplace_back(model.onChip);
    return list;
  }();
  return names;
}

} // namespace synfire

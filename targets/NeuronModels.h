// NeuronModels: the neuron models that there are, by name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_NEURONMODELS_H
#define SYNFIRE_TARGETS_NEURONMODELS_H

#include <string>
#include <string_view>
#include <vector>

namespace synfire {

/// A model of the spike dialect, under its attribute's name, or the integrator,
/// which is a readout.
struct NeuronModelInfo {
  const char *name;
  const char *onChip; ///< what core.neuron_models must name to run it; null: no chip can
  const char *help;   ///< one sentence
};

/// In the order of `synfire list neuron-models`.
const std::vector<NeuronModelInfo> &knownNeuronModels();

/// The names that core.neuron_models can have, in that order.
const std::vector<std::string> &chipNeuronModels();

/// What a readout runs on.
inline constexpr std::string_view kIntegratorModel = "integrator";

} // namespace synfire

#endif // SYNFIRE_TARGETS_NEURONMODELS_H

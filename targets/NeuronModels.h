// NeuronModels: the table of neuron models, by name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_NEURONMODELS_H
#define SYNFIRE_TARGETS_NEURONMODELS_H

#include <string>
#include <string_view>
#include <vector>

namespace synfire {

/// A neuron model.
struct NeuronModelInfo {
  const char *name;   ///< name of its attribute in the spike dialect, or "integrator"
  const char *onChip; ///< the entry of core.neuron_models that a chip needs to run the model;
                      ///< null: the model runs on the host only
  const char *help;   ///< its equation or purpose, in one sentence
};

/// All models, in the order in which `synfire list neuron-models` prints them.
const std::vector<NeuronModelInfo> &knownNeuronModels();

/// The distinct values of NeuronModelInfo::onChip, which core.neuron_models may list, in the same
/// order.
const std::vector<std::string> &chipNeuronModels();

/// The model that a chip needs for a readout, which sums its inputs and never fires.
inline constexpr std::string_view kIntegratorModel = "integrator";

} // namespace synfire

#endif // SYNFIRE_TARGETS_NEURONMODELS_H

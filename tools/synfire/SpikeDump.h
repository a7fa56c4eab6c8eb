// SpikeDump: spikes and logits as safetensors (--dump).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_SPIKEDUMP_H
#define SYNFIRE_TOOLS_SYNFIRE_SPIKEDUMP_H

#include "simulator/functional/FunctionalEngine.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synfire::tool {

/// One neuron op's spikes, [T, tokens, features].
struct SpikeTensor {
  std::string name; ///< of the op
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::vector<uint8_t> values;
};

/// Writes `<op>.spikes` (U8) for each and `logits` (F32, [tokens, vocabulary])
/// if there are any. Returns an empty string or an error message.
std::string writeDump(const std::string &path, const std::vector<SpikeTensor> &spikes,
                      const std::vector<double> &logits, int64_t tokens);

/// The same from a simulated trace: threshold neurons and graded sums.
std::string dumpTrace(const std::string &path, const sim::Program &program,
                      const sim::FunctionalEngine &engine, const sim::ActivityTrace &trace);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_SPIKEDUMP_H

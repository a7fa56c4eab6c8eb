// SpikeDump: writes spikes and logits to a safetensors file (--dump).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_SPIKEDUMP_H
#define SYNFIRE_TOOLS_SYNFIRE_SPIKEDUMP_H

#include "simulator/functional/FunctionalEngine.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace synfire::tool {

/// The spikes of one op, [timeSteps, tokens, features] row major. `fill` puts those of a time step
/// into tokens x features zeros: no more than one step of one op is ever held as bytes.
struct SpikeTensor {
  std::string name; ///< name of the op
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::function<void(int64_t step, std::span<uint8_t> values)> fill;
};

/// The logits of all tokens; no tensor is written when there are no columns.
struct LogitRows {
  int64_t tokens = 0, vocabulary = 0;
  std::function<std::vector<double>(int64_t token)> row;
};

/// An empty string, or why a dump may not be written to `path`: it is an input of this run. Asked
/// before a long computation.
std::string checkDump(const std::string &path);

/// Writes a file with a tensor `<op>.spikes` (U8) for each op and a tensor `logits` (F32, [tokens,
/// vocabulary]), piece by piece. Returns an empty string or an error message.
std::string writeDump(const std::string &path, const std::vector<SpikeTensor> &spikes,
                      const LogitRows &logits);

/// Writes the spikes and logits of a simulated run: the spikes of neurons, gates and sums, on the
/// chip and on the host. Returns an empty string or an error message.
std::string dumpTrace(const std::string &path, const sim::Program &program,
                      const sim::FunctionalEngine &engine, const sim::ActivityTrace &trace);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_SPIKEDUMP_H

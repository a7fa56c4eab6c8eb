// SpikeDump: writes spikes and logits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/SpikeDump.h"

#include "dialect/import/safetensors/SafetensorsWriter.h"
#include "support/RunInputs.h"

namespace synfire::tool {

std::string checkDump(const std::string &path) {
  const std::string refusal = runInputs::refusal(path);
  return refusal.empty() ? refusal : "'" + path + "': " + refusal;
}

std::string writeDump(const std::string &path, const std::vector<SpikeTensor> &spikes,
                      const std::vector<double> &logits, int64_t tokens) {
  SafetensorsWriter writer(path);
  for (const SpikeTensor &tensor : spikes)
    writer.declare(tensor.name + ".spikes", TensorType::U8,
                   {tensor.timeSteps, tensor.tokens, tensor.features});
  const std::vector<float> rounded(logits.begin(), logits.end());
  if (!logits.empty())
    writer.declare("logits", TensorType::F32,
                   {tokens, static_cast<int64_t>(logits.size()) / tokens});
  for (const SpikeTensor &tensor : spikes)
    writer.append(std::as_bytes(std::span(tensor.values)));
  if (!logits.empty())
    writer.append(std::as_bytes(std::span(rounded)));
  if (auto error = writer.finish())
    return error->message;
  return {};
}

/// Whether the dump has the spikes of a population: it has those of neurons, gates and sums of
/// spikes, on the chip and on the host.
static bool isDumped(const sim::Program &program, const sim::Population &population) {
  if (population.kind != sim::PopulationKind::HostSpikes)
    return population.kind != sim::PopulationKind::Readout;
  return program.hostOps[population.hostOp].kernel->isDumped();
}

std::string dumpTrace(const std::string &path, const sim::Program &program,
                      const sim::FunctionalEngine &engine, const sim::ActivityTrace &trace) {
  std::vector<SpikeTensor> spikes;
  for (size_t p = 0; p < program.populations.size(); ++p) {
    const sim::Population &population = program.populations[p];
    if (!isDumped(program, population))
      continue;
    SpikeTensor tensor{program.ops[population.op].name,
                       trace.timeSteps(static_cast<int32_t>(p)),
                       trace.positions(static_cast<int32_t>(p)),
                       population.columns,
                       {}};
    tensor.values.resize(static_cast<size_t>(tensor.timeSteps * tensor.tokens * tensor.features));
    for (int32_t step = 0; step < tensor.timeSteps; ++step)
      for (int32_t position = 0; position < tensor.tokens; ++position)
        trace.forEachSpike(static_cast<int32_t>(p), position, step,
                           [&](int32_t column, int32_t value) {
                             tensor.values[static_cast<size_t>(
                                 (step * tensor.tokens + position) * tensor.features + column)] =
                                 static_cast<uint8_t>(value);
                           });
    spikes.push_back(std::move(tensor));
  }
  std::vector<double> logits;
  for (int32_t row = 0; row < engine.logitRows(trace); ++row) {
    const std::vector<double> values = engine.logits(trace, row);
    logits.insert(logits.end(), values.begin(), values.end());
  }
  return writeDump(path, spikes, logits, engine.logitRows(trace));
}

} // namespace synfire::tool

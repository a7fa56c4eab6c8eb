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
                      const LogitRows &logits) {
  SafetensorsWriter writer(path);
  for (const SpikeTensor &tensor : spikes)
    writer.declare(tensor.name + ".spikes", TensorType::U8,
                   {tensor.timeSteps, tensor.tokens, tensor.features});
  if (logits.vocabulary > 0)
    writer.declare("logits", TensorType::F32, {logits.tokens, logits.vocabulary});
  std::vector<uint8_t> values;
  for (const SpikeTensor &tensor : spikes)
    for (int64_t step = 0; step < tensor.timeSteps; ++step) {
      values.assign(static_cast<size_t>(tensor.tokens * tensor.features), 0);
      tensor.fill(step, values);
      writer.append(std::as_bytes(std::span(values)));
    }
  for (int64_t token = 0; token < logits.tokens && logits.vocabulary > 0; ++token) {
    const std::vector<double> row = logits.row(token);
    const std::vector<float> rounded(row.begin(), row.end());
    writer.append(std::as_bytes(std::span(rounded)));
  }
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
  for (int32_t p = 0; p < static_cast<int32_t>(program.populations.size()); ++p) {
    const sim::Population &population = program.populations[p];
    if (!isDumped(program, population))
      continue;
    const int64_t columns = population.columns;
    const auto fill = [&trace, p, columns](int64_t step, std::span<uint8_t> values) {
      for (int32_t position = 0; position < trace.positions(p); ++position)
        trace.forEachSpike(p, position, static_cast<int32_t>(step),
                           [&](int32_t column, int32_t value) {
                             values[static_cast<size_t>(position * columns + column)] =
                                 static_cast<uint8_t>(value);
                           });
    };
    spikes.push_back(
        {program.ops[population.op].name, trace.timeSteps(p), trace.positions(p), columns, fill});
  }
  const auto row = [&](int64_t position) {
    return engine.logits(trace, static_cast<int32_t>(position));
  };
  const int32_t rows = engine.logitRows(trace);
  return writeDump(path, spikes, {rows, rows > 0 ? static_cast<int64_t>(row(0).size()) : 0, row});
}

} // namespace synfire::tool

// SequenceWait: finds the places at which a run waits, and measures them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/SequenceWait.h"

#include <algorithm>
#include <map>
#include <set>

namespace synfire::sim {
namespace {

/// The attention behind each wait, by the first stage behind it.
using Waits = std::map<int32_t, std::set<OpId>>;

/// Adds the attention of the host of which an op of the host is computed.
void addOfHost(const Program &program, int32_t hostOp, std::set<OpId> &ops) {
  // Inputs stand before their readers, so that one pass back reaches each op once.
  std::vector<bool> needed(hostOp + 1);
  needed[hostOp] = true;
  for (int32_t i = hostOp; i >= 0; --i) {
    if (!needed[i])
      continue;
    if (program.hostOps[i].kernel->readsLaterTokens())
      ops.insert(program.hostOps[i].op);
    for (int32_t input : program.hostOps[i].inputs)
      needed[input] = true;
  }
}

Waits findWaits(const Program &program) {
  Waits waits;
  for (const Attention &attention : program.attentions)
    if (!attention.causal)
      waits[program.populations[attention.target].stage].insert(attention.op);
  std::set<OpId> ofHost;
  for (const Population &population : program.populations)
    if (population.kind == PopulationKind::HostSpikes) {
      addOfHost(program, population.hostOp, waits[population.stage]);
      ofHost.insert(waits[population.stage].begin(), waits[population.stage].end());
    }
  // What only the result needs, the host waits for behind the last stage.
  if (program.result >= 0) {
    std::set<OpId> &last = waits[program.stages];
    addOfHost(program, program.result, last);
    std::erase_if(last, [&](OpId op) { return ofHost.contains(op); });
  }
  std::erase_if(waits, [](const auto &wait) { return wait.second.empty(); });
  return waits;
}

/// Whether a population is read from `stage` on by others than attention that keeps its spikes.
bool readFrom(const Program &program, int32_t population, int32_t stage) {
  const auto behind = [&](int32_t target) { return program.populations[target].stage >= stage; };
  return std::ranges::any_of(program.projections,
                             [&](const Projection &projection) {
                               return projection.source == population && behind(projection.target);
                             }) ||
         std::ranges::any_of(program.attentions, [&](const Attention &attention) {
           return attention.q == population && behind(attention.target);
         });
}

int64_t heldBits(const Program &program, int32_t stage, int32_t tokens) {
  int64_t bits = 0; // the trace has them all in memory
  for (size_t p = 0; p < program.populations.size(); ++p) {
    const Population &population = program.populations[p];
    if (population.stage < stage && readFrom(program, static_cast<int32_t>(p), stage))
      bits += int64_t{population.columns} * population.spikeBits * program.timeSteps * tokens;
  }
  return bits;
}

} // namespace

std::vector<SequenceWait> sequenceWaits(const Program &program, const Counters &counters,
                                        int32_t tokens) {
  std::vector<SequenceWait> waits;
  if (tokens <= 1)
    return waits;
  int32_t stage = 0; // the first one that no wait has counted
  for (const auto &[end, ops] : findWaits(program)) {
    SequenceWait wait{{ops.begin(), ops.end()}, end, 0, heldBits(program, end, tokens)};
    for (; stage < end; ++stage)
      wait.timePs += counters.laterTokensPs[stage];
    waits.push_back(std::move(wait));
  }
  return waits;
}

} // namespace synfire::sim

// FunctionalEngine: runs all tokens through one population after the other, to reuse weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/FunctionalEngine.h"

#include "simulator/program/InputBound.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace synfire::sim {
namespace {

/// How many tokens of a slice a worker computes in one go. With more tokens, the weights of the
/// slice are reused more often while they are in the worker's cache (16 tokens come close to the
/// limit that the bandwidth of the L3 cache sets); with fewer, more threads can share a short text.
constexpr int32_t kTokensPerItem = 16;

std::string describe(const Program &program, const Population &population,
                     const SliceFailure &failure) {
  const std::string &name = program.ops[population.op].name;
  std::string message = name + ": column " + std::to_string(failure.column) + ", token " +
                        std::to_string(failure.token) + ", time step " +
                        std::to_string(failure.step) + ": ";
  if (population.kind == PopulationKind::GradedSum)
    return message + "sum " + std::to_string(failure.value) + " is not a graded spike of 0 to " +
           std::to_string((1 << population.spikeBits) - 1);
  const int32_t bits = population.neuron.stateBits;
  const int64_t limit = int64_t{1} << (bits - 1);
  return message + "state value " + std::to_string(failure.value) + " exceeds the limit of " +
         std::to_string(failure.value < 0 ? -limit : limit - 1) + " (" + std::to_string(bits) +
         " state bits); use fewer weight bits or a target with more state bits";
}

} // namespace

FunctionalEngine::FunctionalEngine(const Program &program, int threads)
    : program(program), workers(threads), host(program),
      runners(workers.threads(), SliceRunner(program)) {
  slicesOf.resize(program.populations.size());
  for (const Slice &slice : program.slices)
    slicesOf[slice.population].push_back(&slice);
  for (size_t p = 0; p < program.populations.size(); ++p)
    wide.push_back(inputBound(program, static_cast<int32_t>(p)) >
                   std::numeric_limits<int32_t>::max());
  hasNonCausalAttention =
      std::any_of(program.attentions.begin(), program.attentions.end(),
                  [](const Attention &a) { return !a.causal; }) ||
      std::any_of(program.hostOps.begin(), program.hostOps.end(),
                  [](const HostOp &op) { return op.kernel->readsLaterTokens(); });
}

std::string FunctionalEngine::run(std::span<const int32_t> tokens, ActivityTrace &trace) {
  const int32_t firstToken = trace.tokens();
  if (std::string error = trace.mismatch(program); !error.empty())
    return error;
  if (firstToken > 0 && !tokens.empty() && hasNonCausalAttention)
    return program.name + ": attention that is not causal needs all tokens in one run; start with "
                          "an empty trace";
  if (tokens.size() > static_cast<size_t>(program.context - firstToken))
    return program.name + ": " + std::to_string(firstToken + tokens.size()) +
           " tokens exceed the context of " + std::to_string(program.context);
  for (size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i] < 0 || tokens[i] >= program.vocabulary)
      return program.name + ": token " + std::to_string(firstToken + i) + " has id " +
             std::to_string(tokens[i]) + ", the vocabulary ends at " +
             std::to_string(program.vocabulary - 1);
  trace.appendTokens(tokens);
  // Populations are computed in their order. Before a population of the host's spikes, the host
  // runs up to the op that yields them.
  host.start(firstToken);
  std::string error;
  const int32_t populations = static_cast<int32_t>(program.populations.size());
  for (int32_t p = 0; p < populations && error.empty(); ++p) {
    const Population &population = program.populations[p];
    if (population.kind != PopulationKind::HostSpikes) {
      error = runPopulation(p, firstToken, trace);
      continue;
    }
    error = host.runBefore(population.hostOp + 1, trace, workers);
    if (error.empty())
      recordHostSpikes(p, firstToken, trace);
  }
  if (error.empty())
    error = host.runBefore(static_cast<int32_t>(program.hostOps.size()), trace, workers);
  if (!error.empty())
    trace.truncate(firstToken);
  return error;
}

void FunctionalEngine::recordHostSpikes(int32_t population, int32_t firstToken,
                                        ActivityTrace &trace) const {
  const int32_t columns = program.populations[population].columns;
  for (int32_t token = firstToken; token < trace.tokens(); ++token) {
    const HostRows values = host.rows(program.populations[population].hostOp, token, trace);
    for (int32_t step = 0; step < trace.timeSteps(population); ++step)
      for (int32_t column = 0; column < columns; ++column) {
        const auto value = static_cast<uint64_t>(values[step * columns + column]);
        for (int32_t plane = 0; value >> plane != 0; ++plane)
          trace.plane(population, token, step, plane)[column / 64] |= (value >> plane & 1)
                                                                      << (column % 64);
      }
  }
}

std::string FunctionalEngine::runPopulation(int32_t population, int32_t firstToken,
                                            ActivityTrace &trace) {
  const std::vector<const Slice *> &slices = slicesOf[population];
  const int64_t runs = (trace.tokens() - firstToken + kTokensPerItem - 1) / kTokensPerItem;
  const int64_t items = static_cast<int64_t>(slices.size()) * runs;
  std::vector<std::optional<SliceFailure>> failures(items);
  workers.forEach(items, [&](int64_t item, int worker) {
    const int32_t first = firstToken + static_cast<int32_t>(item % runs) * kTokensPerItem;
    const int32_t last = std::min(first + kTokensPerItem, trace.tokens());
    failures[item] =
        runners[worker].run(*slices[item / runs], wide[population], first, last, trace);
  });
  std::optional<SliceFailure> earliest;
  for (const auto &failure : failures)
    if (failure && (!earliest || *failure < *earliest))
      earliest = failure;
  return earliest ? describe(program, program.populations[population], *earliest) : std::string();
}

std::vector<double> FunctionalEngine::logits(const ActivityTrace &trace, int32_t token) const {
  if (program.result < 0)
    return {};
  const std::span<const double> values = trace.kept(program.result, token);
  return {values.begin(), values.end()};
}

} // namespace synfire::sim

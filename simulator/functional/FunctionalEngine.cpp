// FunctionalEngine: runs all tokens through one population after the other, to reuse weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/FunctionalEngine.h"

#include "support/Message.h"

#include "simulator/program/InputBound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace synfire::sim {
namespace {

/// How many positions of a slice a worker computes in one go. With more, the weights of the slice
/// are reused more often while they are in the worker's cache (16 tokens come close to the limit
/// that the bandwidth of the L3 cache sets); with fewer, more threads can share a short text.
constexpr int32_t kPositionsPerItem = 16;

std::string describe(const Program &program, const Population &population,
                     const SliceFailure &failure) {
  const Attention *scores =
      failure.attention >= 0 ? &program.attentions[failure.attention] : nullptr;
  const std::string place =
      message(opName(program, scores ? scores->op : population.op), ": column ", failure.column,
              population.points > 1 ? ", point " : ", token ", failure.position, ", time step ",
              failure.step, ": ");
  if (population.kind == PopulationKind::GradedSum && !scores)
    return place + "the graded spike " +
           needsHas(message("0 to ", (1 << population.spikeBits) - 1), failure.value);
  const int64_t bits = scores              ? scores->score->stateBits
                       : failure.ofCurrent ? population.neuron.currentBits
                                           : population.neuron.stateBits;
  const int64_t limit = int64_t{1} << (bits - 1);
  const bool ownBits = failure.ofCurrent && program.chip.core.currentBits;
  const char *key = ownBits ? "core.current_bits" : "core.state_bits";
  return place + (failure.ofCurrent ? "the filtered current " : "the state ") +
         needsHas(message(-limit, " to ", limit - 1, " (", bits, " bits, ", key, " of '",
                          program.chip.name, "')"),
                  failure.value) +
         "; use fewer weight bits or a target with more " +
         (ownBits ? "current bits" : "state bits");
}

} // namespace

FunctionalEngine::FunctionalEngine(const Program &program, int threads)
    : program(program), workers(threads), host(program),
      runners(workers.threads(), SliceRunner(program)), cycles(cyclesOf(program)) {
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

std::string FunctionalEngine::checkRun(int64_t tokens, const ActivityTrace &trace) const {
  if (std::string error = trace.mismatch(program); !error.empty())
    return error;
  if (trace.tokens() > 0 && tokens > 0 && hasNonCausalAttention)
    return "'" + program.name +
           "': attention that is not causal needs all tokens in one run; start with an empty trace";
  if (tokens > program.context - trace.tokens())
    return "'" + program.name + "': " +
           needsHas(message("at most ", program.context, " tokens, its context"),
                    trace.tokens() + tokens);
  if (program.input.tokens > 0 && tokens > 0 && trace.tokens() + tokens != program.input.tokens)
    return "'" + program.name +
           "': " + needsHas(message(program.input.tokens, " tokens"), trace.tokens() + tokens);
  return {};
}

std::string FunctionalEngine::run(std::span<const int32_t> tokens, ActivityTrace &trace) {
  const int32_t firstToken = trace.tokens();
  if (std::string error = checkRun(static_cast<int64_t>(tokens.size()), trace); !error.empty())
    return error;
  if (program.input.hostOp >= 0)
    return "'" + program.name + "': takes a tensor, not token ids";
  for (size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i] < 0 || tokens[i] >= program.vocabulary)
      return message("'", program.name, "': token ", firstToken + i, ": ",
                     needsHas(message("an id of 0 to ", program.vocabulary - 1), tokens[i]));
  trace.appendTokens(tokens);
  host.start(firstToken);
  return runTokens(firstToken, trace);
}

std::string FunctionalEngine::checkTensor(std::span<const double> tensor, int32_t positions) const {
  const HostOp &input = program.hostOps[program.input.hostOp];
  const int64_t size = input.value().size() * positions;
  if (positions < 1)
    return message(opName(program, input.op), ": ", needsHas("at least 1 token", positions));
  if (input.points > 1 && positions != input.points)
    return message(opName(program, input.op), ": ",
                   needsHas(message(input.points, " points of a grid"), positions));
  if (tensor.size() != static_cast<size_t>(size))
    return message(opName(program, input.op), ": ",
                   needsHas(message(size, " numbers"), tensor.size()));
  const auto largest = static_cast<double>(input.kernel->largestSpike({}));
  for (size_t i = 0; i < tensor.size(); ++i) {
    const double x = tensor[i];
    const bool spike = x >= 0 && x <= largest && x == std::floor(x);
    if (largest > 0 ? spike : std::isfinite(x))
      continue;
    const size_t row = i / input.columns;
    return message(opName(program, input.op), ": time step ", row / positions,
                   input.points > 1 ? ", point " : ", token ", row % positions, ", column ",
                   i % input.columns, ": ",
                   needsHas(largest > 0 ? message("a spike, a whole number of 0 to ", largest)
                                        : std::string("a finite number"),
                            x));
  }
  return {};
}

std::string FunctionalEngine::run(std::span<const double> tensor, int32_t positions,
                                  ActivityTrace &trace) {
  const int32_t firstToken = trace.tokens();
  if (program.input.hostOp < 0)
    return "'" + program.name + "': takes token ids, not a tensor";
  const HostOp &input = program.hostOps[program.input.hostOp];
  const int32_t tokens = input.points > 1 ? 1 : positions;
  if (std::string error = checkRun(tokens, trace); !error.empty())
    return error;
  if (std::string error = checkTensor(tensor, positions); !error.empty())
    return error;
  // The host computes position after position, so the tensor's time steps move inside of those.
  const size_t columns = input.columns;
  std::vector<double> byPosition(tensor.size());
  for (size_t step = 0, at = 0; step < static_cast<size_t>(input.steps); ++step)
    for (size_t position = 0; position < static_cast<size_t>(positions); ++position, at += columns)
      std::ranges::copy(tensor.subspan(at, columns),
                        byPosition.begin() + (position * input.steps + step) * columns);
  trace.appendTokens(std::vector<int32_t>(tokens, kNoTokenId));
  host.start(firstToken, byPosition);
  return runTokens(firstToken, trace);
}

std::string FunctionalEngine::runTokens(int32_t firstToken, ActivityTrace &trace) {
  if (firstToken == trace.tokens())
    return {};
  // Populations are computed in their order, those of a cycle together.
  std::string error;
  const int32_t populations = static_cast<int32_t>(program.populations.size());
  auto cycle = cycles.begin();
  for (int32_t p = 0; p < populations && error.empty(); ++p) {
    if (cycle != cycles.end() && cycle->first == p) {
      error = runCycle(*cycle, firstToken, trace);
      p = cycle++->last;
    } else if (program.populations[p].kind == PopulationKind::HostSpikes) {
      error = runHostSpikes(p, firstToken, trace);
    } else {
      error = runPopulation(p, firstToken, trace);
    }
  }
  if (error.empty())
    error = host.runBefore(static_cast<int32_t>(program.hostOps.size()), trace, workers);
  if (!error.empty())
    trace.truncate(firstToken);
  return error;
}

std::string FunctionalEngine::runHostSpikes(int32_t population, int32_t firstToken,
                                            ActivityTrace &trace) {
  std::string error = host.runBefore(program.populations[population].hostOp + 1, trace, workers);
  if (error.empty())
    recordHostSpikes(population, firstToken, trace);
  return error;
}

void FunctionalEngine::recordHostSpikes(int32_t population, int32_t firstToken,
                                        ActivityTrace &trace) const {
  const int32_t columns = program.populations[population].columns;
  for (int32_t position = firstToken; position < trace.positions(population); ++position) {
    const HostRows values = host.rows(program.populations[population].hostOp, position, trace);
    for (int32_t step = 0; step < trace.timeSteps(population); ++step)
      for (int32_t column = 0; column < columns; ++column) {
        const auto value = static_cast<uint64_t>(values[step * columns + column]);
        for (int32_t plane = 0; value >> plane != 0; ++plane)
          trace.plane(population, position, step, plane)[column / 64] |= (value >> plane & 1)
                                                                         << (column % 64);
      }
  }
}

std::string FunctionalEngine::runPopulation(int32_t population, int32_t firstToken,
                                            ActivityTrace &trace) {
  struct Item {
    const Slice *slice;
    int32_t first, last; ///< positions
  };
  std::vector<Item> items;
  for (const Slice *slice : slicesOf[population]) {
    const bool spatial = program.populations[population].points > 1;
    const int32_t begin = spatial ? slice->firstPoint : firstToken;
    const int32_t end = spatial ? begin + slice->points : trace.tokens();
    // Neurons that run across tokens need each token before the next one.
    const int32_t most =
        program.populations[population].neuron.acrossTokens ? end - begin : kPositionsPerItem;
    for (int32_t first = begin; first < end; first += most)
      items.push_back({slice, first, std::min(first + most, end)});
  }
  std::vector<std::optional<SliceFailure>> failures(items.size());
  workers.forEach(static_cast<int64_t>(items.size()), [&](int64_t i, int worker) {
    const Item &item = items[i];
    failures[i] = runners[worker].run(*item.slice, wide[population], item.first, item.last, trace);
  });
  std::optional<SliceFailure> earliest;
  for (const auto &failure : failures)
    if (failure && (!earliest || *failure < *earliest))
      earliest = failure;
  return earliest ? describe(program, program.populations[population], *earliest) : std::string();
}

std::string FunctionalEngine::runCycle(const Cycle &cycle, int32_t firstToken,
                                       ActivityTrace &trace) {
  // The host's spikes wait for nothing in the cycle (Program::validate()), and nothing waits for a
  // readout.
  std::string error;
  for (int32_t p = cycle.first; p <= cycle.last && error.empty(); ++p)
    if (program.populations[p].kind == PopulationKind::HostSpikes)
      error = runHostSpikes(p, firstToken, trace);
  const int32_t tokens = trace.tokens();
  const int32_t together = hasNonCausalAttention ? tokens : kPositionsPerItem;
  for (int32_t first = firstToken; first < tokens && error.empty(); first += together)
    error = runCycleSteps(cycle, first, std::min(first + together, tokens), trace);
  for (int32_t p = cycle.first; p <= cycle.last && error.empty(); ++p)
    if (program.populations[p].kind == PopulationKind::Readout)
      error = runPopulation(p, firstToken, trace);
  return error;
}

std::string FunctionalEngine::runCycleSteps(const Cycle &cycle, int32_t first, int32_t last,
                                            ActivityTrace &trace) {
  struct Item {
    const Slice *slice;
    int32_t position;
    std::vector<int64_t> states = {};
    std::optional<SliceFailure> failure = {};
  };
  std::vector<std::vector<Item>> itemsOf(cycle.last - cycle.first + 1); // by population
  for (int32_t p = cycle.first; p <= cycle.last; ++p)
    for (const Slice *slice : slicesOf[p]) {
      const bool spatial = program.populations[p].points > 1;
      const int32_t begin = spatial ? slice->firstPoint : first;
      const int32_t end = spatial ? begin + slice->points : last;
      for (int32_t position = begin; position < end; ++position)
        itemsOf[p - cycle.first].push_back({slice, position});
    }
  for (int32_t step = 0; step < program.timeSteps; ++step)
    for (int32_t p = cycle.first; p <= cycle.last; ++p) {
      const PopulationKind kind = program.populations[p].kind;
      if (kind != PopulationKind::Neurons && kind != PopulationKind::GradedSum)
        continue;
      std::vector<Item> &items = itemsOf[p - cycle.first];
      workers.forEach(static_cast<int64_t>(items.size()), [&](int64_t i, int worker) {
        Item &item = items[i];
        item.failure =
            runners[worker].runStep(*item.slice, wide[p], item.position, step, item.states, trace);
      });
      std::optional<SliceFailure> earliest;
      for (const Item &item : items)
        if (item.failure && (!earliest || *item.failure < *earliest))
          earliest = item.failure;
      if (earliest)
        return describe(program, program.populations[p], *earliest);
    }
  return {};
}

int32_t FunctionalEngine::logitRows(const ActivityTrace &trace) const {
  return program.result < 0 ? 0 : trace.tokens() * program.hostOps[program.result].points;
}

std::vector<double> FunctionalEngine::logits(const ActivityTrace &trace, int32_t position) const {
  if (program.result < 0)
    return {};
  const std::span<const double> values = trace.kept(program.result, position);
  return {values.begin(), values.end()};
}

} // namespace synfire::sim

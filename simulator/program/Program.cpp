// Program: the rules of its functional half, which says what is computed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/Program.h"

#include "simulator/program/HostRules.h"
#include "simulator/program/InputBound.h"
#include "simulator/program/ProgramRules.h"
#include "support/Limits.h"
#include "support/Message.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace synfire::sim {
namespace {

// A program with more spikes is taken for a damaged file: they bound what the engines allocate.
constexpr int64_t kMaxSpikesPerToken = int64_t{1} << 32; ///< neurons x steps

/// The first of `messages` that is not empty; empty when all are.
std::string firstOf(std::initializer_list<std::string> messages) {
  for (const std::string &text : messages)
    if (!text.empty())
      return text;
  return {};
}

int64_t countCharacters(const std::string &utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

std::string checkHeader(const Program &p) {
  if (p.ops.empty())
    return "there are no operations";
  if (!p.text.alphabet.empty() && countCharacters(p.text.alphabet) != p.vocabulary)
    return "the alphabet " + needsHas(message(p.vocabulary, " characters, one per token id"),
                                      countCharacters(p.text.alphabet));
  if (!p.text.words.empty() && p.text.words.size() != static_cast<size_t>(p.vocabulary))
    return "the dictionary " +
           needsHas(message(p.vocabulary, " words, one per token id"), p.text.words.size());
  return firstOf({outside("time steps", p.timeSteps, 1, kMaxTimeSteps),
                  outside("context", p.context, 1, kMaxContext),
                  outside("max tokens", p.maxTokens, 1, p.context),
                  outside("vocabulary", p.vocabulary, 1, kMaxColumns),
                  outside("weight bits", p.weightBits, kMinWeightBits, kMaxWeightBits),
                  outside("stages", p.stages, 1, kMaxColumns)});
}

std::string checkNeuron(const NeuronParameters &n, int32_t columnCount, bool readout) {
  if (const std::optional<NeuronFault> fault = findFault(n))
    return message(fault->what, ": ",
                   needsHas(message(fault->least, " to ", fault->most), fault->value));
  const size_t columns = static_cast<size_t>(columnCount);
  for (const NeuronVector &vector : kNeuronVectors) {
    const size_t entries = (n.*vector.member).size();
    const bool unread = readout && (vector.member == &NeuronConstants::threshold ||
                                    vector.member == &NeuronConstants::vInit);
    const size_t needed = vector.shared && n.decay.size() == 1 ? 1 : columns;
    if (vector.stands(n) && !unread && entries != needed)
      return message(vector.name, ": ", needsHas(message(needed, " entries"), entries));
  }
  const int64_t highest = (int64_t{1} << (n.stateBits - 1)) - 1;
  std::string error;
  for (size_t c = 0; error.empty() && c < n.vReset.size(); ++c)
    error = outside("reset value", n.vReset[c], -highest - 1, highest);
  for (size_t c = 0; error.empty() && c < n.vInit.size(); ++c)
    error = outside("initial membrane", n.vInit[c], -highest - 1, highest);
  if (!error.empty())
    return error;
  if (!n.decrement.empty() && (readout || !n.softReset))
    return "only a soft reset has a decrement";
  // A threshold that no membrane reaches is allowed: the neuron never fires. A soft reset must
  // neither raise a membrane nor take it below the least state.
  for (size_t c = 0; !readout && n.softReset && c < columns; ++c) {
    if (n.decrement.empty() && n.threshold[c] < 0)
      return message("column ", c, ": the threshold of a soft reset ",
                     needsHas("at least 0", n.threshold[c]));
    if (!n.decrement.empty() && n.decrement[c] > std::max<int64_t>(0, n.threshold[c]))
      return message(
          "column ", c, ": decrement: ",
          needsHas(message("at most ", std::max<int64_t>(0, n.threshold[c]), ", the threshold"),
                   n.decrement[c]));
  }
  return {};
}

std::string checkNeuron(const Population &population) {
  const NeuronParameters &n = population.neuron;
  const bool readout = population.kind == PopulationKind::Readout;
  if (std::string error = checkNeuron(n, population.columns, readout); !error.empty())
    return error;
  if (population.perStep && !readout)
    return "only a readout is read per step";
  const bool leaks = n.decay != std::vector<int64_t>{1} || n.shift != std::vector<int64_t>{0};
  if (readout && !population.perStep && leaks)
    return "a readout cannot leak unless it is read per step; set decay 1 and shift 0";
  if (readout && n.filters())
    return "a readout has no current_decay";
  if (n.acrossTokens && (readout || population.points > 1))
    return "only neurons that are on no grid run across tokens";
  return {};
}

std::string checkPopulation(const Program &p, const Population &population) {
  std::string error =
      firstOf({outside("columns", population.columns, 1, kMaxColumns),
               outside("points", population.points, 1, p.context > 1 ? 1 : kMaxColumns),
               outside("stage", population.stage, 0, p.stages - 1)});
  if (!error.empty())
    return error;
  switch (population.kind) {
  case PopulationKind::HostSpikes:
    return {}; // checkHost() checks it once all populations are known
  case PopulationKind::Neurons:
    return firstOf({outside("spike bits", population.spikeBits, 1, 1), checkNeuron(population)});
  case PopulationKind::GradedSum:
    return outside("spike bits", population.spikeBits, 2, kMaxSpikeBits);
  case PopulationKind::Readout:
    return firstOf({outside("spike bits", population.spikeBits, 0, 0), checkNeuron(population)});
  }
  return "is of no known kind";
}

/// Checks that spikes may go from population `source` to `target`: both exist, and the source runs
/// before the target unless the spikes are late.
std::string checkEdge(const Program &p, int32_t source, int32_t target, bool late = false) {
  if (!indexes(source, p.populations) || !indexes(target, p.populations))
    return message("population ", source, " or ", target, " does not exist");
  const Population &from = p.populations[source], &to = p.populations[target];
  if (!late && (source >= target || from.stage >= to.stage))
    return message("its source (population ", source, ", stage ", from.stage,
                   ") must stand before its target (population ", target, ", stage ", to.stage,
                   ")");
  if (from.kind == PopulationKind::Readout)
    return "a readout emits no spikes";
  if (to.kind == PopulationKind::HostSpikes)
    return "the host's spikes cannot be a target";
  return {};
}

/// Calls `check(i)` for each entry of `list` and returns the first message, with the name of the
/// entry's op before it.
template <typename List, typename Check>
std::string checkAll(const Program &p, const List &list, const char *what, Check check) {
  for (size_t i = 0; i < list.size(); ++i) {
    std::string error;
    std::string name;
    if (!indexes(list[i].op, p.ops) || list[i].op == p.chipOp())
      error = message("operation ", list[i].op, " does not exist");
    else
      name = opName(p, list[i].op) + ": ";
    if (error.empty())
      error = check(i);
    if (!error.empty())
      return message(name, what, " ", i, ": ", error);
  }
  return {};
}

/// Checks that the program names the op that yields its input tensor, and that a run can give it.
std::string checkInput(const Program &p) {
  for (size_t i = 0; i < p.hostOps.size(); ++i)
    if (p.hostOps[i].kernel->isInput() != (p.input.hostOp == static_cast<int32_t>(i)))
      return message(opName(p, p.hostOps[i].op), ": host operation ", i, " and the input tensor, ",
                     p.input.hostOp, ", disagree");
  if (p.input.hostOp >= static_cast<int32_t>(p.hostOps.size()))
    return message("the input tensor, host operation ", p.input.hostOp, ", does not exist");
  return outside("tokens of a run", p.input.tokens, 0, p.maxTokens);
}

/// Checks the host ops, which may read readouts, and the populations of the host's spikes.
std::string checkHost(const Program &p) {
  std::vector<HostFacts> facts;
  std::string error =
      checkAll(p, p.hostOps, "host operation", [&](size_t i) { return checkHostOp(p, i, facts); });
  if (!error.empty())
    return error;
  if (error = checkInput(p); !error.empty())
    return error;
  int64_t values = 0;
  for (const HostOp &op : p.hostOps)
    values += int64_t{op.steps} * op.columns * op.points;
  if (values > kMaxHostValues)
    return "the host " + needsHas(message("at most ", kMaxHostValues, " values per token"), values);
  if (p.result != -1 && (!indexes(p.result, p.hostOps) || p.hostOps[p.result].steps != 1))
    return message("the result, host operation ", p.result, ", is not one row per token");
  std::vector<bool> read(p.populations.size());
  const auto reads = [&](int32_t source) {
    if (indexes(source, p.populations))
      read[source] = true;
  };
  for (const Projection &projection : p.projections)
    reads(projection.source);
  for (const Attention &attention : p.attentions)
    for (int32_t source : attention.sources())
      reads(source);
  error = checkAll(p, p.populations, "population", [&](size_t i) -> std::string {
    if (p.populations[i].kind != PopulationKind::HostSpikes)
      return {};
    return checkHostSpikes(p, static_cast<int32_t>(i), facts, read[i]);
  });
  return error.empty() ? checkHostOrder(p) : error;
}

/// Checks that a convolution, and what joins grids point by point, has a window between the grids
/// of its populations, and nothing else one.
std::string checkWindow(const Projection &projection, const Population &source,
                        const Population &target) {
  const bool conv = projection.encoding == SynapseEncoding::Conv;
  const bool dense = projection.encoding == SynapseEncoding::Dense;
  if (!projection.window) {
    if (conv || target.points > 1 || (source.points > 1 && !dense))
      return "needs a window between the points of its populations";
    return {};
  }
  if (dense || projection.rowStride != 0)
    return "dense synapses, and those with rows for each time step, have no window";
  const GridWindow &window = *projection.window;
  for (const GridAxis &axis : {window.y, window.x})
    for (const std::string &error : {outside("size of the grid", axis.size, 1, kMaxColumns),
                                     outside("window", axis.window, 1, kMaxColumns),
                                     outside("stride", axis.stride, 1, kMaxColumns),
                                     outside("padding", axis.padding, 0, kMaxColumns),
                                     outside("dilation", axis.dilation, 1, kMaxColumns)})
      if (!error.empty())
        return error;
  if (window.taps() > kMaxColumns)
    return "taps of the window: " + needsHas(message("at most ", kMaxColumns), window.taps());
  if (window.sources() != source.points || window.targets() != target.points)
    return needsHas(message("a window from ", source.points, " to ", target.points, " points"),
                    message(window.sources(), " to ", window.targets()));
  return {};
}

/// Checks that the chip can hold spikes back for as long as a projection wants.
std::string checkDelays(const Program &p, const Projection &projection) {
  const Population &source = p.populations[projection.source];
  const auto entries = static_cast<int64_t>(projection.delays.size());
  if (entries > 1 && entries != source.columns)
    return "delays: " + needsHas(message("1 or ", source.columns, " entries"), entries);
  // A target that has updated when a spike comes takes in a delay of 1 at its next update anyhow.
  const bool updated = p.populations[projection.target].stage <= source.stage;
  const int64_t longest = int64_t{p.chip.core.maxDelayTicks} + (updated ? 1 : 0);
  for (int64_t delay : projection.delays)
    if (delay < 0 || delay > longest)
      return "delay: " + needsHas(message("0 to ", longest, " time steps"), delay) +
             " (core.max_delay_ticks of '" + p.chip.name + "')";
  return {};
}

std::string checkProjection(const Program &p, const Projection &projection) {
  if (std::string error = checkEdge(p, projection.source, projection.target, projection.isLate());
      !error.empty())
    return error;
  if (std::string error = checkDelays(p, projection); !error.empty())
    return error;
  const Population &source = p.populations[projection.source];
  const Population &target = p.populations[projection.target];
  const int64_t sources = int64_t{source.columns} * (projection.window ? 1 : source.points);
  const int32_t targets = target.columns;
  if (std::string error = checkWindow(projection, source, target); !error.empty())
    return error;
  if (projection.rowStride != 0 && projection.rowStride != sources)
    return "row stride: " + needsHas(message("0 or ", sources), projection.rowStride);
  if (projection.rowStride != 0 && projection.lastStepOnly)
    return "cannot read the last step only and every step in rows of its own";
  int64_t rows = projection.rowStride == 0 ? sources : sources * p.timeSteps;
  if (projection.encoding == SynapseEncoding::Conv) {
    if (projection.groups < 1 || source.columns % projection.groups != 0 ||
        targets % projection.groups != 0)
      return message(projection.groups, " groups do not divide ", source.columns, " and ", targets,
                     " columns");
    rows = source.columns / projection.groups * projection.window->taps();
  } else if (projection.groups != 1) {
    return "only a convolution has groups";
  }
  if (projection.rows != rows || projection.columns != targets)
    return needsHas(message(rows, " x ", targets, " weights between its populations"),
                    message(projection.rows, " x ", projection.columns));
  if (projection.encoding == SynapseEncoding::Sparse && rows != targets)
    return "a diagonal " + needsHas("as many rows as columns", message(rows, " and ", targets));
  if (const std::optional<int> width = widthOf(projection.weightFormat);
      width && projection.weightBits != *width)
    return message("bits of ", weightFormatName(projection.weightFormat),
                   " weights: ", needsHas(std::to_string(*width), projection.weightBits));
  if (projection.weightBits == 1 && projection.weightFormat == WeightFormat::Signed)
    return "weights of 1 bit: needs the format binary or sign, has signed";
  return outside("weight bits", projection.weightBits, kMinWeightBits, kMaxWeightBits);
}

std::string checkAttention(const Program &p, const Attention &attention) {
  if (attention.q < -1)
    return message("population ", attention.q, " does not exist");
  for (int32_t source : attention.sources())
    if (std::string error = checkEdge(p, source, attention.target); !error.empty())
      return error;
  const int32_t columns = p.populations[attention.target].columns;
  if (attention.heads < 1 || columns % attention.heads != 0)
    return message(attention.heads, " heads do not divide ", columns, " columns");
  if (attention.keyHeads < 1 || attention.heads % attention.keyHeads != 0)
    return message(attention.keyHeads, " heads of keys do not divide ", attention.heads, " heads");
  if (attention.q < 0 && (attention.heads != columns || attention.keyHeads != columns))
    return "without queries " + needsHas("heads of one column", columns / attention.keyHeads);
  if (attention.score) {
    if (attention.q < 0 || attention.score->filters() || attention.score->acrossTokens)
      return "its score neurons need queries, no filter and a start for every token";
    if (std::string error = checkNeuron(*attention.score, 1, false); !error.empty())
      return "score neuron: " + error;
  }
  const int32_t keyColumns = columns / attention.heads * attention.keyHeads;
  for (int32_t source : attention.sources()) {
    const int32_t needed = source == attention.q ? columns : keyColumns;
    if (p.populations[source].points != p.populations[attention.target].points)
      return message(
          "population ", source, ": ",
          needsHas(message(p.populations[attention.target].points, " points, those of the target"),
                   p.populations[source].points));
    if (p.populations[source].columns != needed)
      return message(
          "population ", source, ": ",
          needsHas(message(needed, " columns, those of the heads"), p.populations[source].columns));
    if (p.populations[source].spikeBits != 1)
      return message("population ", source, ": ", needsHas("binary spikes", "graded ones"));
  }
  return {};
}

/// Checks populations that are computed together, step by step: what the host sends from among
/// them does not wait for a readout among them, because the host runs before them, and none goes on
/// with the states of the token before.
std::string checkCycles(const Program &p) {
  for (const Cycle &cycle : cyclesOf(p))
    for (int32_t i = cycle.first; i <= cycle.last; ++i) {
      if (p.populations[i].neuron.acrossTokens)
        return message(opName(p, p.populations[i].op), ": population ", i,
                       " runs across tokens, and is of the cycle of populations ", cycle.first,
                       " to ", cycle.last, "; a cycle begins anew with every token");
      for (const Attention &attention : p.attentions)
        if (attention.score && attention.target == i)
          return message(opName(p, attention.op),
                         ": has score neurons, and its target, population ", i,
                         ", is of the cycle of populations ", cycle.first, " to ", cycle.last,
                         "; all steps of a score are computed at once");
      if (p.populations[i].kind != PopulationKind::HostSpikes)
        continue;
      for (int32_t h = 0; h <= p.populations[i].hostOp; ++h)
        if (cycle.holds(p.hostOps[h].readout))
          return message(opName(p, p.populations[i].op), ": population ", i,
                         " is sent by the host after it has read population ", p.hostOps[h].readout,
                         "; both are of the cycle of populations ", cycle.first, " to ",
                         cycle.last);
    }
  return {};
}

/// Checks that input sums fit 64 bits and that the spikes of a token fit memory.
std::string checkSizes(const Program &p) {
  int64_t spikesPerToken = 0;
  for (size_t i = 0; i < p.populations.size(); ++i) {
    const Population &population = p.populations[i];
    spikesPerToken += int64_t{population.columns} * population.points * p.timeSteps;
    const int64_t bound = inputBound(p, static_cast<int32_t>(i));
    if (population.kind != PopulationKind::GradedSum &&
        std::ldexp(static_cast<double>(bound), population.neuron.fractionBits) >=
            static_cast<double>(kLargestInput))
      return message(opName(p, population.op), ": inputs with fraction bits: ",
                     needsHas(message("less than 2^", kMaxInputBits),
                              message(bound, " * 2^", population.neuron.fractionBits)),
                     "; use fewer fraction bits");
  }
  if (spikesPerToken > kMaxSpikesPerToken)
    return "a token " +
           needsHas(message("at most ", kMaxSpikesPerToken, " neuron steps"), spikesPerToken);
  return {};
}

} // namespace

std::string validateFunction(const Program &p) {
  std::string error = checkHeader(p);
  if (error.empty())
    error = checkAll(p, p.populations, "population",
                     [&](size_t i) { return checkPopulation(p, p.populations[i]); });
  if (error.empty())
    error = checkHost(p);
  if (error.empty())
    error = checkAll(p, p.projections, "projection",
                     [&](size_t i) { return checkProjection(p, p.projections[i]); });
  if (error.empty())
    error = checkAll(p, p.attentions, "attention",
                     [&](size_t i) { return checkAttention(p, p.attentions[i]); });
  return error.empty() ? checkCycles(p) : error;
}

int32_t Program::chipsUsed() const {
  std::set<int32_t> chips;
  for (int32_t c = 0; c < hostCore(); ++c)
    chips.insert(cores[c].chip);
  return static_cast<int32_t>(chips.size());
}

std::string Program::validate() const {
  std::string error = validateFunction(*this);
  if (error.empty())
    error = validateMapping(*this);
  if (error.empty())
    error = checkSizes(*this); // looks at the stored weights, so it comes last
  return error.empty() ? error : "program '" + name + "': " + error;
}

} // namespace synfire::sim

// SliceRunner: sums synapses and attention, then applies the rule of the population's kind.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/SliceRunner.h"

#include "simulator/functional/AttentionKernel.h"
#include "simulator/functional/RowAccumulator.h"
#include "simulator/program/SynapseWeights.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <iterator>
#include <map>

namespace synfire::sim {
namespace {

/// Sets bit firstColumn + c of `words` for each c for which bit `plane` of values[c] is set.
void packBits(std::span<uint64_t> words, int32_t firstColumn, std::span<const uint8_t> values,
              int32_t plane = 0) {
  const int32_t columns = static_cast<int32_t>(values.size());
  for (int32_t c = 0; c < columns;) {
    const int32_t word = (firstColumn + c) / 64;
    uint64_t bits = 0;
    for (; c < columns && (firstColumn + c) / 64 == word; ++c)
      bits |= static_cast<uint64_t>(values[c] >> plane & 1) << ((firstColumn + c) % 64);
    if (bits != 0)
      std::atomic_ref(words[word]).fetch_or(bits, std::memory_order_relaxed);
  }
}

/// Calls visit(i) for each bit i of `words` that is set, ascending.
template <typename Visitor> void forEachBit(std::span<const uint64_t> words, Visitor visit) {
  for (size_t w = 0; w < words.size(); ++w)
    for (uint64_t bits = words[w]; bits != 0; bits &= bits - 1)
      visit(static_cast<int32_t>(w) * 64 + std::countr_zero(bits));
}

/// Whether the block has a row with this number, counted from its first one.
bool holdsRow(const SynapseBlock &block, int32_t row) { return row >= 0 && row < block.rows; }

int32_t weightAt(const SynapseBlock &block, int64_t index) {
  return visitWeights(block, [&](const auto *weights) -> int32_t { return weights[index]; });
}

/// Adds these rows of a block, each times 2^shift, to the sums of its columns. Weights of 32 bits
/// have wide sums, always.
template <typename Sum>
void addRows(const SynapseBlock &block, int32_t columns, std::span<const int32_t> rows,
             int32_t shift, Sum *sums) {
  visitWeights(block, [&](const auto *weights) {
    if constexpr (std::is_same_v<Sum, int32_t> && sizeof(*weights) < sizeof(int32_t))
      accumulateRows(weights, columns, rows, shift, sums);
    else
      accumulateRowsPlainly(weights, columns, rows, shift, sums);
  });
}

} // namespace

SliceRunner::SliceRunner(const Program &program) : program(program) {
  for (const Projection &projection : program.projections) {
    std::vector<DelayGroup> &groups = delaysOf.emplace_back();
    if (projection.delays.size() <= 1) {
      groups.push_back({projection.delayOf(0)});
      continue;
    }
    const int32_t columns = program.populations[projection.source].columns;
    std::map<int32_t, std::vector<uint64_t>> masks;
    for (int32_t c = 0; c < columns; ++c) {
      std::vector<uint64_t> &mask = masks[projection.delayOf(c)];
      mask.resize((columns + 63) / 64);
      mask[c / 64] |= uint64_t{1} << (c % 64);
    }
    for (auto &[delay, mask] : masks)
      groups.push_back({delay, std::move(mask)});
  }
}

template <typename Visitor>
void SliceRunner::forEachDue(const SynapseBlock &block, int32_t from, int32_t step, int32_t plane,
                             const ActivityTrace &trace, Visitor visit) const {
  const int32_t source = program.projections[block.projection].source;
  for (const DelayGroup &group : delaysOf[block.projection]) {
    if (step < group.delay)
      continue;
    const std::span<const uint64_t> words = trace.plane(source, from, step - group.delay, plane);
    if (group.columns.empty()) {
      forEachBit(words, visit);
      continue;
    }
    for (size_t w = 0; w < words.size(); ++w)
      for (uint64_t bits = words[w] & group.columns[w]; bits != 0; bits &= bits - 1)
        visit(static_cast<int32_t>(w) * 64 + std::countr_zero(bits));
  }
}

template <typename Sum>
void SliceRunner::addDense(const Slice &slice, const SynapseBlock &block, int32_t position,
                           int32_t step, int32_t plane, const ActivityTrace &trace, Sum *sums) {
  const Projection &projection = program.projections[block.projection];
  const Population &source = program.populations[projection.source];
  rows.clear();
  for (int32_t point = 0; point < source.points; ++point) {
    // The row of the point's column 0 in this step, counted from the first row of the block.
    const int32_t base = point * source.columns + step * projection.rowStride - block.firstRow;
    forEachDue(block, position + point, step, plane, trace, [&](int32_t column) {
      const int32_t row = base + column;
      if (holdsRow(block, row))
        rows.push_back(row);
    });
  }
  addRows(block, slice.columns, rows, plane, sums);
}

template <typename Sum>
void SliceRunner::addSparse(const Slice &slice, const SynapseBlock &block, int32_t position,
                            int32_t step, int32_t plane, const ActivityTrace &trace, Sum *sums) {
  const Projection &projection = program.projections[block.projection];
  const auto add = [&](int32_t from) {
    // Row r of the block has one weight, for column firstRow + r. Rows of later time steps have the
    // same columns.
    const int32_t base = step * projection.rowStride - block.firstRow;
    Sum *diagonal = sums + (block.firstRow - slice.firstColumn);
    forEachDue(block, from, step, plane, trace, [&](int32_t column) {
      const int32_t row = base + column;
      if (holdsRow(block, row))
        diagonal[row] += static_cast<Sum>(weightAt(block, row)) * (Sum{1} << plane);
    });
  };
  if (!projection.window)
    return add(position);
  projection.window->forEachSource(position,
                                   [&](int64_t, int64_t from) { add(static_cast<int32_t>(from)); });
}

template <typename Sum>
void SliceRunner::addConv(const Slice &slice, const SynapseBlock &block, int32_t position,
                          int32_t step, int32_t plane, const ActivityTrace &trace, Sum *sums) {
  const Projection &projection = program.projections[block.projection];
  const GridWindow &window = *projection.window;
  const int32_t taps = static_cast<int32_t>(window.taps());
  const int32_t inputs = projection.rows / taps; // of a group
  const int32_t outputs = projection.columns / projection.groups;
  const int32_t end = slice.firstColumn + slice.columns;
  rows.clear();
  window.forEachSource(position, [&](int64_t tap, int64_t from) {
    forEachDue(block, static_cast<int32_t>(from), step, plane, trace, [&](int32_t column) {
      const int32_t group = column / inputs;
      const int32_t row = column % inputs * taps + static_cast<int32_t>(tap);
      if (projection.groups == 1) {
        rows.push_back(row);
        return;
      }
      const int32_t first = std::max(group * outputs, slice.firstColumn) - slice.firstColumn;
      const int32_t last = std::min((group + 1) * outputs, end) - slice.firstColumn;
      for (int32_t c = first; c < last; ++c)
        sums[c] +=
            static_cast<Sum>(weightAt(block, int64_t{row} * slice.columns + c)) * (Sum{1} << plane);
    });
  });
  addRows(block, slice.columns, rows, plane, sums);
}

template <typename Sum>
void SliceRunner::addBlock(const Slice &slice, const SynapseBlock &block, int32_t position,
                           int32_t step, const ActivityTrace &trace, Sum *sums) {
  const Projection &projection = program.projections[block.projection];
  if (projection.lastStepOnly && step != program.timeSteps - 1)
    return;
  const int32_t planes = program.populations[projection.source].spikeBits;
  for (int32_t plane = 0; plane < planes; ++plane)
    switch (projection.encoding) {
    case SynapseEncoding::Dense:
      addDense(slice, block, position, step, plane, trace, sums);
      break;
    case SynapseEncoding::Sparse:
      addSparse(slice, block, position, step, plane, trace, sums);
      break;
    case SynapseEncoding::Conv:
      addConv(slice, block, position, step, plane, trace, sums);
      break;
    }
}

/// Updates the neurons of the slice at one position, and writes their spikes. `states` is what
/// updateNeurons() keeps from step to step.
template <typename Sum>
std::optional<NeuronOverflow>
SliceRunner::runNeurons(const Slice &slice, const std::vector<Sum> &sums, int32_t position,
                        StepRange steps, std::vector<int64_t> &states, ActivityTrace &trace) {
  const NeuronParameters &neuron = program.populations[slice.population].neuron;
  const auto carried = [&](int32_t at, int32_t word) {
    return trace.states(slice.population, at, word).subspan(slice.firstColumn, slice.columns);
  };
  before.clear();
  if (neuron.acrossTokens && position > 0)
    for (int32_t word = 0; word < stateWords(neuron); ++word)
      std::ranges::copy(carried(position - 1, word), std::back_inserter(before));
  if (auto overflow = updateNeurons<Sum>(neuron, slice.firstColumn, slice.columns, steps.first,
                                         steps.count(), sums, spikes, effective, states, before))
    return overflow;
  if (neuron.acrossTokens)
    for (int32_t word = 0; word < stateWords(neuron); ++word)
      std::copy_n(states.begin() + static_cast<ptrdiff_t>(word) * slice.columns, slice.columns,
                  carried(position, word).begin());
  for (int32_t step = steps.first; step < steps.last; ++step) {
    const size_t first = static_cast<size_t>(step - steps.first) * slice.columns;
    packBits(trace.plane(slice.population, position, step), slice.firstColumn,
             std::span(spikes).subspan(first, slice.columns));
    packBits(trace.effective(slice.population, position, step), slice.firstColumn,
             std::span(effective).subspan(first, slice.columns));
  }
  return std::nullopt;
}

/// Emits the input sums of a GradedSum as graded spikes; a sum that does not fit the spike bits is
/// a failure.
template <typename Sum>
std::optional<NeuronOverflow> SliceRunner::emitSums(const Slice &slice,
                                                    const std::vector<Sum> &sums, int32_t position,
                                                    StepRange steps, ActivityTrace &trace) {
  const int32_t bits = program.populations[slice.population].spikeBits;
  for (int32_t step = steps.first; step < steps.last; ++step) {
    const size_t first = static_cast<size_t>(step - steps.first) * slice.columns;
    for (int32_t c = 0; c < slice.columns; ++c) {
      const Sum sum = sums[first + c];
      if (sum < 0 || sum >> bits != 0)
        return NeuronOverflow{step, slice.firstColumn + c, sum};
      spikes[first + c] = static_cast<uint8_t>(sum);
    }
    for (int32_t plane = 0; plane < bits; ++plane)
      packBits(trace.plane(slice.population, position, step, plane), slice.firstColumn,
               std::span(spikes).subspan(first, slice.columns), plane);
  }
  return std::nullopt;
}

/// Integrates a readout over all steps of a token.
template <typename Sum>
std::optional<NeuronOverflow> SliceRunner::integrate(const Slice &slice,
                                                     const std::vector<Sum> &sums, int32_t position,
                                                     ActivityTrace &trace) {
  const Population &population = program.populations[slice.population];
  const auto membranes = [&](int32_t step) {
    return trace.readout(slice.population, position, step)
        .subspan(slice.firstColumn, slice.columns);
  };
  const std::span<const Sum> input(sums);
  if (!population.perStep)
    return integrateReadout<Sum>(population.neuron, slice.firstColumn, slice.columns,
                                 program.timeSteps, input, membranes(0));
  std::span<const int64_t> before;
  for (int32_t step = 0; step < program.timeSteps; ++step) {
    const std::span<int64_t> now = membranes(step);
    const size_t first = static_cast<size_t>(step) * slice.columns;
    if (auto overflow = stepReadout<Sum>(population.neuron, slice.firstColumn, step,
                                         input.subspan(first, slice.columns), before, now))
      return overflow;
    before = now;
  }
  return std::nullopt;
}

template <typename Sum>
std::optional<NeuronOverflow> SliceRunner::addInput(const Slice &slice, int32_t position,
                                                    StepRange steps, const ActivityTrace &trace,
                                                    std::vector<Sum> &sums) {
  sums.assign(static_cast<size_t>(steps.count()) * slice.columns, 0);
  std::vector<ScoreNeurons> scores; // of the heads of the blocks that have them, in their order
  for (const AttentionBlock &block : slice.attention)
    if (const Attention &attention = program.attentions[block.attention]; attention.score)
      scores.insert(scores.end(), block.heads,
                    ScoreNeurons(attention, visiblePositions(attention, trace, position)));
  for (int32_t step = steps.first; step < steps.last; ++step) {
    const std::span stepSums = std::span(sums).subspan(
        static_cast<size_t>(step - steps.first) * slice.columns, slice.columns);
    for (const SynapseBlock &block : slice.synapses)
      addBlock(slice, block, position, step, trace, stepSums.data());
    auto neurons = scores.begin();
    for (const AttentionBlock &block : slice.attention) {
      const Attention &attention = program.attentions[block.attention];
      if (attention.q < 0) {
        accumulateProducts<Sum>(trace, attention, ColumnRange{slice.firstColumn, slice.columns},
                                position, step, stepSums);
        continue;
      }
      for (int32_t h = block.firstHead; h < block.firstHead + block.heads; ++h) {
        const HeadColumns head = headColumns(program, attention, h);
        const std::optional<int64_t> overflow =
            accumulateAttention<Sum>(trace, attention, head, position, step,
                                     stepSums.subspan(head.first - slice.firstColumn, head.count),
                                     attention.score ? &*neurons++ : nullptr);
        if (overflow)
          return NeuronOverflow{step, head.first, *overflow, false, block.attention};
      }
    }
  }
  return std::nullopt;
}

template <typename Sum>
std::optional<SliceFailure> SliceRunner::runPosition(const Slice &slice, int32_t position,
                                                     StepRange steps, std::vector<Sum> &sums,
                                                     std::vector<int64_t> &states,
                                                     ActivityTrace &trace) {
  const Population &population = program.populations[slice.population];
  spikes.resize(static_cast<size_t>(steps.count()) * slice.columns);
  effective.resize(spikes.size());
  std::optional<NeuronOverflow> overflow = addInput(slice, position, steps, trace, sums);
  if (overflow)
    return SliceFailure{position,        overflow->step,      overflow->column,
                        overflow->value, overflow->ofCurrent, overflow->attention};
  switch (population.kind) {
  case PopulationKind::Neurons:
    overflow = runNeurons(slice, sums, position, steps, states, trace);
    break;
  case PopulationKind::Readout:
    overflow = integrate(slice, sums, position, trace);
    break;
  case PopulationKind::GradedSum:
    overflow = emitSums(slice, sums, position, steps, trace);
    break;
  case PopulationKind::HostSpikes:
    break; // has no slices
  }
  if (overflow)
    return SliceFailure{position, overflow->step, overflow->column, overflow->value,
                        overflow->ofCurrent};
  return std::nullopt;
}

std::optional<SliceFailure> SliceRunner::run(const Slice &slice, bool wide, int32_t first,
                                             int32_t last, ActivityTrace &trace) {
  const StepRange all{0, program.timeSteps};
  for (int32_t position = first; position < last; ++position)
    if (auto failure = wide ? runPosition(slice, position, all, wideSums, states, trace)
                            : runPosition(slice, position, all, narrowSums, states, trace))
      return failure;
  return std::nullopt;
}

std::optional<SliceFailure> SliceRunner::runStep(const Slice &slice, bool wide, int32_t position,
                                                 int32_t step, std::vector<int64_t> &carried,
                                                 ActivityTrace &trace) {
  const StepRange one{step, step + 1};
  return wide ? runPosition(slice, position, one, wideSums, carried, trace)
              : runPosition(slice, position, one, narrowSums, carried, trace);
}

} // namespace synfire::sim

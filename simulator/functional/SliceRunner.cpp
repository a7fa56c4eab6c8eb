// SliceRunner: sums synapses and attention, then applies the rule of the population's kind.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/SliceRunner.h"

#include "simulator/functional/AttentionKernel.h"
#include "simulator/functional/RowAccumulator.h"
#include "simulator/program/SynapseWeights.h"

#include <atomic>
#include <bit>

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

template <typename Weight, typename Sum>
void addRows(const SynapseBlock &block, int32_t columns, std::span<const int32_t> rows,
             int32_t shift, Sum *sums) {
  if constexpr (std::is_same_v<Sum, int32_t>)
    accumulateRows(weightsAs<Weight>(block), columns, rows, shift, sums);
  else
    accumulateRowsPlainly(weightsAs<Weight>(block), columns, rows, shift, sums);
}

} // namespace

void SliceRunner::listRows(const SynapseBlock &block, const Projection &projection, int32_t token,
                           int32_t step, int32_t plane, const ActivityTrace &trace) {
  rows.clear();
  const auto words = trace.plane(projection.source, token, step, plane);
  // The row of source column 0 in this step, counted from the first row of the block.
  const int32_t base = step * projection.rowStride - block.firstRow;
  for (size_t w = 0; w < words.size(); ++w)
    for (uint64_t bits = words[w]; bits != 0; bits &= bits - 1) {
      const int32_t row = base + static_cast<int32_t>(w) * 64 + std::countr_zero(bits);
      if (row >= 0 && row < block.rows)
        rows.push_back(row);
    }
}

template <typename Sum>
void SliceRunner::addBlock(const Slice &slice, const SynapseBlock &block, int32_t token,
                           int32_t step, const ActivityTrace &trace, Sum *sums) {
  const Projection &projection = program.projections[block.projection];
  if (projection.lastStepOnly && step != program.timeSteps - 1)
    return;
  const int32_t planes = program.populations[projection.source].spikeBits;
  for (int32_t plane = 0; plane < planes; ++plane) {
    listRows(block, projection, token, step, plane, trace);
    if (projection.encoding == SynapseEncoding::Sparse) {
      // A sparse block is diagonal: its row r has one weight, for column firstRow + r.
      Sum *diagonal = sums + (block.firstRow - slice.firstColumn);
      for (int32_t row : rows) {
        const int32_t weight =
            block.weightBytes == 1 ? weightsAs<int8_t>(block)[row] : weightsAs<int16_t>(block)[row];
        diagonal[row] += static_cast<Sum>(weight) * (Sum{1} << plane);
      }
    } else if (block.weightBytes == 1) {
      addRows<int8_t>(block, slice.columns, rows, plane, sums);
    } else {
      addRows<int16_t>(block, slice.columns, rows, plane, sums);
    }
  }
}

/// Emits the input sums of a GradedSum as graded spikes; a sum that does not fit the spike bits is
/// a failure.
template <typename Sum>
std::optional<NeuronOverflow> SliceRunner::emitSums(const Slice &slice,
                                                    const std::vector<Sum> &sums, int32_t token,
                                                    ActivityTrace &trace) {
  const int32_t bits = program.populations[slice.population].spikeBits;
  for (int32_t step = 0; step < program.timeSteps; ++step) {
    const size_t first = static_cast<size_t>(step) * slice.columns;
    for (int32_t c = 0; c < slice.columns; ++c) {
      const Sum sum = sums[first + c];
      if (sum < 0 || sum >> bits != 0)
        return NeuronOverflow{step, slice.firstColumn + c, sum};
      spikes[first + c] = static_cast<uint8_t>(sum);
    }
    for (int32_t plane = 0; plane < bits; ++plane)
      packBits(trace.plane(slice.population, token, step, plane), slice.firstColumn,
               std::span(spikes).subspan(first, slice.columns), plane);
  }
  return std::nullopt;
}

template <typename Sum>
std::optional<SliceFailure> SliceRunner::runToken(const Slice &slice, int32_t token,
                                                  std::vector<Sum> &sums, ActivityTrace &trace) {
  const Population &population = program.populations[slice.population];
  sums.assign(static_cast<size_t>(program.timeSteps) * slice.columns, 0);
  spikes.resize(sums.size());
  effective.resize(sums.size());
  for (int32_t step = 0; step < program.timeSteps; ++step) {
    const std::span stepSums =
        std::span(sums).subspan(static_cast<size_t>(step) * slice.columns, slice.columns);
    for (const SynapseBlock &block : slice.synapses)
      addBlock(slice, block, token, step, trace, stepSums.data());
    for (const AttentionBlock &block : slice.attention) {
      const Attention &attention = program.attentions[block.attention];
      for (int32_t h = block.firstHead; h < block.firstHead + block.heads; ++h) {
        const HeadColumns head = headColumns(program, attention, h);
        accumulateAttention<Sum>(trace, attention, head, token, step,
                                 stepSums.subspan(head.first - slice.firstColumn, head.count));
      }
    }
  }
  std::optional<NeuronOverflow> overflow;
  const std::span<const Sum> input(sums);
  switch (population.kind) {
  case PopulationKind::Neurons:
    overflow = updateNeurons<Sum>(population.neuron, slice.firstColumn, slice.columns,
                                  program.timeSteps, input, spikes, effective, states);
    break;
  case PopulationKind::Readout:
    for (int32_t step = 0; step < program.timeSteps && !overflow; ++step) {
      const bool whole = !population.perStep;
      overflow = integrateReadout<Sum>(
          population.neuron, slice.firstColumn, slice.columns, step,
          whole ? program.timeSteps : step + 1, input,
          trace.readout(slice.population, token, step).subspan(slice.firstColumn, slice.columns));
      if (whole)
        break;
    }
    break;
  case PopulationKind::GradedSum:
    overflow = emitSums(slice, sums, token, trace);
    break;
  case PopulationKind::HostSpikes:
    break; // has no slices
  }
  if (overflow)
    return SliceFailure{token, overflow->step, overflow->column, overflow->value};
  if (population.kind == PopulationKind::Neurons)
    for (int32_t step = 0; step < program.timeSteps; ++step) {
      const size_t first = static_cast<size_t>(step) * slice.columns;
      packBits(trace.plane(slice.population, token, step), slice.firstColumn,
               std::span(spikes).subspan(first, slice.columns));
      packBits(trace.effective(slice.population, token, step), slice.firstColumn,
               std::span(effective).subspan(first, slice.columns));
    }
  return std::nullopt;
}

std::optional<SliceFailure> SliceRunner::run(const Slice &slice, bool wide, int32_t firstToken,
                                             int32_t lastToken, ActivityTrace &trace) {
  for (int32_t token = firstToken; token < lastToken; ++token)
    if (auto failure = wide ? runToken(slice, token, wideSums, trace)
                            : runToken(slice, token, narrowSums, trace))
      return failure;
  return std::nullopt;
}

} // namespace synfire::sim

// AttentionKernel: spiking self-attention on bit-packed spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H

#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synfire::sim {

/// The columns [first, first + count) of a population.
struct ColumnRange {
  int32_t first = 0, count = 0;
};

/// The columns of one head of an attention: [first, first + count) in the queries and in the
/// target, [firstKey, firstKey + count) in the keys and values.
struct HeadColumns {
  int32_t first = 0, firstKey = 0, count = 0;
};
/// The columns of head `head` (from 0) of an attention.
HeadColumns headColumns(const Program &program, const Attention &attention, int32_t head);

/// The number of positions to which `position` attends: position + 1 when the attention is causal
/// (itself and all earlier ones), otherwise all positions of the trace.
int32_t visiblePositions(const Attention &attention, const ActivityTrace &trace, int32_t position);

/// The attention score A_m of one head in one time step: in how many of the head's columns both the
/// query of `position` and the key of position `m` spike.
int32_t attentionScore(const ActivityTrace &trace, const Attention &attention, HeadColumns head,
                       int32_t position, int32_t step, int32_t m);

/// The score neurons of one head of an attention at one position: a membrane for each visible
/// position, which begins anew with every token.
class ScoreNeurons {
public:
  /// Precondition: the attention has score neurons.
  ScoreNeurons(const Attention &attention, int32_t visible)
      : neuron(&*attention.score), membranes(visible, neuron->vInit[0]) {}

  /// One time step of the neuron of position m: replaces its score by its spike. Returns the
  /// membrane if it does not fit its bits and does not saturate; the score is of no use then.
  std::optional<int64_t> step(int32_t m, int32_t &score);

private:
  const NeuronParameters *neuron;
  std::vector<int64_t> membranes;
};

/// Attention in coincidence form, `(Q K^T) V`: adds to result[j] the sum of A_m * v_m[j] over all
/// visible positions m, for each column j of the head. v_m[j] is 1 when column j of the values of
/// position m spikes. `result` has one entry for each column of the whole target population. With
/// score neurons, `neurons` are those of the head and position, which must have run all steps
/// before this one; else null. Returns the membrane of a score neuron that overflows.
template <typename Sum>
std::optional<int64_t> accumulateAttention(const ActivityTrace &trace, const Attention &attention,
                                           HeadColumns head, int32_t position, int32_t step,
                                           std::span<Sum> result, ScoreNeurons *neurons = nullptr);

/// Attention without queries: adds to result[c], for each of `columns`, in how many visible
/// positions both the key and the value of the column spike. `result` has an entry for each of
/// these columns.
template <typename Sum>
void accumulateProducts(const ActivityTrace &trace, const Attention &attention, ColumnRange columns,
                        int32_t position, int32_t step, std::span<Sum> result);

/// In how many of `columns` both the key and the value of `position` spike: what the position adds
/// to the sums of attention without queries.
int64_t countProducts(const ActivityTrace &trace, const Attention &attention, ColumnRange columns,
                      int32_t position, int32_t step);

/// The work of the coincidence form for one head, position and time step.
struct AttentionWork {
  int64_t scoreAccumulates = 0; ///< spikes of the query times visible positions
  int64_t valueAccumulates = 0; ///< columns of the head times positions whose score is not 0
  int64_t neuronUpdates = 0;    ///< of score neurons: visible positions
  int64_t scores = 0;           ///< visible positions: each has one score
  int64_t scoresNotZero = 0;
};
/// Counts that work from the spikes in `trace`.
AttentionWork attentionWork(const ActivityTrace &trace, const Attention &attention,
                            HeadColumns head, int32_t position, int32_t step);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H

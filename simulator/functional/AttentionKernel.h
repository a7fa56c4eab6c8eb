// AttentionKernel: spiking self-attention on bit-packed spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H

#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"

#include <cstdint>
#include <span>

namespace synfire::sim {

/// The columns [first, first + count) of one head in the populations of an attention. All heads
/// have the same number d of columns, and head h has the columns [h * d, h * d + d).
struct HeadColumns {
  int32_t first = 0, count = 0;
};
/// The columns of head `head` (from 0) of an attention.
HeadColumns headColumns(const Program &program, const Attention &attention, int32_t head);

/// The number of tokens to which `token` attends: token + 1 when the attention is causal (the token
/// itself and all earlier ones), otherwise all tokens of the trace.
int32_t visibleTokens(const Attention &attention, const ActivityTrace &trace, int32_t token);

/// The attention score A_m of one head in one time step: in how many of the head's columns both the
/// query of `token` and the key of token `m` spike.
int32_t attentionScore(const ActivityTrace &trace, const Attention &attention, HeadColumns head,
                       int32_t token, int32_t step, int32_t m);

/// Attention in coincidence form, `(Q K^T) V`: adds to result[j] the sum of A_m * v_m[j] over all
/// visible tokens m, for each column j of the head. v_m[j] is 1 when column j of the values of
/// token m spikes. `result` has one entry for each column of the whole target population.
template <typename Sum>
void accumulateAttention(const ActivityTrace &trace, const Attention &attention, HeadColumns head,
                         int32_t token, int32_t step, std::span<Sum> result);

/// The work of the coincidence form for one head, token and time step.
struct AttentionWork {
  int64_t scoreAccumulates = 0; ///< spikes of the query times visible tokens
  int64_t valueAccumulates = 0; ///< columns of the head times tokens whose score is not 0
  int64_t scores = 0;           ///< visible tokens: each has one score
  int64_t scoresNotZero = 0;
};
/// Counts that work from the spikes in `trace`.
AttentionWork attentionWork(const ActivityTrace &trace, const Attention &attention,
                            HeadColumns head, int32_t token, int32_t step);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H

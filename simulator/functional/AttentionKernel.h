// AttentionKernel: spiking self-attention on bit-packed spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H

#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"

#include <cstdint>
#include <span>

namespace synfire::sim {

/// Columns of one head: head h owns [h * d, h * d + d).
struct HeadColumns {
  int32_t first = 0, count = 0;
};
HeadColumns headColumns(const Program &program, const Attention &attention, int32_t head);

/// Tokens that `token` attends to: itself and all earlier ones when causal, else
/// all of the trace.
int32_t visibleTokens(const Attention &attention, const ActivityTrace &trace, int32_t token);

/// A_m = |q_token AND k_m| of one head in one time step: the coincidences of
/// the token's query with the key of token m.
int32_t attentionScore(const ActivityTrace &trace, const Attention &attention, HeadColumns head,
                       int32_t token, int32_t step, int32_t m);

/// Adds sum_m A_m v_m[j] to result[j] for the head's columns j, m over the
/// visible tokens: `(Q K^T) V` in coincidence form.
template <typename Sum>
void accumulateAttention(const ActivityTrace &trace, const Attention &attention, HeadColumns head,
                         int32_t token, int32_t step, std::span<Sum> result);

/// What the coincidence form does for one head, token and time step. With
/// |q| spikes in the query: one accumulate per query spike and visible token
/// for the scores, d per token whose score is not 0 for the values.
struct AttentionWork {
  int64_t scoreAccumulates = 0, valueAccumulates = 0;
  int64_t scores = 0, scoresNotZero = 0; ///< one score per visible token
};
AttentionWork attentionWork(const ActivityTrace &trace, const Attention &attention,
                            HeadColumns head, int32_t token, int32_t step);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_ATTENTIONKERNEL_H

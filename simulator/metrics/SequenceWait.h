// SequenceWait: how long tokens wait for the rest of their sequence.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_SEQUENCEWAIT_H
#define SYNFIRE_SIMULATOR_METRICS_SEQUENCEWAIT_H

#include "simulator/metrics/Counters.h"

namespace synfire::sim {

/// A place in a program that no token passes before all tokens of the run have reached it, because
/// attention there reads later tokens. Up to it the tokens are computed one after the other, then
/// from it on, to the next such place; the ticks are the same as those of a program without it,
/// but in another order.
struct SequenceWait {
  std::vector<OpId> ops; ///< attention that is not causal, of the chip or of the host
  int32_t stage = 0;     ///< the first stage behind the wait
  int64_t timePs = 0;    ///< from the first token's arrival until the last one's
  /// Bits of the spikes of all tokens that are needed behind the wait and were sent before it.
  /// Keys and values are not among them: cores have memory for these (AttentionBlock::memoryBits).
  /// No core has memory for the others.
  int64_t heldBits = 0;
};

/// All waits of a run of `tokens` tokens with these counters, in the order of their stages; none
/// for a single token, nor for the points of a grid, which are computed together.
std::vector<SequenceWait> sequenceWaits(const Program &program, const Counters &counters,
                                        int32_t tokens);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_SEQUENCEWAIT_H

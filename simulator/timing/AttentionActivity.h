// AttentionActivity: how much work attention is, read off the spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TIMING_ATTENTIONACTIVITY_H
#define SYNFIRE_SIMULATOR_TIMING_ATTENTIONACTIVITY_H

#include "simulator/Program.h"
#include "simulator/trace/ActivityTrace.h"

#include <cstdint>

namespace synfire::sim {

/// Accumulates of one head at one token and time step in coincidence form
/// (design.md section 7): every query spike reads one stored key bit of each
/// visible token; every token with a non-zero score has its d value bits read.
struct AttentionWork {
  int64_t scoreAccumulates = 0; ///< |q| * visible tokens
  int64_t valueAccumulates = 0; ///< |{m : A_m != 0}| * d
};

AttentionWork attentionWork(const Program &program, const Attention &attention,
                            const ActivityTrace &trace, int32_t token, int32_t step, int32_t head);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TIMING_ATTENTIONACTIVITY_H

// Operations of the spike dialect, by group.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS
#define SYNFIRE_SPIKE_OPS

include "dialect/spike/ops/TextOps.td"
include "dialect/spike/ops/SynapseOps.td"
include "dialect/spike/ops/GridOps.td"
include "dialect/spike/ops/NormOps.td"
include "dialect/spike/ops/NeuronOps.td"
include "dialect/spike/ops/ResidualOps.td"
include "dialect/spike/ops/AttentionOps.td"
include "dialect/spike/ops/ActivationOps.td"
include "dialect/spike/ops/HeadOps.td"

#endif // SYNFIRE_SPIKE_OPS

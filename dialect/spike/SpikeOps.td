// Operations of the spike dialect, by group.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS
#define SYNFIRE_SPIKE_OPS

include "dialect/spike/ops/TextOps.td"       // lookup position code binarize concat slice repeat flatten
include "dialect/spike/ops/SynapseOps.td"    // linear inject
include "dialect/spike/ops/GridOps.td"       // conv pool
include "dialect/spike/ops/NormOps.td"       // batch_norm power_norm layer_norm scale
include "dialect/spike/ops/NeuronOps.td"     // neuron integrator delay recurrent yield
include "dialect/spike/ops/ResidualOps.td"   // add logic
include "dialect/spike/ops/AttentionOps.td"  // self_attention key_value_sum softmax_attention
include "dialect/spike/ops/ActivationOps.td" // gelu relu clip_floor softmax
include "dialect/spike/ops/HeadOps.td"       // recombine dequantize top_k

#endif // SYNFIRE_SPIKE_OPS

// The spike dialect: spiking (and hybrid) networks as tensors over time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_DIALECT
#define SYNFIRE_SPIKE_DIALECT

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def Spike_Dialect : Dialect {
  let name = "spike";
  let cppNamespace = "::synfire::spike";
  let summary = "What a spiking network computes, free of any chip";
  let description = [{
    Values are builtin ranked tensors; time is an explicit leading dimension and
    there is no batch dimension. T time steps, N tokens (may be dynamic), D features:

    | type | kind |
    |---|---|
    | `tensor<TxNxDxi1>` | spikes |
    | `tensor<TxNxDxuiK>` | graded spikes |
    | `tensor<TxNxDxf32>` | a current |
    | `tensor<TxNxDxsi32, #spike.fixed<...>>` | a quantised current |
    | `tensor<NxDxf32>`, `tensor<NxDxi1>` | an activation, a binary code without time |

    A rank 1 tensor holds one token id (or index) per token.
    (C0) holds for every operand, result and weight of every op: rank 1 to 3;
    only N may be dynamic; no size is 0; at most 2^40 elements, and 2^31 - 1
    channels D; no encoding but `#spike.fixed`. An
    op reads only what is computed before it: the one place of a cycle is the feedback of
    `spike.recurrent`.

    `spike.firing_rate` (f64 in 0..1) may stand on an op with one spike result: the share of its
    neurons that fire in a time step; on `spike.self_attention` and `spike.key_value_sum` it is the
    share of scores, and of products k v, that are not zero.

    All ops are pure. Definitions and reasons: `dialect/RATIONALE.md`.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
}

#endif // SYNFIRE_SPIKE_DIALECT

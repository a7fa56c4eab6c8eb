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
    Values are builtin ranked tensors. Their dimensions are T time steps, N tokens and D features
    (also called channels), in this order; only N may be dynamic, and there is no batch dimension.

    | type | kind |
    |---|---|
    | `tensor<TxNxDxi1>` | spikes |
    | `tensor<TxNxDxuiK>` | graded spikes |
    | `tensor<TxNxDxf32>` | a current |
    | `tensor<TxNxDxsi32, #spike.fixed<...>>` | a quantised current |
    | `tensor<NxDxf32>`, `tensor<NxDxi1>` | an activation, a binary code without time |

    A tensor of rank 1 holds one token id per token.
    (C0) holds for every op: each operand and result has rank 1 to 3, at most 2^31 - 1 channels and
    no encoding but `#spike.fixed`; no size of an operand, result or weight is 0, none but N is
    dynamic, and each has at most 2^40 elements. An op reads only values that are computed before
    it: a cycle is possible only through the feedback of `spike.recurrent`.

    An op whose one result is spikes may have the attribute `spike.firing_rate` (f64 in 0..1), the
    share of its neurons that fire in a time step. On `spike.self_attention` it is the share of
    scores that are not zero, on `spike.key_value_sum` the share of products k v.

    All ops are pure. `dialect/RATIONALE.md` defines what they compute and gives the reasons.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
}

#endif // SYNFIRE_SPIKE_DIALECT

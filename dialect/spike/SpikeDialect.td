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

    All ops are pure. Definitions and reasons: `dialect/RATIONALE.md`.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
}

#endif // SYNFIRE_SPIKE_DIALECT

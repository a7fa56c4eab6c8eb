// The way out: time steps become one activation, integers become reals, logits become ids.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_HEAD
#define SYNFIRE_SPIKE_OPS_HEAD

include "dialect/spike/SpikeOpBase.td"

def Spike_RecombineOp : Spike_Op<"recombine", [Spike_HostComputable, Spike_InfersShape]> {
  let summary = "time steps become one activation";
  let description = [{
    `mean`, `sum`, `last` over T: `TxNxD` to `NxD`; `concatenate`: to `Nx(T*D)`, time-major (index
    t*D + d).
    (C1) operand spikes or f32, of rank 3. Reals are summed in ascending t.
    (C2) result f32, or, of spikes, quantised with fraction 0 and the one scale 1/T (mean) or 1.
    (C3) shapes as above.

    ```mlir
    %m = spike.recombine mean %s : tensor<4x?x80xi1> -> tensor<?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$spikes, Spike_RecombinationAttr:$mode);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$mode $spikes attr-dict `:` type($spikes) `->` type($result)";
  let hasFolder = 1;
}

def Spike_DequantizeOp : Spike_Op<"dequantize", [Spike_HostComputable, Spike_MovesValues,
    Spike_KeepsShape]> {
  let summary = "integers become reals by their encoding";
  let description = [{
    The host reads currents this way, from an integrator of the width that `state` says (RATIONALE,
    "Readouts"); without one, nothing bounds the integers.
    (C1) quantised operand, f32 result of the same shape.

    ```mlir
    %r = spike.dequantize %h state(<bits = 24>)
        : tensor<?x30xsi32, #spike.fixed<scale = [0.125], fraction_bits = 0>> -> tensor<?x30xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, OptionalAttr<Spike_StateAttr>:$state);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input (`state` `(` $state^ `)`)? attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_TopKOp : Spike_Op<"top_k", [Spike_InfersShape]> {
  let summary = "ids of the largest features: argmax for one";
  let description = [{
    `y[n, j]`: the index of the j-th largest feature of token n; of equal ones the lower index comes
    first.
    (C1) operand `tensor<NxDxf32>`, result `tensor<NxKxi32>`.
    (C2) K in 1..D.

    ```mlir
    %next = spike.top_k %logits : tensor<?x30xf32> -> tensor<?x1xi32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OPS_HEAD

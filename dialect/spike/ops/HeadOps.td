// The way out: time steps become one activation, integers become reals, logits become ids.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_HEAD
#define SYNFIRE_SPIKE_OPS_HEAD

include "dialect/spike/SpikeOpBase.td"

def Spike_RecombineOp : Spike_Op<"recombine", [Spike_HostComputable, Spike_InfersShape]> {
  let summary = "time steps become one activation";
  let description = [{
    `mean`, `sum` and `last` over T turn `TxNxD` into `NxD`. `concatenate` turns it into `Nx(T*D)`,
    time-major: feature d of step t gets the index t*D + d. Reals are summed in ascending t.
    (C1) the operand is spikes or f32, of rank 3.
    (C2) the result is f32, or, if the operand is spikes, quantised with fraction_bits 0 and one
    scale, 1/T for `mean` and 1 for the others.
    (C3) the shapes are as above.

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
    This is how the host reads a current: the chip adds it up in an integrator, whose width is that
    of `state` (RATIONALE.md, "Readouts"). Without a `state`, the integers may have any width.
    (C1) the operand is quantised, and the result is f32 of the same shape.

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
    `y[n, j]` is the index of the j-th largest feature of token n. Of equal features the one with
    the lower index comes first.
    (C1) the operand is `tensor<NxDxf32>`, and the result `tensor<NxKxi32>`.
    (C2) K is in 1..D.

    ```mlir
    %next = spike.top_k %logits : tensor<?x30xf32> -> tensor<?x1xi32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OPS_HEAD

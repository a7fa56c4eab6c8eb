// Activations of ordinary networks, for hybrids and baselines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_ACTIVATION
#define SYNFIRE_SPIKE_OPS_ACTIVATION

include "dialect/spike/SpikeOpBase.td"

/// An activation maps f32 to f32.
class Spike_ActivationOp<string mnemonic> : Spike_UnaryOp<mnemonic, [Spike_HostComputable,
    Spike_KeepsShape]>;

def Spike_GeluOp : Spike_ActivationOp<"gelu"> {
  let summary = "GELU in its tanh form (GPT-2)";
  let description = [{
    `y = 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`, computed in the form of RATIONALE.md,
    section 2.
    (C1) operand and result have the same f32 type.

    ```mlir
    %y = spike.gelu %x : tensor<?x3072xf32> -> tensor<?x3072xf32>
    ```
  }];
}

def Spike_SiluOp : Spike_ActivationOp<"silu"> {
  let summary = "x times its logistic function (also called swish)";
  let description = [{
    `y = x / (1 + exp(-x))`, where RATIONALE.md, section 2, defines `exp`.
    (C1) operand and result have the same f32 type.

    ```mlir
    %y = spike.silu %x : tensor<?x3072xf32> -> tensor<?x3072xf32>
    ```
  }];
}

def Spike_ReluOp : Spike_ActivationOp<"relu"> {
  let summary = "x where x > 0, else 0";
  let description = [{
    (C1) operand and result have the same f32 type.

    ```mlir
    %y = spike.relu %x : tensor<?x3072xf32> -> tensor<?x3072xf32>
    ```
  }];
  let hasFolder = 1;
}

def Spike_ClipFloorOp : Spike_Op<"clip_floor", [Spike_HostComputable, Spike_KeepsShape]> {
  let summary = "quantised clip-floor-shift activation (QCFS)";
  let description = [{
    `y = threshold / levels * clip(floor(x levels / threshold + 1/2), 0, levels)`. An IF neuron with
    soft reset and the initial membrane threshold / 2 that has the constant input x for T = `levels`
    steps fires y T / threshold times (Bu et al., ICLR 2022).
    (C1) operand and result have the same f32 type.
    (C2) levels is in 1 .. 2^31 - 1; there is one threshold, or one per channel, and each is
    positive and finite.

    ```mlir
    %y = spike.clip_floor %x threshold [2.0] levels 8 : tensor<?x3072xf32> -> tensor<?x3072xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, DenseF64ArrayAttr:$threshold, I64Attr:$levels);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `threshold` custom<Numbers>($threshold) `levels` $levels attr-dict `:` type($input) `->`
    type($result)
  }];
}

def Spike_SoftmaxOp : Spike_ActivationOp<"softmax"> {
  let summary = "softmax over the features";
  let description = [{
    `y[c] = exp(x[c] - max) / sum over c of exp(x[c] - max)`, where max is the largest x[c], the sum
    runs over ascending c, and RATIONALE.md, section 2, defines `exp`.
    (C1) operand and result have the same f32 type.

    ```mlir
    %y = spike.softmax %x : tensor<?x10xf32> -> tensor<?x10xf32>
    ```
  }];
}

#endif // SYNFIRE_SPIKE_OPS_ACTIVATION

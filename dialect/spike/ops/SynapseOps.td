// Synapses: linear maps, and spikes that enter a stream.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_SYNAPSE
#define SYNFIRE_SPIKE_OPS_SYNAPSE

include "dialect/spike/SpikeOpBase.td"

def Spike_LinearOp : Spike_Op<"linear", [Spike_HostComputable,
    DeclareOpInterfaceMethods<Spike_SynapseLike>, Spike_ChannelAffine, Spike_InfersShape]> {
  let summary = "dense synapses";
  let description = [{
    `y[..., o] = channel_scale[o] * sum_i weight[o, i] * x[..., i] + bias[o]`.
    `weight` is [outputs, inputs]; `channel_scale` (default 1) comes from a folded norm.
    Quantised, with s the scale and f the fraction bits of the result's encoding, and u the
    scale of the input (1 for spikes):
    `w[o, i] = clamp(roundHalfEven(channel_scale[o] weight[o, i] u / s[o]), -qmax, qmax)`, qmax =
    2^(weight_bits-1) - 1,
    `y[..., o] = (sum_i w[o, i] x[..., i]) 2^f + roundHalfEven(bias[o] / s[o] 2^f)`.
    `transposed`: the weight is stored as [inputs, outputs] (a Conv1D of a GPT-2 checkpoint).
    (C1) weight is rank 2 of f32.
    (C2) its columns equal the input's last dimension, its rows the result's (`transposed`: its
    rows, its columns).
    (C3) rank 2 or 3, leading dimensions agree.
    (C4) bias and channel_scale have one entry per output; those of channel_scale are finite.
    (C5) `weight_bits` (2..16) stands exactly when the result is quantised.
    (C6) the operand is spikes or a current, the result a current; a quantised result has no real
    operand, a quantised operand has one scale and a quantised result.

    ```mlir
    %y = spike.linear %x, dense<0.5> : tensor<160x80xf32> bias dense<0.1> : tensor<160xf32>
        : tensor<4x?x80xi1> -> tensor<4x?x160xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight,
    OptionalAttr<ElementsAttr>:$bias, OptionalAttr<DenseF64ArrayAttr>:$channel_scale,
    OptionalAttr<I64Attr>:$weight_bits, UnitAttr:$transposed);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`transposed` $transposed^)? (`bias` $bias^)? (`channel_scale`
    custom<Numbers>($channel_scale)^)?
    attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_InjectOp : Spike_Op<"inject", [Spike_HostComputable,
    DeclareOpInterfaceMethods<Spike_SynapseLike>, Spike_KeepsShape]> {
  let summary = "spikes enter a real-valued stream, each with value 1";
  let description = [{
    `y = x` as a current. Quantised: `y = x roundHalfEven(1 / s[c]) 2^f`: one synapse per neuron.
    (C1) operand spikes or graded spikes, result a current of the same shape.
    (C2) `weight_bits` (2..16) stands exactly when the result is quantised.

    ```mlir
    %i = spike.inject %s : tensor<4x?x80xi1> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, OptionalAttr<I64Attr>:$weight_bits);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OPS_SYNAPSE

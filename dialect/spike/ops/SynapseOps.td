// Synapses: linear maps, and the injection of spikes into a stream of currents.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_SYNAPSE
#define SYNFIRE_SPIKE_OPS_SYNAPSE

include "dialect/spike/SpikeOpBase.td"

def Spike_LinearOp : Spike_Op<"linear", [Spike_HostComputable,
    DeclareOpInterfaceMethods<Spike_SynapseLike>, Spike_ChannelAffine, Spike_InfersShape]> {
  let summary = "dense synapses";
  let description = [{
    `y[..., o] = channel_scale[o] * sum_i weight[o, i] * (input_factor[i] * x[..., i]) + bias[o]`.
    `weight` is [outputs, inputs], or with `transposed` [inputs, outputs], as a Conv1D of a GPT-2
    checkpoint stores it. `channel_scale` comes from a folded norm behind the op, `input_factor`
    from one before it; both are 1 by default.

    If the result is quantised, the integer weights are
    `w[o, i] = clamp(roundHalfEven(channel_scale[o] (input_factor[i] weight[o, i]) u / s[o]), min,
    max)`, where min and max are those of `weight_format`: +-(2^(weight_bits-1) - 1) if it is
    signed, 0 and 1 if it is binary, -1 and 1 if it is ternary; if it is sign, w is 1 where the
    quotient is at least 0, else -1. The result is
    `y[..., o] = (sum_i w[o, i] x[..., i]) 2^f + roundHalfEven(bias[o] / s[o] 2^f)`.
    Here s and f are the scales and the fraction bits of the result's encoding; u is 1 for an input
    of spikes, else the input's scale * 2^-fraction_bits.

    (C1) weight has rank 2 and is f32.
    (C2) the columns of the weight are as many as the features of the operand, its rows as many as
    those of the result; with `transposed` it is the other way round.
    (C3) operand and result have rank 2 or 3, and their leading dimensions agree.
    (C4) bias and channel_scale have one entry per output, input_factor one per input, and those of
    channel_scale and input_factor are finite.
    (C5) the op has `weight_bits` (1..32) if its result is quantised; on a real result they say what
    it is to be quantised to. `weight_format` is signed (the default; with 1 bit that is sign),
    binary or sign (1 bit) or ternary (2 bits).
    (C6) the operand is spikes or a current, and the result a current. If the result is quantised,
    the operand is not real. If the operand is quantised, it has one scale, and the result is
    quantised.

    ```mlir
    %y = spike.linear %x, dense<0.5> : tensor<160x80xf32> bias dense<0.1> : tensor<160xf32>
        : tensor<4x?x80xi1> -> tensor<4x?x160xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight,
    OptionalAttr<ElementsAttr>:$bias, OptionalAttr<DenseF64ArrayAttr>:$channel_scale,
    OptionalAttr<DenseF64ArrayAttr>:$input_factor, OptionalAttr<I64Attr>:$weight_bits,
    OptionalAttr<StrAttr>:$weight_format, UnitAttr:$transposed);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`transposed` $transposed^)? (`bias` $bias^)? (`channel_scale`
    custom<Numbers>($channel_scale)^)? (`input_factor` custom<Numbers>($input_factor)^)?
    attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_InjectOp : Spike_Op<"inject", [Spike_HostComputable,
    DeclareOpInterfaceMethods<Spike_SynapseLike>, Spike_KeepsShape]> {
  let summary = "spikes enter a real-valued stream, each with value 1";
  let description = [{
    `y = x` as a current. On a chip this is one synapse per neuron: a quantised result is
    `y = x roundHalfEven(1 / s[c]) 2^f`, where the weight roundHalfEven(1 / s[c]) is clamped like
    the weights of `spike.linear`.
    (C1) the operand is spikes or graded spikes, and the result a current of the same shape.
    (C2) the op has `weight_bits` (1..32) if its result is quantised; on a real result they say what
    it is to be quantised to. `weight_format` is signed (the default; with 1 bit that is sign),
    binary or sign (1 bit) or ternary (2 bits).

    ```mlir
    %i = spike.inject %s : tensor<4x?x80xi1> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, OptionalAttr<I64Attr>:$weight_bits,
    OptionalAttr<StrAttr>:$weight_format);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OPS_SYNAPSE

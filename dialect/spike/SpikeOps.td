// Operations of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS
#define SYNFIRE_SPIKE_OPS

include "dialect/spike/SpikeAttrs.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

class Spike_Op<string mnemonic, list<Trait> traits = []>
    : Op<Spike_Dialect, mnemonic, !listconcat([Pure], traits)> {
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Text to spikes
//===----------------------------------------------------------------------===//

def Spike_LookupOp : Spike_Op<"lookup"> {
  let summary = "row of a table for every token";
  let description = [{
    `y[n, :] = table[tokens[n], :]`.
    (C1) `tokens` has rank 1 of i32, `table` rank 2 of f32, the result `tensor<NxDxf32>`.
    (C2) the table has D columns. (C3) N of tokens and result agree.
    Ids must be below the table's rows: checked when run.

    ```mlir
    %e = spike.lookup %tokens, dense<0.5> : tensor<30x50xf32> : tensor<?xi32> -> tensor<?x50xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$tokens, ElementsAttr:$table);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$tokens `,` $table attr-dict `:` type($tokens) `->` type($result)";
}

def Spike_PositionOp : Spike_Op<"position"> {
  let summary = "row of a table for every position";
  let description = [{
    `y[n, :] = table[n, :]`. Constraints as for `spike.lookup`; more tokens than rows is an error when run.
  }];
  let arguments = (ins AnyRankedTensor:$tokens, ElementsAttr:$table);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$tokens `,` $table attr-dict `:` type($tokens) `->` type($result)";
}

def Spike_BinarizeOp : Spike_Op<"binarize"> {
  let summary = "Heaviside step: 1 where x >= threshold";
  let description = [{(C1) f32 operand, i1 result of the same shape.}];
  let arguments = (ins AnyRankedTensor:$input, DefaultValuedAttr<F64Attr, "0.0">:$threshold);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def Spike_ConcatOp : Spike_Op<"concat"> {
  let summary = "joins features, first operand first";
  let description = [{(C1) same element type and rank, equal leading dimensions; the last dimensions add up.}];
  let arguments = (ins Variadic<AnyRankedTensor>:$inputs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$inputs attr-dict `:` type($inputs) `->` type($result)";
}

def Spike_RepeatOp : Spike_Op<"repeat"> {
  let summary = "the same value at every time step";
  let description = [{`y[t, n, :] = x[n, :]`. (C1) `tensor<NxDxE>` to `tensor<TxNxDxE>`, T static.}];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

//===----------------------------------------------------------------------===//
// Synapses and norms
//===----------------------------------------------------------------------===//

def Spike_LinearOp : Spike_Op<"linear", [DeclareOpInterfaceMethods<Spike_SynapseLike>]> {
  let summary = "dense synapses";
  let description = [{
    `y[..., o] = channel_scale[o] * sum_i weight[o, i] * x[..., i] + bias[o]`.
    `weight` is [outputs, inputs]; `channel_scale` (default 1) comes from a folded norm.
    Quantised, with s the scale and f the fraction bits of the result's encoding, and u the
    scale of the input (1 for spikes):
    `w[o, i] = clamp(roundHalfEven(channel_scale[o] weight[o, i] u / s[o]), -qmax, qmax)`, qmax = 2^(weight_bits-1) - 1,
    `y[..., o] = (sum_i w[o, i] x[..., i]) 2^f + roundHalfEven(bias[o] / s[o] 2^f)`.
    (C1) weight is rank 2 of f32. (C2) its columns equal the input's last dimension, its rows the result's.
    (C3) leading dimensions agree. (C4) bias and channel_scale have one entry per output.
    (C5) `weight_bits` (2..16) stands exactly when the result is quantised.
    (C6) the operand is spikes or a current, the result a current; a quantised result has no real operand,
    a quantised operand has one scale and a quantised result.
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight,
    OptionalAttr<ElementsAttr>:$bias, OptionalAttr<DenseF64ArrayAttr>:$channel_scale,
    OptionalAttr<I64Attr>:$weight_bits);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`bias` $bias^)? attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_InjectOp : Spike_Op<"inject", [DeclareOpInterfaceMethods<Spike_SynapseLike>]> {
  let summary = "spikes enter a real-valued stream, each with value 1";
  let description = [{
    `y = x` as a current. Quantised: `y = x roundHalfEven(1 / s[c]) 2^f`: one synapse per neuron.
    (C1) operand spikes or graded spikes, result a current of the same shape.
    (C2) `weight_bits` (2..16) stands exactly when the result is quantised.
  }];
  let arguments = (ins AnyRankedTensor:$input, OptionalAttr<I64Attr>:$weight_bits);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

class Spike_NormOp<string mnemonic, list<Trait> traits = []> : Spike_Op<mnemonic, traits> {
  let results = (outs AnyRankedTensor:$result);
}

def Spike_BatchNormOp : Spike_NormOp<"batch_norm"> {
  let summary = "batch normalisation with running statistics";
  let description = [{
    `y = (x - mean) / sqrt(var + eps) * weight + bias` per channel.
    (C1) operand and result have the same f32 type. (C2) every parameter is f32 with one entry per channel.
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, ElementsAttr:$bias,
    ElementsAttr:$mean, ElementsAttr:$variance, DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = [{
    $input `,` `weight` $weight `bias` $bias `mean` $mean `variance` $variance attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_PowerNormOp : Spike_NormOp<"power_norm"> {
  let summary = "power normalisation: second moment only";
  let description = [{
    `y = weight * x / sqrt(phi + eps) + bias` per channel, at inference. Constraints as `spike.batch_norm`.
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, ElementsAttr:$bias,
    ElementsAttr:$phi, DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = [{
    $input `,` `weight` $weight `bias` $bias `phi` $phi attr-dict `:` type($input) `->` type($result)
  }];
}

//===----------------------------------------------------------------------===//
// Neurons, residuals, attention
//===----------------------------------------------------------------------===//

def Spike_NeuronOp : Spike_Op<"neuron", [DeclareOpInterfaceMethods<Spike_NeuronLike>]> {
  let summary = "neurons, scanned over the time steps";
  let description = [{
    One neuron per (token, feature), with state `v_init` before t = 0:
    `v[t] = decay v'[t-1] + gain I[t]`, `s[t] = v[t] >= threshold` (or `>`), and `v'` is `v` after the
    reset. `model` gives decay, gain, threshold and reset. On a quantised current the integer rule of
    RATIONALE.md ("Fixed-point neurons") holds and `state` says how the chip keeps the membrane.
    (C1) operand a current of rank 3, result i1 of the same shape.
    (C2) thresholds: one, or one per channel. (C3) `state` only on a quantised current.
  }];
  let arguments = (ins AnyRankedTensor:$current, AnyAttrOf<[Spike_IfAttr, Spike_LifAttr]>:$model,
    OptionalAttr<Spike_StateAttr>:$state);
  let results = (outs AnyRankedTensor:$spikes);
  let assemblyFormat = "$model `,` $current (`state` `(` $state^ `)`)? attr-dict `:` type($current) `->` type($spikes)";
}

def Spike_AddOp : Spike_Op<"add"> {
  let summary = "residual: real + real, or spike + spike to graded spikes";
  let description = [{
    (C1) two currents of one type give that type; (C2) two spike tensors give the smallest `uiK` that
    holds the sum of their maxima (i1 + i1 = ui2). Spikes enter a current by `spike.inject`, never silently.
  }];
  let arguments = (ins AnyRankedTensor:$lhs, AnyRankedTensor:$rhs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)";
}

def Spike_SelfAttentionOp : Spike_Op<"self_attention", [DeclareOpInterfaceMethods<Spike_AttentionLike>]> {
  let summary = "spiking self-attention (SSA), no softmax";
  let description = [{
    Per head h and time step t: `A = Q K^T` over the head's columns, entries of later tokens zero when
    `causal`; `y = scale (A V)`. Head h owns columns h*d .. h*d+d-1. Quantised: the integer `(A V) 2^f`, the
    encoding's scale being `scale`.
    (C1) q, k, v are i1 of one shape `TxNxD`; the result is a current of that shape. (C2) heads divides D.
    (C3) scale is positive; a quantised result's encoding has the one scale `scale`.
  }];
  let arguments = (ins AnyRankedTensor:$q, AnyRankedTensor:$k, AnyRankedTensor:$v,
    I64Attr:$heads, DefaultValuedAttr<F64Attr, "1.0">:$scale, UnitAttr:$causal);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $q `,` $k `,` $v `heads` $heads `scale` $scale (`causal` $causal^)? attr-dict `:` type($q) `,` type($k) `,` type($v) `->` type($result)
  }];
}

//===----------------------------------------------------------------------===//
// Head
//===----------------------------------------------------------------------===//

def Spike_RecombineOp : Spike_Op<"recombine"> {
  let summary = "time steps become one activation";
  let description = [{
    `mean`, `sum`, `last` over T: `TxNxD` to `NxD`; `concatenate`: to `Nx(T*D)`, time-major (index t*D + d).
    (C1) operand spikes of rank 3. (C2) result f32, or quantised with fraction 0 and the one scale 1/T (mean) or 1.
    (C3) shapes as above.
  }];
  let arguments = (ins AnyRankedTensor:$spikes, Spike_RecombinationAttr:$mode);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$mode $spikes attr-dict `:` type($spikes) `->` type($result)";
}

def Spike_DequantizeOp : Spike_Op<"dequantize"> {
  let summary = "integers become reals by their encoding";
  let description = [{(C1) quantised operand, f32 result of the same shape. The host reads membranes this way.}];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OPS

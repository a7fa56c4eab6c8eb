// Spiking attention and ordinary softmax attention.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_ATTENTION
#define SYNFIRE_SPIKE_OPS_ATTENTION

include "dialect/spike/SpikeOpBase.td"

def Spike_SelfAttentionOp : Spike_Op<"self_attention",
    [DeclareOpInterfaceMethods<Spike_AttentionLike>, Spike_KeepsShape,
    Spike_MixesTokens]> {
  let summary = "spiking self-attention (SSA), no softmax";
  let description = [{
    For each head h and time step t, the scores are `A = Q K^T` over the columns h*d .. h*d+d-1 of
    the head; with `causal`, the scores of a token for later tokens are 0. The result is
    `y = scale (A V)`. If the result is quantised, it holds the integers `(A V) 2^f`, and its
    encoding has the one scale `scale`.
    k and v have `kv_heads` heads, by default as many as q. Head h of q reads their head h *
    kv_heads / heads, rounded down.
    With `score_neuron`, every score A[n, m] of a head is the current of a neuron that is scanned
    over the time steps, and the spikes of this neuron take the place of A. Then A itself has to be
    computed (the coincidence form); `q (k^T v)` (the Hebbian form) is no legal realisation.
    (C1) q is i1 `TxNxD`; k and v have one type, i1 `TxNxD'`; the result is a current of q's shape.
    (C2) heads divides D; kv_heads divides heads; D' = kv_heads * D / heads, so that all heads have
    the same width.
    (C3) scale is positive and finite; the encoding of a quantised result has the one scale `scale`.
    (C4) a score neuron has one of each number and no state beyond its membrane.
    (C5) `score_state` and `score_encoding` stand if the result is quantised and there is a score
    neuron, and in no other case. The neuron then follows the integer rule of RATIONALE.md
    ("Fixed-point neurons") on A in this encoding, whose one scale is 1.

    ```mlir
    %y = spike.self_attention %q, %k, %v heads 5 scale 0.125 causal
        : tensor<4x?x80xi1>, tensor<4x?x80xi1>, tensor<4x?x80xi1> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$q, AnyRankedTensor:$k, AnyRankedTensor:$v,
    I64Attr:$heads, DefaultValuedAttr<F64Attr, "1.0">:$scale, UnitAttr:$causal,
    OptionalAttr<I64Attr>:$kv_heads, OptionalAttr<Spike_NeuronModelAttr>:$score_neuron,
    OptionalAttr<Spike_StateAttr>:$score_state, OptionalAttr<Spike_FixedAttr>:$score_encoding);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $q `,` $k `,` $v `heads` $heads `scale` $scale (`causal` $causal^)?
    (`kv_heads` $kv_heads^)? (`score_neuron` `(` $score_neuron^ `)`)? attr-dict `:` type($q) `,`
    type($k) `,` type($v) `->` type($result)
  }];
}

def Spike_KeyValueSumOp : Spike_Op<"key_value_sum",
    [TypesMatchWith<"k and v have one type", "k", "v", "$_self">,
    DeclareOpInterfaceMethods<Spike_AttentionLike>, Spike_KeepsShape, Spike_MixesTokens]> {
  let summary = "first half of spike-driven self-attention (SDSA)";
  let description = [{
    `y[t, n, c] = sum over m of k[t, m, c] v[t, m, c]`, where m runs over all tokens, or with
    `causal` over the tokens up to n (a prefix sum). The second half of SDSA is a neuron that reads
    the result, and `spike.logic and` of its spikes with the query. So SDSA multiplies no numbers
    and has no scale: it is self-attention with a head for each column and queries of 1. A
    quantised result is `y 2^f`.
    (C1) k and v are i1 of one type `TxNxD`; the result is a current of that shape, with the one
    scale 1 if it is quantised.

    ```mlir
    %s = spike.key_value_sum %k, %v causal : tensor<4x?x80xi1> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$k, AnyRankedTensor:$v, UnitAttr:$causal);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$k `,` $v (`causal` $causal^)? attr-dict `:` type($k) `->` type($result)";
}

def Spike_SoftmaxAttentionOp : Spike_Op<"softmax_attention", [Spike_HostComputable,
    Spike_KeepsShape, Spike_MixesTokens]> {
  let summary = "softmax attention of an ordinary transformer";
  let description = [{
    For each head and time step, `A[n, m] = scale * (q_n . k_m)`, where m <= n if `causal`; p is the
    softmax of A over m, computed as by `spike.softmax`; and `y_n = sum over m of p[n, m] v_m`. All
    sums run in ascending index. The heads, and the `kv_heads` of k and v, are those of
    `spike.self_attention`.
    (C1) q is f32 `[T x] N x D`; the result has the type of q; k and v have one type, that of q
    but with D' features.
    (C2) is that of `spike.self_attention`.
    (C3) scale is finite.

    ```mlir
    %y = spike.softmax_attention %q, %k, %v heads 12 scale 0.125 causal
        : tensor<?x768xf32>, tensor<?x768xf32>, tensor<?x768xf32> -> tensor<?x768xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$q, AnyRankedTensor:$k, AnyRankedTensor:$v,
    I64Attr:$heads, DefaultValuedAttr<F64Attr, "1.0">:$scale, UnitAttr:$causal,
    OptionalAttr<I64Attr>:$kv_heads);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $q `,` $k `,` $v `heads` $heads `scale` $scale (`causal` $causal^)? (`kv_heads` $kv_heads^)?
    attr-dict
    `:` type($q) `,` type($k) `,` type($v) `->` type($result)
  }];
}

#endif // SYNFIRE_SPIKE_OPS_ATTENTION

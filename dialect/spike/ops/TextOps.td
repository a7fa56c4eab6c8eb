// From text to spikes: tables and codes, and ops that join, cut and repeat features.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_TEXT
#define SYNFIRE_SPIKE_OPS_TEXT

include "dialect/spike/SpikeOpBase.td"

def Spike_LookupOp : Spike_Op<"lookup", [Spike_HostComputable, Spike_InfersShape]> {
  let summary = "row of a table for every token";
  let description = [{
    `y[n, :] = table[tokens[n], :]`. An id that is not below the number of the table's rows is an
    error when the model is run.
    (C1) `tokens` is `tensor<Nxi32>`, `table` has rank 2 and is f32, and the result is
    `tensor<NxDxf32>`.
    (C2) the table has D columns.
    (C3) tokens and result have the same N.

    ```mlir
    %e = spike.lookup %tokens, dense<0.5> : tensor<30x50xf32> : tensor<?xi32> -> tensor<?x50xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$tokens, ElementsAttr:$table);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$tokens `,` $table attr-dict `:` type($tokens) `->` type($result)";
}

def Spike_PositionOp : Spike_Op<"position", [Spike_HostComputable, Spike_InfersShape]> {
  let summary = "row of a table for every position";
  let description = [{
    `y[n, :] = table[n, :]`. More tokens than the table has rows are an error when the model is run.
    The constraints are those of `spike.lookup`, and:
    (C4) a static N is at most the number of the table's rows.

    ```mlir
    %p = spike.position %tokens, dense<0.5> : tensor<256x30xf32> : tensor<?xi32> -> tensor<?x30xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$tokens, ElementsAttr:$table);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$tokens `,` $table attr-dict `:` type($tokens) `->` type($result)";
}

def Spike_CodeOp : Spike_Op<"code", [Spike_HostComputable, Spike_InfersShape]> {
  let summary = "fixed code of an id";
  let description = [{
    Every token n has an index below `size`: its id (`token`), its position n (`position`), or
    `n * vocabulary + id` (`token_at_position`). The result holds the code of that index. With
    `one_hot`, D = size, and the feature with the number of the index is 1. With `binary`,
    D = max(1, ceil(log2 size)), and the features are the bits of the index, the most significant
    first. `binary_left` has the same width, but the bits begin at feature 0 without leading zeros,
    as the published SpikeDecoder writes them; so 1, 2, 4 ... have the same code. An index of `size`
    or more is an error when the model is run.
    (C1) tokens is `tensor<Nxi32>`, and the result `tensor<NxDxi1>`.
    (C2) size is at least 1, and D is as above.
    (C3) the op has `vocabulary` if and only if it codes `token_at_position`; `vocabulary` is at
    least 1 and divides size.
    (C4) tokens and result have the same N.
    (C5) with `position` a static N is at most size, with `token_at_position` at most
    size / vocabulary.

    ```mlir
    %c = spike.code binary token %tokens size 30 : tensor<?xi32> -> tensor<?x5xi1>
    ```
  }];
  let arguments = (ins Spike_CodeAttr:$code, Spike_CodeSourceAttr:$source, AnyRankedTensor:$tokens,
    I64Attr:$size, OptionalAttr<I64Attr>:$vocabulary);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $code $source $tokens `size` $size (`vocabulary` $vocabulary^)? attr-dict `:` type($tokens) `->`
    type($result)
  }];
}

def Spike_BinarizeOp : Spike_Op<"binarize", [Spike_HostComputable, Spike_KeepsShape]> {
  let summary = "Heaviside step: 1 where x >= threshold";
  let description = [{
    (C1) the operand is f32, and the result i1 of the same shape.
    (C2) the threshold is finite.

    ```mlir
    %b = spike.binarize %x {threshold = 0.5 : f64} : tensor<?x80xf32> -> tensor<?x80xi1>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, DefaultValuedAttr<F64Attr, "0.0">:$threshold);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def Spike_ConcatOp : Spike_Op<"concat", [Spike_HostComputable, Spike_MovesValues,
    Spike_InfersShape]> {
  let summary = "joins features, first operand first";
  let description = [{
    (C1) there is at least one operand; operands and result have the same rank, 2 or 3, the same
    leading dimensions and the same element type without encoding; the features of the result are
    as many as those of all operands together.

    ```mlir
    %c = spike.concat %a, %b : tensor<?x50xi1>, tensor<?x30xi1> -> tensor<?x80xi1>
    ```
  }];
  let arguments = (ins Variadic<AnyRankedTensor>:$inputs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$inputs attr-dict `:` type($inputs) `->` type($result)";
  let hasFolder = 1;
}

def Spike_SliceOp : Spike_Op<"slice", [Spike_HostComputable, Spike_MovesValues,
    Spike_InfersShape]> {
  let summary = "some consecutive features";
  let description = [{
    `y[..., j] = x[..., from + j]`. A slice takes, for instance, the keys from a joined projection
    of queries, keys and values, or the columns of a head.
    (C1) operand and result have the same rank, 2 or 3, the same leading dimensions and the same
    element type; an encoding with a scale per channel keeps the scales of the slice's features.
    (C2) from >= 0 and from + D' <= D, where D' are the features of the result.

    ```mlir
    %k = spike.slice %qkv from 768 : tensor<?x2304xf32> -> tensor<?x768xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, I64Attr:$from);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input `from` $from attr-dict `:` type($input) `->` type($result)";
  let hasFolder = 1;
}

def Spike_RepeatOp : Spike_Op<"repeat", [Spike_HostComputable, Spike_MovesValues,
    Spike_InfersShape]> {
  let summary = "the same value at every time step";
  let description = [{
    `y[t, n, :] = x[n, :]`.
    (C1) the operand is `tensor<NxDxE>`, and the result `tensor<TxNxDxE>` with a static T and the
    operand's encoding.

    ```mlir
    %r = spike.repeat %c : tensor<?x80xi1> -> tensor<4x?x80xi1>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def Spike_FlattenOp : Spike_UnaryOp<"flatten", [Spike_HostComputable, Spike_MovesValues, Spike_InfersShape,
    Spike_MixesTokens]> {
  let summary = "all features of all tokens as one token";
  let description = [{
    `y[..., 0, n * D + d] = x[..., n, d]`. This turns a feature map into the input of a linear.
    (C1) the operand has rank 2 or 3 and a static N; if it has an encoding, this has one scale.
    (C2) the result is `[T x] 1 x N*D` and has the element type and encoding of the operand.

    ```mlir
    %f = spike.flatten %x : tensor<4x64x384xi1> -> tensor<4x1x24576xi1>
    ```
  }];
  let hasFolder = 1;
}

#endif // SYNFIRE_SPIKE_OPS_TEXT

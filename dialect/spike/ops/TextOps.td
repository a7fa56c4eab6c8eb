// Text to spikes: tables, codes, and how features are put together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_TEXT
#define SYNFIRE_SPIKE_OPS_TEXT

include "dialect/spike/SpikeOpBase.td"

def Spike_LookupOp : Spike_Op<"lookup", [Spike_HostComputable, Spike_InfersShape]> {
  let summary = "row of a table for every token";
  let description = [{
    `y[n, :] = table[tokens[n], :]`.
    (C1) `tokens` has rank 1 of i32, `table` rank 2 of f32, the result `tensor<NxDxf32>`.
    (C2) the table has D columns.
    (C3) N of tokens and result agree.
    Ids must be below the table's rows: checked when run.

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
    `y[n, :] = table[n, :]`. Constraints as for `spike.lookup`.
    (C4) a static N is at most the table's rows; more tokens than rows
    are an error when run.

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
    Every token n gives an index below `size`: its id (`token`), its position n (`position`), or
    `n * vocabulary + id` (`token_at_position`). The result holds the code of that index:
    `one_hot`: D = size, feature `index` is 1; `binary`: D = max(1, ceil(log2 size)), most
    significant bit first;
    `binary_left`: the same width, but the bits stand left-justified without leading zeros, as the
    published SpikeDecoder writes them (so that codes collide: 1, 2, 4 ... are one code).
    (C1) tokens `tensor<Nxi32>`, result `tensor<NxDxi1>`.
    (C2) size at least 1, D as above.
    (C3) `vocabulary` (at least 1, a divisor of size) stands exactly with `token_at_position`.
    (C4) N of tokens and result agree.
    (C5) with `position` a static N is at most size, with `token_at_position` at most
    size / vocabulary. An index of `size` or more is an error when run.

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
    (C1) f32 operand, i1 result of the same shape.
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
    (C1) rank 2 or 3, one element type without encoding, equal leading dimensions; the last
    dimensions add up.

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
  let summary = "some features";
  let description = [{
    `y[..., j] = x[..., from + j]`: the parts of a joined projection (query, key, value), the
    columns of a head.
    (C1) rank 2 or 3, same element type and leading dimensions; an encoding with a scale per channel
    keeps those of its features.
    (C2) from >= 0, and from + D' <= D.

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
    (C1) `tensor<NxDxE>` to `tensor<TxNxDxE>`, T static.

    ```mlir
    %r = spike.repeat %c : tensor<?x80xi1> -> tensor<4x?x80xi1>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def Spike_FlattenOp : Spike_UnaryOp<"flatten", [Spike_MovesValues, Spike_InfersShape,
    Spike_MixesTokens]> {
  let summary = "all features of all tokens as one token";
  let description = [{
    `y[..., 0, n * D + d] = x[..., n, d]`: from a feature map (channels last) to the input of a
    linear.
    (C1) rank 2 or 3, N static, no encoding with several scales.
    (C2) `[T x] 1 x N*D`, element type and encoding kept.

    ```mlir
    %f = spike.flatten %x : tensor<4x64x384xi1> -> tensor<4x1x24576xi1>
    ```
  }];
  let hasFolder = 1;
}

#endif // SYNFIRE_SPIKE_OPS_TEXT

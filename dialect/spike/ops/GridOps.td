// Grids: convolution and pooling.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_GRID
#define SYNFIRE_SPIKE_OPS_GRID

include "dialect/spike/SpikeOpBase.td"

def Spike_ConvOp : Spike_Op<"conv", [Spike_HostComputable,
    DeclareOpInterfaceMethods<Spike_SynapseLike, ["getGridWindow", "getGroupCount"]>,
    Spike_ChannelAffine, Spike_InfersShape, Spike_MixesTokens]> {
  let summary = "convolution over tokens on a grid, in one or two dimensions";
  let description = [{
    The tokens are the points of a `grid` ([length], or [height, width], row major), and the
    features of a token are the channels of its point. For output point p, output channel o, kernel
    offset k and `q = p * stride + k * dilation - padding`,
    `y[..., p, o] = channel_scale[o] * sum weight[o, i, k] * x[..., q, g(o) + i] + bias[o]`.
    The sum runs over ascending k (row major), and for each k over ascending i. Points outside the
    grid are 0. Of the C input channels, output o reads the C / `groups` channels from g(o) = (o /
    (O / groups)) * C / groups on. The number of output points per dimension is
    `floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1`.

    If the result is quantised, the integer weights and the bias are those of `spike.linear`, with
    u = 1, and the sum runs over integers.
    (C1) weight has rank 3 ([O, C / groups, k]) or 4 ([O, C / groups, kh, kw]) and is f32; grid,
    stride, padding and dilation have one entry per kernel dimension.
    (C2) the entries of grid, stride and dilation are positive, those of padding not negative, and
    all are below 2^31; every dimension has at least one output point.
    (C3) groups divides C and O, and the weight has C / groups inputs.
    (C4) the operand is `[T x] N x C` of spikes or f32, where N is static and the product of the
    grid; the result is a current `[T x] N' x O`, where N' is the number of output points. If it is
    quantised, the operand is spikes.
    (C5) bias and channel_scale have one entry per output channel, and those of channel_scale are
    finite.
    (C6) the op has `weight_bits` (1..32) if its result is quantised; on a real result they say what
    it is to be quantised to. `weight_format` is signed (the default; with 1 bit that is sign),
    binary or sign (1 bit) or ternary (2 bits).

    ```mlir
    %y = spike.conv %x, dense<0.5> : tensor<48x3x3x3xf32> grid [32, 32] stride [1, 1] padding [1, 1]
        : tensor<4x1024x3xf32> -> tensor<4x1024x48xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight,
    OptionalAttr<ElementsAttr>:$bias,
    DenseI64ArrayAttr:$grid, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding,
    OptionalAttr<DenseI64ArrayAttr>:$dilation, DefaultValuedAttr<I64Attr, "1">:$groups,
    OptionalAttr<DenseF64ArrayAttr>:$channel_scale, OptionalAttr<I64Attr>:$weight_bits,
    OptionalAttr<StrAttr>:$weight_format);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`bias` $bias^)? (`channel_scale` custom<Numbers>($channel_scale)^)?
    `grid` $grid `stride` $stride `padding` $padding (`dilation` $dilation^)? attr-dict `:`
    type($input) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// Points of the output grid per dimension. Precondition: verified.
    ::llvm::SmallVector<int64_t> getOutputGrid();
  }];
}

def Spike_PoolOp : Spike_Op<"pool", [Spike_HostComputable,
    DeclareOpInterfaceMethods<Spike_SynapseLike, ["getDiagonalWeight", "getGridWindow"]>,
    DeclareOpInterfaceMethods<Spike_SpikeGate, ["getGateWindow"]>, Spike_InfersShape,
    Spike_MixesTokens]> {
  let summary = "pooling over tokens on a grid";
  let description = [{
    Grid, stride and padding have the meaning of `spike.conv`. An output point is a function of the
    points of its window that lie in the grid, in ascending order: their `sum`; their `average`,
    which is the sum divided by the number of points of the whole window, padding included; or their
    `max`.
    On a chip an average of spikes is synapses, one from each point of the window: if the result is
    quantised, it is `y = x roundHalfEven(1 / (points of a window) / s[c]) 2^f`, summed over the
    window, with the weight clamped like those of `spike.linear`.
    (C1) the operand is `[T x] N x D` of spikes or f32, where N is static and the product of the
    grid; the result is `[T x] N' x D`, where N' is the number of output points.
    (C2) grid, window, stride and padding have one entry per dimension (1 or 2). Those of padding
    are not negative and less than those of the window, all others are positive, and all are below
    2^31. Every dimension has at least one output point.
    (C3) the result of `max` has the element type of the operand; that of a `sum` of spikes is a uiK
    that can hold the largest sum of a window (`largestSpike`); every other result is f32, or an
    average of spikes quantised.
    (C4) the op has `weight_bits` (1..32) if its result is quantised; on a real result they say what
    it is to be quantised to. `weight_format` is signed (the default; with 1 bit that is sign),
    binary or sign (1 bit) or ternary (2 bits).

    ```mlir
    %y = spike.pool max %x grid [32, 32] window [3, 3] stride [2, 2] padding [1, 1]
        : tensor<4x1024x48xi1> -> tensor<4x256x48xi1>
    ```
  }];
  let arguments = (ins Spike_PoolingAttr:$mode, AnyRankedTensor:$input, DenseI64ArrayAttr:$grid,
    DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding,
    OptionalAttr<I64Attr>:$weight_bits, OptionalAttr<StrAttr>:$weight_format);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $mode $input `grid` $grid `window` $window `stride` $stride `padding` $padding attr-dict `:`
    type($input) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// Points of the output grid per dimension. Precondition: verified.
    ::llvm::SmallVector<int64_t> getOutputGrid();
  }];
}

#endif // SYNFIRE_SPIKE_OPS_GRID

// Grids: convolution and pooling.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_GRID
#define SYNFIRE_SPIKE_OPS_GRID

include "dialect/spike/SpikeOpBase.td"

def Spike_ConvOp : Spike_Op<"conv", [Spike_ChannelAffine, Spike_InfersShape,
    Spike_MixesTokens]> {
  let summary = "convolution over tokens on a grid, in one or two dimensions";
  let description = [{
    The tokens are the points of a `grid` ([length], or [height, width], row major), the features
    its channels. With output point p and kernel offset k:
    `y[..., p, o] = channel_scale[o] * sum weight[o, i, k] * x[..., q, g(o) + i] + bias[o]` with
    `q = p * stride + k * dilation - padding`, the sum in ascending k (row major), then i;
    points outside the grid are 0. `groups`: output o reads the C / groups inputs from g(o) = (o /
    (O / groups)) * C / groups on. Points per dimension:
    `floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1`.
    (C1) weight is rank 3 ([O, C / groups, k]) or 4 ([O, C / groups, kh, kw]) of f32; grid, stride,
    padding, dilation have one entry per kernel dimension.
    (C2) grid, stride, dilation positive, padding not negative, all below 2^31, every dimension has
    an output point.
    (C3) groups divides C and O, and the weight has C / groups inputs.
    (C4) operand `[T x] N x C` of spikes or f32, N static and
    the product of the grid; result f32, `[T x] N' x O`.
    (C5) bias and channel_scale have one entry per output channel; those of
    channel_scale are finite.

    ```mlir
    %y = spike.conv %x, dense<0.5> : tensor<48x3x3x3xf32> grid [32, 32] stride [1, 1] padding [1, 1]
        : tensor<4x1024x3xf32> -> tensor<4x1024x48xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight,
    OptionalAttr<ElementsAttr>:$bias,
    DenseI64ArrayAttr:$grid, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding,
    OptionalAttr<DenseI64ArrayAttr>:$dilation, DefaultValuedAttr<I64Attr, "1">:$groups,
    OptionalAttr<DenseF64ArrayAttr>:$channel_scale);
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

def Spike_PoolOp : Spike_Op<"pool", [Spike_InfersShape, Spike_MixesTokens]> {
  let summary = "pooling over tokens on a grid";
  let description = [{
    Grid, stride and padding as `spike.conv`; over the points of the window that lie in the grid, in
    ascending order:
    `sum`, `average` (the sum divided by the points of the whole window, padding included), `max`.
    `max` keeps the element type; `sum` of spikes is graded; all else is f32.
    (C1) operand `[T x] N x D` of spikes or f32, N static and the product of the grid; D and time
    kept, N' the product of the output points.
    (C2) grid, window, stride and padding have one entry per dimension (1 or 2), all but padding
    positive, padding not negative and below the window, all below 2^31, every dimension has an
    output point.
    (C3) result type: max: as the operand; sum of spikes: a uiK that holds the window's largest sum
    (`largestSpike`); else f32.

    ```mlir
    %y = spike.pool max %x grid [32, 32] window [3, 3] stride [2, 2] padding [1, 1]
        : tensor<4x1024x48xi1> -> tensor<4x256x48xi1>
    ```
  }];
  let arguments = (ins Spike_PoolingAttr:$mode, AnyRankedTensor:$input, DenseI64ArrayAttr:$grid,
    DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding);
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

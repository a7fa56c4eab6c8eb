// Synapses: linear maps, convolutions, pooling, norms.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_SYNAPSE
#define SYNFIRE_SPIKE_OPS_SYNAPSE

include "dialect/spike/SpikeOpBase.td"

def Spike_LinearOp : Spike_Op<"linear", [DeclareOpInterfaceMethods<Spike_SynapseLike>, Spike_InfersShape]> {
  let summary = "dense synapses";
  let description = [{
    `y[..., o] = channel_scale[o] * sum_i weight[o, i] * x[..., i] + bias[o]`.
    `weight` is [outputs, inputs]; `channel_scale` (default 1) comes from a folded norm.
    Quantised, with s the scale and f the fraction bits of the result's encoding, and u the
    scale of the input (1 for spikes):
    `w[o, i] = clamp(roundHalfEven(channel_scale[o] weight[o, i] u / s[o]), -qmax, qmax)`, qmax = 2^(weight_bits-1) - 1,
    `y[..., o] = (sum_i w[o, i] x[..., i]) 2^f + roundHalfEven(bias[o] / s[o] 2^f)`.
    `transposed`: the weight is stored as [inputs, outputs] (a Conv1D of a GPT-2 checkpoint).
    (C1) weight is rank 2 of f32. (C2) its columns equal the input's last dimension, its rows the result's (`transposed`: its rows, its columns).
    (C3) rank 2 or 3, leading dimensions agree. (C4) bias and channel_scale have one entry per output; those of channel_scale are finite.
    (C5) `weight_bits` (2..16) stands exactly when the result is quantised.
    (C6) the operand is spikes or a current, the result a current; a quantised result has no real operand,
    a quantised operand has one scale and a quantised result.

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
    $input `,` $weight (`transposed` $transposed^)? (`bias` $bias^)? (`channel_scale` custom<Numbers>($channel_scale)^)?
    attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_InjectOp : Spike_Op<"inject", [DeclareOpInterfaceMethods<Spike_SynapseLike>, Spike_KeepsShape]> {
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

def Spike_ConvOp : Spike_Op<"conv", [Spike_InfersShape, Spike_MixesTokens]> {
  let summary = "convolution over tokens on a grid, in one or two dimensions";
  let description = [{
    The tokens are the points of a `grid` ([length], or [height, width], row major), the features its channels.
    With output point p and kernel offset k: `y[..., p, o] = channel_scale[o] * sum weight[o, i, k] *
    x[..., p * stride + k * dilation - padding, g(o) + i] + bias[o]`, the sum in ascending k (row major), then i;
    points outside the grid are 0. `groups`: output o reads the C / groups inputs from g(o) = (o / (O / groups)) * C / groups on.
    Points per dimension: `floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1`.
    (C1) weight is rank 3 ([O, C / groups, k]) or 4 ([O, C / groups, kh, kw]) of f32; grid, stride, padding, dilation have
    one entry per kernel dimension. (C2) grid, stride, dilation positive, padding not negative, all below 2^31, every dimension has an
    output point. (C3) groups divides C and O, and the weight has C / groups inputs. (C4) operand `[T x] N x C` of spikes or f32, N static and
    the product of the grid; result f32, `[T x] N' x O`. (C5) bias and channel_scale have one entry per output channel; those of
    channel_scale are finite.

    ```mlir
    %y = spike.conv %x, dense<0.5> : tensor<48x3x3x3xf32> grid [32, 32] stride [1, 1] padding [1, 1] : tensor<4x1024x3xf32> -> tensor<4x1024x48xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, OptionalAttr<ElementsAttr>:$bias,
    DenseI64ArrayAttr:$grid, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding,
    OptionalAttr<DenseI64ArrayAttr>:$dilation, DefaultValuedAttr<I64Attr, "1">:$groups,
    OptionalAttr<DenseF64ArrayAttr>:$channel_scale);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`bias` $bias^)? (`channel_scale` custom<Numbers>($channel_scale)^)?
    `grid` $grid `stride` $stride `padding` $padding (`dilation` $dilation^)? attr-dict `:` type($input) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// Points of the output grid per dimension. Precondition: verified.
    ::llvm::SmallVector<int64_t> getOutputGrid();
  }];
}

def Spike_PoolOp : Spike_Op<"pool", [Spike_InfersShape, Spike_MixesTokens]> {
  let summary = "pooling over tokens on a grid";
  let description = [{
    Grid, stride and padding as `spike.conv`; over the points of the window that lie in the grid, in ascending order:
    `sum`, `average` (the sum divided by the points of the whole window, padding included), `max`.
    `max` keeps the element type; `sum` of spikes is graded; all else is f32.
    (C1) operand `[T x] N x D` of spikes or f32, N static and the product of the grid; D and time kept, N' the product of the output
    points. (C2) grid, window, stride and padding have one entry per dimension (1 or 2), all but padding positive, padding not negative and
    below the window, all below 2^31, every dimension has an output point.
    (C3) result type: max: as the operand; sum of spikes: a uiK that holds the window's largest sum (`largestSpike`); else f32.

    ```mlir
    %y = spike.pool max %x grid [32, 32] window [3, 3] stride [2, 2] padding [1, 1] : tensor<4x1024x48xi1> -> tensor<4x256x48xi1>
    ```
  }];
  let arguments = (ins Spike_PoolingAttr:$mode, AnyRankedTensor:$input, DenseI64ArrayAttr:$grid,
    DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $mode $input `grid` $grid `window` $window `stride` $stride `padding` $padding attr-dict `:` type($input) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// Points of the output grid per dimension. Precondition: verified.
    ::llvm::SmallVector<int64_t> getOutputGrid();
  }];
}

class Spike_NormOp<string mnemonic> : Spike_Op<mnemonic, [Spike_KeepsShape]> {
  let results = (outs AnyRankedTensor:$result);
}

def Spike_BatchNormOp : Spike_NormOp<"batch_norm"> {
  let summary = "batch normalisation with running statistics";
  let description = [{
    `y = (x - mean) / sqrt(var + eps) * weight + bias` per channel.
    (C1) operand and result have the same f32 type. (C2) every parameter is f32 with one entry per channel. (C3) eps is finite and not negative.

    ```mlir
    %y = spike.batch_norm %x, weight dense<1.0> : tensor<80xf32> bias dense<0.0> : tensor<80xf32>
        mean dense<0.0> : tensor<80xf32> variance dense<1.0> : tensor<80xf32> : tensor<4x?x80xf32> -> tensor<4x?x80xf32>
    ```
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

    ```mlir
    %y = spike.power_norm %x, weight dense<1.0> : tensor<80xf32> bias dense<0.0> : tensor<80xf32>
        phi dense<1.0> : tensor<80xf32> : tensor<4x?x80xf32> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, ElementsAttr:$bias,
    ElementsAttr:$phi, DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = [{
    $input `,` `weight` $weight `bias` $bias `phi` $phi attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_LayerNormOp : Spike_NormOp<"layer_norm"> {
  let summary = "layer normalisation over the features of each token";
  let description = [{
    With m the mean and v the variance (divided by D) of a token's features in a time step:
    `y = (x - m) / sqrt(v + eps) * weight + bias`, left to right. It depends on the data, so it does not fold into a linear.
    Constraints as `spike.batch_norm`.

    ```mlir
    %y = spike.layer_norm %x, weight dense<1.0> : tensor<80xf32> bias dense<0.0> : tensor<80xf32> : tensor<?x80xf32> -> tensor<?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, ElementsAttr:$bias,
    DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = [{
    $input `,` `weight` $weight `bias` $bias attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_ScaleOp : Spike_Op<"scale", [Spike_KeepsShape]> {
  let summary = "factor and offset per channel";
  let description = [{
    `y[..., c] = x[..., c] * factor[c] + offset[c]`, rounded after each step; without `offset` nothing is added.
    (C1) operand spikes or f32, result f32 of the same shape. (C2) factor and offset have one entry, or one per channel, all finite.

    ```mlir
    %y = spike.scale %x factor [-1.0] : tensor<4x?x80xf32> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, DenseF64ArrayAttr:$factor, OptionalAttr<DenseF64ArrayAttr>:$offset);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input `factor` custom<Numbers>($factor) (`offset` custom<Numbers>($offset)^)? attr-dict `:` type($input) `->` type($result)";
  let hasFolder = 1;
}

#endif // SYNFIRE_SPIKE_OPS_SYNAPSE

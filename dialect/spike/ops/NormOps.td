// Norms and scales.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_NORM
#define SYNFIRE_SPIKE_OPS_NORM

include "dialect/spike/SpikeOpBase.td"

class Spike_NormOp<string mnemonic, list<Trait> traits = []>
    : Spike_Op<mnemonic, !listconcat([Spike_HostComputable, Spike_KeepsShape], traits)> {
  let results = (outs AnyRankedTensor:$result);
}

def Spike_BatchNormOp : Spike_NormOp<"batch_norm",
    [DeclareOpInterfaceMethods<Spike_ChannelNorm, ["getNormMean"]>]> {
  let summary = "batch normalisation with running statistics";
  let description = [{
    `y = (x - mean) / sqrt(var + eps) * weight + bias` per channel.
    (C1) operand and result have the same f32 type.
    (C2) every parameter is f32 with one entry per channel.
    (C3) eps is finite and not negative.

    ```mlir
    %y = spike.batch_norm %x, weight dense<1.0> : tensor<80xf32> bias dense<0.0> : tensor<80xf32>
        mean dense<0.0> : tensor<80xf32> variance dense<1.0> : tensor<80xf32> : tensor<4x?x80xf32>
        -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, ElementsAttr:$bias,
    ElementsAttr:$mean, ElementsAttr:$variance, DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = [{
    $input `,` `weight` $weight `bias` $bias `mean` $mean `variance` $variance attr-dict `:`
    type($input) `->` type($result)
  }];
}

def Spike_PowerNormOp : Spike_NormOp<"power_norm",
    [DeclareOpInterfaceMethods<Spike_ChannelNorm>]> {
  let summary = "power normalisation: second moment only";
  let description = [{
    `y = weight * x / sqrt(phi + eps) + bias` per channel, at inference. Constraints as
    `spike.batch_norm`.

    ```mlir
    %y = spike.power_norm %x, weight dense<1.0> : tensor<80xf32> bias dense<0.0> : tensor<80xf32>
        phi dense<1.0> : tensor<80xf32> : tensor<4x?x80xf32> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, ElementsAttr:$bias,
    ElementsAttr:$phi, DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = [{
    $input `,` `weight` $weight `bias` $bias `phi` $phi attr-dict `:` type($input) `->`
    type($result)
  }];
}

def Spike_LayerNormOp : Spike_NormOp<"layer_norm"> {
  let summary = "layer normalisation over the features of each token";
  let description = [{
    With m the mean and v the variance (divided by D) of a token's features in a time step:
    `y = (x - m) / sqrt(v + eps) * weight + bias`, left to right. It depends on the data, so it does
    not fold into a linear. Constraints as `spike.batch_norm`.

    ```mlir
    %y = spike.layer_norm %x, weight dense<1.0> : tensor<80xf32> bias dense<0.0> : tensor<80xf32> :
        tensor<?x80xf32> -> tensor<?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight, ElementsAttr:$bias,
    DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = [{
    $input `,` `weight` $weight `bias` $bias attr-dict `:` type($input) `->` type($result)
  }];
}

def Spike_RmsNormOp : Spike_NormOp<"rms_norm"> {
  let summary = "root-mean-square normalisation over the features of each token";
  let description = [{
    With u the mean of the squares of a token's features in a time step:
    `y = x / sqrt(u + eps) * weight`, left to right (Zhang, Sennrich: Root mean square layer
    normalization, 2019). It depends on the data, so it does not fold into a linear. Constraints as
    `spike.batch_norm`.

    ```mlir
    %y = spike.rms_norm %x, weight dense<1.0> : tensor<80xf32> : tensor<?x80xf32> ->
        tensor<?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, ElementsAttr:$weight,
    DefaultValuedAttr<F64Attr, "1.0e-5">:$eps);
  let assemblyFormat = "$input `,` `weight` $weight attr-dict `:` type($input) `->` type($result)";
}

def Spike_ScaleOp : Spike_Op<"scale", [Spike_HostComputable, Spike_KeepsShape]> {
  let summary = "factor and offset per channel";
  let description = [{
    `y[..., c] = x[..., c] * factor[c] + offset[c]`, rounded after each step; without `offset`
    nothing is added.
    (C1) operand spikes or f32, result f32 of the same shape.
    (C2) factor and offset have one entry, or one per channel, all finite.

    ```mlir
    %y = spike.scale %x factor [-1.0] : tensor<4x?x80xf32> -> tensor<4x?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, DenseF64ArrayAttr:$factor,
    OptionalAttr<DenseF64ArrayAttr>:$offset);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `factor` custom<Numbers>($factor) (`offset` custom<Numbers>($offset)^)? attr-dict `:`
    type($input) `->` type($result)
  }];
  let hasFolder = 1;
}

#endif // SYNFIRE_SPIKE_OPS_NORM

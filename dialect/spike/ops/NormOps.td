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
    `y = (x - mean) / sqrt(variance + eps) * weight + bias` per channel, computed left to right.
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
    `y = x / sqrt(phi + eps) * weight + bias` per channel, where phi is the running mean of x^2. The
    constraints are those of `spike.batch_norm`.

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
    `y = (x - m) / sqrt(v + eps) * weight + bias`, computed left to right, where m is the mean of
    the features of the token in the time step, and v their variance (divided by D). Since m and v
    depend on the data, the norm does not fold into a linear. The constraints are those of
    `spike.batch_norm`.

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
    `y = x / sqrt(u + eps) * weight`, computed left to right, where u is the mean of the squares of
    the features of the token in the time step (Zhang, Sennrich: Root mean square layer
    normalization, 2019). Since u depends on the data, the norm does not fold into a linear. The
    constraints are those of `spike.batch_norm`.

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
    `y[..., c] = x[..., c] * factor[c] + offset[c]`, where product and sum are each rounded. Without
    `offset` nothing is added.
    (C1) the operand is spikes or f32, and the result f32 of the same shape.
    (C2) factor and offset have one entry, or one per channel, and all entries are finite.

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

// Linear maps, norms and scales: one case per numbered constraint of ops/SynapseOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// linear (C1)
func.func @linear_c1(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C1) weight: has tensor<6xf32>, needs rank 2 of f32}}
  %r = spike.linear %x, dense<1.0> : tensor<6xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C2): columns
func.func @linear_c2_columns(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C2) columns of the weight: has 4, needs 3, the operand's features}}
  %r = spike.linear %x, dense<1.0> : tensor<2x4xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C2): rows
func.func @linear_c2_rows(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C2) rows of the weight: has 2, needs 5, the result's features}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x5xf32>
  return
}

// -----

// linear (C3)
func.func @linear_c3(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C3) leading dimensions of the result: has 5x?, needs 4x?, as the operand}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<5x?x2xf32>
  return
}

// -----

// linear (C4): bias
func.func @linear_c4_bias(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C4) bias shape: has 3, needs 2, one entry per channel}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> bias dense<1.0> : tensor<3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C4): channel_scale
func.func @linear_c4_scale(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C4) entries of channel_scale: has 1, needs 2, one per output}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {channel_scale = array<f64: 1.0>} : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C5): missing
func.func @linear_c5_missing(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C5) weight_bits: has none, needs 2..16, as the result is quantised}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>
  return
}

// -----

// linear (C5): on a real result
func.func @linear_c5_real(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C5) weight_bits: has 8, needs none, as the result is real}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 8 : i64} : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C5): range
func.func @linear_c5_range(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C5) weight_bits: has 17, needs 2..16}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 17 : i64} : tensor<4x?x3xi1> -> tensor<4x?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>
  return
}

// -----

// linear (C6): result
func.func @linear_c6_result(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C6) result type: has tensor<4x?x2xi1>, needs a current (f32, or si32 with #spike.fixed)}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xi1>
  return
}

// -----

// linear (C6): a real operand of a quantised result
func.func @linear_c6_operand(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.linear' op (C6) operand type: has tensor<?x3xf32>, needs spikes or si32, as the result is quantised}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 8 : i64} : tensor<?x3xf32> -> tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// -----

// linear (C6): a quantised operand of several scales
func.func @linear_c6_scales(%x: tensor<?x3xsi32, #spike.fixed<scale = [0.5, 1.0, 2.0], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.linear' op (C6) operand type: has tensor<?x3xsi32, #spike.fixed<scale = [5.000000e-01, 1.000000e+00, 2.000000e+00], fraction_bits = 0>>, needs one scale and a quantised result, as it is quantised}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 8 : i64} : tensor<?x3xsi32, #spike.fixed<scale = [0.5, 1.0, 2.0], fraction_bits = 0>> -> tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// -----

// inject (C1): operand
func.func @inject_c1_operand(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.inject' op (C1) operand element type: has f32, needs spikes (i1, or uiK up to ui32)}}
  %r = spike.inject %x : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// inject (C1): result
func.func @inject_c1_result(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.inject' op (C1) result type: has tensor<4x?x3xi1>, needs a current (f32, or si32 with #spike.fixed)}}
  %r = spike.inject %x : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// inject (C1): shape
func.func @inject_c1_shape(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.inject' op (C1) result shape: has 4x?x2, needs 4x?x3, the operand's}}
  %r = spike.inject %x : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// inject (C2)
func.func @inject_c2(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.inject' op (C2) weight_bits: has 8, needs none, as the result is real}}
  %r = spike.inject %x {weight_bits = 8 : i64} : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// batch_norm (C1)
func.func @batch_norm_c1(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.batch_norm' op (C1) result type: has tensor<4x?x3xf32>, needs tensor<4x?x2xf32>, the operand's}}
  %r = spike.batch_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> mean dense<1.0> : tensor<2xf32> variance dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// batch_norm (C2)
func.func @batch_norm_c2(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.batch_norm' op (C2) mean shape: has 3, needs 2, one entry per channel}}
  %r = spike.batch_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> mean dense<1.0> : tensor<3xf32> variance dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// power_norm (C1)
func.func @power_norm_c1(%x: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.power_norm' op (C1) operand type: has tensor<4x?x2xi1>, needs f32}}
  %r = spike.power_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> phi dense<1.0> : tensor<2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xi1>
  return
}

// -----

// power_norm (C2)
func.func @power_norm_c2(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.power_norm' op (C2) phi element type: has f64, needs f32}}
  %r = spike.power_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> phi dense<1.0> : tensor<2xf64> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C2): transposed, rows
func.func @linear_c2_transposed_rows(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C2) rows of the weight, transposed: has 2, needs 3, the operand's features}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> transposed : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C2): transposed, columns
func.func @linear_c2_transposed_columns(%x: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.linear' op (C2) columns of the weight, transposed: has 3, needs 2, the result's features}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> transposed : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C3): an operand without features
func.func @linear_c3_rank(%t: tensor<3xf32>) {
  // expected-error@+1 {{'spike.linear' op (C3) operand shape: has 3, needs [T x] N x D}}
  %r = spike.linear %t, dense<1.0> : tensor<2x3xf32> : tensor<3xf32> -> tensor<3x2xf32>
  return
}

// -----

// linear (C4): channel_scale
func.func @linear_c4_finite(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op (C4) channel_scale: has INF, needs finite numbers}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {channel_scale = array<f64: 1.0, 0x7FF0000000000000>} : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C6): a quantised operand of a real result
func.func @linear_c6_encoding(%x: tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.linear' op (C6) operand type: has tensor<?x3xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 0>>, needs one scale and a quantised result, as it is quantised}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x2xf32>
  return
}

// -----

// batch_norm (C3)
func.func @batch_norm_c3(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.batch_norm' op (C3) eps: has -1.000000e+00, needs a finite number of at least 0}}
  %r = spike.batch_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> mean dense<1.0> : tensor<2xf32> variance dense<1.0> : tensor<2xf32> {eps = -1.0 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// power_norm (C3)
func.func @power_norm_c3(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.power_norm' op (C3) eps: has nan, needs a finite number of at least 0}}
  %r = spike.power_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> phi dense<1.0> : tensor<2xf32> {eps = 0x7FF8000000000000 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// layer_norm (C1): spikes
func.func @layer_norm_c1_spikes(%x: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.layer_norm' op (C1) operand type: has tensor<4x?x2xi1>, needs f32}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xi1>
  return
}

// -----

// layer_norm (C1): rank
func.func @layer_norm_c1_rank(%x: tensor<2xf32>) {
  // expected-error@+1 {{'spike.layer_norm' op (C1) operand shape: has 2, needs [T x] N x D}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> : tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

// layer_norm (C2)
func.func @layer_norm_c2(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.layer_norm' op (C2) weight shape: has 3, needs 2, one entry per channel}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<3xf32> bias dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// layer_norm (C3)
func.func @layer_norm_c3(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.layer_norm' op (C3) eps: has INF, needs a finite number of at least 0}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> {eps = 0x7FF0000000000000 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// scale (C1): operand
func.func @scale_c1_operand(%x: tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.scale' op (C1) operand type: has tensor<?x2xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 0>>, needs spikes (i1, or uiK up to ui32) or f32}}
  %r = spike.scale %x factor [2.0] : tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x2xf32>
  return
}

// -----

// scale (C1): result
func.func @scale_c1_result(%x: tensor<?x2xi1>) {
  // expected-error@+1 {{'spike.scale' op (C1) result type: has tensor<?x2xi1>, needs tensor<?x2xf32>}}
  %r = spike.scale %x factor [2.0] : tensor<?x2xi1> -> tensor<?x2xi1>
  return
}

// -----

// scale (C2): factors
func.func @scale_c2_factor(%x: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.scale' op (C2) entries of factor: has 3, needs 1, or 2, one per channel}}
  %r = spike.scale %x factor [1.0, 2.0, 3.0] : tensor<?x2xf32> -> tensor<?x2xf32>
  return
}

// -----

// scale (C2): no factor
func.func @scale_c2_empty(%x: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.scale' op (C2) entries of factor: has 0, needs 1, or 2, one per channel}}
  %r = spike.scale %x factor [] : tensor<?x2xf32> -> tensor<?x2xf32>
  return
}

// -----

// scale (C2): offset
func.func @scale_c2_offset(%x: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.scale' op (C2) offset: has nan, needs finite numbers}}
  %r = spike.scale %x factor [1.0] offset [0x7FF8000000000000] : tensor<?x2xf32> -> tensor<?x2xf32>
  return
}

// -----

// inject (C1): rank
func.func @inject_c1_rank(%x: tensor<5xi1>) {
  // expected-error@+1 {{'spike.inject' op (C1) operand shape: has 5, needs [T x] N x D}}
  %r = spike.inject %x : tensor<5xi1> -> tensor<5xf32>
  return
}

// Linear maps: one case per numbered constraint of ops/SynapseOps.td.
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
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> channel_scale [1.0] : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
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
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> channel_scale [1.0, 0x7FF0000000000000] : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
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

// inject (C1): rank
func.func @inject_c1_rank(%x: tensor<5xi1>) {
  // expected-error@+1 {{'spike.inject' op (C1) operand shape: has 5, needs [T x] N x D}}
  %r = spike.inject %x : tensor<5xi1> -> tensor<5xf32>
  return
}

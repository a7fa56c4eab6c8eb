// Linear maps: one case per numbered constraint of ops/SynapseOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// linear (C1)
func.func @linear_c1(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op weight: needs rank 2 of f32, has tensor<6xf32>}}
  %r = spike.linear %x, dense<1.0> : tensor<6xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C2): columns
func.func @linear_c2_columns(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op columns of the weight: needs 3 (the operand's features), has 4}}
  %r = spike.linear %x, dense<1.0> : tensor<2x4xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C2): rows
func.func @linear_c2_rows(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op rows of the weight: needs 5 (the result's features), has 2}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x5xf32>
  return
}

// -----

// linear (C3)
func.func @linear_c3(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op leading dimensions of the result: needs 4x? (as the operand), has 5x?}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<5x?x2xf32>
  return
}

// -----

// linear (C4): bias
func.func @linear_c4_bias(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op bias shape: needs 2 (one entry per channel), has 3}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> bias dense<1.0> : tensor<3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C4): channel_scale
func.func @linear_c4_scale(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op entries of channel_scale: needs 2 (one per output), has 1}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> channel_scale [1.0] : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C4): input_factor
func.func @linear_c4_input_factor(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op entries of input_factor: needs 3 (one per input), has 1}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> input_factor [1.0] : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C5): missing
func.func @linear_c5_missing(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op weight_bits: needs 1..32 (the result is quantised), has none}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>
  return
}

// -----

// linear (C5): range, on a real result
func.func @linear_c5_real(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op weight_bits: needs 1..32, has 0}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 0 : i64} : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C5): format
func.func @linear_c5_format(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op weight_format: needs signed, binary, sign, ternary, has 'trinary'}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_format = "trinary"} : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C5): width of a format
func.func @linear_c5_width(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op weight_bits: needs 2 (the width of ternary weights), has 8}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 8 : i64, weight_format = "ternary"} : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C5): range
func.func @linear_c5_range(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op weight_bits: needs 1..32, has 33}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 33 : i64} : tensor<4x?x3xi1> -> tensor<4x?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>
  return
}

// -----

// linear (C6): result
func.func @linear_c6_result(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op result type: needs a current (f32, or si32 with #spike.fixed), has tensor<4x?x2xi1>}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xi1>
  return
}

// -----

// linear (C6): a real operand of a quantised result
func.func @linear_c6_operand(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.linear' op operand type: needs spikes or si32 (the result is quantised), has tensor<?x3xf32>}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 8 : i64} : tensor<?x3xf32> -> tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// -----

// linear (C6): a quantised operand of several scales
func.func @linear_c6_scales(%x: tensor<?x3xsi32, #spike.fixed<scale = [0.5, 1.0, 2.0], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.linear' op operand type: needs one scale and a quantised result (the operand is quantised), has tensor<?x3xsi32, #spike.fixed<scale = [5.000000e-01, 1.000000e+00, 2.000000e+00], fraction_bits = 0>>}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> {weight_bits = 8 : i64} : tensor<?x3xsi32, #spike.fixed<scale = [0.5, 1.0, 2.0], fraction_bits = 0>> -> tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// -----

// inject (C1): operand
func.func @inject_c1_operand(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.inject' op operand element type: needs spikes (i1, or uiK up to ui32), has f32}}
  %r = spike.inject %x : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// inject (C1): result
func.func @inject_c1_result(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.inject' op result type: needs a current (f32, or si32 with #spike.fixed), has tensor<4x?x3xi1>}}
  %r = spike.inject %x : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// inject (C1): shape
func.func @inject_c1_shape(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.inject' op result shape: needs 4x?x3 (the operand's), has 4x?x2}}
  %r = spike.inject %x : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// inject (C2)
func.func @inject_c2(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.inject' op weight_bits: needs 1 (the width of sign weights), has 8}}
  %r = spike.inject %x {weight_bits = 8 : i64, weight_format = "sign"} : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// linear (C2): transposed, rows
func.func @linear_c2_transposed_rows(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op rows of the weight, transposed: needs 3 (the operand's features), has 2}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> transposed : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C2): transposed, columns
func.func @linear_c2_transposed_columns(%x: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.linear' op columns of the weight, transposed: needs 2 (the result's features), has 3}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> transposed : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C3): an operand without features
func.func @linear_c3_rank(%t: tensor<3xf32>) {
  // expected-error@+1 {{'spike.linear' op operand shape: needs [T x] N x D, has 3}}
  %r = spike.linear %t, dense<1.0> : tensor<2x3xf32> : tensor<3xf32> -> tensor<3x2xf32>
  return
}

// -----

// linear (C4): channel_scale
func.func @linear_c4_finite(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.linear' op channel_scale: needs finite numbers, has INF}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> channel_scale [1.0, 0x7FF0000000000000] : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  return
}

// -----

// linear (C6): a quantised operand of a real result
func.func @linear_c6_encoding(%x: tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.linear' op operand type: needs one scale and a quantised result (the operand is quantised), has tensor<?x3xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 0>>}}
  %r = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x2xf32>
  return
}

// -----

// inject (C1): rank
func.func @inject_c1_rank(%x: tensor<5xi1>) {
  // expected-error@+1 {{'spike.inject' op operand shape: needs [T x] N x D, has 5}}
  %r = spike.inject %x : tensor<5xi1> -> tensor<5xf32>
  return
}

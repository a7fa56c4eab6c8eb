// Convolution: one case per numbered constraint of ops/GridOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// conv (C1): weight
func.func @conv_c1_rank(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op weight: needs rank 3 or 4 of f32, has tensor<48x3xf32>}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C1): weight type
func.func @conv_c1_type(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op weight: needs rank 3 or 4 of f32, has tensor<48x3x3x3xf64>}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf64> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C1): grid of one entry
func.func @conv_c1_grid(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op entries of grid: needs 2 (one per dimension), has 1}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [20] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C1): stride of one entry
func.func @conv_c1_stride(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op entries of stride: needs 2 (one per dimension), has 1}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C1): padding of three entries
func.func @conv_c1_padding(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op entries of padding: needs 2 (one per dimension), has 3}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C1): dilation of one entry
func.func @conv_c1_dilation(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op entries of dilation: needs 2 (one per dimension), has 1}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] dilation [1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C2): grid
func.func @conv_c2_grid(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op grid: needs entries of 1..2147483647, has 0x5}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [0, 5] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C2): stride
func.func @conv_c2_stride(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op stride: needs entries of 1..2147483647, has 1x0}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 0] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C2): negative padding
func.func @conv_c2_padding(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op padding: needs entries of 0..2147483647, has -1x1}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [-1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C2): dilation
func.func @conv_c2_dilation(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op dilation: needs entries of 1..2147483647, has 1x0}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] dilation [1, 0] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C2): sums would not fit 64 bits
func.func @conv_c2_large(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op padding: needs entries of 0..2147483647, has 9223372036854775807x1}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [9223372036854775807, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C2): no output point
func.func @conv_c2_points(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op output points of grid 4x5: needs at least 1 per dimension, has 0x1}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x5x5xf32> grid [4, 5] stride [1, 1] padding [0, 0] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C2): no output point for a dilated kernel
func.func @conv_c2_dilated(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op output points of grid 4x5: needs at least 1 per dimension, has 0x3}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [0, 0] dilation [2, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C3): groups and inputs
func.func @conv_c3_inputs(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op groups: needs a divisor of 3 inputs and 48 outputs, has 2}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] {groups = 2 : i64} : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C3): groups and outputs
func.func @conv_c3_outputs(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op groups: needs a divisor of 3 inputs and 4 outputs, has 3}}
  %r = spike.conv %x, dense<1.0> : tensor<4x1x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] {groups = 3 : i64} : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C3): no groups
func.func @conv_c3_zero(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op groups: needs a divisor of 3 inputs and 48 outputs, has 0}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] {groups = 0 : i64} : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C3): inputs of the weight
func.func @conv_c3_weight(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op inputs of the weight: needs 1 (the operand's channels by groups), has 3}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] {groups = 3 : i64} : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C4): operand type
func.func @conv_c4_operand(%x: tensor<20x3xi32>) {
  // expected-error@+1 {{'spike.conv' op operand type: needs spikes (i1, or uiK up to ui32) or f32, has tensor<20x3xi32>}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<20x3xi32> -> tensor<20x48xf32>
  return
}

// -----

// conv (C4): rank
func.func @conv_c4_rank(%x: tensor<20xf32>) {
  // expected-error@+1 {{'spike.conv' op operand shape: needs [T x] N x D, has 20}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<20xf32> -> tensor<20x48xf32>
  return
}

// -----

// conv (C4): tokens
func.func @conv_c4_tokens(%x: tensor<4x21x3xi1>) {
  // expected-error@+1 {{'spike.conv' op tokens of the operand: needs 4x5 points (the grid's), has 21}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<4x21x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C4): unknown tokens
func.func @conv_c4_dynamic(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.conv' op tokens of the operand: needs 4x5 points (the grid's), has ?}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<4x?x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C4): a grid whose product does not fit
func.func @conv_c4_product(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op tokens of the operand: needs 2147483647x2147483647 points (the grid's), has 20}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [2147483647, 2147483647] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C4): result
func.func @conv_c4_shape(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op result shape: needs 4x6x48, has 4x20x48}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [2, 2] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C4): result type
func.func @conv_c4_type(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op result type: needs a current (f32, or si32 with #spike.fixed), has tensor<4x20x48xi1>}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xi1>
  return
}

// -----

// conv (C4): more output points than a tensor may have
func.func @conv_c4_enormous(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op output points: needs at most 2^40, has 4294967296x4294967297}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> grid [4, 5] stride [1, 1] padding [2147483647, 2147483647] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C5): bias
func.func @conv_c5_bias(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op bias shape: needs 48 (one entry per channel), has 3}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> bias dense<1.0> : tensor<3xf32> grid [4, 5] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C5): channel_scale
func.func @conv_c5_scale(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op entries of channel_scale: needs 48 (one per output), has 1}}
  %r = spike.conv %x, dense<1.0> : tensor<48x3x3x3xf32> channel_scale [1.0] grid [4, 5] stride [1, 1] padding [1, 1] : tensor<4x20x3xi1> -> tensor<4x20x48xf32>
  return
}

// -----

// conv (C5): channel_scale
func.func @conv_c5_finite(%x: tensor<2x1xi1>) {
  // expected-error@+1 {{'spike.conv' op channel_scale: needs finite numbers, has nan}}
  %r = spike.conv %x, dense<1.0> : tensor<1x1x1xf32> channel_scale [0x7FF8000000000000] grid [2] stride [1] padding [0] : tensor<2x1xi1> -> tensor<2x1xf32>
  return
}

// -----

// conv (C4): a quantised result of reals
func.func @conv_c4_reals(%x: tensor<4x20x3xf32>) {
  // expected-error@+1 {{'spike.conv' op operand type: needs spikes (the result is quantised), has tensor<4x20x3xf32>}}
  %r = spike.conv %x, dense<1.0> : tensor<2x3x1x1xf32> grid [4, 5] stride [1, 1] padding [0, 0] {weight_bits = 8 : i64} : tensor<4x20x3xf32> -> tensor<4x20x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// -----

// conv (C6)
func.func @conv_c6(%x: tensor<4x20x3xi1>) {
  // expected-error@+1 {{'spike.conv' op weight_bits}}
  %r = spike.conv %x, dense<1.0> : tensor<2x3x1x1xf32> grid [4, 5] stride [1, 1] padding [0, 0] : tensor<4x20x3xi1> -> tensor<4x20x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

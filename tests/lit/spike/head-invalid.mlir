// The way out: one case per numbered constraint of ops/HeadOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// recombine (C1): operand
func.func @recombine_c1_operand(%x: tensor<4x?x6xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.recombine' op operand type: needs spikes (i1, or uiK up to ui32) or f32, has tensor<4x?x6xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 0>>}}
  %r = spike.recombine mean %x : tensor<4x?x6xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x6xf32>
  return
}

// -----

// recombine (C1): rank
func.func @recombine_c1_rank(%x: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.recombine' op operand shape: needs TxNxD, has ?x6}}
  %r = spike.recombine mean %x : tensor<?x6xf32> -> tensor<?x6xf32>
  return
}

// -----

// recombine (C2): result
func.func @recombine_c2_result(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.recombine' op result type: needs a current (f32, or si32 with #spike.fixed), has tensor<?x6xi1>}}
  %r = spike.recombine mean %x : tensor<4x?x6xi1> -> tensor<?x6xi1>
  return
}

// -----

// recombine (C2): encoding
func.func @recombine_c2_encoding(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.recombine' op encoding of the result: needs fraction_bits 0 and the one scale 2.500000e-01, has #spike.fixed<scale = [1.000000e+00], fraction_bits = 0>}}
  %r = spike.recombine mean %x : tensor<4x?x6xi1> -> tensor<?x6xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>
  return
}

// -----

// recombine (C3)
func.func @recombine_c3(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.recombine' op result shape: needs ?x24, has ?x6}}
  %r = spike.recombine concatenate %x : tensor<4x?x6xi1> -> tensor<?x6xf32>
  return
}

// -----

// dequantize (C1): operand
func.func @dequantize_c1_operand(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.dequantize' op operand type: needs si32 with #spike.fixed, has tensor<?x3xf32>}}
  %r = spike.dequantize %x : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// dequantize (C1): shape
func.func @dequantize_c1_shape(%x: tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.dequantize' op result shape: needs ?x3 (the operand's), has ?x4}}
  %r = spike.dequantize %x : tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x4xf32>
  return
}

// -----

// recombine (C2): a quantised result of reals
func.func @recombine_c2_real(%x: tensor<4x?x6xf32>) {
  // expected-error@+1 {{'spike.recombine' op result type: needs f32 (the operand is real), has tensor<?x6xsi32, #spike.fixed<scale = [2.500000e-01], fraction_bits = 0>>}}
  %r = spike.recombine mean %x : tensor<4x?x6xf32> -> tensor<?x6xsi32, #spike.fixed<scale = [0.25], fraction_bits = 0>>
  return
}

// -----

// top_k (C1): operand
func.func @top_k_c1_operand(%x: tensor<4x?x6xf32>) {
  // expected-error@+1 {{'spike.top_k' op operand: needs tensor<NxDxf32>, has tensor<4x?x6xf32>}}
  %r = spike.top_k %x : tensor<4x?x6xf32> -> tensor<?x1xi32>
  return
}

// -----

// top_k (C1): result
func.func @top_k_c1_result(%x: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.top_k' op result: needs tensor<NxKxi32>, has tensor<?xi32>}}
  %r = spike.top_k %x : tensor<?x6xf32> -> tensor<?xi32>
  return
}

// -----

// top_k (C1): tokens
func.func @top_k_c1_tokens(%x: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.top_k' op tokens of the result: needs ? (as the operand), has 1}}
  %r = spike.top_k %x : tensor<?x6xf32> -> tensor<1x1xi32>
  return
}

// -----

// top_k (C2)
func.func @top_k_c2(%x: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.top_k' op ids of the result: needs 1..6 (the features), has 7}}
  %r = spike.top_k %x : tensor<?x6xf32> -> tensor<?x7xi32>
  return
}

// -----

// dequantize (C1): rank
func.func @dequantize_c1_rank(%x: tensor<5xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.dequantize' op operand shape: needs [T x] N x D, has 5}}
  %r = spike.dequantize %x : tensor<5xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<5xf32>
  return
}

// -----

// dequantize (C1): result
func.func @dequantize_c1_result(%x: tensor<?x5xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.dequantize' op result element type: needs f32, has i1}}
  %r = spike.dequantize %x : tensor<?x5xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x5xi1>
  return
}

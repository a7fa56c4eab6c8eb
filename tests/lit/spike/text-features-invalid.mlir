// Joining, cutting, repeating: one case per numbered constraint of ops/TextOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// concat (C1): element types
func.func @concat_c1_types(%x: tensor<?x5xi1>, %y: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.concat' op operand type: needs i1 without encoding (as the result), has tensor<?x2xf32>}}
  %r = spike.concat %x, %y : tensor<?x5xi1>, tensor<?x2xf32> -> tensor<?x7xi1>
  return
}

// -----

// concat (C1): leading dimensions
func.func @concat_c1_leading(%x: tensor<3x5xi1>, %y: tensor<4x2xi1>) {
  // expected-error@+1 {{'spike.concat' op operand shape: needs 3 in front (as the result), has 4x2}}
  %r = spike.concat %x, %y : tensor<3x5xi1>, tensor<4x2xi1> -> tensor<3x7xi1>
  return
}

// -----

// concat (C1): sum
func.func @concat_c1_sum(%x: tensor<?x5xi1>, %y: tensor<?x2xi1>) {
  // expected-error@+1 {{'spike.concat' op features of the result: needs 7 (the operands' sum), has 8}}
  %r = spike.concat %x, %y : tensor<?x5xi1>, tensor<?x2xi1> -> tensor<?x8xi1>
  return
}

// -----

// repeat (C1): shape
func.func @repeat_c1_shape(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.repeat' op result shape: needs Tx?x5, has 4x?x6}}
  %r = spike.repeat %x : tensor<?x5xi1> -> tensor<4x?x6xi1>
  return
}

// -----

// repeat (C1): element type
func.func @repeat_c1_type(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.repeat' op result type: needs element type i1 (the operand's), has tensor<4x?x5xf32>}}
  %r = spike.repeat %x : tensor<?x5xi1> -> tensor<4x?x5xf32>
  return
}

// -----

// concat (C1): rank
func.func @concat_c1_rank(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.concat' op result shape: needs [T x] N x D, has ?}}
  %r = spike.concat %t, %t : tensor<?xi32>, tensor<?xi32> -> tensor<?xi32>
  return
}

// -----

// concat (C1): encoding
func.func @concat_c1_encoding(%x: tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.concat' op operand type: needs si32 without encoding (as the result), has tensor<?x2xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 0>>}}
  %r = spike.concat %x : tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// -----

// concat (C1): nothing
func.func @concat_c1_none() {
  // expected-error@+1 {{'spike.concat' op operands: needs at least one, has 0}}
  %r = "spike.concat"() : () -> tensor<3x1xi1>
  return
}

// -----

// slice (C1): rank
func.func @slice_c1_rank(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.slice' op operand shape: needs [T x] N x D, has ?}}
  %r = spike.slice %t from 0 : tensor<?xi32> -> tensor<?xi32>
  return
}

// -----

// slice (C1): leading dimensions
func.func @slice_c1_shape(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.slice' op result shape: needs 4x? in front (as the operand), has 2x?x3}}
  %r = spike.slice %x from 0 : tensor<4x?x6xi1> -> tensor<2x?x3xi1>
  return
}

// -----

// slice (C1): element type
func.func @slice_c1_type(%x: tensor<?x6xi1>) {
  // expected-error@+1 {{'spike.slice' op result type: needs tensor<?x3xi1> (as the operand), has tensor<?x3xf32>}}
  %r = spike.slice %x from 0 : tensor<?x6xi1> -> tensor<?x3xf32>
  return
}

// -----

// slice (C1): scales of other features
func.func @slice_c1_encoding(%x: tensor<?x3xsi32, #spike.fixed<scale = [1.0, 2.0, 4.0], fraction_bits = 3>>) {
  // expected-error@+1 {{'spike.slice' op result type: needs tensor<?x2xsi32, #spike.fixed<scale = [2.000000e+00, 4.000000e+00], fraction_bits = 3>> (as the operand), has tensor<?x2xsi32, #spike.fixed<scale = [1.000000e+00, 2.000000e+00], fraction_bits = 3>>}}
  %r = spike.slice %x from 1 : tensor<?x3xsi32, #spike.fixed<scale = [1.0, 2.0, 4.0], fraction_bits = 3>> -> tensor<?x2xsi32, #spike.fixed<scale = [1.0, 2.0], fraction_bits = 3>>
  return
}

// -----

// slice (C2): negative
func.func @slice_c2_negative(%x: tensor<?x6xi1>) {
  // expected-error@+1 {{'spike.slice' op features: needs all within 0..5, has 3 from -1}}
  %r = spike.slice %x from -1 : tensor<?x6xi1> -> tensor<?x3xi1>
  return
}

// -----

// slice (C2): beyond the end
func.func @slice_c2_beyond(%x: tensor<?x6xi1>) {
  // expected-error@+1 {{'spike.slice' op features: needs all within 0..5, has 3 from 4}}
  %r = spike.slice %x from 4 : tensor<?x6xi1> -> tensor<?x3xi1>
  return
}

// -----

// slice (C2): a sum that does not fit 64 bits
func.func @slice_c2_far(%x: tensor<?x6xi1>) {
  // expected-error@+1 {{'spike.slice' op features: needs all within 0..5, has 3 from 9223372036854775807}}
  %r = spike.slice %x from 9223372036854775807 : tensor<?x6xi1> -> tensor<?x3xi1>
  return
}

// -----

// flatten (C1): rank
func.func @flatten_c1_rank(%t: tensor<3xi32>) {
  // expected-error@+1 {{'spike.flatten' op operand shape: needs [T x] N x D, has 3}}
  %r = spike.flatten %t : tensor<3xi32> -> tensor<3xi32>
  return
}

// -----

// flatten (C1): unknown tokens
func.func @flatten_c1_tokens(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.flatten' op operand shape: needs static tokens, has 4x?x3}}
  %r = spike.flatten %x : tensor<4x?x3xi1> -> tensor<4x1x3xi1>
  return
}

// -----

// flatten (C1): a scale per channel
func.func @flatten_c1_scales(%x: tensor<4x2x2xsi32, #spike.fixed<scale = [0.5, 1.0], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.flatten' op scales of the operand: needs 1, has 2}}
  %r = spike.flatten %x : tensor<4x2x2xsi32, #spike.fixed<scale = [0.5, 1.0], fraction_bits = 0>> -> tensor<4x1x4xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// -----

// flatten (C2): shape
func.func @flatten_c2_shape(%x: tensor<4x2x3xi1>) {
  // expected-error@+1 {{'spike.flatten' op result type: needs tensor<4x1x6xi1>, has tensor<4x2x6xi1>}}
  %r = spike.flatten %x : tensor<4x2x3xi1> -> tensor<4x2x6xi1>
  return
}

// -----

// flatten (C2): element type
func.func @flatten_c2_type(%x: tensor<2x3xi1>) {
  // expected-error@+1 {{'spike.flatten' op result type: needs tensor<1x6xi1>, has tensor<1x6xf32>}}
  %r = spike.flatten %x : tensor<2x3xi1> -> tensor<1x6xf32>
  return
}

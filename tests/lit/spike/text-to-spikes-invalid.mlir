// Text to spikes: one case per numbered constraint of SpikeOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// lookup (C1): tokens
func.func @lookup_c1_tokens(%t: tensor<?xi64>) {
  // expected-error@+1 {{'spike.lookup' op (C1) tokens: has tensor<?xi64>, needs tensor<Nxi32>}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi64> -> tensor<?x5xf32>
  return
}

// -----

// lookup (C1): table
func.func @lookup_c1_table(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op (C1) table: has tensor<3x5xf64>, needs rank 2 of f32}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf64> : tensor<?xi32> -> tensor<?x5xf32>
  return
}

// -----

// lookup (C1): result
func.func @lookup_c1_result(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op (C1) result: has tensor<?x5xi1>, needs tensor<NxDxf32>}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x5xi1>
  return
}

// -----

// lookup (C2)
func.func @lookup_c2(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op (C2) columns of the table: has 5, needs 6, as the result}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x6xf32>
  return
}

// -----

// lookup (C3)
func.func @lookup_c3(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op (C3) tokens of the result: has 7, needs ?, as the operand}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<7x5xf32>
  return
}

// -----

// position (C2)
func.func @position_c2(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.position' op (C2) columns of the table: has 5, needs 6, as the result}}
  %r = spike.position %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x6xf32>
  return
}

// -----

// binarize (C1): operand
func.func @binarize_c1_operand(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.binarize' op (C1) operand element type: has i1, needs f32}}
  %r = spike.binarize %x : tensor<?x5xi1> -> tensor<?x5xi1>
  return
}

// -----

// binarize (C1): result
func.func @binarize_c1_result(%x: tensor<?x5xf32>) {
  // expected-error@+1 {{'spike.binarize' op (C1) result element type: has f32, needs i1}}
  %r = spike.binarize %x : tensor<?x5xf32> -> tensor<?x5xf32>
  return
}

// -----

// binarize (C1): shape
func.func @binarize_c1_shape(%x: tensor<?x5xf32>) {
  // expected-error@+1 {{'spike.binarize' op (C1) result shape: has ?x4, needs ?x5, the operand's}}
  %r = spike.binarize %x : tensor<?x5xf32> -> tensor<?x4xi1>
  return
}

// -----

// concat (C1): element types
func.func @concat_c1_types(%x: tensor<?x5xi1>, %y: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.concat' op (C1) operand type: has tensor<?x2xf32>, needs i1 without encoding, as the result}}
  %r = spike.concat %x, %y : tensor<?x5xi1>, tensor<?x2xf32> -> tensor<?x7xi1>
  return
}

// -----

// concat (C1): leading dimensions
func.func @concat_c1_leading(%x: tensor<3x5xi1>, %y: tensor<4x2xi1>) {
  // expected-error@+1 {{'spike.concat' op (C1) operand shape: has 4x2, needs 3 in front, as the result}}
  %r = spike.concat %x, %y : tensor<3x5xi1>, tensor<4x2xi1> -> tensor<3x7xi1>
  return
}

// -----

// concat (C1): sum
func.func @concat_c1_sum(%x: tensor<?x5xi1>, %y: tensor<?x2xi1>) {
  // expected-error@+1 {{'spike.concat' op (C1) features of the result: has 8, needs 7, the operands' sum}}
  %r = spike.concat %x, %y : tensor<?x5xi1>, tensor<?x2xi1> -> tensor<?x8xi1>
  return
}

// -----

// repeat (C1): shape
func.func @repeat_c1_shape(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.repeat' op (C1) result shape: has 4x?x6, needs Tx?x5}}
  %r = spike.repeat %x : tensor<?x5xi1> -> tensor<4x?x6xi1>
  return
}

// -----

// repeat (C1): dynamic T
func.func @repeat_c1_steps(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.repeat' op (C1) result shape: has ?x?x5, needs TxNxD with static T and D of at least 1}}
  %r = spike.repeat %x : tensor<?x5xi1> -> tensor<?x?x5xi1>
  return
}

// -----

// repeat (C1): element type
func.func @repeat_c1_type(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.repeat' op (C1) result type: has tensor<4x?x5xf32>, needs the operand's element type, i1}}
  %r = spike.repeat %x : tensor<?x5xi1> -> tensor<4x?x5xf32>
  return
}

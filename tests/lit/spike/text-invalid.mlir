// Tables and codes: one case per numbered constraint of ops/TextOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// lookup (C1): tokens
func.func @lookup_c1_tokens(%t: tensor<?xi64>) {
  // expected-error@+1 {{'spike.lookup' op tokens: needs tensor<Nxi32>, has tensor<?xi64>}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi64> -> tensor<?x5xf32>
  return
}

// -----

// lookup (C1): table
func.func @lookup_c1_table(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op table: needs rank 2 of f32, has tensor<3x5xf64>}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf64> : tensor<?xi32> -> tensor<?x5xf32>
  return
}

// -----

// lookup (C1): result
func.func @lookup_c1_result(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op result: needs tensor<NxDxf32>, has tensor<?x5xi1>}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x5xi1>
  return
}

// -----

// lookup (C2)
func.func @lookup_c2(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op columns of the table: needs 6 (as the result), has 5}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x6xf32>
  return
}

// -----

// lookup (C3)
func.func @lookup_c3(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op tokens of the result: needs ? (as the operand), has 7}}
  %r = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<7x5xf32>
  return
}

// -----

// position (C2)
func.func @position_c2(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.position' op columns of the table: needs 6 (as the result), has 5}}
  %r = spike.position %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x6xf32>
  return
}

// -----

// binarize (C1): operand
func.func @binarize_c1_operand(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.binarize' op operand element type: needs f32, has i1}}
  %r = spike.binarize %x : tensor<?x5xi1> -> tensor<?x5xi1>
  return
}

// -----

// binarize (C1): result
func.func @binarize_c1_result(%x: tensor<?x5xf32>) {
  // expected-error@+1 {{'spike.binarize' op result element type: needs i1, has f32}}
  %r = spike.binarize %x : tensor<?x5xf32> -> tensor<?x5xf32>
  return
}

// -----

// binarize (C1): shape
func.func @binarize_c1_shape(%x: tensor<?x5xf32>) {
  // expected-error@+1 {{'spike.binarize' op result shape: needs ?x5 (the operand's), has ?x4}}
  %r = spike.binarize %x : tensor<?x5xf32> -> tensor<?x4xi1>
  return
}

// -----

// position (C4)
func.func @position_c4(%t: tensor<9xi32>) {
  // expected-error@+1 {{'spike.position' op tokens: needs at most 8 (the rows of the table), has 9}}
  %r = spike.position %t, dense<0.5> : tensor<8x5xf32> : tensor<9xi32> -> tensor<9x5xf32>
  return
}

// -----

// code (C1): tokens
func.func @code_c1_tokens(%t: tensor<?xi64>) {
  // expected-error@+1 {{'spike.code' op tokens: needs tensor<Nxi32>, has tensor<?xi64>}}
  %r = spike.code one_hot token %t size 3 : tensor<?xi64> -> tensor<?x3xi1>
  return
}

// -----

// code (C1): result
func.func @code_c1_result(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op result: needs tensor<NxDxi1>, has tensor<?x3xf32>}}
  %r = spike.code one_hot token %t size 3 : tensor<?xi32> -> tensor<?x3xf32>
  return
}

// -----

// code (C2): size
func.func @code_c2_size(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op size: needs at least 1, has 0}}
  %r = spike.code binary token %t size 0 : tensor<?xi32> -> tensor<?x1xi1>
  return
}

// -----

// code (C2): width of a one-hot code
func.func @code_c2_one_hot(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op features of the result: needs 30 (the width of one_hot for size 30), has 4}}
  %r = spike.code one_hot token %t size 30 : tensor<?xi32> -> tensor<?x4xi1>
  return
}

// -----

// code (C2): width of a binary code
func.func @code_c2_binary(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op features of the result: needs 5 (the width of binary for size 17), has 4}}
  %r = spike.code binary token %t size 17 : tensor<?xi32> -> tensor<?x4xi1>
  return
}

// -----

// code (C2): an id alone has one bit
func.func @code_c2_left(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op features of the result: needs 1 (the width of binary_left for size 1), has 2}}
  %r = spike.code binary_left token %t size 1 : tensor<?xi32> -> tensor<?x2xi1>
  return
}

// -----

// code (C3): vocabulary missing
func.func @code_c3_missing(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op vocabulary: needs the number of ids (the code is of a token at a position), has none}}
  %r = spike.code one_hot token_at_position %t size 6 : tensor<?xi32> -> tensor<?x6xi1>
  return
}

// -----

// code (C3): vocabulary of a token code
func.func @code_c3_needless(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op vocabulary: needs none (the code is not of a token at a position), has 3}}
  %r = spike.code one_hot token %t size 6 vocabulary 3 : tensor<?xi32> -> tensor<?x6xi1>
  return
}

// -----

// code (C3): no divisor
func.func @code_c3_divisor(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op vocabulary: needs a divisor of 6 (the size), has 4}}
  %r = spike.code one_hot token_at_position %t size 6 vocabulary 4 : tensor<?xi32> -> tensor<?x6xi1>
  return
}

// -----

// code (C3): zero
func.func @code_c3_zero(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op vocabulary: needs a divisor of 6 (the size), has 0}}
  %r = spike.code one_hot token_at_position %t size 6 vocabulary 0 : tensor<?xi32> -> tensor<?x6xi1>
  return
}

// -----

// code (C4)
func.func @code_c4(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.code' op tokens of the result: needs ? (as the operand), has 7}}
  %r = spike.code one_hot token %t size 6 : tensor<?xi32> -> tensor<7x6xi1>
  return
}

// -----

// code (C5): positions
func.func @code_c5_position(%t: tensor<9xi32>) {
  // expected-error@+1 {{'spike.code' op tokens: needs at most 8 (the positions that the size has room for), has 9}}
  %r = spike.code one_hot position %t size 8 : tensor<9xi32> -> tensor<9x8xi1>
  return
}

// -----

// code (C5): positions of a joint code
func.func @code_c5_joint(%t: tensor<3xi32>) {
  // expected-error@+1 {{'spike.code' op tokens: needs at most 2 (the positions that the size has room for), has 3}}
  %r = spike.code one_hot token_at_position %t size 6 vocabulary 3 : tensor<3xi32> -> tensor<3x6xi1>
  return
}

// -----

// binarize (C2)
func.func @binarize_c2(%x: tensor<?x5xf32>) {
  // expected-error@+1 {{'spike.binarize' op threshold: needs a finite number, has nan}}
  %r = spike.binarize %x {threshold = 0x7FF8000000000000 : f64} : tensor<?x5xf32> -> tensor<?x5xi1>
  return
}

// -----

// binarize (C1): rank
func.func @binarize_c1_rank(%x: tensor<5xf32>) {
  // expected-error@+1 {{'spike.binarize' op operand shape: needs [T x] N x D, has 5}}
  %r = spike.binarize %x : tensor<5xf32> -> tensor<5xi1>
  return
}

// Activations: one case per numbered constraint of ops/ActivationOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// gelu (C1): operand
func.func @gelu_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.gelu' op (C1) operand type: has tensor<?x3xi1>, needs f32}}
  %r = spike.gelu %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// gelu (C1): result
func.func @gelu_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.gelu' op (C1) result type: has tensor<4x?x3xf32>, needs tensor<?x3xf32>, the operand's}}
  %r = spike.gelu %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// silu (C1): operand
func.func @silu_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.silu' op (C1) operand type: has tensor<?x3xi1>, needs f32}}
  %r = spike.silu %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// silu (C1): result
func.func @silu_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.silu' op (C1) result type: has tensor<4x?x3xf32>, needs tensor<?x3xf32>, the operand's}}
  %r = spike.silu %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// relu (C1): operand
func.func @relu_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.relu' op (C1) operand type: has tensor<?x3xi1>, needs f32}}
  %r = spike.relu %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// relu (C1): result
func.func @relu_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.relu' op (C1) result type: has tensor<4x?x3xf32>, needs tensor<?x3xf32>, the operand's}}
  %r = spike.relu %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// softmax (C1): operand
func.func @softmax_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.softmax' op (C1) operand type: has tensor<?x3xi1>, needs f32}}
  %r = spike.softmax %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// softmax (C1): result
func.func @softmax_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.softmax' op (C1) result type: has tensor<4x?x3xf32>, needs tensor<?x3xf32>, the operand's}}
  %r = spike.softmax %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// clip_floor (C1)
func.func @clip_floor_c1(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op (C1) result type: has tensor<?x3xi1>, needs tensor<?x3xf32>, the operand's}}
  %r = spike.clip_floor %x threshold [1.0] levels 4 : tensor<?x3xf32> -> tensor<?x3xi1>
  return
}

// -----

// clip_floor (C2): thresholds
func.func @clip_floor_c2_entries(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op (C2) entries of threshold: has 2, needs 1, or 3, one per channel}}
  %r = spike.clip_floor %x threshold [1.0, 2.0] levels 4 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): infinite
func.func @clip_floor_c2_finite(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op (C2) threshold: has INF, needs finite numbers}}
  %r = spike.clip_floor %x threshold [0x7FF0000000000000] levels 4 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): not positive
func.func @clip_floor_c2_zero(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op (C2) threshold: has 0.000000e+00, needs a positive number}}
  %r = spike.clip_floor %x threshold [1.0, 0.0, 1.0] levels 4 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): levels
func.func @clip_floor_c2_levels(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op (C2) levels: has 0, needs 1..2147483647}}
  %r = spike.clip_floor %x threshold [1.0] levels 0 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): too many levels
func.func @clip_floor_c2_many(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op (C2) levels: has 2147483648, needs 1..2147483647}}
  %r = spike.clip_floor %x threshold [1.0] levels 2147483648 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

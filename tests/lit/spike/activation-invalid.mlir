// Activations: one case per numbered constraint of ops/ActivationOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// gelu (C1): operand
func.func @gelu_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.gelu' op operand type: needs f32, has tensor<?x3xi1>}}
  %r = spike.gelu %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// gelu (C1): result
func.func @gelu_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.gelu' op result type: needs tensor<?x3xf32> (the operand's), has tensor<4x?x3xf32>}}
  %r = spike.gelu %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// silu (C1): operand
func.func @silu_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.silu' op operand type: needs f32, has tensor<?x3xi1>}}
  %r = spike.silu %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// silu (C1): result
func.func @silu_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.silu' op result type: needs tensor<?x3xf32> (the operand's), has tensor<4x?x3xf32>}}
  %r = spike.silu %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// relu (C1): operand
func.func @relu_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.relu' op operand type: needs f32, has tensor<?x3xi1>}}
  %r = spike.relu %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// relu (C1): result
func.func @relu_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.relu' op result type: needs tensor<?x3xf32> (the operand's), has tensor<4x?x3xf32>}}
  %r = spike.relu %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// softmax (C1): operand
func.func @softmax_c1_operand(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.softmax' op operand type: needs f32, has tensor<?x3xi1>}}
  %r = spike.softmax %x : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// softmax (C1): result
func.func @softmax_c1_result(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.softmax' op result type: needs tensor<?x3xf32> (the operand's), has tensor<4x?x3xf32>}}
  %r = spike.softmax %x : tensor<?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// clip_floor (C1)
func.func @clip_floor_c1(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op result type: needs tensor<?x3xf32> (the operand's), has tensor<?x3xi1>}}
  %r = spike.clip_floor %x threshold [1.0] levels 4 : tensor<?x3xf32> -> tensor<?x3xi1>
  return
}

// -----

// clip_floor (C2): thresholds
func.func @clip_floor_c2_entries(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op entries of threshold: needs 1, or 3 (one per channel), has 2}}
  %r = spike.clip_floor %x threshold [1.0, 2.0] levels 4 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): infinite
func.func @clip_floor_c2_finite(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op threshold: needs finite numbers, has INF}}
  %r = spike.clip_floor %x threshold [0x7FF0000000000000] levels 4 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): not positive
func.func @clip_floor_c2_zero(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op threshold: needs a positive number, has 0.000000e+00}}
  %r = spike.clip_floor %x threshold [1.0, 0.0, 1.0] levels 4 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): levels
func.func @clip_floor_c2_levels(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op levels: needs 1..2147483647, has 0}}
  %r = spike.clip_floor %x threshold [1.0] levels 0 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// clip_floor (C2): too many levels
func.func @clip_floor_c2_many(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.clip_floor' op levels: needs 1..2147483647, has 2147483648}}
  %r = spike.clip_floor %x threshold [1.0] levels 2147483648 : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

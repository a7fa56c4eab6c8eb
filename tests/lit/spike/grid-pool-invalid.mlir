// Pooling: one case per numbered constraint of ops/GridOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// pool (C1): operand type
func.func @pool_c1_operand(%x: tensor<24x3xi32>) {
  // expected-error@+1 {{'spike.pool' op operand type: needs spikes (i1, or uiK up to ui32) or f32, has tensor<24x3xi32>}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<24x3xi32> -> tensor<6x3xi32>
  return
}

// -----

// pool (C1): tokens
func.func @pool_c1_tokens(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.pool' op tokens of the operand: needs 4x6 points (the grid's), has ?}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x?x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C1): result
func.func @pool_c1_shape(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op result shape: needs 4x6x3, has 4x24x3}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x24x3xi1>
  return
}

// -----

// pool (C2): dimensions
func.func @pool_c2_dimensions(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op entries of grid: needs 1 or 2, has 3}}
  %r = spike.pool max %x grid [2, 2, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): window of one entry
func.func @pool_c2_window(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op entries of window: needs 2 (one per dimension), has 1}}
  %r = spike.pool max %x grid [4, 6] window [2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): stride of one entry
func.func @pool_c2_stride(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op entries of stride: needs 2 (one per dimension), has 1}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): padding of no entry
func.func @pool_c2_padding(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op entries of padding: needs 2 (one per dimension), has 0}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2, 2] padding [] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): grid
func.func @pool_c2_grid(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op grid: needs entries of 1..2147483647, has -4x-6}}
  %r = spike.pool max %x grid [-4, -6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): window
func.func @pool_c2_zero(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op window: needs entries of 1..2147483647, has 2x0}}
  %r = spike.pool max %x grid [4, 6] window [2, 0] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): stride
func.func @pool_c2_zero_stride(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op stride: needs entries of 1..2147483647, has 0x2}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [0, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): negative padding
func.func @pool_c2_negative(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op padding: needs entries of 0..2147483647, has 0x-1}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, -1] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): a window beside the grid
func.func @pool_c2_outside(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op padding: needs less than 2x2 (the window), has 2x0}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2, 2] padding [2, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C2): no output point
func.func @pool_c2_points(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op output points of grid 4x6: needs at least 1 per dimension, has 0x3}}
  %r = spike.pool max %x grid [4, 6] window [5, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C3): max
func.func @pool_c3_max(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op result type: needs tensor<4x6x3xi1>, has tensor<4x6x3xf32>}}
  %r = spike.pool max %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xf32>
  return
}

// -----

// pool (C3): average
func.func @pool_c3_average(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op result type: needs tensor<4x6x3xf32>, has tensor<4x6x3xi1>}}
  %r = spike.pool average %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  return
}

// -----

// pool (C3): sum of spikes, at most 4
func.func @pool_c3_sum(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op result element type: needs ui3 to ui32 (a sum may reach 4), has ui2}}
  %r = spike.pool sum %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xui2>
  return
}

// -----

// pool (C3): a padded window counts the points that lie in the grid
func.func @pool_c3_corner(%x: tensor<4x24x3xi1>) {
  // expected-error@+1 {{'spike.pool' op result element type: needs ui5 to ui32 (a sum may reach 24), has ui4}}
  %r = spike.pool sum %x grid [4, 6] window [9, 9] stride [2, 2] padding [8, 8] : tensor<4x24x3xi1> -> tensor<4x42x3xui4>
  return
}

// -----

// pool (C3): sum of reals
func.func @pool_c3_real(%x: tensor<24x3xf32>) {
  // expected-error@+1 {{'spike.pool' op result type: needs tensor<6x3xf32>, has tensor<6x3xui3>}}
  %r = spike.pool sum %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<24x3xf32> -> tensor<6x3xui3>
  return
}

// -----

// pool (C3): a sum that no graded spike holds
func.func @pool_c3_graded(%x: tensor<24x3xui32>) {
  // expected-error@+1 {{'spike.pool' op largest sum of spikes: needs at most 4294967295 (ui32), has 17179869180}}
  %r = spike.pool sum %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<24x3xui32> -> tensor<6x3xui32>
  return
}

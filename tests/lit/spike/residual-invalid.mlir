// Residuals and gates: one case per numbered constraint of ops/ResidualOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// add (C1)
func.func @add_c1(%x: tensor<4x?x3xf32>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op (C1) types of the sum of currents: has tensor<4x?x3xi1> and tensor<4x?x3xf32>, needs tensor<4x?x3xf32> for all three}}
  %r = spike.add %x, %y : tensor<4x?x3xf32>, tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// add (C2): operand
func.func @add_c2_operand(%x: tensor<4x?x3xi1>, %y: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.add' op (C2) second operand element type: has f32, needs spikes (i1, or uiK up to ui32)}}
  %r = spike.add %x, %y : tensor<4x?x3xi1>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// add (C2): too narrow
func.func @add_c2_narrow(%x: tensor<4x?x3xi1>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op (C2) result element type: has i1, needs ui2 or wider (up to ui32), which holds a sum of 2}}
  %r = spike.add %x, %y : tensor<4x?x3xi1>, tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// add (C2): graded operand
func.func @add_c2_graded(%x: tensor<4x?x3xui2>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op (C2) result element type: has ui2, needs ui3 or wider (up to ui32), which holds a sum of 4}}
  %r = spike.add %x, %y : tensor<4x?x3xui2>, tensor<4x?x3xi1> -> tensor<4x?x3xui2>
  return
}

// -----

// add (C2): a bound is found behind other ops
func.func @add_c2_bound(%a: tensor<4x2x3xi1>) {
  %s = spike.add %a, %a : tensor<4x2x3xi1>, tensor<4x2x3xi1> -> tensor<4x2x3xui2>
  %f = spike.flatten %s : tensor<4x2x3xui2> -> tensor<4x1x6xui2>
  %i = spike.flatten %a : tensor<4x2x3xi1> -> tensor<4x1x6xi1>
  %g = spike.add %f, %i : tensor<4x1x6xui2>, tensor<4x1x6xi1> -> tensor<4x1x6xui8>
  // expected-error@+1 {{'spike.add' op (C2) result element type: has ui2, needs ui3 or wider (up to ui32), which holds a sum of 5}}
  %r = spike.add %f, %g : tensor<4x1x6xui2>, tensor<4x1x6xui8> -> tensor<4x1x6xui2>
  return
}

// -----

// add (C2): a sum that no graded spike holds
func.func @add_c2_wide(%a: tensor<4x2x3xui32>) {
  // expected-error@+1 {{'spike.add' op (C2) largest sum of spikes: has 8589934590, needs at most 4294967295 (ui32)}}
  %r = spike.add %a, %a : tensor<4x2x3xui32>, tensor<4x2x3xui32> -> tensor<4x2x3xui32>
  return
}

// -----

// add (C2): wider than a spike may be
func.func @add_c2_kind(%a: tensor<4x2x3xi1>) {
  // expected-error@+1 {{'spike.add' op (C2) result element type: has ui33, needs ui2 or wider (up to ui32), which holds a sum of 2}}
  %r = spike.add %a, %a : tensor<4x2x3xi1>, tensor<4x2x3xi1> -> tensor<4x2x3xui33>
  return
}

// -----

// add (C2): an operand wider than a spike may be
func.func @add_c2_operand(%a: tensor<4x2x3xui64>) {
  // expected-error@+1 {{'spike.add' op (C2) first operand element type: has ui64, needs spikes (i1, or uiK up to ui32)}}
  %r = spike.add %a, %a : tensor<4x2x3xui64>, tensor<4x2x3xui64> -> tensor<4x2x3xui64>
  return
}

// -----

// logic (C1)
func.func @logic_c1(%a: tensor<4x?x3xui2>) {
  // expected-error@+1 {{'spike.logic' op (C1) element type: has ui2, needs i1}}
  %r = spike.logic or %a, %a : tensor<4x?x3xui2>
  return
}

// -----

// logic (C1): tokens that are known beside such that are not
func.func @logic_c1_tokens(%a: tensor<4x?x3xi1>, %b: tensor<4x2x3xi1>) {
  // expected-error@+1 {{'spike.logic' op (C1) second operand type: has tensor<4x2x3xi1>, needs tensor<4x?x3xi1>, the result's}}
  %r = "spike.logic"(%a, %b) {mode = #spike<logic or>} : (tensor<4x?x3xi1>, tensor<4x2x3xi1>) -> tensor<4x?x3xi1>
  return
}

// -----

// multiply (C1): first operand
func.func @multiply_c1_spikes(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.multiply' op (C1) first operand type: has tensor<4x?x3xi1>, needs f32}}
  %r = spike.multiply %x, %x : tensor<4x?x3xi1>, tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// multiply (C1): second operand
func.func @multiply_c1_operand(%x: tensor<4x?x3xf32>, %y: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.multiply' op (C1) second operand type: has tensor<4x?x2xf32>, needs tensor<4x?x3xf32>, the first one's}}
  %r = spike.multiply %x, %y : tensor<4x?x3xf32>, tensor<4x?x2xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// multiply (C1): result
func.func @multiply_c1_result(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.multiply' op (C1) result type: has tensor<4x?x2xf32>, needs tensor<4x?x3xf32>, the operands'}}
  %r = spike.multiply %x, %x : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x2xf32>
  return
}

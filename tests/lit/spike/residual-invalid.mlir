// Residuals and gates: one case per numbered constraint of ops/ResidualOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// add (C1)
func.func @add_c1(%x: tensor<4x?x3xf32>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op types of the sum of currents: needs tensor<4x?x3xf32> for all three, has tensor<4x?x3xi1> and tensor<4x?x3xf32>}}
  %r = spike.add %x, %y : tensor<4x?x3xf32>, tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// add (C2): operand
func.func @add_c2_operand(%x: tensor<4x?x3xi1>, %y: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.add' op second operand element type: needs spikes (i1, or uiK up to ui32), has f32}}
  %r = spike.add %x, %y : tensor<4x?x3xi1>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// add (C2): too narrow
func.func @add_c2_narrow(%x: tensor<4x?x3xi1>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op result element type: needs ui2 to ui32 (a sum may reach 2), has i1}}
  %r = spike.add %x, %y : tensor<4x?x3xi1>, tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// add (C2): graded operand
func.func @add_c2_graded(%x: tensor<4x?x3xui2>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op result element type: needs ui3 to ui32 (a sum may reach 4), has ui2}}
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
  // expected-error@+1 {{'spike.add' op result element type: needs ui3 to ui32 (a sum may reach 5), has ui2}}
  %r = spike.add %f, %g : tensor<4x1x6xui2>, tensor<4x1x6xui8> -> tensor<4x1x6xui2>
  return
}

// -----

// add (C2): a sum that no graded spike holds
func.func @add_c2_wide(%a: tensor<4x2x3xui32>) {
  // expected-error@+1 {{'spike.add' op largest sum of spikes: needs at most 4294967295 (ui32), has 8589934590}}
  %r = spike.add %a, %a : tensor<4x2x3xui32>, tensor<4x2x3xui32> -> tensor<4x2x3xui32>
  return
}

// -----

// add (C2): wider than a spike may be
func.func @add_c2_kind(%a: tensor<4x2x3xi1>) {
  // expected-error@+1 {{'spike.add' op result element type: needs ui2 to ui32 (a sum may reach 2), has ui33}}
  %r = spike.add %a, %a : tensor<4x2x3xi1>, tensor<4x2x3xi1> -> tensor<4x2x3xui33>
  return
}

// -----

// add (C2): an operand wider than a spike may be
func.func @add_c2_operand(%a: tensor<4x2x3xui64>) {
  // expected-error@+1 {{'spike.add' op first operand element type: needs spikes (i1, or uiK up to ui32), has ui64}}
  %r = spike.add %a, %a : tensor<4x2x3xui64>, tensor<4x2x3xui64> -> tensor<4x2x3xui64>
  return
}

// -----

// logic (C1)
func.func @logic_c1(%a: tensor<4x?x3xui2>) {
  // expected-error@+1 {{'spike.logic' op element type: needs i1, has ui2}}
  %r = spike.logic or %a, %a : tensor<4x?x3xui2>
  return
}

// -----

// logic (C1): tokens that are known beside such that are not
func.func @logic_c1_tokens(%a: tensor<4x?x3xi1>, %b: tensor<4x2x3xi1>) {
  // expected-error@+1 {{'spike.logic' op second operand type: needs tensor<4x?x3xi1> (the result's), has tensor<4x2x3xi1>}}
  %r = "spike.logic"(%a, %b) {mode = #spike<logic or>} : (tensor<4x?x3xi1>, tensor<4x2x3xi1>) -> tensor<4x?x3xi1>
  return
}

// -----

// multiply (C1): first operand
func.func @multiply_c1_spikes(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.multiply' op first operand type: needs f32, has tensor<4x?x3xi1>}}
  %r = spike.multiply %x, %x : tensor<4x?x3xi1>, tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// multiply (C1): second operand
func.func @multiply_c1_operand(%x: tensor<4x?x3xf32>, %y: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.multiply' op second operand type: needs tensor<4x?x3xf32> (the first one's), has tensor<4x?x2xf32>}}
  %r = spike.multiply %x, %y : tensor<4x?x3xf32>, tensor<4x?x2xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// multiply (C1): result
func.func @multiply_c1_result(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.multiply' op result type: needs tensor<4x?x3xf32> (the operands'), has tensor<4x?x2xf32>}}
  %r = spike.multiply %x, %x : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x2xf32>
  return
}

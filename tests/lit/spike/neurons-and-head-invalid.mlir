// Neurons, residuals, attention and head: one case per numbered constraint of SpikeOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// neuron (C1): operand
func.func @neuron_c1_operand(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.neuron' op (C1) operand type: has tensor<4x?x3xi1>, needs a current (f32, or si32 with #spike.fixed)}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// neuron (C1): rank
func.func @neuron_c1_rank(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op (C1) operand shape: has ?x3, needs TxNxD with static T and D of at least 1}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<?x3xf32> -> tensor<?x3xi1>
  return
}

// -----

// neuron (C1): result
func.func @neuron_c1_result(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op (C1) result element type: has ui2, needs i1}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<4x?x3xf32> -> tensor<4x?x3xui2>
  return
}

// -----

// neuron (C2)
func.func @neuron_c2(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op (C2) thresholds: has 2, needs 1, or 3, one per channel}}
  %r = spike.neuron #spike.lif<tau = 2.0, threshold = [1.0, 2.0]>, %x : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  return
}

// -----

// neuron (C3)
func.func @neuron_c3(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op (C3) state: has #spike.state<bits = 24>, needs none, as the current is real}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x state(#spike.state<bits = 24>) : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  return
}

// -----

// add (C1)
func.func @add_c1(%x: tensor<4x?x3xf32>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op (C1) types of the sum of currents: has tensor<4x?x3xi1> and tensor<4x?x3xf32>, needs tensor<4x?x3xf32> for all three}}
  %r = spike.add %x, %y : tensor<4x?x3xf32>, tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// add (C2): operand
func.func @add_c2_operand(%x: tensor<4x?x3xi1>, %y: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.add' op (C2) second operand element type: has f32, needs spikes (i1 or uiK)}}
  %r = spike.add %x, %y : tensor<4x?x3xi1>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// add (C2): too narrow
func.func @add_c2_narrow(%x: tensor<4x?x3xi1>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op (C2) result element type: has i1, needs ui2, which holds a sum of 2}}
  %r = spike.add %x, %y : tensor<4x?x3xi1>, tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// add (C2): graded operand
func.func @add_c2_graded(%x: tensor<4x?x3xui2>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.add' op (C2) result element type: has ui2, needs ui3, which holds a sum of 4}}
  %r = spike.add %x, %y : tensor<4x?x3xui2>, tensor<4x?x3xi1> -> tensor<4x?x3xui2>
  return
}

// -----

// self_attention (C1): graded
func.func @self_attention_c1_graded(%x: tensor<4x?x6xui2>) {
  // expected-error@+1 {{'spike.self_attention' op (C1) q element type: has ui2, needs i1}}
  %r = spike.self_attention %x, %x, %x heads 2 scale 0.125 causal : tensor<4x?x6xui2>, tensor<4x?x6xui2>, tensor<4x?x6xui2> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C1): shapes
func.func @self_attention_c1_shapes(%x: tensor<4x?x6xi1>, %y: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.self_attention' op (C1) k type: has tensor<4x?x3xi1>, needs tensor<4x?x6xi1>, as q}}
  %r = spike.self_attention %x, %y, %x heads 2 scale 0.125 causal : tensor<4x?x6xi1>, tensor<4x?x3xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C2)
func.func @self_attention_c2(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op (C2) heads: has 4, needs a divisor of 6}}
  %r = spike.self_attention %x, %x, %x heads 4 scale 0.125 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C3): sign
func.func @self_attention_c3_sign(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op (C3) scale: has -1.000000e+00, needs a positive finite number}}
  %r = spike.self_attention %x, %x, %x heads 2 scale -1.0 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C3): encoding
func.func @self_attention_c3_encoding(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op (C3) encoding of the result: has #spike.fixed<scale = [2.500000e-01], fraction_bits = 4>, needs the one scale 1.250000e-01}}
  %r = spike.self_attention %x, %x, %x heads 2 scale 0.125 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xsi32, #spike.fixed<scale = [0.25], fraction_bits = 4>>
  return
}

// -----

// recombine (C1)
func.func @recombine_c1(%x: tensor<4x?x6xf32>) {
  // expected-error@+1 {{'spike.recombine' op (C1) operand element type: has f32, needs spikes (i1 or uiK)}}
  %r = spike.recombine mean %x : tensor<4x?x6xf32> -> tensor<?x6xf32>
  return
}

// -----

// recombine (C2): result
func.func @recombine_c2_result(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.recombine' op (C2) result type: has tensor<?x6xi1>, needs a current (f32, or si32 with #spike.fixed)}}
  %r = spike.recombine mean %x : tensor<4x?x6xi1> -> tensor<?x6xi1>
  return
}

// -----

// recombine (C2): encoding
func.func @recombine_c2_encoding(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.recombine' op (C2) encoding of the result: has #spike.fixed<scale = [1.000000e+00], fraction_bits = 0>, needs fraction_bits 0 and the one scale 2.500000e-01}}
  %r = spike.recombine mean %x : tensor<4x?x6xi1> -> tensor<?x6xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>
  return
}

// -----

// recombine (C3)
func.func @recombine_c3(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.recombine' op (C3) result shape: has ?x6, needs ?x24}}
  %r = spike.recombine concatenate %x : tensor<4x?x6xi1> -> tensor<?x6xf32>
  return
}

// -----

// dequantize (C1): operand
func.func @dequantize_c1_operand(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.dequantize' op (C1) operand type: has tensor<?x3xf32>, needs si32 with #spike.fixed}}
  %r = spike.dequantize %x : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// dequantize (C1): shape
func.func @dequantize_c1_shape(%x: tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.dequantize' op (C1) result shape: has ?x4, needs ?x3, the operand's}}
  %r = spike.dequantize %x : tensor<?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x4xf32>
  return
}

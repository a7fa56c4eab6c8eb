// Neurons, integrators and delays: one case per numbered constraint of ops/NeuronOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// neuron (C1): operand
func.func @neuron_c1_operand(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.neuron' op operand type: needs a current (f32, or si32 with #spike.fixed), has tensor<4x?x3xi1>}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// neuron (C1): rank
func.func @neuron_c1_rank(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op operand shape: needs TxNxD, has ?x3}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<?x3xf32> -> tensor<?x3xi1>
  return
}

// -----

// neuron (C1): result
func.func @neuron_c1_result(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op result element type: needs i1, has ui2}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<4x?x3xf32> -> tensor<4x?x3xui2>
  return
}

// -----

// neuron (C2)
func.func @neuron_c2(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op numbers of threshold: needs 1, or 3 (one per channel), has 2}}
  %r = spike.neuron #spike.lif<tau = 2.0, threshold = [1.0, 2.0]>, %x : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  return
}

// -----

// neuron (C2): of another constant
func.func @neuron_c2_tau(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op numbers of tau: needs 1, or 3 (one per channel), has 2}}
  %r = spike.neuron #spike.lif<tau = [2, 3], threshold = [1.0]>, %x : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  return
}

// -----

// neuron (C3)
func.func @neuron_c3(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.neuron' op state: needs none (the current is real), has #spike.state<bits = 24>}}
  %r = spike.neuron #spike.if<threshold = [1.0]>, %x state(#spike.state<bits = 24>) : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  return
}

// -----

// neuron (C4): filter
func.func @neuron_c4_filter(%x: tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>) {
  // expected-error@+1 {{'spike.neuron' op model on a quantised current: needs one that has an integer form (dialect/RATIONALE.md, "Fixed-point neurons"), has #spike.cuba_lif<current_decay = 5.000000e-01 : f64, current_gain = 1.000000e+00 : f64, membrane_decay = 5.000000e-01 : f64, membrane_gain = -1.000000e+00 : f64, threshold = [1.000000e+00]>}}
  %r = spike.neuron #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = -1.0, threshold = [1.0]>, %x : tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>> -> tensor<4x?x3xi1>
  return
}

// -----

// integrator (C1): spikes
func.func @integrator_c1_operand(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.integrator' op operand type: needs a current (f32, or si32 with #spike.fixed), has tensor<4x?x3xi1>}}
  %r = spike.integrator %x : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// integrator (C1): the scale of a quantised current, times the gain
func.func @integrator_c1_quantised(%x: tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>) {
  // expected-error@+1 {{'spike.integrator' op result type: needs tensor<4x?x3xsi32, #spike.fixed<scale = [1.000000e+00], fraction_bits = 4>> (the operand's, by the gain), has tensor<4x?x3xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 4>>}}
  %r = spike.integrator %x {gain = 2.0 : f64} : tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>> -> tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>
  return
}

// -----

// integrator (C3): state
func.func @integrator_c3_state(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op state: needs none (the current is real), has #spike.state<bits = 24>}}
  %r = spike.integrator %x state(<bits = 24>) : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// integrator (C4): gain
func.func @integrator_c4_gain(%x: tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>) {
  // expected-error@+1 {{'spike.integrator' op gain on a quantised current: needs a number above 0, has -1.000000e+00}}
  %r = spike.integrator %x {gain = -1.0 : f64} : tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>> -> tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>
  return
}

// -----

// integrator (C1): rank
func.func @integrator_c1_rank(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op operand shape: needs TxNxD, has ?x3}}
  %r = spike.integrator %x : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// integrator (C1): result
func.func @integrator_c1_result(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op result type: needs tensor<4x?x3xf32> (the operand's), has tensor<4x?x3xi1>}}
  %r = spike.integrator %x : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  return
}

// -----

// integrator (C2): decay
func.func @integrator_c2_decay(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op decay: needs 0..1, has 1.500000e+00}}
  %r = spike.integrator %x {decay = 1.5 : f64} : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// integrator (C2): gain
func.func @integrator_c2_gain(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op gain: needs a finite number, has INF}}
  %r = spike.integrator %x {gain = 0x7FF0000000000000 : f64} : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// delay (C1): rank
func.func @delay_c1_rank(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op operand shape: needs TxNxD, has ?x3}}
  %r = spike.delay %x steps [1] : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// delay (C1): result
func.func @delay_c1_result(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op result type: needs tensor<4x?x3xi1> (the operand's), has tensor<4x?x3xf32>}}
  %r = spike.delay %x steps [1] : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// delay (C2): entries
func.func @delay_c2_entries(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op entries of steps: needs 1, or 3 (one per channel), has 2}}
  %r = spike.delay %x steps [1, 2] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// delay (C2): negative
func.func @delay_c2_negative(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op steps: needs 0..2147483647, has -1}}
  %r = spike.delay %x steps [1, -1, 0] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// delay (C2): large
func.func @delay_c2_large(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op steps: needs 0..2147483647, has 2147483648}}
  %r = spike.delay %x steps [2147483648] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

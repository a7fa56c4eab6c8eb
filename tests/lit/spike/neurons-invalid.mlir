// Neurons, delays and recurrence: one case per numbered constraint of ops/NeuronOps.td.
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
  // expected-error@+1 {{'spike.neuron' op (C1) operand shape: has ?x3, needs TxNxD}}
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

// neuron (C4): filter
func.func @neuron_c4_filter(%x: tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>) {
  // expected-error@+1 {{'spike.neuron' op (C4) model on a quantised current: has #spike.cuba_lif<current_decay = 5.000000e-01 : f64, current_gain = 1.000000e+00 : f64, membrane_decay = 5.000000e-01 : f64, membrane_gain = 1.000000e+00 : f64, threshold = [1.000000e+00]>, needs one without a filter of its current, of a gain above 0}}
  %r = spike.neuron #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = 1.0, threshold = [1.0]>, %x : tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>> -> tensor<4x?x3xi1>
  return
}

// -----

// integrator (C1): spikes
func.func @integrator_c1_operand(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.integrator' op (C1) operand type: has tensor<4x?x3xi1>, needs f32}}
  %r = spike.integrator %x : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// integrator (C1): quantised
func.func @integrator_c1_quantised(%x: tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>) {
  // expected-error@+1 {{'spike.integrator' op (C1) operand type: has tensor<4x?x3xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 4>>, needs f32}}
  %r = spike.integrator %x : tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>> -> tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 4>>
  return
}

// -----

// integrator (C1): rank
func.func @integrator_c1_rank(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op (C1) operand shape: has ?x3, needs TxNxD}}
  %r = spike.integrator %x : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// integrator (C1): result
func.func @integrator_c1_result(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op (C1) result type: has tensor<4x?x3xi1>, needs tensor<4x?x3xf32>, the operand's}}
  %r = spike.integrator %x : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  return
}

// -----

// integrator (C2): decay
func.func @integrator_c2_decay(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op (C2) decay: has 1.500000e+00, needs 0..1}}
  %r = spike.integrator %x {decay = 1.5 : f64} : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// integrator (C2): gain
func.func @integrator_c2_gain(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.integrator' op (C2) gain: has INF, needs a finite number}}
  %r = spike.integrator %x {gain = 0x7FF0000000000000 : f64} : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// delay (C1): rank
func.func @delay_c1_rank(%x: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op (C1) operand shape: has ?x3, needs TxNxD}}
  %r = spike.delay %x steps [1] : tensor<?x3xi1> -> tensor<?x3xi1>
  return
}

// -----

// delay (C1): result
func.func @delay_c1_result(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op (C1) result type: has tensor<4x?x3xf32>, needs tensor<4x?x3xi1>, the operand's}}
  %r = spike.delay %x steps [1] : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// delay (C2): entries
func.func @delay_c2_entries(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op (C2) entries of steps: has 2, needs 1, or 3, one per channel}}
  %r = spike.delay %x steps [1, 2] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// delay (C2): negative
func.func @delay_c2_negative(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op (C2) steps: has -1, needs 0..2147483647}}
  %r = spike.delay %x steps [1, -1, 0] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// delay (C2): large
func.func @delay_c2_large(%x: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.delay' op (C2) steps: has 2147483648, needs 0..2147483647}}
  %r = spike.delay %x steps [2147483648] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// recurrent (C1): arguments
func.func @recurrent_c1_arguments(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C1) number of block arguments: has 2, needs 1, one per result}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>, %c: tensor<4x?x3xi1>):
    %o = spike.neuron #spike.if<threshold = [1.0]>, %in : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
    spike.yield %o : tensor<4x?x3xi1>
  }
  return
}

// -----

// recurrent (C1): type of an argument
func.func @recurrent_c1_argument(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C1) block argument #0: has tensor<4x?x3xf32>, needs tensor<4x?x3xi1>, as the result}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xf32>):
    %o = spike.neuron #spike.if<threshold = [1.0]>, %in : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
    spike.yield %o : tensor<4x?x3xi1>
  }
  return
}

// -----

// recurrent (C1): type of a yielded value
func.func @recurrent_c1_yielded(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C1) yielded value #0: has tensor<4x?x3xf32>, needs tensor<4x?x3xi1>, as the result}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    spike.yield %in : tensor<4x?x3xf32>
  }
  return
}

// -----

// recurrent (C1): nothing yielded
func.func @recurrent_c1_terminator(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C1) number of yielded values: has 0, needs 1, one per result}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    spike.yield
  }
  return
}

// -----

// recurrent (C1): rank
func.func @recurrent_c1_rank(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C1) result shape: has ?x3, needs TxNxD}}
  %r = spike.recurrent -> tensor<?x3xi1> {
  ^bb0(%b: tensor<?x3xi1>):
    spike.yield %b : tensor<?x3xi1>
  }
  return
}

// -----

// recurrent (C1): steps
func.func @recurrent_c1_steps(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C1) steps of a result: has 5, needs 4, as the first}}
  %r:2 = spike.recurrent -> tensor<4x?x3xi1>, tensor<5x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>, %c: tensor<5x?x3xi1>):
    spike.yield %b, %c : tensor<4x?x3xi1>, tensor<5x?x3xi1>
  }
  return
}

// -----

// recurrent (C2): attention looks at other tokens
func.func @recurrent_c2_attention(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C2) op in the body: has spike.self_attention, needs ops that look at no other token; take it out of the region}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    // expected-note@+1 {{'spike.self_attention' is here}}
    %a = spike.self_attention %b, %b, %b heads 1 scale 1.0 : tensor<4x?x3xi1>, tensor<4x?x3xi1>, tensor<4x?x3xi1> -> tensor<4x?x3xf32>
    spike.yield %b : tensor<4x?x3xi1>
  }
  return
}

// -----

// recurrent (C2): a neuron whose time runs over the tokens
func.func @recurrent_c2_scan(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C2) op in the body: has spike.neuron, needs ops that look at no other token; take it out of the region}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    // expected-note@+1 {{'spike.neuron' is here}}
    %o = spike.neuron #spike.if<threshold = [1.0]>, %in {scan = #spike<scan steps_and_tokens>} : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
    spike.yield %o : tensor<4x?x3xi1>
  }
  return
}

// -----

// recurrent (C2): a recombination looks at later steps
func.func @recurrent_c2_recombine(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C2) result in the body: has ?x3, needs TxNxD with T 4, the region's}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    // expected-note@+1 {{'spike.recombine' is here}}
    %m = spike.recombine sum %b : tensor<4x?x3xi1> -> tensor<?x3xf32>
    spike.yield %b : tensor<4x?x3xi1>
  }
  return
}

// -----

// recurrent (C2): a code has no steps
func.func @recurrent_c2_code(%in: tensor<?xi32>) {
  // expected-error@+1 {{'spike.recurrent' op (C2) result in the body: has ?x3, needs TxNxD with T 4, the region's}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    // expected-note@+1 {{'spike.code' is here}}
    %m = spike.code one_hot token %in size 3 : tensor<?xi32> -> tensor<?x3xi1>
    spike.yield %b : tensor<4x?x3xi1>
  }
  return
}

// -----

// recurrent (C2): an op of another dialect
func.func @recurrent_c2_foreign(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op (C2) op in the body: has func.call, needs ops of the spike dialect}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    // expected-note@+1 {{'func.call' is here}}
    %m = func.call @other(%b) : (tensor<4x?x3xi1>) -> tensor<4x?x3xi1>
    spike.yield %b : tensor<4x?x3xi1>
  }
  return
}
func.func private @other(tensor<4x?x3xi1>) -> tensor<4x?x3xi1>

// -----

// recurrent (C3)
func.func @recurrent_c3() {
  // expected-error@+1 {{'spike.recurrent' op (C3) results: has 0, needs at least 1}}
  "spike.recurrent"() ({
    spike.yield
  }) : () -> ()
  return
}

// Recurrence: one case per numbered constraint of ops/NeuronOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// recurrent (C1): arguments
func.func @recurrent_c1_arguments(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op number of block arguments: needs 1 (one per result), has 2}}
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
  // expected-error@+1 {{'spike.recurrent' op block argument #0: needs tensor<4x?x3xi1> (as the result), has tensor<4x?x3xf32>}}
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
  // expected-error@+1 {{'spike.recurrent' op yielded value #0: needs tensor<4x?x3xi1> (as the result), has tensor<4x?x3xf32>}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    spike.yield %in : tensor<4x?x3xf32>
  }
  return
}

// -----

// recurrent (C1): nothing yielded
func.func @recurrent_c1_terminator(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op number of yielded values: needs 1 (one per result), has 0}}
  %r = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>):
    spike.yield
  }
  return
}

// -----

// recurrent (C1): rank
func.func @recurrent_c1_rank(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op result shape: needs TxNxD, has ?x3}}
  %r = spike.recurrent -> tensor<?x3xi1> {
  ^bb0(%b: tensor<?x3xi1>):
    spike.yield %b : tensor<?x3xi1>
  }
  return
}

// -----

// recurrent (C1): steps
func.func @recurrent_c1_steps(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op steps of a result: needs 4 (as the first), has 5}}
  %r:2 = spike.recurrent -> tensor<4x?x3xi1>, tensor<5x?x3xi1> {
  ^bb0(%b: tensor<4x?x3xi1>, %c: tensor<5x?x3xi1>):
    spike.yield %b, %c : tensor<4x?x3xi1>, tensor<5x?x3xi1>
  }
  return
}

// -----

// recurrent (C2): attention looks at other tokens
func.func @recurrent_c2_attention(%in: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.recurrent' op op in the body: needs ops that look at no other token (the others stand outside the region), has spike.self_attention}}
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
  // expected-error@+1 {{'spike.recurrent' op op in the body: needs ops that look at no other token (the others stand outside the region), has spike.neuron}}
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
  // expected-error@+1 {{'spike.recurrent' op result in the body: needs TxNxD with T 4 (the region's), has ?x3}}
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
  // expected-error@+1 {{'spike.recurrent' op result in the body: needs TxNxD with T 4 (the region's), has ?x3}}
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
  // expected-error@+1 {{'spike.recurrent' op op in the body: needs ops of the spike dialect, has func.call}}
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
  // expected-error@+1 {{'spike.recurrent' op results: needs at least 1, has 0}}
  "spike.recurrent"() ({
    spike.yield
  }) : () -> ()
  return
}

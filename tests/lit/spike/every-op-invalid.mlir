// What holds for every op: sizes, and order without cycles (C0).
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// a dynamic number of features
func.func @c0_features(%x: tensor<?x?xf32>) {
  // expected-error@+1 {{'spike.relu' op sizes of operand #0: needs static sizes of at least 1 (only the tokens N of N, NxD, TxNxD may be ?), has ?x?}}
  %r = spike.relu %x : tensor<?x?xf32> -> tensor<?x?xf32>
  return
}

// -----

// a dynamic number of steps
func.func @c0_steps(%x: tensor<?x5xi1>) {
  // expected-error@+1 {{'spike.repeat' op sizes of result #0: needs static sizes of at least 1 (only the tokens N of N, NxD, TxNxD may be ?), has ?x?x5}}
  %r = spike.repeat %x : tensor<?x5xi1> -> tensor<?x?x5xi1>
  return
}

// -----

// no tokens
func.func @c0_no_tokens(%x: tensor<4x0x5xf32>) {
  // expected-error@+1 {{'spike.relu' op sizes of operand #0: needs static sizes of at least 1 (only the tokens N of N, NxD, TxNxD may be ?), has 4x0x5}}
  %r = spike.relu %x : tensor<4x0x5xf32> -> tensor<4x0x5xf32>
  return
}

// -----

// an empty weight
func.func @c0_weight(%x: tensor<?x5xf32>) {
  // expected-error@+1 {{'spike.linear' op sizes of weight: needs static sizes of at least 1 (only the tokens N of N, NxD, TxNxD may be ?), has 0x5}}
  %r = spike.linear %x, dense<> : tensor<0x5xf32> : tensor<?x5xf32> -> tensor<?x1xf32>
  return
}

// -----

// rank
func.func @c0_rank(%x: tensor<1x4x?x5xf32>) {
  // expected-error@+1 {{'spike.relu' op rank of operand #0: needs 1 (N), 2 (NxD) or 3 (TxNxD), has 4}}
  %r = spike.relu %x : tensor<1x4x?x5xf32> -> tensor<1x4x?x5xf32>
  return
}

// -----

// more elements than a tensor may have
func.func @c0_elements(%x: tensor<4x?x274877906945xf32>) {
  // expected-error@+1 {{'spike.relu' op elements of operand #0: needs at most 2^40, has 4x?x274877906945}}
  %r = spike.relu %x : tensor<4x?x274877906945xf32> -> tensor<4x?x274877906945xf32>
  return
}

// -----

// more channels than a vector may have
func.func @c0_channels(%x: tensor<4x?x2147483648xf32>) {
  // expected-error@+1 {{'spike.relu' op channels of operand #0: needs at most 2^31 - 1, has 2147483648}}
  %r = spike.relu %x : tensor<4x?x2147483648xf32> -> tensor<4x?x2147483648xf32>
  return
}

// -----

// a table whose elements do not fit 64 bits: 2^62 rows of 4
func.func @c0_table(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.lookup' op elements of table: needs at most 2^40, has 4611686018427387904x4}}
  %r = spike.lookup %t, dense_resource<huge> : tensor<4611686018427387904x4xf32> : tensor<?xi32> -> tensor<?x4xf32>
  return
}

// -----

// an encoding of another kind
func.func @c0_encoding(%x: tensor<?x5xf32, "sparse">) {
  // expected-error@+1 {{'spike.relu' op encoding of operand #0: needs none, or #spike.fixed, has "sparse"}}
  %r = spike.relu %x : tensor<?x5xf32, "sparse"> -> tensor<?x5xf32, "sparse">
  return
}

// -----

// a cycle outside spike.recurrent: the message names the edge that points back
func.func @c0_cycle(%x: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'spike.add' op cycle outside spike.recurrent: 'spike.add' reads 'feedback', which depends on it; feed it back through a block argument of spike.recurrent, one time step later}}
  %sum = spike.add %x, %back : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %sum : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  %back = spike.inject %s : tensor<4x?x3xi1> -> tensor<4x?x3xf32> loc("feedback")
  return
}

// -----

// an op that reads itself
func.func @c0_loop() {
  // expected-error@+1 {{'spike.relu' op cycle outside spike.recurrent: 'spike.relu' reads 'spike.relu', which depends on it; feed it back through a block argument of spike.recurrent, one time step later}}
  %r = spike.relu %r : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// a cycle in a module, where MLIR itself allows one
// expected-error@+1 {{'spike.relu' op cycle outside spike.recurrent: 'spike.relu' reads 'spike.relu', which depends on it; feed it back through a block argument of spike.recurrent, one time step later}}
%r = spike.relu %s : tensor<?x3xf32> -> tensor<?x3xf32>
%s = spike.relu %r : tensor<?x3xf32> -> tensor<?x3xf32>

// -----

// the body of a recurrent region reads its own result
func.func @c0_region(%in: tensor<4x?x3xf32>) {
  %r = spike.recurrent -> tensor<4x?x3xf32> {
  ^bb0(%back: tensor<4x?x3xf32>):
    // expected-error@+1 {{'spike.add' op cycle outside spike.recurrent: 'spike.add' reads 'spike.recurrent', which depends on it; feed it back through a block argument of spike.recurrent, one time step later}}
    %s = spike.add %in, %r : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
    spike.yield %s : tensor<4x?x3xf32>
  }
  return
}

// -----

// no cycle, but the wrong order
func.func @c0_order(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.relu' op 'spike.relu' reads 'late', which is computed after it; move it behind}}
  %r = spike.relu %s : tensor<?x3xf32> -> tensor<?x3xf32>
  %s = spike.gelu %x : tensor<?x3xf32> -> tensor<?x3xf32> loc("late")
  return
}

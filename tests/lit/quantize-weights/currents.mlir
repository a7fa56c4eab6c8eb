// Filtered currents of their own width, and membranes that go on over the tokens: both are bounded
// for every input firing, at every step.
// RUN: sed -e 's/^  state_bits:/  current_bits: 8\n  current_fraction_bits: 1\n  state_bits:/' %targets/loihi2.yaml > %t.yaml
// RUN: synfire-opt %s --quantize-weights="target=%t.yaml max-tokens=100000" --mlir-print-local-scope --split-input-file --verify-diagnostics | FileCheck %s

// 4 steps with currents of 127 in whole numbers, each half of the one before: up to 254 * 2^1.
// CHECK-LABEL: func.func @filtered
// CHECK: spike.neuron {{.*}} state(<bits = 24, current_bits = 8, current_fraction_bits = 1>)
func.func @filtered(%x: tensor<4x?x1xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<[[1.0]]> : tensor<1x1xf32> : tensor<4x?x1xi1> -> tensor<4x?x1xf32>
  // expected-warning @+2 {{'spike.neuron': a filtered current without rounding needs 4 fraction bits, has 1 (core.current_fraction_bits of 'loihi2'); its leak is rounded toward_zero}}
  // expected-warning @+1 {{'spike.neuron': with every input firing a filtered current needs 10 bits, has 8 (core.current_bits of 'loihi2'); an overflow ends the simulation}}
  %1 = spike.neuron #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = 1.0, threshold = [1.0]>, %0
      : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %1 : tensor<4x?x1xi1>
}

// -----

// 100,000 tokens of 4 steps, without a leak: 4e5 times what a step adds, and a threshold of 1e9.
// CHECK-LABEL: func.func @across
func.func @across(%x: tensor<4x?x2xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<[[1.0, 1.0]]> : tensor<1x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x1xf32>
  // expected-warning @+1 {{'spike.neuron': with every input firing a membrane needs 28 bits, has 24 (core.state_bits of 'loihi2'); an overflow ends the simulation}}
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 {scan = #spike<scan steps_and_tokens>}
      : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %1 : tensor<4x?x1xi1>
}

// -----

// The same neurons, begun anew at every token.
// CHECK-LABEL: func.func @anew
func.func @anew(%x: tensor<4x?x2xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<[[1.0, 1.0]]> : tensor<1x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x1xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %1 : tensor<4x?x1xi1>
}

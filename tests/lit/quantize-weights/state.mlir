// A chip whose membranes do not hold every guard bit keeps as many as its file
// says and rounds; one that an unlucky input overflows is warned of.
// RUN: sed -e 's/state_bits: {value: 24/state_bits: {value: 16/' %targets/loihi2.yaml > %t.yaml
// RUN: synfire-opt %s --quantize-weights=target=%t.yaml --mlir-print-local-scope --split-input-file --verify-diagnostics | FileCheck %s

// 300 inputs of weight 127 are 38100, 2 * 16 times that in four steps.
// CHECK-LABEL: func.func @wide
// CHECK: spike.linear {{.*}} fraction_bits = 4>>
// CHECK: spike.neuron {{.*}} state(<bits = 16>)
func.func @wide(%x: tensor<4x?x300xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<1.0> : tensor<1x300xf32> : tensor<4x?x300xi1> -> tensor<4x?x1xf32>
  // expected-warning @+1 {{'spike.neuron': with every input firing a membrane needs 22 bits, has 16 (core.state_bits of 'loihi2'); an overflow ends the simulation}}
  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %0
      : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %1 : tensor<4x?x1xi1>
}

// -----

// tau 16 loses 4 bits per step: 16 fraction bits with T = 4, of which 6 are kept.
// CHECK-LABEL: func.func @slow
// CHECK: spike.linear {{.*}} fraction_bits = 6>>
func.func @slow(%x: tensor<4x?x1xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<0.5> : tensor<1x1xf32> : tensor<4x?x1xi1> -> tensor<4x?x1xf32>
  // expected-warning @+1 {{'spike.neuron': a leak without rounding needs 16 fraction bits in membranes of 26 bits, has 16 (core.state_bits of 'loihi2'); 6 fraction bits are kept and the leak is rounded toward_zero}}
  %1 = spike.neuron #spike.lif<tau = 16.0 : f64, threshold = [0.0625]>, %0
      : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %1 : tensor<4x?x1xi1>
}

// -----

// A head's bias of 1e300 in steps of weights of 1e-38 is beyond every number.
// CHECK-LABEL: func.func @bias_beyond_all_numbers
func.func @bias_beyond_all_numbers(%x: tensor<4x?x2xi1>) -> tensor<?x1xf32> {
  %0 = spike.recombine sum %x : tensor<4x?x2xi1> -> tensor<?x2xf32>
  // expected-warning @+1 {{'spike.linear': with every input firing its integrator needs 1025 bits, has 16 (core.state_bits of 'loihi2')}}
  %1 = spike.linear %0, dense<1.0e-38> : tensor<1x2xf32> bias dense<1.0e300> : tensor<1xf64>
      : tensor<?x2xf32> -> tensor<?x1xf32>
  return %1 : tensor<?x1xf32>
}

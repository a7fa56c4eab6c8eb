// RUN: synfire-opt %s --quantize-weights --split-input-file --verify-diagnostics

func.func @not_a_number(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xi1> {
  // expected-error @+1 {{'spike.linear': weight [1, 2]: needs a finite number, has nan; train or export the model again}}
  %0 = spike.linear %x, dense<[[1.0, 1.0, 1.0], [1.0, 1.0, 0x7FC00000]]> : tensor<2x3xf32>
      : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @not_a_number_transposed(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xi1> {
  // expected-error @+1 {{'spike.linear': weight [2, 1]: needs a finite number, has nan; train or export the model again}}
  %0 = spike.linear %x, dense<[[1.0, 1.0], [1.0, 1.0], [1.0, 0x7FC00000]]> : tensor<3x2xf32> transposed
      : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @unknown_tokens(%x: tensor<4x?x4xi1>) -> tensor<4x?x4xi1> {
  // expected-error @+1 {{how many tokens are attended to is not known}}
  %0 = spike.self_attention %x, %x, %x heads 2 scale 0.125 causal
      : tensor<4x?x4xi1>, tensor<4x?x4xi1>, tensor<4x?x4xi1> -> tensor<4x?x4xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x4xf32> -> tensor<4x?x4xi1>
  return %1 : tensor<4x?x4xi1>
}

// -----

// A threshold of 1e300 over a gain of 1e-300 is no number in units of the membrane.
func.func @threshold_out_of_all_numbers(%x: tensor<4x?x3xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<1.0> : tensor<1x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x1xf32>
  // expected-error @+1 {{'spike.neuron': column 0: one unit of its integers needs to be a normal number, has INF; choose weights, thresholds and gains nearer to 1}}
  %1 = spike.neuron #spike.lif<tau = 1.0e300 : f64, threshold = [1.0e300]>, %0 : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %1 : tensor<4x?x1xi1>
}

// -----

// Weights of 1e-38 over a gain of 1e-300 have no step above 0.
func.func @no_step_above_0(%x: tensor<4x?x3xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<1.0e-38> : tensor<1x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x1xf32>
  // expected-error @+1 {{'spike.neuron': column 0: one unit of its integers needs to be a normal number, has 0.0}}
  %1 = spike.neuron #spike.lif<tau = 1.0e300 : f64, threshold = [0.0]>, %0 : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %1 : tensor<4x?x1xi1>
}

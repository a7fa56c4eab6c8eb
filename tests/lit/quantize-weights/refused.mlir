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

// RUN: synfire-opt %s --quantize-weights --split-input-file --verify-diagnostics

func.func @not_a_number(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xi1> {
  // expected-error @+1 {{spike.linear 'weight': element [1, 2] is nan, weights must be finite}}
  %0 = spike.linear %x, dense<[[1.0, 1.0, 1.0], [1.0, 1.0, 0x7FC00000]]> : tensor<2x3xf32>
      : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @not_a_number_transposed(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xi1> {
  // expected-error @+1 {{spike.linear 'weight': element [2, 1] is nan, weights must be finite}}
  %0 = spike.linear %x, dense<[[1.0, 1.0], [1.0, 1.0], [1.0, 0x7FC00000]]> : tensor<3x2xf32> transposed
      : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @attention_in_a_stream(%x: tensor<4x8x4xi1>) -> tensor<4x8x4xi1> {
  // expected-note @+1 {{the other writer is spike.inject}}
  %0 = spike.inject %x : tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  // expected-error @+1 {{attention is added to another current, but its integers have the one scale}}
  %1 = spike.self_attention %x, %x, %x heads 2 scale 0.125 causal
      : tensor<4x8x4xi1>, tensor<4x8x4xi1>, tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %2 = spike.add %0, %1 : tensor<4x8x4xf32>, tensor<4x8x4xf32> -> tensor<4x8x4xf32>
  %3 = spike.neuron #spike.if<threshold = [1.0]>, %2 : tensor<4x8x4xf32> -> tensor<4x8x4xi1>
  return %3 : tensor<4x8x4xi1>
}

// -----

func.func @norm_alone(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  // expected-error @+1 {{spike.power_norm: cannot be quantised, only a norm directly behind a linear folds}}
  %1 = spike.power_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      phi dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %2 = spike.neuron #spike.if<threshold = [1.0]>, %1 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %2 : tensor<4x?x2xi1>
}

// -----

func.func @real_input(%x: tensor<4x?x2xf32>) -> tensor<4x?x2xi1> {
  // expected-error @+1 {{cannot be quantised, its input is real-valued and not recombined spikes}}
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @current_leaves(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  // expected-error @+1 {{'func.return' reads the current of spike.linear}}
  return %0 : tensor<4x?x2xf32>
}

// -----

func.func @unknown_tokens(%x: tensor<4x?x4xi1>) -> tensor<4x?x4xi1> {
  // expected-error @+1 {{how many tokens are attended to is not known}}
  %0 = spike.self_attention %x, %x, %x heads 2 scale 0.125 causal
      : tensor<4x?x4xi1>, tensor<4x?x4xi1>, tensor<4x?x4xi1> -> tensor<4x?x4xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x4xf32> -> tensor<4x?x4xi1>
  return %1 : tensor<4x?x4xi1>
}

// Neuron models and leaks that a chip does not compute.
// RUN: sed -e 's/neuron_models: .*/neuron_models: [if]\n  multiplicative_leak: false/' %targets/loihi2.yaml > %t.yaml
// RUN: synfire-opt %s --quantize-weights=target=%t.yaml --assign-host="target=%t.yaml host=refuse" --split-input-file --verify-diagnostics

func.func @no_lif(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  // expected-error @+2 {{'spike.neuron': needs 'lif' neurons, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.neuron_models' of target 'loihi2' is if; choose a target that has the unit, or change the model}}
  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %0
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @no_filter(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  // expected-error @+2 {{'spike.neuron': needs 'cuba_lif' neurons, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.neuron_models' of target 'loihi2' is if; choose a target that has the unit, or change the model}}
  %1 = spike.neuron #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 1.0, membrane_gain = 1.0, threshold = [1.0]>, %0
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @no_integrator(%x: tensor<4x?x2xi1>) -> tensor<?x2xf32> {
  %c = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  // expected-error @+2 {{needs integrators for the host to read}}
  // expected-note @+1 {{'core.neuron_models' of target 'loihi2' is if; choose a target that has the unit, or change the model}}
  %0 = spike.recombine mean %s : tensor<4x?x2xi1> -> tensor<?x2xf32>
  return %0 : tensor<?x2xf32>
}

// -----

func.func @no_integrator_per_step(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xf32> {
  // expected-error @+2 {{'spike.linear.dequantize': needs integrators for the host to read, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.neuron_models' of target 'loihi2' is if; choose a target that has the unit, or change the model}}
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  return %0 : tensor<4x?x2xf32>
}

// What neither the chip nor the host computes: each by name, with what to do.
// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets max-tokens=8" --assign-host="target=loihi2 targets-folder=%targets" --split-input-file --verify-diagnostics

func.func @over_tokens_on_the_host(%x: tensor<4x?x2xf32>) -> tensor<4x?x2xi1> {
  // expected-error @+1 {{'spike.neuron': neurons whose time runs over the tokens (scan = steps_and_tokens) do not run on the host, whose neurons begin every token anew. Give them a current of spikes, run the model with `synfire interpret`, or set scan = steps}}
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %x {scan = #spike<scan steps_and_tokens>}
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @integral_over_tokens(%x: tensor<4x8x2xi1>) -> tensor<4x8x2xf32> {
  %0 = spike.inject %x {weight_bits = 8 : i64} : tensor<4x8x2xi1> -> tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>>
  // expected-error @+1 {{'spike.integrator': integrators whose time runs over the tokens (scan = steps_and_tokens) are not mapped, because a readout begins anew with every token. Run the model with `synfire interpret`, or set scan = steps}}
  %1 = spike.integrator %0 {scan = #spike<scan steps_and_tokens>, state = #spike.state<bits = 24>}
      : tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>> -> tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>>
  %2 = spike.dequantize %1 : tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>> -> tensor<4x8x2xf32>
  return %2 : tensor<4x8x2xf32>
}

// -----

func.func @over_the_points_of_a_grid(%x: tensor<4x4x2xi1>) -> tensor<4x4x2xi1> {
  %0 = spike.conv %x, dense<1.0> : tensor<2x2x1x1xf32> grid [2, 2] stride [1, 1] padding [0, 0] : tensor<4x4x2xi1> -> tensor<4x4x2xf32>
  // expected-error @+1 {{'spike.neuron': neurons whose time runs over the tokens (scan = steps_and_tokens) are not mapped where the tokens are points of a grid, all of which a chip computes in one tick. Run the model with `synfire interpret`, or set scan = steps}}
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 {scan = #spike<scan steps_and_tokens>}
      : tensor<4x4x2xf32> -> tensor<4x4x2xi1>
  return %1 : tensor<4x4x2xi1>
}

// -----

func.func @score_neuron(%x: tensor<4x8x4xi1>) -> tensor<4x8x4xf32> {
  // expected-error @+2 {{'spike.self_attention': needs neurons for its scores, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.score_neurons' of target 'loihi2' is false}}
  %0 = spike.self_attention %x, %x, %x heads 2 scale 1.0 causal score_neuron(#spike.if<threshold = [1.0]>)
      : tensor<4x8x4xi1>, tensor<4x8x4xi1>, tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  return %0 : tensor<4x8x4xf32>
}

// -----

// Synapses of the chip delay the spikes that they read; reals nobody delays.
func.func @nobody(%x: tensor<4x4x2xi1>, %r: tensor<4x4x2xf32>, %l: tensor<4x2xf32>) -> tensor<4x4x2xf32> {
  // expected-error @+2 {{'spike.delay': no unit of target 'loihi2' computes 'spike.delay', and the host has no kernel for it; run the model with `synfire interpret`}}
  // expected-note @+1 {{the host has kernels for spike.add, spike.batch_norm, spike.binarize, spike.clip_floor}}
  %0 = spike.delay %r steps [1] : tensor<4x4x2xf32> -> tensor<4x4x2xf32>
  // expected-error @+1 {{computes 'spike.integrator'}}
  %1 = spike.integrator %r : tensor<4x4x2xf32> -> tensor<4x4x2xf32>
  // expected-error @+1 {{computes 'spike.top_k'}}
  %6 = spike.top_k %l : tensor<4x2xf32> -> tensor<4x1xi32>
  %7 = spike.recurrent -> tensor<4x4x2xi1> {
  ^bb0(%back: tensor<4x4x2xi1>):
    %i = spike.inject %back : tensor<4x4x2xi1> -> tensor<4x4x2xf32>
    %o = spike.neuron #spike.if<threshold = [1.0]>, %i : tensor<4x4x2xf32> -> tensor<4x4x2xi1>
    spike.yield %o : tensor<4x4x2xi1>
  }
  return %1 : tensor<4x4x2xf32>
}

// -----

func.func @slice_on_chip(%x: tensor<4x?x2xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  // expected-error @+1 {{'spike.slice': 'spike.slice' runs on the host, which reads no spikes of 'spike.neuron'; put neurons or spike.inject between them, or apply it before spike.repeat}}
  %2 = spike.slice %1 from 0 : tensor<4x?x2xi1> -> tensor<4x?x1xi1>
  return %2 : tensor<4x?x1xi1>
}

// -----

// A module that was quantised for another target.
func.func @wide_state(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.inject %x {weight_bits = 8 : i64} : tensor<4x?x2xi1> -> tensor<4x?x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>
  // expected-error @+2 {{'spike.neuron': needs membranes of 40 bits, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.state_bits' of target 'loihi2' is 24; choose a target that has the unit, or change the model}}
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 state(<bits = 40>)
      : tensor<4x?x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// -----

func.func @odd_weights(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  // expected-error @+2 {{'spike.inject': needs weights of 11 bits, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.weight_bits' of target 'loihi2' is 1, 2, 4, 8, 16, 32; choose a target that has the unit, or change the model}}
  %0 = spike.inject %x {weight_bits = 11 : i64} : tensor<4x?x2xi1> -> tensor<4x?x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 state(<bits = 24>)
      : tensor<4x?x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

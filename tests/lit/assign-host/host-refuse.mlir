// host=refuse lists what the host would compute, and lets text in and readouts out.
// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets host=refuse" --split-input-file --verify-diagnostics | FileCheck %s
// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --split-input-file | FileCheck %s --check-prefix=ALLOW

// CHECK-LABEL: func.func @text_and_readout
// CHECK: spike.add {{.*}}chip.where = "host"
// CHECK: spike.dequantize {{.*}}chip.where = "host"
func.func @text_and_readout(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %1 = spike.position %tokens, dense<1.0> : tensor<16x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %2 = spike.add %0, %1 : tensor<?x2xf32>, tensor<?x2xf32> -> tensor<?x2xf32>
  %3 = spike.binarize %2 : tensor<?x2xf32> -> tensor<?x2xi1>
  %4 = spike.repeat %3 : tensor<?x2xi1> -> tensor<4x?x2xi1>
  %5 = spike.recombine sum %4 : tensor<4x?x2xi1> -> tensor<?x2xf32>
  %6 = spike.linear %5, dense<1.0> : tensor<2x2xf32> : tensor<?x2xf32> -> tensor<?x2xf32>
  return %6 : tensor<?x2xf32>
}

// -----

// ALLOW-LABEL: func.func @hybrid
// ALLOW: spike.linear {{.*}}chip.where = "chip"
// ALLOW: spike.dequantize {{.*}}chip.where = "host"
// ALLOW: spike.layer_norm {{.*}}chip.where = "host"
// ALLOW: spike.neuron {{.*}}chip.where = "host"
// ALLOW: spike.add {{.*}}chip.where = "host"
// ALLOW: spike.add {{.*}}chip.where = "host"
func.func @hybrid(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xui3> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  // expected-error @+2 {{4 operations have no unit on target 'loihi2', and host=refuse keeps what it lacks from the host}}
  // expected-note @+1 {{'spike.layer_norm' ('spike.layer_norm') would run on the host}}
  %1 = spike.layer_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  // expected-note @+1 {{'spike.neuron' ('spike.neuron') would run on the host}}
  %2 = spike.neuron #spike.if<threshold = [1.0]>, %1 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  // expected-note @+1 {{'spike.add' ('spike.add') would run on the host}}
  %3 = spike.add %2, %2 : tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xui2>
  // The model's input comes from the host.
  // expected-note @+1 {{'spike.add' ('spike.add') would run on the host}}
  %4 = spike.add %3, %x : tensor<4x?x2xui2>, tensor<4x?x2xi1> -> tensor<4x?x2xui3>
  return %4 : tensor<4x?x2xui3>
}

// What a chip lacks is said with the unit and the target's key.
// RUN: sed -e 's/graded_spikes: true/graded_spikes: false/' -e '/graded_bits/d' %targets/loihi2.yaml > %t.no-graded.yaml
// RUN: synfire-opt %s --quantize-weights="target=%t.no-graded.yaml max-tokens=8" --assign-host=target=%t.no-graded.yaml --split-input-file --verify-diagnostics | FileCheck %s
// RUN: not synfire-opt %s --quantize-weights="target=loihi targets-folder=%targets max-tokens=8" --assign-host="target=loihi targets-folder=%targets" --split-input-file 2>&1 | FileCheck %s --check-prefix=LOIHI

// CHECK-LABEL: func.func @feed_forward
// CHECK: spike.lookup {{.*}}chip.where = "host"
// CHECK: spike.binarize {{.*}}chip.where = "host"
// CHECK: spike.repeat {{.*}}chip.where = "host"
// CHECK: spike.linear {{.*}}chip.where = "chip"
// CHECK: spike.neuron {{.*}}chip.where = "chip"
// CHECK: spike.recombine {{.*}}chip.where = "chip"
// CHECK: spike.linear {{.*}}chip.where = "chip"
// CHECK: spike.dequantize {{.*}}chip.where = "host"
func.func @feed_forward(%tokens: tensor<?xi32>) -> tensor<?x1xf32> {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<2x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1>
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1>
  %3 = spike.linear %2, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %4 = spike.neuron #spike.if<threshold = [1.0]>, %3 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %5 = spike.recombine mean %4 : tensor<4x?x2xi1> -> tensor<?x2xf32>
  %6 = spike.linear %5, dense<1.0> : tensor<1x2xf32> : tensor<?x2xf32> -> tensor<?x1xf32>
  return %6 : tensor<?x1xf32>
}

// -----

// LOIHI: error: {{.*}}attn': needs spiking self-attention in coincidence form, which target 'loihi' does not have
// LOIHI: note: {{.*}}'core.coincidence_attention' of target 'loihi' is false; choose a target that has the unit, or change the model
// LOIHI: note: {{.*}}'core.hebbian_attention' of target 'loihi' is true, but no pass brings attention into that form
func.func @attention(%x: tensor<4x8x4xi1>) -> tensor<4x8x4xi1> {
  %0 = spike.self_attention %x, %x, %x heads 2 scale 0.125 causal
      : tensor<4x8x4xi1>, tensor<4x8x4xi1>, tensor<4x8x4xi1> -> tensor<4x8x4xf32> loc("attn")
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x8x4xf32> -> tensor<4x8x4xi1>
  return %1 : tensor<4x8x4xi1>
}

// -----

func.func @graded(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %c = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("cells")
  // expected-error @+2 {{'spike.add': needs graded spikes of 2 bits, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.graded_spikes' of target 'loihi2' is false; choose a target that has the unit, or change the model}}
  %0 = spike.add %s, %s : tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xui2>
  // expected-error @+2 {{'spike.inject': needs graded spikes of 2 bits, which target 'loihi2' does not have}}
  // expected-note @+1 {{'core.graded_spikes' of target 'loihi2' is false; choose a target that has the unit, or change the model}}
  %1 = spike.inject %0 : tensor<4x?x2xui2> -> tensor<4x?x2xf32>
  %2 = spike.neuron #spike.if<threshold = [1.0]>, %1 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %2 : tensor<4x?x2xi1>
}

// -----

func.func @host_in_time(%x: tensor<4x?x2xi1>) -> tensor<4x?x4xi1> {
  %c = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("cells")
  // expected-error @+1 {{'spike.concat': 'spike.concat' runs on the host, which reads no spikes of 'cells'; put neurons or spike.inject between them, or apply it before spike.repeat}}
  %0 = spike.concat %s, %s : tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x4xi1>
  return %0 : tensor<4x?x4xi1>
}

// RUN: synfire-opt %s --quantize-weights=max-tokens=8 --mlir-print-local-scope | FileCheck %s
// What has no integer form stays real; spike-fed writers are read as reals.

// A layer norm behind a linear: the host reads the linear's integers in every
// step, norms them, and its neurons stay real. The next linear is integer again.
// CHECK-LABEL: func.func @layer_norm
// CHECK: %[[I:.*]] = spike.linear {{.*}} -> tensor<4x?x2xsi32, #spike.fixed<scale = [{{.*}}], fraction_bits = 0>>
// CHECK: %[[R:.*]] = spike.dequantize %[[I]] {{.*}} -> tensor<4x?x2xf32>
// CHECK: %[[N:.*]] = spike.layer_norm %[[R]], {{.*}} -> tensor<4x?x2xf32>
// CHECK: %[[S:.*]] = spike.neuron {{.*}}, %[[N]] : tensor<4x?x2xf32>
// CHECK: spike.linear %[[S]], {{.*}} -> tensor<4x?x2xsi32
// CHECK: spike.neuron {{.*}} state(<bits = 32>)
func.func @layer_norm(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.layer_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.5> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %2 = spike.neuron #spike.if<threshold = [1.0]>, %1 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %3 = spike.linear %2, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %4 = spike.neuron #spike.if<threshold = [1.0]>, %3 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %4 : tensor<4x?x2xi1>
}

// A stream with a real writer is real. Spikes that the host has enter it where
// they are; a spike-fed writer gets an encoding of its own, without fraction.
// CHECK-LABEL: func.func @real_stream
// CHECK: spike.inject {{.*}} -> tensor<4x?x2xf32>
// CHECK: spike.neuron {{.*}} : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
// CHECK: spike.linear {{.*}} -> tensor<4x?x2xsi32, #spike.fixed<scale = [{{.*}}], fraction_bits = 0>>
// CHECK: spike.dequantize
// CHECK: spike.gelu
// CHECK: spike.add {{.*}} -> tensor<4x?x2xf32>
// CHECK: spike.linear {{.*}} -> tensor<4x?x2xsi32, #spike.fixed<scale = [{{.*}}], fraction_bits = 0>>
// CHECK: spike.add {{.*}} -> tensor<4x?x2xf32>
func.func @real_stream(%t: tensor<?x2xf32>) -> tensor<4x?x2xi1> {
  %b = spike.binarize %t : tensor<?x2xf32> -> tensor<?x2xi1>
  %x = spike.repeat %b : tensor<?x2xi1> -> tensor<4x?x2xi1>
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [0.5]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %2 = spike.linear %1, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %3 = spike.gelu %2 : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %4 = spike.add %0, %3 : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %5 = spike.linear %1, dense<0.5> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %6 = spike.add %4, %5 : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %7 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %6 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %7 : tensor<4x?x2xi1>
}

// An integer stream may be read as reals beside its neurons: with its fraction.
// CHECK-LABEL: func.func @read_twice
// CHECK: %[[I:.*]] = spike.linear {{.*}}fraction_bits = 4>>
// CHECK: %[[R:.*]] = spike.dequantize %[[I]]
// CHECK: spike.neuron {{.*}}, %[[I]] state
// CHECK: spike.recombine mean %[[R]] : tensor<4x?x2xf32> -> tensor<?x2xf32>
func.func @read_twice(%x: tensor<4x?x3xi1>) -> (tensor<4x?x2xi1>, tensor<?x2xf32>) {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %2 = spike.recombine mean %0 : tensor<4x?x2xf32> -> tensor<?x2xf32>
  return %1, %2 : tensor<4x?x2xi1>, tensor<?x2xf32>
}

// Attention has the one scale of its integers: added to anything else, the sum
// is real. Then spikes of the chip enter it as integers, those of the input as reals.
// CHECK-LABEL: func.func @attention_in_a_stream
// CHECK: spike.inject {{.*}} -> tensor<4x8x4xf32>
// CHECK: spike.inject {{.*}} -> tensor<4x8x4xsi32, #spike.fixed<scale = [1.000000e+00], fraction_bits = 0>>
// CHECK: spike.dequantize
// CHECK: spike.self_attention {{.*}} -> tensor<4x8x4xsi32, #spike.fixed<scale = [1.250000e-01], fraction_bits = 0>>
// CHECK: spike.dequantize
// CHECK: spike.add {{.*}} -> tensor<4x8x4xf32>
func.func @attention_in_a_stream(%x: tensor<4x8x4xi1>) -> tensor<4x8x4xi1> {
  %c = spike.linear %x, dense<1.0> : tensor<4x4xf32> : tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %c : tensor<4x8x4xf32> -> tensor<4x8x4xi1>
  %i = spike.inject %x : tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %0 = spike.inject %s : tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %1 = spike.self_attention %x, %x, %x heads 2 scale 0.125 causal
      : tensor<4x8x4xi1>, tensor<4x8x4xi1>, tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %t = spike.add %0, %1 : tensor<4x8x4xf32>, tensor<4x8x4xf32> -> tensor<4x8x4xf32>
  %2 = spike.add %t, %i : tensor<4x8x4xf32>, tensor<4x8x4xf32> -> tensor<4x8x4xf32>
  %3 = spike.neuron #spike.if<threshold = [1.0]>, %2 : tensor<4x8x4xf32> -> tensor<4x8x4xi1>
  return %3 : tensor<4x8x4xi1>
}

// Synapses that real values feed have no integer form, nor have spikes of other
// time steps than the model's.
// CHECK-LABEL: func.func @real_input
// CHECK: spike.linear {{.*}} -> tensor<4x?x2xf32>
func.func @real_input(%x: tensor<4x?x2xf32>) -> tensor<4x?x2xi1> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// CHECK-LABEL: func.func @one_step
// CHECK: spike.linear {{.*}} -> tensor<?x2xf32>
func.func @one_step(%x: tensor<?x2xf32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.repeat %x : tensor<?x2xf32> -> tensor<1x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<1x?x2xf32> -> tensor<1x?x2xi1>
  %2 = spike.recombine last %1 : tensor<1x?x2xi1> -> tensor<?x2xf32>
  %3 = spike.linear %2, dense<1.0> : tensor<2x2xf32> : tensor<?x2xf32> -> tensor<?x2xf32>
  return %3 : tensor<?x2xf32>
}

// Neurons of a gain that is not above 0 are the host's, beside others of the chip.
// CHECK-LABEL: func.func @inverted
// CHECK: %[[I:.*]] = spike.linear {{.*}} -> tensor<4x?x2xsi32
// CHECK: %[[R:.*]] = spike.dequantize %[[I]]
// CHECK: spike.neuron #spike.cuba_lif<{{.*}}>, %[[R]] : tensor<4x?x2xf32>
// CHECK: spike.neuron #spike.if<{{.*}}>, %[[I]] state
func.func @inverted(%x: tensor<4x?x2xi1>) -> (tensor<4x?x2xi1>, tensor<4x?x2xi1>) {
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.cuba_lif<current_decay = 0.5 : f64, current_gain = 1.0 : f64, membrane_decay = 0.5 : f64, membrane_gain = -1.0 : f64, threshold = [1.0]>, %0
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %2 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1, %2 : tensor<4x?x2xi1>, tensor<4x?x2xi1>
}

// A filter of the current keeps as many guard bits as the membrane: 2 a step.
// CHECK-LABEL: func.func @filtered
// CHECK: %[[I:.*]] = spike.linear {{.*}}fraction_bits = 8
// CHECK: spike.neuron #spike.cuba_lif<{{.*}}>, %[[I]] state
func.func @filtered(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.cuba_lif<current_decay = 0.75 : f64, current_gain = 0.5 : f64, membrane_decay = 0.5 : f64, membrane_gain = 0.5 : f64, threshold = [1.0]>, %0
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

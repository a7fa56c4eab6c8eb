// RUN: synfire-opt %s --quantize-weights --mlir-print-local-scope | FileCheck %s

// One linear: scale = largest |weight| / 127 per channel; a channel without
// weights has a positive scale. tau 2 loses one bit per step: 4 fraction bits.
// CHECK-LABEL: func.func @single
// CHECK: %[[I:.*]] = spike.linear
// CHECK-SAME: spike.quantization_error = array<f64: 0.000000e+00, 0.000000e+00>
// CHECK-SAME: weight_bits = 8
// CHECK-SAME: -> tensor<4x?x2xsi32, #spike.fixed<scale = [7.812500e-03, {{[0-9.Ee+-]+}}]
// CHECK-SAME: fraction_bits = 4>>
// CHECK: spike.neuron {{.*}}, %[[I]] state(<bits = 32>)
func.func @single(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.linear %x, dense<[[0.9921875, 0.5, -0.25], [0.0, 0.0, 0.0]]> : tensor<2x3xf32>
      : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %0
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

// A stream: the injected spikes, worth 1, are the largest writer of both
// channels, so all of it counts in 1/127, with the larger fraction of its
// readers: IF neurons need none, LIF neurons 4 bits.
// CHECK-LABEL: func.func @stream
// CHECK: %[[X:.*]] = spike.inject {{.*}} -> tensor<4x?x2xsi32, #spike.fixed<scale = [[S:.*]], fraction_bits = 4>>
// CHECK: spike.neuron {{.*}}, %[[X]] state
// CHECK: spike.linear {{.*}} -> tensor<4x?x2xsi32, #spike.fixed<scale = [[S]], fraction_bits = 4>>
// CHECK: spike.add {{.*}} -> tensor<4x?x2xsi32, #spike.fixed<scale = [[S]], fraction_bits = 4>>
func.func @stream(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %2 = spike.linear %1, dense<[[0.5, 0.25], [0.125, -0.75]]> : tensor<2x2xf32>
      : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %3 = spike.add %0, %2 : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %4 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %3
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %4 : tensor<4x?x2xi1>
}

// Spikes alone in a current keep the scale 1. The result of attention keeps its
// constant, which the threshold takes in.
// CHECK-LABEL: func.func @attention
// CHECK: spike.inject {{.*}} -> tensor<4x8x4xsi32, #spike.fixed<scale = [1.000000e+00], fraction_bits = 4>>
// CHECK: spike.self_attention {{.*}} -> tensor<4x8x4xsi32, #spike.fixed<scale = [1.250000e-01], fraction_bits = 4>>
func.func @attention(%x: tensor<4x8x4xi1>) -> (tensor<4x8x4xi1>, tensor<4x8x4xi1>) {
  %0 = spike.inject %x : tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %0
      : tensor<4x8x4xf32> -> tensor<4x8x4xi1>
  %2 = spike.self_attention %1, %1, %1 heads 2 scale 0.125 causal
      : tensor<4x8x4xi1>, tensor<4x8x4xi1>, tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %3 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %2
      : tensor<4x8x4xf32> -> tensor<4x8x4xi1>
  return %1, %3 : tensor<4x8x4xi1>, tensor<4x8x4xi1>
}

// The head: counts of spikes in units of 1/T, integer weights on them, and back.
// CHECK-LABEL: func.func @head
// CHECK: spike.recombine mean {{.*}} -> tensor<?x3xsi32, #spike.fixed<scale = [2.500000e-01], fraction_bits = 0>>
// CHECK: spike.linear {{.*}} -> tensor<?x1xsi32, #spike.fixed<scale = [{{.*}}], fraction_bits = 0>>
// CHECK: %[[REAL:.*]] = spike.dequantize {{.*}} -> tensor<?x1xf32>
// CHECK: return %[[REAL]]
func.func @head(%x: tensor<4x?x3xi1>) -> tensor<?x1xf32> {
  %0 = spike.recombine mean %x : tensor<4x?x3xi1> -> tensor<?x3xf32>
  %1 = spike.linear %0, dense<[[0.5, 1.0, -1.0]]> : tensor<1x3xf32>
      : tensor<?x3xf32> -> tensor<?x1xf32>
  return %1 : tensor<?x1xf32>
}

// Each channel has its own unit, a reset potential included.
// CHECK-LABEL: func.func @reset_potential
// CHECK: spike.linear {{.*}} -> tensor<4x?x2xsi32, #spike.fixed<scale = [7.812500e-03, 0.003937007874015748], fraction_bits = 4>>
func.func @reset_potential(%x: tensor<4x?x1xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.linear %x, dense<[[0.9921875], [0.5]]> : tensor<2x1xf32>
      : tensor<4x?x1xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0], v_reset = 0.25 : f64>, %0
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}

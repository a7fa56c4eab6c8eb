// RUN: synfire-opt %s --quantize-weights="target=mesh-16x16 targets-folder=%targets" --mlir-print-local-scope | FileCheck %s

// A score is the current of its neuron, in whole numbers: four steps of a leak by one half need four
// bits below the point. The result is a sum of spikes, and has the attention's scale.
// CHECK-LABEL: func.func @scores
// CHECK: spike.self_attention {{.*}} score_neuron(#spike.lif<tau = 2.000000e+00 : f64, threshold = [1.000000e+00]>)
// CHECK-SAME: score_encoding = #spike.fixed<scale = [1.000000e+00], fraction_bits = 4>, score_state = #spike.state<bits = 32>
// CHECK-SAME: -> tensor<4x8x4xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 0>>
func.func @scores(%x: tensor<4x8x4xi1>) -> tensor<4x8x4xi1> {
  %0 = spike.self_attention %x, %x, %x heads 2 scale 0.5 causal score_neuron(#spike.lif<tau = 2.0, threshold = [1.0]>)
      : tensor<4x8x4xi1>, tensor<4x8x4xi1>, tensor<4x8x4xi1> -> tensor<4x8x4xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x8x4xf32> -> tensor<4x8x4xi1>
  return %1 : tensor<4x8x4xi1>
}

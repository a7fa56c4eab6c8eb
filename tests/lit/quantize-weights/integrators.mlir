// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --mlir-print-local-scope | FileCheck %s

// The membranes have the scale of the current times the gain, and two bits below the point for each
// of two steps. An integrator whose gain is not above 0 reads the current as reals,
// and one that nobody reads is gone.
// CHECK-LABEL: func.func @integrators
// CHECK: %[[I:.*]] = spike.linear {{.*}} -> tensor<2x?x1xsi32, #spike.fixed<scale = [3.125000e-02], fraction_bits = 4>>
// CHECK: %[[R:.*]] = spike.dequantize %[[I]]
// CHECK: %[[V:.*]] = spike.integrator %[[I]] state(<bits = 24>) {decay = 7.500000e-01 : f64, gain = 2.000000e+00 : f64} {{.*}} -> tensor<2x?x1xsi32, #spike.fixed<scale = [6.250000e-02], fraction_bits = 4>>
// CHECK: spike.dequantize %[[V]]
// CHECK-NOT: spike.integrator %[[I]]
// CHECK: spike.integrator %[[R]] {gain = -1.000000e+00 : f64} : tensor<2x?x1xf32> -> tensor<2x?x1xf32>
func.func @integrators(%x: tensor<2x?x1xi1>) -> (tensor<2x?x1xf32>, tensor<2x?x1xf32>) {
  %0 = spike.linear %x, dense<3.96875> : tensor<1x1xf32> : tensor<2x?x1xi1> -> tensor<2x?x1xf32>
  %1 = spike.integrator %0 {decay = 0.75 : f64, gain = 2.0 : f64} : tensor<2x?x1xf32> -> tensor<2x?x1xf32>
  %unread = spike.integrator %0 : tensor<2x?x1xf32> -> tensor<2x?x1xf32>
  %2 = spike.integrator %0 {gain = -1.0 : f64} : tensor<2x?x1xf32> -> tensor<2x?x1xf32>
  return %1, %2 : tensor<2x?x1xf32>, tensor<2x?x1xf32>
}

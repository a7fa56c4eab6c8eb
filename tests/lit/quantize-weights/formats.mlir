// RUN: synfire-opt %s --quantize-weights="weight-format=ternary" --mlir-print-local-scope | FileCheck %s

// Of 0.5, -1 and 0.25 ternary weights keep what exceeds 0.7 of the mean magnitude, 7/12: both others, whose mean is the
// scale. An op's own request comes before the option.
// CHECK-LABEL: func.func @ternary
// CHECK: spike.linear
// CHECK-SAME: weight_bits = 2 : i64, weight_format = "ternary"
// CHECK-SAME: scale = [7.500000e-01]
// CHECK: spike.linear
// CHECK-SAME: weight_bits = 1 : i64, weight_format = "binary"
// CHECK-SAME: scale = [5.000000e-01]
// CHECK: spike.linear
// CHECK-SAME: weight_bits = 1 : i64
// CHECK-NOT: weight_format
// CHECK-SAME: scale = [5.000000e-01]
func.func @ternary(%x: tensor<4x?x3xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.linear %x, dense<[[0.5, -1.0, 0.25]]> : tensor<1x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x1xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  %2 = spike.linear %1, dense<[[0.5]]> : tensor<1x1xf32> {weight_format = "binary"} : tensor<4x?x1xi1> -> tensor<4x?x1xf32>
  %3 = spike.neuron #spike.if<threshold = [1.0]>, %2 : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  %4 = spike.linear %3, dense<[[-0.5]]> : tensor<1x1xf32> {weight_bits = 1 : i64} : tensor<4x?x1xi1> -> tensor<4x?x1xf32>
  %5 = spike.neuron #spike.if<threshold = [1.0]>, %4 : tensor<4x?x1xf32> -> tensor<4x?x1xi1>
  return %5 : tensor<4x?x1xi1>
}

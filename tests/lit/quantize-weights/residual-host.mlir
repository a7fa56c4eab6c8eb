// RUN: synfire-opt %s --quantize-weights="max-tokens=8 residual=host" --mlir-print-local-scope | FileCheck %s
// RUN: synfire-opt %s --quantize-weights="max-tokens=8" --mlir-print-local-scope | FileCheck %s --check-prefix=MERGED

// With residual=host an addition is the host's: its writers are integers of their own, which it reads as reals, and the
// neurons behind it are the host's, too. A neuron on a single linear stays the chip's, also where an addition reads that.
// CHECK-LABEL: func.func @stream
// CHECK: %[[A:.*]] = spike.linear {{.*}} -> tensor<4x?x2xsi32
// CHECK: %[[AR:.*]] = spike.dequantize %[[A]]
// CHECK: %[[S:.*]] = spike.neuron {{.*}}, %[[A]] state(<bits = 32>)
// CHECK: %[[B:.*]] = spike.linear %[[S]], {{.*}} -> tensor<4x?x2xsi32
// CHECK: %[[BR:.*]] = spike.dequantize %[[B]]
// CHECK: %[[X:.*]] = spike.add %[[AR]], %[[BR]] : tensor<4x?x2xf32>
// CHECK: spike.neuron {{.*}}, %[[X]] : tensor<4x?x2xf32>
// CHECK: %[[C:.*]] = spike.linear {{.*}} -> tensor<4x?x2xsi32
// CHECK: spike.neuron {{.*}}, %[[C]] state(<bits = 32>)
// MERGED-LABEL: func.func @stream
// MERGED: spike.add {{.*}} : tensor<4x?x2xsi32
func.func @stream(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xi1> {
  %a = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %a : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %b = spike.linear %s, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %sum = spike.add %a, %b : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %t = spike.neuron #spike.if<threshold = [1.0]>, %sum : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %c = spike.linear %t, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %u = spike.neuron #spike.if<threshold = [1.0]>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %u : tensor<4x?x2xi1>
}

// RUN: synfire-opt %s --wire-slices | FileCheck %s

// Two slices share a feature.
// CHECK-LABEL: func.func @overlap
// CHECK-COUNT-2: spike.slice
func.func @overlap(%x: tensor<4x?x2xi1>) -> (tensor<4x?x2xi1>, tensor<4x?x2xi1>) {
  %0 = spike.linear %x, dense<1.0> : tensor<3x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x3xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  %a = spike.slice %1 from 0 : tensor<4x?x3xi1> -> tensor<4x?x2xi1>
  %b = spike.slice %1 from 1 : tensor<4x?x3xi1> -> tensor<4x?x2xi1>
  return %a, %b : tensor<4x?x2xi1>, tensor<4x?x2xi1>
}

// The neurons are read as a whole, too.
// CHECK-LABEL: func.func @whole
// CHECK: spike.slice
func.func @whole(%x: tensor<4x?x2xi1>) -> (tensor<4x?x1xi1>, tensor<4x?x3xi1>) {
  %0 = spike.linear %x, dense<1.0> : tensor<3x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x3xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  %a = spike.slice %1 from 0 : tensor<4x?x3xi1> -> tensor<4x?x1xi1>
  return %a, %1 : tensor<4x?x1xi1>, tensor<4x?x3xi1>
}

// CHECK-LABEL: func.func @attention
// CHECK: spike.slice
func.func @attention(%x: tensor<4x?x2xi1>) -> tensor<4x?x1xi1> {
  %0 = spike.self_attention %x, %x, %x heads 1 scale 1.0
      : tensor<4x?x2xi1>, tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %a = spike.slice %1 from 0 : tensor<4x?x2xi1> -> tensor<4x?x1xi1>
  return %a : tensor<4x?x1xi1>
}

// A projection of reals, which the host computes, keeps its row in the reports.
// CHECK-LABEL: func.func @reals
// CHECK: spike.linear {{.*}} tensor<3x2xf32>
// CHECK: spike.slice
func.func @reals(%x: tensor<?x2xf32>) -> tensor<?x1xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<3x2xf32> : tensor<?x2xf32> -> tensor<?x3xf32>
  %a = spike.slice %0 from 0 : tensor<?x3xf32> -> tensor<?x1xf32>
  return %a : tensor<?x1xf32>
}

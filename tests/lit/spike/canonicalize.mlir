// Folds give the same values, to the bit; what only looks the same stays.
// RUN: synfire-opt %s -canonicalize -cse | FileCheck %s
// RUN: synfire-opt %s --emit-bytecode | synfire-opt -canonicalize -cse | FileCheck %s

// CHECK-LABEL: func.func @slice_of_all
// CHECK-NEXT: return %arg0
func.func @slice_of_all(%x: tensor<?x6xf32>) -> tensor<?x6xf32> {
  %0 = spike.slice %x from 0 : tensor<?x6xf32> -> tensor<?x6xf32>
  return %0 : tensor<?x6xf32>
}

// CHECK-LABEL: func.func @slice_of_slices
// CHECK-NEXT: %[[R:.*]] = spike.slice %arg0 from 4 : tensor<?x9xf32> -> tensor<?x2xf32>
// CHECK-NEXT: return %[[R]]
func.func @slice_of_slices(%x: tensor<?x9xf32>) -> tensor<?x2xf32> {
  %0 = spike.slice %x from 1 : tensor<?x9xf32> -> tensor<?x7xf32>
  %1 = spike.slice %0 from 2 : tensor<?x7xf32> -> tensor<?x4xf32>
  %2 = spike.slice %1 from 1 : tensor<?x4xf32> -> tensor<?x2xf32>
  return %2 : tensor<?x2xf32>
}

// Scales per channel are those of the features that are left.
// CHECK-LABEL: func.func @slice_of_scales
// CHECK-NEXT: %[[R:.*]] = spike.slice %arg0 from 2 : tensor<?x3xsi32, #{{.*}}> -> tensor<?x1xsi32, #{{.*}}>
// CHECK-NEXT: return %[[R]]
func.func @slice_of_scales(%x: tensor<?x3xsi32, #spike.fixed<scale = [1.0, 2.0, 4.0], fraction_bits = 3>>)
    -> tensor<?x1xsi32, #spike.fixed<scale = [4.0], fraction_bits = 3>> {
  %0 = spike.slice %x from 1 : tensor<?x3xsi32, #spike.fixed<scale = [1.0, 2.0, 4.0], fraction_bits = 3>> -> tensor<?x2xsi32, #spike.fixed<scale = [2.0, 4.0], fraction_bits = 3>>
  %1 = spike.slice %0 from 1 : tensor<?x2xsi32, #spike.fixed<scale = [2.0, 4.0], fraction_bits = 3>> -> tensor<?x1xsi32, #spike.fixed<scale = [4.0], fraction_bits = 3>>
  return %1 : tensor<?x1xsi32, #spike.fixed<scale = [4.0], fraction_bits = 3>>
}

// CHECK-LABEL: func.func @slice_of_concat
// CHECK-SAME: %[[A:.*]]: tensor<?x2xi1>, %[[B:.*]]: tensor<?x4xi1>
// CHECK-DAG: %[[IN:.*]] = spike.slice %[[B]] from 1 : tensor<?x4xi1> -> tensor<?x2xi1>
// CHECK-DAG: %[[BOTH:.*]] = spike.concat %[[A]], %[[B]]
// CHECK-DAG: %[[ACROSS:.*]] = spike.slice %[[BOTH]] from 1 : tensor<?x6xi1> -> tensor<?x2xi1>
// CHECK: return %[[B]], %[[IN]], %[[ACROSS]]
func.func @slice_of_concat(%a: tensor<?x2xi1>, %b: tensor<?x4xi1>) -> (tensor<?x4xi1>, tensor<?x2xi1>, tensor<?x2xi1>) {
  %0 = spike.concat %a, %b : tensor<?x2xi1>, tensor<?x4xi1> -> tensor<?x6xi1>
  %1 = spike.slice %0 from 2 : tensor<?x6xi1> -> tensor<?x4xi1>
  %2 = spike.slice %0 from 3 : tensor<?x6xi1> -> tensor<?x2xi1>
  %3 = spike.slice %0 from 1 : tensor<?x6xi1> -> tensor<?x2xi1>
  return %1, %2, %3 : tensor<?x4xi1>, tensor<?x2xi1>, tensor<?x2xi1>
}

// CHECK-LABEL: func.func @identities
// CHECK-SAME: %[[X:.*]]: tensor<4x1x3xf32>, %[[S:.*]]: tensor<4x1x3xi1>, %[[R:.*]]: tensor<1x3xf32>
// CHECK-NEXT: return %[[S]], %[[X]], %[[S]], %[[S]], %[[S]], %[[S]], %[[R]]
func.func @identities(%x: tensor<4x1x3xf32>, %s: tensor<4x1x3xi1>, %r: tensor<1x3xf32>)
    -> (tensor<4x1x3xi1>, tensor<4x1x3xf32>, tensor<4x1x3xi1>, tensor<4x1x3xi1>, tensor<4x1x3xi1>, tensor<4x1x3xi1>, tensor<1x3xf32>) {
  %0 = spike.concat %s : tensor<4x1x3xi1> -> tensor<4x1x3xi1>
  %1 = spike.scale %x factor [1.0, 1.0, 1.0] : tensor<4x1x3xf32> -> tensor<4x1x3xf32>
  %2 = spike.delay %s steps [0, 0, 0] : tensor<4x1x3xi1> -> tensor<4x1x3xi1>
  %3 = spike.logic or %s, %s : tensor<4x1x3xi1>
  %4 = spike.logic and %s, %s : tensor<4x1x3xi1>
  %5 = spike.flatten %s : tensor<4x1x3xi1> -> tensor<4x1x3xi1>
  %6 = spike.repeat %r : tensor<1x3xf32> -> tensor<4x1x3xf32>
  %7 = spike.recombine last %6 : tensor<4x1x3xf32> -> tensor<1x3xf32>
  return %0, %1, %2, %3, %4, %5, %7 : tensor<4x1x3xi1>, tensor<4x1x3xf32>, tensor<4x1x3xi1>, tensor<4x1x3xi1>, tensor<4x1x3xi1>, tensor<4x1x3xi1>, tensor<1x3xf32>
}

// An offset of 0 makes 0 of -0; spikes become reals; (not a) and a is 0; a mean may round.
// CHECK-LABEL: func.func @no_identities
// CHECK-DAG: spike.scale %{{.*}} factor [1.000000e+00] offset [0.000000e+00]
// CHECK-DAG: spike.scale %{{.*}} factor [1.000000e+00] : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
// CHECK-DAG: spike.logic iand
// CHECK-DAG: spike.recombine mean
// CHECK: return
func.func @no_identities(%x: tensor<4x?x3xf32>, %s: tensor<4x?x3xi1>, %r: tensor<?x3xf32>)
    -> (tensor<4x?x3xf32>, tensor<4x?x3xf32>, tensor<4x?x3xi1>, tensor<?x3xf32>) {
  %0 = spike.scale %x factor [1.0] offset [0.0] : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  %1 = spike.scale %s factor [1.0] : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  %2 = spike.logic iand %s, %s : tensor<4x?x3xi1>
  %3 = spike.repeat %r : tensor<?x3xf32> -> tensor<3x?x3xf32>
  %4 = spike.recombine mean %3 : tensor<3x?x3xf32> -> tensor<?x3xf32>
  return %0, %1, %2, %4 : tensor<4x?x3xf32>, tensor<4x?x3xf32>, tensor<4x?x3xi1>, tensor<?x3xf32>
}

// CHECK-LABEL: func.func @delays
// CHECK-NEXT: %[[D:.*]] = spike.delay %arg0 steps [3, 4, 2] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
// CHECK-NEXT: return %[[D]]
func.func @delays(%s: tensor<4x?x3xi1>) -> tensor<4x?x3xi1> {
  %0 = spike.delay %s steps [1, 2, 0] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  %1 = spike.delay %0 steps [2] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return %1 : tensor<4x?x3xi1>
}

// CHECK-LABEL: func.func @delays_that_do_not_fit
// CHECK-COUNT-2: spike.delay
func.func @delays_that_do_not_fit(%s: tensor<4x?x3xi1>) -> tensor<4x?x3xi1> {
  %0 = spike.delay %s steps [2147483647] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  %1 = spike.delay %0 steps [1] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return %1 : tensor<4x?x3xi1>
}

// CHECK-LABEL: func.func @relu_twice
// CHECK-NEXT: %[[R:.*]] = spike.relu %arg0
// CHECK-NEXT: return %[[R]]
func.func @relu_twice(%x: tensor<?x3xf32>) -> tensor<?x3xf32> {
  %0 = spike.relu %x : tensor<?x3xf32> -> tensor<?x3xf32>
  %1 = spike.relu %0 : tensor<?x3xf32> -> tensor<?x3xf32>
  return %1 : tensor<?x3xf32>
}

// Equal ops are one; ops that nobody reads go; another delay is another op.
// CHECK-LABEL: func.func @equal_ops
// CHECK-NEXT: %[[A:.*]] = spike.delay %arg0 steps [1]
// CHECK-NEXT: %[[B:.*]] = spike.delay %arg0 steps [2]
// CHECK-NEXT: return %[[A]], %[[A]], %[[B]]
func.func @equal_ops(%s: tensor<4x?x3xi1>) -> (tensor<4x?x3xi1>, tensor<4x?x3xi1>, tensor<4x?x3xi1>) {
  %0 = spike.delay %s steps [1] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  %1 = spike.delay %s steps [1] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  %2 = spike.delay %s steps [2] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  %3 = spike.logic or %0, %2 : tensor<4x?x3xi1>
  return %0, %1, %2 : tensor<4x?x3xi1>, tensor<4x?x3xi1>, tensor<4x?x3xi1>
}

// A region keeps its feedback; its body is simplified, equal regions are one, an unread one goes.
// CHECK-LABEL: func.func @regions
// CHECK: %[[R:.*]] = spike.recurrent -> tensor<4x?x3xi1> {
// CHECK-NEXT: ^bb0(%[[BACK:.*]]: tensor<4x?x3xi1>):
// CHECK-NEXT: %[[I:.*]] = spike.inject %[[BACK]]
// CHECK-NEXT: %[[SUM:.*]] = spike.add %[[I]], %arg0
// CHECK-NEXT: %[[S:.*]] = spike.neuron {{.*}} %[[SUM]]
// CHECK-NEXT: spike.yield %[[S]]
// CHECK-NOT: spike.recurrent
// CHECK: return %[[R]], %[[R]]
func.func @regions(%x: tensor<4x?x3xf32>) -> (tensor<4x?x3xi1>, tensor<4x?x3xi1>) {
  %a = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%back: tensor<4x?x3xi1>):
    %0 = spike.logic and %back, %back : tensor<4x?x3xi1>
    %1 = spike.inject %0 : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
    %2 = spike.add %1, %x : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
    %3 = spike.neuron #spike.if<threshold = [1.0]>, %2 : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
    spike.yield %3 : tensor<4x?x3xi1>
  }
  %b = spike.recurrent -> tensor<4x?x3xi1> {
  ^bb0(%back: tensor<4x?x3xi1>):
    %0 = spike.inject %back : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
    %1 = spike.add %0, %x : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
    %2 = spike.neuron #spike.if<threshold = [1.0]>, %1 : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
    spike.yield %2 : tensor<4x?x3xi1>
  }
  %unread = spike.recurrent -> tensor<4x?x3xf32> {
  ^bb0(%back: tensor<4x?x3xf32>):
    spike.yield %x : tensor<4x?x3xf32>
  }
  return %a, %b : tensor<4x?x3xi1>, tensor<4x?x3xi1>
}

// RUN: synfire-opt %s --wire-slices --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// One projection for two slices; its middle feature is in none. A number that is the same for all
// channels stays one number.
// CHECK-LABEL: func.func @sliced
// CHECK: spike.linear %{{.*}}, dense<{{\[\[}}1.000000e+00, 2.000000e+00]]> : tensor<1x2xf32> bias dense<5.000000e-01> : tensor<1xf32>
// CHECK-SAME: loc("qk[0:1]"
// CHECK: spike.linear %{{.*}}, dense<{{\[\[}}5.000000e+00, 6.000000e+00]]> : tensor<1x2xf32> bias dense<1.500000e+00> : tensor<1xf32>
// CHECK-SAME: loc("qk[2:3]"
// CHECK: spike.neuron #spike.lif<tau = 2.000000e+00 : f64, threshold = [1.000000e+00], v_init = 2.500000e-01 : f64>
// CHECK-SAME: loc("if[0:1]"
// CHECK: spike.neuron #spike.lif<tau = 2.000000e+00 : f64, threshold = [3.000000e+00], v_init = 2.500000e-01 : f64>
// CHECK-SAME: loc("if[2:3]"
// CHECK-NOT: spike.slice
func.func @sliced(%x: tensor<4x?x2xi1>) -> tensor<4x?x1xf32> {
  %0 = spike.linear %x, dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
      bias dense<[0.5, 1.0, 1.5]> : tensor<3xf32> : tensor<4x?x2xi1> -> tensor<4x?x3xf32> loc("qk")
  %1 = spike.neuron #spike.lif<tau = 2.0, threshold = [1.0, 2.0, 3.0], v_init = 0.25>, %0
      : tensor<4x?x3xf32> -> tensor<4x?x3xi1> loc("if")
  %q = spike.slice %1 from 0 : tensor<4x?x3xi1> -> tensor<4x?x1xi1> loc("q")
  %k = spike.slice %1 from 2 : tensor<4x?x3xi1> -> tensor<4x?x1xi1> loc("k")
  %a = spike.self_attention %q, %k, %k heads 1 scale 1.0
      : tensor<4x?x1xi1>, tensor<4x?x1xi1>, tensor<4x?x1xi1> -> tensor<4x?x1xf32> loc("ssa")
  return %a : tensor<4x?x1xf32>
}

// Kernels of an output channel are a row of the weights; pools and gates are cut with what they read.
// CHECK-LABEL: func.func @kernels
// CHECK: spike.conv %{{.*}}, dense<1.000000e+00> : tensor<1x1x2x2xf32> bias dense<5.000000e-01> : tensor<1xf32>
// CHECK-SAME: loc("conv[0:1]"
// CHECK: spike.conv %{{.*}}, dense<2.000000e+00> : tensor<1x1x2x2xf32> bias dense<1.500000e+00> : tensor<1xf32>
// CHECK-SAME: loc("conv[1:2]"
// CHECK: spike.pool max {{.*}} tensor<4x1x1xi1> loc("pool[0:1]"
// CHECK: spike.pool max {{.*}} tensor<4x1x1xi1> loc("pool[1:2]"
// CHECK-NOT: spike.slice
func.func @kernels(%x: tensor<4x9x1xi1>) -> (tensor<4x1x1xi1>, tensor<4x1x1xi1>) {
  %0 = spike.conv %x, dense<[[[[1.0, 1.0], [1.0, 1.0]]], [[[2.0, 2.0], [2.0, 2.0]]]]> : tensor<2x1x2x2xf32>
      bias dense<[0.5, 1.5]> : tensor<2xf32> grid [3, 3] stride [1, 1] padding [0, 0]
      : tensor<4x9x1xi1> -> tensor<4x4x2xf32> loc("conv")
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %0 : tensor<4x4x2xf32> -> tensor<4x4x2xi1> loc("if")
  %2 = spike.pool max %1 grid [2, 2] window [2, 2] stride [2, 2] padding [0, 0]
      : tensor<4x4x2xi1> -> tensor<4x1x2xi1> loc("pool")
  %a = spike.slice %2 from 0 : tensor<4x1x2xi1> -> tensor<4x1x1xi1>
  %b = spike.slice %2 from 1 : tensor<4x1x2xi1> -> tensor<4x1x1xi1>
  return %a, %b : tensor<4x1x1xi1>, tensor<4x1x1xi1>
}

// The bias is added once.
// CHECK-LABEL: func.func @joined
// CHECK: %[[A:.*]] = spike.linear %{{.*}}, dense<2.000000e+00> : tensor<1x2xf32> bias dense<4.000000e+00> : tensor<1xf32>
// CHECK-SAME: loc("fc[0:2]"
// CHECK: %[[B:.*]] = spike.linear %{{.*}}, dense<3.000000e+00> : tensor<1x1xf32> :
// CHECK-SAME: loc("fc[2:3]"
// CHECK: spike.add %[[A]], %[[B]] {{.*}} loc("fc")
// CHECK-NOT: spike.concat
func.func @joined(%x: tensor<4x?x2xf32>, %y: tensor<4x?x1xf32>) -> tensor<4x?x1xf32> {
  %0 = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("a")
  %1 = spike.neuron #spike.if<threshold = [1.0]>, %y : tensor<4x?x1xf32> -> tensor<4x?x1xi1> loc("b")
  %2 = spike.concat %0, %1 : tensor<4x?x2xi1>, tensor<4x?x1xi1> -> tensor<4x?x3xi1> loc("ab")
  %3 = spike.linear %2, dense<[[2.0, 2.0, 3.0]]> : tensor<1x3xf32> bias dense<4.0> : tensor<1xf32>
      : tensor<4x?x3xi1> -> tensor<4x?x1xf32> loc("fc")
  return %3 : tensor<4x?x1xf32>
}

// RUN: synfire-opt %s --fold-normalization --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// factor = weight / sqrt(variance + eps), bias = factor (bias_linear - mean) + bias_norm.
// CHECK-LABEL: func.func @batch
// CHECK: spike.linear %{{.*}}, dense<{{.*}}> : tensor<2x3xf32> bias dense<[1.250000e+00, -4.000000e+00]> : tensor<2xf64>
// CHECK-SAME: channel_scale [5.000000e-01, 2.000000e+00]
// CHECK-SAME: loc(fused<"batch_norm">["fc", "fc_norm"])
// CHECK-NOT: spike.batch_norm
func.func @batch(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
      bias dense<[1.0, -1.0]> : tensor<2xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32> loc("fc")
  %1 = spike.batch_norm %0, weight dense<[1.0, 2.0]> : tensor<2xf32>
      bias dense<[1.0, 0.0]> : tensor<2xf32> mean dense<[0.5, 1.0]> : tensor<2xf32>
      variance dense<[3.0, 0.0]> : tensor<2xf32> {eps = 1.0 : f64}
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("fc_norm")
  return %1 : tensor<4x?x2xf32>
}

// A power norm has no mean: y = weight x / sqrt(phi + eps) + bias.
// CHECK-LABEL: func.func @power
// CHECK: spike.linear %{{.*}} bias dense<2.500000e-01> : tensor<2xf64>
// CHECK-SAME: channel_scale [5.000000e-01, 2.000000e+00]
// CHECK-NOT: spike.power_norm
func.func @power(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.power_norm %0, weight dense<[1.0, 2.0]> : tensor<2xf32>
      bias dense<0.25> : tensor<2xf32> phi dense<[3.0, 0.0]> : tensor<2xf32> {eps = 1.0 : f64}
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %1 : tensor<4x?x2xf32>
}

// A convolution folds like a linear, and an op keeps what else is said of it.
// CHECK-LABEL: func.func @convolution
// CHECK: spike.conv %{{.*}} bias dense<[1.250000e+00, -4.000000e+00]> : tensor<2xf64>
// CHECK-SAME: channel_scale [5.000000e-01, 2.000000e+00] grid [4] stride [1] padding [1]
// CHECK-SAME: note = "kept"
// CHECK-SAME: loc(fused<"batch_norm">["stem", "stem_norm"])
// CHECK-NOT: spike.batch_norm
func.func @convolution(%x: tensor<4x4x1xi1>) -> tensor<4x4x2xf32> {
  %0 = spike.conv %x, dense<0.5> : tensor<2x1x3xf32> bias dense<[1.0, -1.0]> : tensor<2xf32>
      grid [4] stride [1] padding [1] {note = "kept"} : tensor<4x4x1xi1> -> tensor<4x4x2xf32> loc("stem")
  %1 = spike.batch_norm %0, weight dense<[1.0, 2.0]> : tensor<2xf32>
      bias dense<[1.0, 0.0]> : tensor<2xf32> mean dense<[0.5, 1.0]> : tensor<2xf32>
      variance dense<[3.0, 0.0]> : tensor<2xf32> {eps = 1.0 : f64}
      : tensor<4x4x2xf32> -> tensor<4x4x2xf32> loc("stem_norm")
  return %1 : tensor<4x4x2xf32>
}

// Two norms, one behind the other: 3 (0.5 y + 1) + 1 = 1.5 y + 4.
// CHECK-LABEL: func.func @twice
// CHECK: spike.linear %{{.*}} bias dense<4.000000e+00> : tensor<1xf64>
// CHECK-SAME: channel_scale [1.500000e+00]
func.func @twice(%x: tensor<4x?x3xi1>) -> tensor<4x?x1xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<1x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x1xf32>
  %1 = spike.power_norm %0, weight dense<1.0> : tensor<1xf32> bias dense<1.0> : tensor<1xf32>
      phi dense<3.0> : tensor<1xf32> {eps = 1.0 : f64} : tensor<4x?x1xf32> -> tensor<4x?x1xf32>
  %2 = spike.power_norm %1, weight dense<3.0> : tensor<1xf32> bias dense<1.0> : tensor<1xf32>
      phi dense<0.0> : tensor<1xf32> {eps = 1.0 : f64} : tensor<4x?x1xf32> -> tensor<4x?x1xf32>
  return %2 : tensor<4x?x1xf32>
}

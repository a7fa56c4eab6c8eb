// RUN: synfire-opt %s --fold-normalization --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @two_readers
// CHECK: spike.batch_norm
func.func @two_readers(%x: tensor<4x?x3xi1>) -> (tensor<4x?x2xf32>, tensor<4x?x2xf32>) {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  // expected-remark @+1 {{'spike.batch_norm': not folded, 'spike.linear' has other readers}}
  %1 = spike.batch_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      mean dense<0.0> : tensor<2xf32> variance dense<1.0> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %0, %1 : tensor<4x?x2xf32>, tensor<4x?x2xf32>
}

// -----

// CHECK-LABEL: func.func @no_linear
// CHECK: spike.power_norm
func.func @no_linear(%x: tensor<4x?x2xf32>) -> tensor<4x?x2xf32> {
  // expected-remark @+1 {{not folded, its input is not a linear or a convolution}}
  %0 = spike.power_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      phi dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %0 : tensor<4x?x2xf32>
}

// -----

// The mean and the variance of a layer norm are those of each token's own
// features: no factor per channel says the same.
// CHECK-LABEL: func.func @data_dependent
// CHECK: spike.linear %{{.*}}, dense<1.000000e+00> : tensor<2x3xf32> : tensor
// CHECK: spike.layer_norm
func.func @data_dependent(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  %1 = spike.layer_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %1 : tensor<4x?x2xf32>
}

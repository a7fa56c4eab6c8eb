// RUN: synfire-opt %s --fold-normalization --verify-diagnostics --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// The norm is y = g x + h with g = weight / sqrt(variance + eps) = [0.5, 2, 1] and
// h = bias - g mean = [0.75, -2, 0]. The factors are g, the bias is b + weight h:
// 1 + 1 * 0.75 - 2 * 2 = -2.25, -1 + 4 * 0.75 - 5 * 2 = -8.
// CHECK-LABEL: func.func @batch(
// CHECK-SAME: %[[X:.*]]: tensor<4x?x3xi1>
// CHECK-NEXT: spike.linear %[[X]], dense<{{.*}}> : tensor<2x3xf32> bias dense<[-2.250000e+00, -8.000000e+00]> : tensor<2xf64>
// CHECK-SAME: input_factor [5.000000e-01, 2.000000e+00, 1.000000e+00]
// CHECK-SAME: loc(fused<"batch_norm">[fused<"inject">["fc", "in"], "norm"])
// CHECK-NEXT: return
func.func @batch(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.inject %x : tensor<4x?x3xi1> -> tensor<4x?x3xf32> loc("in")
  %1 = spike.batch_norm %0, weight dense<[1.0, 2.0, 2.0]> : tensor<3xf32>
      bias dense<[1.0, 0.0, 0.0]> : tensor<3xf32> mean dense<[0.5, 1.0, 0.0]> : tensor<3xf32>
      variance dense<[3.0, 0.0, 3.0]> : tensor<3xf32> {eps = 1.0 : f64}
      : tensor<4x?x3xf32> -> tensor<4x?x3xf32> loc("norm")
  %2 = spike.linear %1, dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
      bias dense<[1.0, -1.0]> : tensor<2xf32> : tensor<4x?x3xf32> -> tensor<4x?x2xf32> loc("fc")
  return %2 : tensor<4x?x2xf32>
}

// Two linears share a norm and a weight, which is stored once and transposed for one of them. Both
// norms before them fold, and the norm behind one: h = [1, 2] through the first, [3, 6] through both.
// The first bias is 0.5 + [1 * 3 + 3 * 6, 2 * 3 + 4 * 6] with the factors [2, 1] on the sums, the
// second 2 * [1 * 3 + 2 * 6, 3 * 3 + 4 * 6] + 1.
// CHECK-LABEL: func.func @shared(
// CHECK-SAME: %[[X:.*]]: tensor<4x?x2xui2>
// CHECK-NEXT: spike.linear %[[X]], dense_resource<square> : tensor<2x2xf32> transposed bias dense<[4.250000e+01, 3.050000e+01]> : tensor<2xf64>
// CHECK-SAME: channel_scale [2.000000e+00, 1.000000e+00] input_factor [6.000000e+00, 3.000000e+00]
// CHECK-NEXT: spike.linear %[[X]], dense_resource<square> : tensor<2x2xf32> bias dense<[3.100000e+01, 6.700000e+01]> : tensor<2xf64>
// CHECK-SAME: channel_scale [2.000000e+00, 2.000000e+00] input_factor [6.000000e+00, 3.000000e+00]
// CHECK-NEXT: return
func.func @shared(%x: tensor<4x?x2xui2>) -> (tensor<4x?x2xf32>, tensor<4x?x2xf32>) {
  %0 = spike.inject %x : tensor<4x?x2xui2> -> tensor<4x?x2xf32>
  %1 = spike.power_norm %0, weight dense<[2.0, 1.0]> : tensor<2xf32>
      bias dense<[1.0, 2.0]> : tensor<2xf32> phi dense<0.0> : tensor<2xf32> {eps = 1.0 : f64}
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %2 = spike.power_norm %1, weight dense<3.0> : tensor<2xf32>
      bias dense<0.0> : tensor<2xf32> phi dense<0.0> : tensor<2xf32> {eps = 1.0 : f64}
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %3 = spike.linear %2, dense_resource<square> : tensor<2x2xf32> transposed
      bias dense<0.5> : tensor<2xf32> channel_scale [2.0, 1.0] : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %4 = spike.linear %2, dense_resource<square> : tensor<2x2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %5 = spike.power_norm %4, weight dense<2.0> : tensor<2xf32>
      bias dense<1.0> : tensor<2xf32> phi dense<0.0> : tensor<2xf32> {eps = 1.0 : f64}
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %3, %5 : tensor<4x?x2xf32>, tensor<4x?x2xf32>
}

// Without a norm the linear reads the spikes as it is. A linear that had no name keeps having none.
// CHECK-LABEL: func.func @no_norm(
// CHECK-SAME: %[[X:.*]]: tensor<4x?x2xi1>
// CHECK-NEXT: spike.linear %[[X]], dense<1.000000e+00> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc(fused<"inject">["spike.linear"(
func.func @no_norm(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("in")
  %1 = spike.linear %0, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %1 : tensor<4x?x2xf32>
}

// What others read stays for them.
// CHECK-LABEL: func.func @other_readers(
// CHECK-SAME: %[[X:.*]]: tensor<4x?x2xi1>
// CHECK-NEXT: %[[IN:.*]] = spike.inject %[[X]]
// CHECK-NEXT: %[[NORM:.*]] = spike.power_norm %[[IN]]
// CHECK-NEXT: spike.linear %[[X]]
// CHECK-SAME: input_factor [2.000000e+00, 2.000000e+00]
// CHECK-NEXT: spike.gelu %[[NORM]]
func.func @other_readers(%x: tensor<4x?x2xi1>) -> (tensor<4x?x2xf32>, tensor<4x?x2xf32>) {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  // expected-remark @+1 {{'spike.power_norm': not folded, 'spike.gelu' reads it and is not a linear}}
  %1 = spike.power_norm %0, weight dense<2.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      phi dense<0.0> : tensor<2xf32> {eps = 1.0 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %2 = spike.linear %1, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %3 = spike.gelu %1 : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %2, %3 : tensor<4x?x2xf32>, tensor<4x?x2xf32>
}

// Norms whose map depends on the data do not fold.
// CHECK-LABEL: func.func @data_dependent(
// CHECK-NEXT: spike.inject
// CHECK-NEXT: spike.layer_norm
// CHECK-NEXT: spike.linear
// CHECK-NEXT: spike.rms_norm
// CHECK-NEXT: spike.linear
// CHECK-NEXT: return
func.func @data_dependent(%x: tensor<4x?x2xi1>) -> (tensor<4x?x2xf32>, tensor<4x?x2xf32>) {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.layer_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %2 = spike.linear %1, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %3 = spike.rms_norm %0, weight dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %4 = spike.linear %3, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %2, %4 : tensor<4x?x2xf32>, tensor<4x?x2xf32>
}

// No factor and no bias may leave float64.
// CHECK-LABEL: func.func @not_finite(
// CHECK-NEXT: spike.inject
// CHECK-NEXT: spike.power_norm
// CHECK-NEXT: spike.linear {{.*}} bias dense<1.000000e+00> : tensor<1xf32> channel_scale [1.000000e+300]
func.func @not_finite(%x: tensor<4x?x1xi1>) -> tensor<4x?x1xf32> {
  %0 = spike.inject %x : tensor<4x?x1xi1> -> tensor<4x?x1xf32>
  %1 = spike.power_norm %0, weight dense<1.0> : tensor<1xf32> bias dense<1.0e+10> : tensor<1xf32>
      phi dense<1.0> : tensor<1xf32> : tensor<4x?x1xf32> -> tensor<4x?x1xf32>
  // expected-remark @+1 {{'spike.linear': the norms before it are not folded, as a folded number would not be finite}}
  %2 = spike.linear %1, dense<1.0> : tensor<1x1xf32> bias dense<1.0> : tensor<1xf32>
      channel_scale [1.0e+300] : tensor<4x?x1xf32> -> tensor<4x?x1xf32>
  return %2 : tensor<4x?x1xf32>
}

{-#
  dialect_resources: {
    builtin: {
      square: "0x040000000000803F000000400000404000008040"
    }
  }
#-}

// RUN: synfire-opt %s --fold-normalization --split-input-file --verify-diagnostics

func.func @not_a_number(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  // expected-error @+1 {{'spike.batch_norm': mean [1]: needs a finite number, has nan; train or export the model again}}
  %1 = spike.batch_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      mean dense<[0.0, 0x7FC00000]> : tensor<2xf32> variance dense<1.0> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %1 : tensor<4x?x2xf32>
}

// -----

func.func @negative_variance(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  // expected-error @+1 {{'spike.batch_norm': variance [0]: needs a number above -1.000000e-05 (with eps added, a mean of squares is positive), has -1.000000e+00}}
  %1 = spike.batch_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      mean dense<0.0> : tensor<2xf32> variance dense<[-1.0, 1.0]> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %1 : tensor<4x?x2xf32>
}

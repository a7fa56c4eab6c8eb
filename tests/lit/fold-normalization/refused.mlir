// RUN: synfire-opt %s --fold-normalization --split-input-file --verify-diagnostics

func.func @not_a_number(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  // expected-error @+1 {{spike.batch_norm 'mean': channel 1 is}}
  %1 = spike.batch_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      mean dense<[0.0, 0x7FC00000]> : tensor<2xf32> variance dense<1.0> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %1 : tensor<4x?x2xf32>
}

// -----

func.func @negative_variance(%x: tensor<4x?x3xi1>) -> tensor<4x?x2xf32> {
  %0 = spike.linear %x, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  // expected-error @+1 {{'variance': channel 0 is -1.000000e+00, with eps}}
  %1 = spike.batch_norm %0, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      mean dense<0.0> : tensor<2xf32> variance dense<[-1.0, 1.0]> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return %1 : tensor<4x?x2xf32>
}

// Norms and scales: one case per numbered constraint of ops/NormOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// batch_norm (C1)
func.func @batch_norm_c1(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.batch_norm' op result type: needs tensor<4x?x2xf32> (the operand's), has tensor<4x?x3xf32>}}
  %r = spike.batch_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> mean dense<1.0> : tensor<2xf32> variance dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// batch_norm (C2)
func.func @batch_norm_c2(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.batch_norm' op mean shape: needs 2 (one entry per channel), has 3}}
  %r = spike.batch_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> mean dense<1.0> : tensor<3xf32> variance dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// power_norm (C1)
func.func @power_norm_c1(%x: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.power_norm' op operand type: needs f32, has tensor<4x?x2xi1>}}
  %r = spike.power_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> phi dense<1.0> : tensor<2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xi1>
  return
}

// -----

// power_norm (C2)
func.func @power_norm_c2(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.power_norm' op phi element type: needs f32, has f64}}
  %r = spike.power_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> phi dense<1.0> : tensor<2xf64> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// batch_norm (C3)
func.func @batch_norm_c3(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.batch_norm' op eps: needs a finite number of at least 0, has -1.000000e+00}}
  %r = spike.batch_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> mean dense<1.0> : tensor<2xf32> variance dense<1.0> : tensor<2xf32> {eps = -1.0 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// power_norm (C3)
func.func @power_norm_c3(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.power_norm' op eps: needs a finite number of at least 0, has nan}}
  %r = spike.power_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> phi dense<1.0> : tensor<2xf32> {eps = 0x7FF8000000000000 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// layer_norm (C1): spikes
func.func @layer_norm_c1_spikes(%x: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.layer_norm' op operand type: needs f32, has tensor<4x?x2xi1>}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xi1>
  return
}

// -----

// layer_norm (C1): rank
func.func @layer_norm_c1_rank(%x: tensor<2xf32>) {
  // expected-error@+1 {{'spike.layer_norm' op operand shape: needs [T x] N x D, has 2}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> : tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

// layer_norm (C2)
func.func @layer_norm_c2(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.layer_norm' op weight shape: needs 2 (one entry per channel), has 3}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<3xf32> bias dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// layer_norm (C3)
func.func @layer_norm_c3(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.layer_norm' op eps: needs a finite number of at least 0, has INF}}
  %r = spike.layer_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<1.0> : tensor<2xf32> {eps = 0x7FF0000000000000 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// scale (C1): operand
func.func @scale_c1_operand(%x: tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
  // expected-error@+1 {{'spike.scale' op operand type: needs spikes (i1, or uiK up to ui32) or f32, has tensor<?x2xsi32, #spike.fixed<scale = [5.000000e-01], fraction_bits = 0>>}}
  %r = spike.scale %x factor [2.0] : tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x2xf32>
  return
}

// -----

// scale (C1): result
func.func @scale_c1_result(%x: tensor<?x2xi1>) {
  // expected-error@+1 {{'spike.scale' op result type: needs tensor<?x2xf32>, has tensor<?x2xi1>}}
  %r = spike.scale %x factor [2.0] : tensor<?x2xi1> -> tensor<?x2xi1>
  return
}

// -----

// scale (C2): factors
func.func @scale_c2_factor(%x: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.scale' op entries of factor: needs 1, or 2 (one per channel), has 3}}
  %r = spike.scale %x factor [1.0, 2.0, 3.0] : tensor<?x2xf32> -> tensor<?x2xf32>
  return
}

// -----

// scale (C2): no factor
func.func @scale_c2_empty(%x: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.scale' op entries of factor: needs 1, or 2 (one per channel), has 0}}
  %r = spike.scale %x factor [] : tensor<?x2xf32> -> tensor<?x2xf32>
  return
}

// -----

// scale (C2): offset
func.func @scale_c2_offset(%x: tensor<?x2xf32>) {
  // expected-error@+1 {{'spike.scale' op offset: needs finite numbers, has nan}}
  %r = spike.scale %x factor [1.0] offset [0x7FF8000000000000] : tensor<?x2xf32> -> tensor<?x2xf32>
  return
}

// -----

// rms_norm (C1): operand
func.func @rms_norm_c1_operand(%x: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.rms_norm' op operand type: needs f32, has tensor<4x?x2xi1>}}
  %r = spike.rms_norm %x, weight dense<1.0> : tensor<2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xi1>
  return
}

// -----

// rms_norm (C1): result
func.func @rms_norm_c1_result(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.rms_norm' op result type: needs tensor<4x?x2xf32> (the operand's), has tensor<4x?x3xf32>}}
  %r = spike.rms_norm %x, weight dense<1.0> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x3xf32>
  return
}

// -----

// rms_norm (C2)
func.func @rms_norm_c2(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.rms_norm' op weight shape: needs 2 (one entry per channel), has 3}}
  %r = spike.rms_norm %x, weight dense<1.0> : tensor<3xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// -----

// rms_norm (C3)
func.func @rms_norm_c3(%x: tensor<4x?x2xf32>) {
  // expected-error@+1 {{'spike.rms_norm' op eps: needs a finite number of at least 0, has -1.000000e+00}}
  %r = spike.rms_norm %x, weight dense<1.0> : tensor<2xf32> {eps = -1.0 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  return
}

// Every `?` follows from the tokens of the model's input, through every group of ops.
// RUN: synfire-opt %s -split-input-file --infer-shapes=tokens=6 | FileCheck %s
// RUN: synfire-opt %s -split-input-file --infer-shapes=tokens=6 | FileCheck %s --check-prefix=STATIC
// STATIC-NOT: x?x
// STATIC-NOT: <?x

// CHECK-LABEL: func.func @text
// CHECK-SAME: (%{{.*}}: tensor<6xi32>) -> (tensor<6x2xi32>, tensor<6x40xf32>)
func.func @text(%t: tensor<?xi32>) -> (tensor<?x2xi32>, tensor<?x40xf32>) attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} {
  // CHECK: spike.lookup {{.*}} -> tensor<6x5xf32>
  %0 = spike.lookup %t, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x5xf32>
  // CHECK: spike.position {{.*}} -> tensor<6x5xf32>
  %1 = spike.position %t, dense<0.5> : tensor<8x5xf32> : tensor<?xi32> -> tensor<?x5xf32>
  // CHECK: spike.code {{.*}} -> tensor<6x3xi1>
  %2 = spike.code binary position %t size 8 : tensor<?xi32> -> tensor<?x3xi1>
  // CHECK: spike.add {{.*}} -> tensor<6x5xf32>
  %3 = spike.add %0, %1 : tensor<?x5xf32>, tensor<?x5xf32> -> tensor<?x5xf32>
  // CHECK: spike.binarize {{.*}} -> tensor<6x5xi1>
  %4 = spike.binarize %3 : tensor<?x5xf32> -> tensor<?x5xi1>
  // CHECK: spike.concat {{.*}} -> tensor<6x8xi1>
  %5 = spike.concat %4, %2 : tensor<?x5xi1>, tensor<?x3xi1> -> tensor<?x8xi1>
  // CHECK: spike.repeat {{.*}} -> tensor<4x6x8xi1>
  %6 = spike.repeat %5 : tensor<?x8xi1> -> tensor<4x?x8xi1>
  // CHECK: spike.linear {{.*}} -> tensor<4x6x30xf32>
  %7 = spike.linear %6, dense<1.0> : tensor<8x30xf32> transposed : tensor<4x?x8xi1> -> tensor<4x?x30xf32>
  // CHECK: spike.slice {{.*}} -> tensor<4x6x10xf32>
  %8 = spike.slice %7 from 20 : tensor<4x?x30xf32> -> tensor<4x?x10xf32>
  // CHECK: spike.layer_norm {{.*}} -> tensor<4x6x10xf32>
  %9 = spike.layer_norm %8, weight dense<1.0> : tensor<10xf32> bias dense<0.0> : tensor<10xf32> : tensor<4x?x10xf32> -> tensor<4x?x10xf32>
  // CHECK: spike.rms_norm {{.*}} -> tensor<4x6x10xf32>
  %rms = spike.rms_norm %9, weight dense<1.0> : tensor<10xf32> : tensor<4x?x10xf32> -> tensor<4x?x10xf32>
  // CHECK: spike.recurrent -> tensor<4x6x10xi1>, tensor<4x6x10xf32> {
  // CHECK-NEXT: ^bb0(%{{.*}}: tensor<4x6x10xi1>, %{{.*}}: tensor<4x6x10xf32>):
  %10:2 = spike.recurrent -> tensor<4x?x10xi1>, tensor<4x?x10xf32> {
  ^bb0(%back: tensor<4x?x10xi1>, %trace: tensor<4x?x10xf32>):
    // CHECK: spike.inject {{.*}} -> tensor<4x6x10xf32>
    %i = spike.inject %back : tensor<4x?x10xi1> -> tensor<4x?x10xf32>
    %s = spike.add %i, %9 : tensor<4x?x10xf32>, tensor<4x?x10xf32> -> tensor<4x?x10xf32>
    %n = spike.neuron #spike.if<threshold = [1.0]>, %s : tensor<4x?x10xf32> -> tensor<4x?x10xi1>
    // CHECK: spike.yield {{.*}} : tensor<4x6x10xi1>, tensor<4x6x10xf32>
    spike.yield %n, %s : tensor<4x?x10xi1>, tensor<4x?x10xf32>
  }
  // CHECK: spike.self_attention {{.*}} -> tensor<4x6x10xf32>
  %11 = spike.self_attention %10#0, %10#0, %10#0 heads 2 scale 0.125 causal : tensor<4x?x10xi1>, tensor<4x?x10xi1>, tensor<4x?x10xi1> -> tensor<4x?x10xf32>
  // CHECK: spike.gelu {{.*}} -> tensor<4x6x10xf32>
  %12 = spike.gelu %11 : tensor<4x?x10xf32> -> tensor<4x?x10xf32>
  // CHECK: spike.multiply {{.*}} -> tensor<4x6x10xf32>
  %product = spike.multiply %12, %12 : tensor<4x?x10xf32>, tensor<4x?x10xf32> -> tensor<4x?x10xf32>
  // CHECK: spike.silu {{.*}} -> tensor<4x6x10xf32>
  %silu = spike.silu %12 : tensor<4x?x10xf32> -> tensor<4x?x10xf32>
  // CHECK: spike.recombine concatenate {{.*}} -> tensor<6x40xf32>
  %13 = spike.recombine concatenate %12 : tensor<4x?x10xf32> -> tensor<?x40xf32>
  // CHECK: spike.top_k {{.*}} -> tensor<6x2xi32>
  %14 = spike.top_k %13 : tensor<?x40xf32> -> tensor<?x2xi32>
  // CHECK: return %{{.*}}, %{{.*}} : tensor<6x2xi32>, tensor<6x40xf32>
  return %14, %13 : tensor<?x2xi32>, tensor<?x40xf32>
}

// -----

// A quantised current keeps its encoding. A function that is no model keeps its shapes.
// CHECK-LABEL: func.func @quantised
// CHECK-SAME: -> tensor<4x6x3xsi32, #{{.*}}>
func.func @quantised(%x: tensor<4x?x3xi1>) -> tensor<4x?x3xsi32, #spike.fixed<scale = [0.5, 1.0, 2.0], fraction_bits = 4>> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.inject %x {weight_bits = 8 : i64} : tensor<4x?x3xi1> -> tensor<4x?x3xsi32, #spike.fixed<scale = [0.5, 1.0, 2.0], fraction_bits = 4>>
  return %0 : tensor<4x?x3xsi32, #spike.fixed<scale = [0.5, 1.0, 2.0], fraction_bits = 4>>
}

// -----

// On a grid tokens are static, and change on the way: 6 = 2 x 3 points, then 2, then 1.
// CHECK-LABEL: func.func @image
// CHECK-SAME: (%{{.*}}: tensor<4x6x3xi1>) -> tensor<4x1x5xf32>
func.func @image(%x: tensor<4x6x3xi1>) -> tensor<4x1x5xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 6, vocabulary = 5, alphabet = "", cleaning = "none">} {
  // CHECK: spike.conv {{.*}} -> tensor<4x2x4xf32>
  %0 = spike.conv %x, dense<1.0> : tensor<4x3x2x2xf32> grid [2, 3] stride [1, 1] padding [0, 0] : tensor<4x6x3xi1> -> tensor<4x2x4xf32>
  // CHECK: spike.pool average {{.*}} -> tensor<4x1x4xf32>
  %1 = spike.pool average %0 grid [1, 2] window [1, 2] stride [1, 2] padding [0, 0] : tensor<4x2x4xf32> -> tensor<4x1x4xf32>
  // CHECK: spike.flatten {{.*}} -> tensor<4x1x8xf32>
  %2 = spike.flatten %0 : tensor<4x2x4xf32> -> tensor<4x1x8xf32>
  // CHECK: spike.linear {{.*}} -> tensor<4x1x5xf32>
  %3 = spike.linear %2, dense<1.0> : tensor<5x8xf32> : tensor<4x1x8xf32> -> tensor<4x1x5xf32>
  return %3 : tensor<4x1x5xf32>
}

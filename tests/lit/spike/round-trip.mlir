// Every operation and attribute survives text and bytecode.
// RUN: synfire-opt %s | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --emit-bytecode | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --verify-roundtrip -o /dev/null

// CHECK-DAG: #[[STREAM:.*]] = #spike.fixed<scale = [1.000000e-01], fraction_bits = 4>
// CHECK-DAG: #[[MEAN:.*]] = #spike.fixed<scale = [2.500000e-01], fraction_bits = 0>
// CHECK-DAG: #[[LOGITS:.*]] = #spike.fixed<scale = [0.12345678901234566, 2.000000e-01, 3.000000e-01], fraction_bits = 0>

// CHECK-LABEL: func.func @decoder
// CHECK-SAME: spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "abc", cleaning = "none">
func.func @decoder(%tokens: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3,
                 alphabet = "abc", cleaning = "none">} {
  // CHECK: spike.lookup %{{.*}}, dense<5.000000e-01> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x5xf32>
  %e = spike.lookup %tokens, dense<0.5> : tensor<3x5xf32> : tensor<?xi32> -> tensor<?x5xf32>
  // CHECK: spike.position %{{.*}}, dense<5.000000e-01> : tensor<8x1xf32> : tensor<?xi32> -> tensor<?x1xf32>
  %p = spike.position %tokens, dense<0.5> : tensor<8x1xf32> : tensor<?xi32> -> tensor<?x1xf32>
  // CHECK: spike.binarize %{{.*}} : tensor<?x5xf32> -> tensor<?x5xi1>
  %eb = spike.binarize %e : tensor<?x5xf32> -> tensor<?x5xi1>
  // CHECK: spike.binarize %{{.*}} {threshold = 1.000000e+00 : f64} : tensor<?x1xf32> -> tensor<?x1xi1>
  %pb = spike.binarize %p {threshold = 1.0 : f64} : tensor<?x1xf32> -> tensor<?x1xi1>
  // CHECK: spike.concat %{{.*}}, %{{.*}} : tensor<?x5xi1>, tensor<?x1xi1> -> tensor<?x6xi1>
  %c = spike.concat %eb, %pb : tensor<?x5xi1>, tensor<?x1xi1> -> tensor<?x6xi1>
  // CHECK: spike.repeat %{{.*}} : tensor<?x6xi1> -> tensor<4x?x6xi1>
  %r = spike.repeat %c : tensor<?x6xi1> -> tensor<4x?x6xi1>
  // CHECK: spike.inject %{{.*}} {weight_bits = 8 : i64} : tensor<4x?x6xi1> -> tensor<4x?x6xsi32, #[[STREAM]]>
  %x = spike.inject %r {weight_bits = 8 : i64}
      : tensor<4x?x6xi1> -> tensor<4x?x6xsi32, #spike.fixed<scale = [0.1], fraction_bits = 4>>
  // CHECK: spike.neuron #spike.lif<tau = 2.000000e+00 : f64, threshold = [1.000000e+00]>, %{{.*}} state(<bits = 24, leak_rounding = floor, saturates = true>) : tensor<4x?x6xsi32, #[[STREAM]]> -> tensor<4x?x6xi1>
  %n = spike.neuron #spike.lif<tau = 2.0, threshold = [1.0]>, %x
      state(#spike.state<bits = 24, leak_rounding = floor, saturates = true>)
      : tensor<4x?x6xsi32, #spike.fixed<scale = [0.1], fraction_bits = 4>> -> tensor<4x?x6xi1>
  // CHECK: spike.linear %{{.*}}, dense<1.000000e+00> : tensor<6x6xf32> bias dense<5.000000e-01> : tensor<6xf32> channel_scale [1.000000e+00, 1.000000e+00, 1.000000e+00, 2.000000e+00, 2.000000e+00, 2.000000e+00] : tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  %l = spike.linear %n, dense<1.0> : tensor<6x6xf32> bias dense<0.5> : tensor<6xf32>
      channel_scale [1.0, 1.0, 1.0, 2.0, 2.0, 2.0]
      : tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  // CHECK: spike.batch_norm %{{.*}}, weight dense<1.000000e+00> : tensor<6xf32> bias dense<2.000000e+00> : tensor<6xf32> mean dense<3.000000e+00> : tensor<6xf32> variance dense<4.000000e+00> : tensor<6xf32> : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %b = spike.batch_norm %l, weight dense<1.0> : tensor<6xf32> bias dense<2.0> : tensor<6xf32>
      mean dense<3.0> : tensor<6xf32> variance dense<4.0> : tensor<6xf32>
      : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: spike.power_norm %{{.*}}, weight dense<1.000000e+00> : tensor<6xf32> bias dense<2.000000e+00> : tensor<6xf32> phi dense<3.000000e+00> : tensor<6xf32> {eps = 2.500000e-01 : f64} : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %q = spike.power_norm %b, weight dense<1.0> : tensor<6xf32> bias dense<2.0> : tensor<6xf32>
      phi dense<3.0> : tensor<6xf32> {eps = 0.25 : f64} : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: spike.add %{{.*}}, %{{.*}} : tensor<4x?x6xf32>, tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %z = spike.add %q, %b : tensor<4x?x6xf32>, tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: spike.neuron #spike.if<threshold = [1.000000e+00], reset = soft, compare = gt, v_init = 5.000000e-01 : f64>, %{{.*}} : tensor<4x?x6xf32> -> tensor<4x?x6xi1>
  %i = spike.neuron #spike.if<threshold = [1.0], reset = soft, compare = gt, v_init = 0.5 : f64>, %z
      : tensor<4x?x6xf32> -> tensor<4x?x6xi1>
  // CHECK: spike.self_attention %{{.*}}, %{{.*}}, %{{.*}} heads 2 scale 1.250000e-01 causal : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  %a = spike.self_attention %i, %i, %n heads 2 scale 0.125 causal
      : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  // CHECK: spike.neuron #spike.lif<tau = [2.000000e+00, 3.000000e+00, 2.500000e+00, 4.000000e+00, 1.000000e+00, 9.000000e+00], threshold = [-1.000000e+00], v_init = 2.000000e+00 : f64, bias = [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.000000e+00, 6.000000e+00]>
  %channels = spike.neuron #spike.lif<tau = [2, 3.0, 2.5 : f64, 4, 0x3FF0000000000000, 9], threshold = -1, v_init = 2 : f64, bias = [1, 2, 3, 4, 5, 6]>, %z
      : tensor<4x?x6xf32> -> tensor<4x?x6xi1>
  // CHECK: spike.neuron #spike.if<threshold = [1.000000e+00], reset = none>, %{{.*}} : tensor<4x?x6xf32> -> tensor<4x?x6xi1>
  %o = spike.neuron #spike.if<threshold = [1.0], reset = none>, %a
      : tensor<4x?x6xf32> -> tensor<4x?x6xi1>
  // CHECK: spike.add %{{.*}}, %{{.*}} : tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xui2>
  %g = spike.add %i, %o : tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xui2>
  // CHECK: spike.recombine mean %{{.*}} : tensor<4x?x6xui2> -> tensor<?x6xsi32, #[[MEAN]]>
  %m = spike.recombine mean %g
      : tensor<4x?x6xui2> -> tensor<?x6xsi32, #spike.fixed<scale = [0.25], fraction_bits = 0>>
  // CHECK: spike.linear %{{.*}}, dense<1.000000e+00> : tensor<3x6xf32> {weight_bits = 8 : i64} : tensor<?x6xsi32, #[[MEAN]]> -> tensor<?x3xsi32, #[[LOGITS]]>
  %h = spike.linear %m, dense<1.0> : tensor<3x6xf32> {weight_bits = 8 : i64}
      : tensor<?x6xsi32, #spike.fixed<scale = [0.25], fraction_bits = 0>>
      -> tensor<?x3xsi32, #spike.fixed<scale = [0.12345678901234567, 0.2, 0.3], fraction_bits = 0>>
  // CHECK: spike.dequantize %{{.*}} state(<bits = 24, saturates = true>) : tensor<?x3xsi32, #[[LOGITS]]> -> tensor<?x3xf32>
  %d = spike.dequantize %h state(<bits = 24, saturates = true>)
      : tensor<?x3xsi32, #spike.fixed<scale = [0.12345678901234567, 0.2, 0.3], fraction_bits = 0>>
      -> tensor<?x3xf32>
  return %d : tensor<?x3xf32>
}

// CHECK-LABEL: func.func @recombine
func.func @recombine(%x: tensor<4x?x6xi1>) {
  // CHECK: spike.recombine sum %{{.*}} : tensor<4x?x6xi1> -> tensor<?x6xf32>
  %s = spike.recombine sum %x : tensor<4x?x6xi1> -> tensor<?x6xf32>
  // CHECK: spike.recombine last %{{.*}} : tensor<4x?x6xi1> -> tensor<?x6xf32>
  %l = spike.recombine last %x : tensor<4x?x6xi1> -> tensor<?x6xf32>
  // CHECK: spike.recombine concatenate %{{.*}} : tensor<4x?x6xi1> -> tensor<?x24xf32>
  %c = spike.recombine concatenate %x : tensor<4x?x6xi1> -> tensor<?x24xf32>
  return
}

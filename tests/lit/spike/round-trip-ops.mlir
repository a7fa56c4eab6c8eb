// Every operation with all its optional parts survives text and bytecode.
// RUN: synfire-opt %s | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --emit-bytecode | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: func.func @text
func.func @text(%t: tensor<?xi32>) {
  // CHECK: %{{.*}} = spike.code one_hot token %{{.*}} size 3 : tensor<?xi32> -> tensor<?x3xi1>
  %a = spike.code one_hot token %t size 3 : tensor<?xi32> -> tensor<?x3xi1>
  // CHECK: %{{.*}} = spike.code binary position %{{.*}} size 8 : tensor<?xi32> -> tensor<?x3xi1>
  %b = spike.code binary position %t size 8 : tensor<?xi32> -> tensor<?x3xi1>
  // CHECK: %{{.*}} = spike.code binary_left token_at_position %{{.*}} size 24 vocabulary 3 : tensor<?xi32> -> tensor<?x5xi1>
  %c = spike.code binary_left token_at_position %t size 24 vocabulary 3 : tensor<?xi32> -> tensor<?x5xi1>
  // CHECK: %{{.*}} = spike.concat %{{.*}}, %{{.*}}, %{{.*}} : tensor<?x3xi1>, tensor<?x3xi1>, tensor<?x5xi1> -> tensor<?x11xi1>
  %d = spike.concat %a, %b, %c : tensor<?x3xi1>, tensor<?x3xi1>, tensor<?x5xi1> -> tensor<?x11xi1>
  // CHECK: %{{.*}} = spike.slice %{{.*}} from 3 : tensor<?x11xi1> -> tensor<?x6xi1>
  %e = spike.slice %d from 3 : tensor<?x11xi1> -> tensor<?x6xi1>
  // CHECK: %{{.*}} = spike.repeat %{{.*}} : tensor<?x6xi1> -> tensor<4x?x6xi1>
  %f = spike.repeat %e : tensor<?x6xi1> -> tensor<4x?x6xi1>
  // CHECK: %{{.*}} = spike.lookup %{{.*}}, dense<5.000000e-01> : tensor<3x5xf32> {spike.fixed_table} : tensor<?xi32> -> tensor<?x5xf32>
  %g = spike.lookup %t, dense<5.000000e-01> : tensor<3x5xf32> {spike.fixed_table} : tensor<?xi32> -> tensor<?x5xf32>
  // CHECK: %{{.*}} = spike.binarize %{{.*}} {spike.firing_rate = 2.500000e-01 : f64, threshold = 1.000000e-01 : f64} : tensor<?x5xf32> -> tensor<?x5xi1>
  %h = spike.binarize %g {spike.firing_rate = 2.500000e-01 : f64, threshold = 1.000000e-01 : f64} : tensor<?x5xf32> -> tensor<?x5xi1>
  return
}

// CHECK-LABEL: func.func @grid
func.func @grid(%x: tensor<4x24x3xi1>) {
  // CHECK: %{{.*}} = spike.conv %{{.*}}, dense<1.000000e+00> : tensor<8x3x3x3xf32> grid [4, 6] stride [2, 1] padding [1, 0] : tensor<4x24x3xi1> -> tensor<4x8x8xf32>
  %a = spike.conv %x, dense<1.000000e+00> : tensor<8x3x3x3xf32> grid [4, 6] stride [2, 1] padding [1, 0] : tensor<4x24x3xi1> -> tensor<4x8x8xf32>
  // CHECK: %{{.*}} = spike.conv %{{.*}}, dense<1.000000e+00> : tensor<6x1x3xf32> bias dense<2.000000e+00> : tensor<6xf32> channel_scale [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.000000e+00, 6.000000e+00] grid [24] stride [1] padding [2] dilation [2] {groups = 3 : i64} : tensor<4x24x3xi1> -> tensor<4x24x6xf32>
  %b = spike.conv %x, dense<1.000000e+00> : tensor<6x1x3xf32> bias dense<2.000000e+00> : tensor<6xf32> channel_scale [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.000000e+00, 6.000000e+00] grid [24] stride [1] padding [2] dilation [2] {groups = 3 : i64} : tensor<4x24x3xi1> -> tensor<4x24x6xf32>
  // CHECK: %{{.*}} = spike.pool max %{{.*}} grid [4, 6] window [3, 3] stride [2, 2] padding [1, 1] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  %c = spike.pool max %x grid [4, 6] window [3, 3] stride [2, 2] padding [1, 1] : tensor<4x24x3xi1> -> tensor<4x6x3xi1>
  // CHECK: %{{.*}} = spike.pool sum %{{.*}} grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xui3>
  %d = spike.pool sum %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xui3>
  // CHECK: %{{.*}} = spike.pool sum %{{.*}} grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xui8>
  %e = spike.pool sum %x grid [4, 6] window [2, 2] stride [2, 2] padding [0, 0] : tensor<4x24x3xi1> -> tensor<4x6x3xui8>
  // CHECK: %{{.*}} = spike.pool average %{{.*}} grid [24] window [24] stride [1] padding [0] : tensor<4x24x6xf32> -> tensor<4x1x6xf32>
  %f = spike.pool average %b grid [24] window [24] stride [1] padding [0] : tensor<4x24x6xf32> -> tensor<4x1x6xf32>
  // CHECK: %{{.*}} = spike.pool sum %{{.*}} grid [24] window [24] stride [1] padding [0] : tensor<4x24x6xf32> -> tensor<4x1x6xf32>
  %g = spike.pool sum %b grid [24] window [24] stride [1] padding [0] : tensor<4x24x6xf32> -> tensor<4x1x6xf32>
  // CHECK: %{{.*}} = spike.flatten %{{.*}} : tensor<4x6x3xui3> -> tensor<4x1x18xui3>
  %h = spike.flatten %d : tensor<4x6x3xui3> -> tensor<4x1x18xui3>
  return
}

// CHECK-LABEL: func.func @synapses
func.func @synapses(%x: tensor<4x?x6xi1>) {
  // CHECK: %{{.*}} = spike.linear %{{.*}}, dense<1.000000e+00> : tensor<6x2xf32> transposed bias dense<1.000000e+00> : tensor<2xf32> : tensor<4x?x6xi1> -> tensor<4x?x2xf32>
  %a = spike.linear %x, dense<1.000000e+00> : tensor<6x2xf32> transposed bias dense<1.000000e+00> : tensor<2xf32> : tensor<4x?x6xi1> -> tensor<4x?x2xf32>
  // CHECK: %{{.*}} = spike.linear %{{.*}}, dense<1.000000e+00> : tensor<2x6xf32> channel_scale [2.000000e+00, 1.000000e+00] input_factor [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.000000e+00, 6.000000e+00] : tensor<4x?x6xi1> -> tensor<4x?x2xf32>
  %normed = spike.linear %x, dense<1.000000e+00> : tensor<2x6xf32> channel_scale [2.000000e+00, 1.000000e+00] input_factor [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.000000e+00, 6.000000e+00] : tensor<4x?x6xi1> -> tensor<4x?x2xf32>
  // CHECK: %{{.*}} = spike.layer_norm %{{.*}}, weight dense<1.000000e+00> : tensor<2xf32> bias dense<0.000000e+00> : tensor<2xf32> {eps = 5.000000e-01 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %b = spike.layer_norm %a, weight dense<1.000000e+00> : tensor<2xf32> bias dense<0.000000e+00> : tensor<2xf32> {eps = 5.000000e-01 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  // CHECK: %{{.*}} = spike.rms_norm %{{.*}}, weight dense<2.000000e+00> : tensor<2xf32> {eps = 5.000000e-01 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %rms = spike.rms_norm %b, weight dense<2.000000e+00> : tensor<2xf32> {eps = 5.000000e-01 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  // CHECK: %{{.*}} = spike.scale %{{.*}} factor [2.000000e+00, -1.000000e+00] offset [1.000000e+00] : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %c = spike.scale %b factor [2.000000e+00, -1.000000e+00] offset [1.000000e+00] : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  // CHECK: %{{.*}} = spike.scale %{{.*}} factor [5.000000e-01] : tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  %d = spike.scale %x factor [5.000000e-01] : tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  // Numbers keep every bit.
  // CHECK: spike.scale %{{.*}} factor [1.000000e-01] offset [0.33333333333333331]
  %exact = spike.scale %x factor [0.1] offset [0.33333333333333331] : tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// CHECK-LABEL: func.func @neurons
func.func @neurons(%x: tensor<4x?x3xf32>) {
  // CHECK: %{{.*}} = spike.neuron #spike.plif<w = 1.000000e-01 : f64, threshold = [1.000000e+00], bias = 2.500000e-01 : f64>, %{{.*}} {scan = #spike<scan steps_and_tokens>} : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  %a = spike.neuron #spike.plif<w = 1.000000e-01 : f64, threshold = [1.000000e+00], bias = 2.500000e-01 : f64>, %x {scan = #spike<scan steps_and_tokens>} : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  // CHECK: %{{.*}} = spike.neuron #spike.cuba_lif<current_decay = 5.000000e-01 : f64, current_gain = 1.000000e+00 : f64, membrane_decay = 7.500000e-01 : f64, membrane_gain = 2.000000e+00 : f64, threshold = [1.000000e+00, 2.000000e+00, 3.000000e+00], reset = soft, v_reset = 1.000000e-01 : f64>, %{{.*}} {spike.firing_rate = 1.000000e+00 : f64} : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  %b = spike.neuron #spike.cuba_lif<current_decay = 5.000000e-01 : f64, current_gain = 1.000000e+00 : f64, membrane_decay = 7.500000e-01 : f64, membrane_gain = 2.000000e+00 : f64, threshold = [1.000000e+00, 2.000000e+00, 3.000000e+00], reset = soft, v_reset = 1.000000e-01 : f64>, %x {spike.firing_rate = 1.000000e+00 : f64} : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  // CHECK: %{{.*}} = spike.integrator %{{.*}} : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  %c = spike.integrator %x : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  // CHECK: %{{.*}} = spike.integrator %{{.*}} {decay = 9.000000e-01 : f64, gain = 2.000000e+00 : f64, scan = #spike<scan steps_and_tokens>} : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  %d = spike.integrator %x {decay = 9.000000e-01 : f64, gain = 2.000000e+00 : f64, scan = #spike<scan steps_and_tokens>} : tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  // CHECK: %{{.*}} = spike.delay %{{.*}} steps [0, 1, 7] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  %e = spike.delay %b steps [0, 1, 7] : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  // CHECK: %{{.*}} = spike.recurrent -> tensor<4x?x3xi1>, tensor<4x?x3xf32> {
  %f:2 = spike.recurrent -> tensor<4x?x3xi1>, tensor<4x?x3xf32> {
  ^bb0(%p: tensor<4x?x3xi1>, %q: tensor<4x?x3xf32>):
  // CHECK: %{{.*}} = spike.linear %{{.*}}, dense<1.000000e+00> : tensor<3x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
    %i = spike.linear %p, dense<1.000000e+00> : tensor<3x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x3xf32>
  // CHECK: %{{.*}} = spike.add %{{.*}}, %{{.*}} : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
    %j = spike.add %i, %x : tensor<4x?x3xf32>, tensor<4x?x3xf32> -> tensor<4x?x3xf32>
  // CHECK: %{{.*}} = spike.neuron #spike.if<threshold = [1.000000e+00]>, %{{.*}} : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
    %o = spike.neuron #spike.if<threshold = [1.000000e+00]>, %j : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  // CHECK: spike.yield %{{.*}}, %{{.*}} : tensor<4x?x3xi1>, tensor<4x?x3xf32>
    spike.yield %o, %q : tensor<4x?x3xi1>, tensor<4x?x3xf32>
  }
  return
}

// CHECK-LABEL: func.func @attention
func.func @attention(%q: tensor<4x?x8xi1>, %k: tensor<4x?x4xi1>, %r: tensor<?x8xf32>, %s: tensor<?x2xf32>) {
  // CHECK: %{{.*}} = spike.self_attention %{{.*}}, %{{.*}}, %{{.*}} heads 4 scale 1.000000e+00 kv_heads 2 : tensor<4x?x8xi1>, tensor<4x?x4xi1>, tensor<4x?x4xi1> -> tensor<4x?x8xf32>
  %a = spike.self_attention %q, %k, %k heads 4 scale 1.000000e+00 kv_heads 2 : tensor<4x?x8xi1>, tensor<4x?x4xi1>, tensor<4x?x4xi1> -> tensor<4x?x8xf32>
  // CHECK: %{{.*}} = spike.self_attention %{{.*}}, %{{.*}}, %{{.*}} heads 4 scale 2.500000e-01 causal score_neuron(#spike.lif<tau = 2.000000e+00 : f64, threshold = [5.000000e-01]>) {spike.firing_rate = 1.600000e-01 : f64} : tensor<4x?x8xi1>, tensor<4x?x8xi1>, tensor<4x?x8xi1> -> tensor<4x?x8xf32>
  %b = spike.self_attention %q, %q, %q heads 4 scale 2.500000e-01 causal score_neuron(#spike.lif<tau = 2.000000e+00 : f64, threshold = [5.000000e-01]>) {spike.firing_rate = 1.600000e-01 : f64} : tensor<4x?x8xi1>, tensor<4x?x8xi1>, tensor<4x?x8xi1> -> tensor<4x?x8xf32>
  // CHECK: %{{.*}} = spike.key_value_sum %{{.*}}, %{{.*}} : tensor<4x?x8xi1> -> tensor<4x?x8xf32>
  %c = spike.key_value_sum %q, %q : tensor<4x?x8xi1> -> tensor<4x?x8xf32>
  // CHECK: %{{.*}} = spike.key_value_sum %{{.*}}, %{{.*}} causal {spike.firing_rate = 0.000000e+00 : f64} : tensor<4x?x8xi1> -> tensor<4x?x8xf32>
  %d = spike.key_value_sum %q, %q causal {spike.firing_rate = 0.000000e+00 : f64} : tensor<4x?x8xi1> -> tensor<4x?x8xf32>
  // CHECK: %{{.*}} = spike.logic or %{{.*}}, %{{.*}} : tensor<4x?x8xi1>
  %e = spike.logic or %q, %q : tensor<4x?x8xi1>
  // CHECK: %{{.*}} = spike.logic and %{{.*}}, %{{.*}} : tensor<4x?x8xi1>
  %f = spike.logic and %e, %q : tensor<4x?x8xi1>
  // CHECK: %{{.*}} = spike.logic iand %{{.*}}, %{{.*}} : tensor<4x?x8xi1>
  %g = spike.logic iand %f, %q : tensor<4x?x8xi1>
  // CHECK: %{{.*}} = spike.softmax_attention %{{.*}}, %{{.*}}, %{{.*}} heads 2 scale -1.250000e-01 : tensor<4x?x8xf32>, tensor<4x?x8xf32>, tensor<4x?x8xf32> -> tensor<4x?x8xf32>
  %h = spike.softmax_attention %b, %b, %b heads 2 scale -1.250000e-01 : tensor<4x?x8xf32>, tensor<4x?x8xf32>, tensor<4x?x8xf32> -> tensor<4x?x8xf32>
  // CHECK: %{{.*}} = spike.softmax_attention %{{.*}}, %{{.*}}, %{{.*}} heads 4 scale 1.000000e+00 causal kv_heads 1 : tensor<?x8xf32>, tensor<?x2xf32>, tensor<?x2xf32> -> tensor<?x8xf32>
  %i = spike.softmax_attention %r, %s, %s heads 4 scale 1.000000e+00 causal kv_heads 1 : tensor<?x8xf32>, tensor<?x2xf32>, tensor<?x2xf32> -> tensor<?x8xf32>
  // CHECK: %{{.*}} = spike.add %{{.*}}, %{{.*}} : tensor<4x?x8xi1>, tensor<4x?x8xi1> -> tensor<4x?x8xui2>
  %j = spike.add %q, %g : tensor<4x?x8xi1>, tensor<4x?x8xi1> -> tensor<4x?x8xui2>
  // CHECK: %{{.*}} = spike.add %{{.*}}, %{{.*}} : tensor<4x?x8xui2>, tensor<4x?x8xui2> -> tensor<4x?x8xui3>
  %l = spike.add %j, %j : tensor<4x?x8xui2>, tensor<4x?x8xui2> -> tensor<4x?x8xui3>
  // CHECK: %{{.*}} = spike.add %{{.*}}, %{{.*}} : tensor<4x?x8xui3>, tensor<4x?x8xi1> -> tensor<4x?x8xui3>
  %m = spike.add %l, %q : tensor<4x?x8xui3>, tensor<4x?x8xi1> -> tensor<4x?x8xui3>
  // CHECK: %{{.*}} = spike.add %{{.*}}, %{{.*}} : tensor<4x?x8xui3>, tensor<4x?x8xi1> -> tensor<4x?x8xui32>
  %n = spike.add %m, %q : tensor<4x?x8xui3>, tensor<4x?x8xi1> -> tensor<4x?x8xui32>
  return
}

// CHECK-LABEL: func.func @activations_and_head
func.func @activations_and_head(%x: tensor<4x?x6xf32>) {
  // CHECK: %{{.*}} = spike.gelu %{{.*}} : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %a = spike.gelu %x : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: %{{.*}} = spike.multiply %{{.*}}, %{{.*}} : tensor<4x?x6xf32>, tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %product = spike.multiply %a, %x : tensor<4x?x6xf32>, tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: %{{.*}} = spike.silu %{{.*}} : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %silu = spike.silu %a : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: %{{.*}} = spike.relu %{{.*}} : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %b = spike.relu %a : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: %{{.*}} = spike.clip_floor %{{.*}} threshold [2.000000e+00] levels 8 : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %c = spike.clip_floor %b threshold [2.000000e+00] levels 8 : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: %{{.*}} = spike.softmax %{{.*}} : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  %d = spike.softmax %c : tensor<4x?x6xf32> -> tensor<4x?x6xf32>
  // CHECK: %{{.*}} = spike.recombine mean %{{.*}} : tensor<4x?x6xf32> -> tensor<?x6xf32>
  %e = spike.recombine mean %d : tensor<4x?x6xf32> -> tensor<?x6xf32>
  // CHECK: %{{.*}} = spike.recombine concatenate %{{.*}} : tensor<4x?x6xf32> -> tensor<?x24xf32>
  %f = spike.recombine concatenate %d : tensor<4x?x6xf32> -> tensor<?x24xf32>
  // CHECK: %{{.*}} = spike.top_k %{{.*}} : tensor<?x24xf32> -> tensor<?x3xi32>
  %g = spike.top_k %f : tensor<?x24xf32> -> tensor<?x3xi32>
  return
}

// A model whose input is an image, and one of words.
// CHECK-LABEL: func.func @image(
// CHECK-SAME: spike.model = #spike.model<name = "i", time_steps = 4, context_length = 16, vocabulary = 10, alphabet = "", cleaning = "none">
func.func @image(%x: tensor<4x16x3xui8>) attributes {spike.model = #spike.model<name = "i", time_steps = 4, context_length = 16, vocabulary = 10, alphabet = "", cleaning = "none">} { return }
// CHECK-LABEL: func.func @words(
// CHECK-SAME: spike.architecture = "spikedecoder", spike.model = #spike.model<name = "w", time_steps = 4, context_length = 16, vocabulary = 2, alphabet = "", cleaning = "words", words = ["war", "peace"]>
func.func @words(%t: tensor<?xi32>) attributes {spike.architecture = "spikedecoder", spike.model = #spike.model<name = "w", time_steps = 4, context_length = 16, vocabulary = 2, alphabet = "", cleaning = "words", words = ["war", "peace"]>} { return }

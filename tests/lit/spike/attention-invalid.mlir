// Attention: one case per numbered constraint of ops/AttentionOps.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// self_attention (C1): graded
func.func @self_attention_c1_graded(%x: tensor<4x?x6xui2>) {
  // expected-error@+1 {{'spike.self_attention' op q element type: needs i1, has ui2}}
  %r = spike.self_attention %x, %x, %x heads 2 scale 0.125 causal : tensor<4x?x6xui2>, tensor<4x?x6xui2>, tensor<4x?x6xui2> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C2)
func.func @self_attention_c2(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op heads: needs a divisor of 6, has 4}}
  %r = spike.self_attention %x, %x, %x heads 4 scale 0.125 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C3): sign
func.func @self_attention_c3_sign(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op scale: needs a positive finite number, has -1.000000e+00}}
  %r = spike.self_attention %x, %x, %x heads 2 scale -1.0 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C3): encoding
func.func @self_attention_c3_encoding(%x: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op encoding of the result: needs the one scale 1.250000e-01, has #spike.fixed<scale = [2.500000e-01], fraction_bits = 4>}}
  %r = spike.self_attention %x, %x, %x heads 2 scale 0.125 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xsi32, #spike.fixed<scale = [0.25], fraction_bits = 4>>
  return
}

// -----

// self_attention (C1): k of other steps
func.func @self_attention_c1_k(%q: tensor<4x?x6xi1>, %k: tensor<5x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op k type: needs tensor<4x?x6xi1> (as q but for the features), has tensor<5x?x6xi1>}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 : tensor<4x?x6xi1>, tensor<5x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C1): graded keys
func.func @self_attention_c1_graded(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xui2>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op k type: needs tensor<4x?x6xi1> (as q but for the features), has tensor<4x?x6xui2>}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 : tensor<4x?x6xi1>, tensor<4x?x6xui2>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C1): v
func.func @self_attention_c1_v(%q: tensor<4x?x6xi1>, %k: tensor<4x?x3xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op v type: needs tensor<4x?x3xi1> (as k), has tensor<4x?x6xi1>}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 : tensor<4x?x6xi1>, tensor<4x?x3xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C1): result
func.func @self_attention_c1_result(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op result shape: needs 4x?x6 (the operand's), has 4x?x3}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x3xf32>
  return
}

// -----

// self_attention (C2): kv_heads
func.func @self_attention_c2_kv_heads(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op kv_heads: needs a divisor of 3 (the heads), has 2}}
  %r = spike.self_attention %q, %k, %v heads 3 scale 1.0 kv_heads 2 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C2): no kv_heads
func.func @self_attention_c2_zero(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op kv_heads: needs a divisor of 2 (the heads), has 0}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 kv_heads 0 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C2): negative heads
func.func @self_attention_c2_negative(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op heads: needs a divisor of 6, has -2}}
  %r = spike.self_attention %q, %k, %v heads -2 scale 1.0 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C2): width of k and v
func.func @self_attention_c2_features(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op features of k and v: needs 3 (kv_heads heads of 3), has 6}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 kv_heads 1 : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C4): thresholds
func.func @self_attention_c4_thresholds(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op score_neuron: needs one number each, no lists, and no state beyond the membrane, has #spike.if<threshold = [1.000000e+00, 2.000000e+00]>}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 score_neuron(#spike.if<threshold = [1.0, 2.0]>) : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C4): state
func.func @self_attention_c4_state(%q: tensor<4x?x6xi1>, %k: tensor<4x?x6xi1>, %v: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op score_neuron: needs one number each, no lists, and no state beyond the membrane, has #spike.cuba_lif<current_decay = 5.000000e-01 : f64, current_gain = 1.000000e+00 : f64, membrane_decay = 5.000000e-01 : f64, membrane_gain = 1.000000e+00 : f64, threshold = [1.000000e+00]>}}
  %r = spike.self_attention %q, %k, %v heads 2 scale 1.0 score_neuron(#spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = 1.0, threshold = [1.0]>) : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xf32>
  return
}

// -----

// self_attention (C5)
func.func @self_attention_c4_result(%q: tensor<4x?x6xi1>) {
  // expected-error@+1 {{'spike.self_attention' op score_state and score_encoding: needs both (score neurons of a quantised result), has none}}
  %r = spike.self_attention %q, %q, %q heads 2 scale 1.0 score_neuron(#spike.if<threshold = [1.0]>) : tensor<4x?x6xi1>, tensor<4x?x6xi1>, tensor<4x?x6xi1> -> tensor<4x?x6xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>
  return
}

// -----

// key_value_sum (C1): graded
func.func @key_value_sum_c1_kind(%k: tensor<4x?x3xui2>) {
  // expected-error@+1 {{'spike.key_value_sum' op k element type: needs i1, has ui2}}
  %r = spike.key_value_sum %k, %k : tensor<4x?x3xui2> -> tensor<4x?x3xf32>
  return
}

// -----

// key_value_sum (C1): rank
func.func @key_value_sum_c1_rank(%k: tensor<?x3xi1>) {
  // expected-error@+1 {{'spike.key_value_sum' op k shape: needs TxNxD, has ?x3}}
  %r = spike.key_value_sum %k, %k : tensor<?x3xi1> -> tensor<?x3xf32>
  return
}

// -----

// key_value_sum (C1): result
func.func @key_value_sum_c1_result(%k: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.key_value_sum' op result type: needs a current (f32, or si32 with #spike.fixed), has tensor<4x?x3xi1>}}
  %r = spike.key_value_sum %k, %k : tensor<4x?x3xi1> -> tensor<4x?x3xi1>
  return
}

// -----

// key_value_sum (C1): k and v
func.func @key_value_sum_c1_types(%k: tensor<4x?x3xi1>, %v: tensor<4x?x2xi1>) {
  // expected-error@+1 {{'spike.key_value_sum' op failed to verify that k and v have one type}}
  %r = "spike.key_value_sum"(%k, %v) : (tensor<4x?x3xi1>, tensor<4x?x2xi1>) -> tensor<4x?x3xf32>
  return
}

// -----

// softmax_attention (C1): q
func.func @softmax_attention_c1_q(%q: tensor<?x6xi1>, %k: tensor<?x6xf32>, %v: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.softmax_attention' op q type: needs f32, has tensor<?x6xi1>}}
  %r = spike.softmax_attention %q, %k, %v heads 2 scale 1.0 : tensor<?x6xi1>, tensor<?x6xf32>, tensor<?x6xf32> -> tensor<?x6xf32>
  return
}

// -----

// softmax_attention (C1): rank of k
func.func @softmax_attention_c1_rank(%q: tensor<?x6xf32>, %k: tensor<4x?x6xf32>, %v: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.softmax_attention' op k type: needs tensor<?x6xf32> (as q but for the features), has tensor<4x?x6xf32>}}
  %r = spike.softmax_attention %q, %k, %v heads 2 scale 1.0 : tensor<?x6xf32>, tensor<4x?x6xf32>, tensor<?x6xf32> -> tensor<?x6xf32>
  return
}

// -----

// softmax_attention (C1): v
func.func @softmax_attention_c1_v(%q: tensor<?x6xf32>, %k: tensor<?x6xf32>, %v: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.softmax_attention' op v type: needs tensor<?x6xf32> (as k), has tensor<?x3xf32>}}
  %r = spike.softmax_attention %q, %k, %v heads 2 scale 1.0 : tensor<?x6xf32>, tensor<?x6xf32>, tensor<?x3xf32> -> tensor<?x6xf32>
  return
}

// -----

// softmax_attention (C1): result
func.func @softmax_attention_c1_result(%q: tensor<?x6xf32>, %k: tensor<?x6xf32>, %v: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.softmax_attention' op result type: needs tensor<?x6xf32> (as q), has tensor<?x3xf32>}}
  %r = spike.softmax_attention %q, %k, %v heads 2 scale 1.0 : tensor<?x6xf32>, tensor<?x6xf32>, tensor<?x6xf32> -> tensor<?x3xf32>
  return
}

// -----

// softmax_attention (C2): heads
func.func @softmax_attention_c2(%q: tensor<?x6xf32>, %k: tensor<?x6xf32>, %v: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.softmax_attention' op heads: needs a divisor of 6, has 4}}
  %r = spike.softmax_attention %q, %k, %v heads 4 scale 1.0 : tensor<?x6xf32>, tensor<?x6xf32>, tensor<?x6xf32> -> tensor<?x6xf32>
  return
}

// -----

// softmax_attention (C2): kv_heads
func.func @softmax_attention_c2_kv_heads(%q: tensor<?x6xf32>, %k: tensor<?x6xf32>, %v: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.softmax_attention' op features of k and v: needs 3 (kv_heads heads of 3), has 6}}
  %r = spike.softmax_attention %q, %k, %v heads 2 scale 1.0 kv_heads 1 : tensor<?x6xf32>, tensor<?x6xf32>, tensor<?x6xf32> -> tensor<?x6xf32>
  return
}

// -----

// softmax_attention (C3)
func.func @softmax_attention_c3(%q: tensor<?x6xf32>, %k: tensor<?x6xf32>, %v: tensor<?x6xf32>) {
  // expected-error@+1 {{'spike.softmax_attention' op scale: needs a finite number, has nan}}
  %r = spike.softmax_attention %q, %k, %v heads 2 scale 0x7FF8000000000000 : tensor<?x6xf32>, tensor<?x6xf32>, tensor<?x6xf32> -> tensor<?x6xf32>
  return
}

// -----

// key_value_sum (C1): the scale of a quantised result
func.func @key_value_sum_c1_scale(%k: tensor<4x?x3xi1>) {
  // expected-error@+1 {{'spike.key_value_sum' op encoding of the result: needs the one scale 1, has}}
  %r = spike.key_value_sum %k, %k : tensor<4x?x3xi1> -> tensor<4x?x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  return
}

// Attributes: one case per numbered constraint of SpikeAttrs.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// if (C1): empty
// expected-error@+1 {{(C1) number of thresholds: has 0, needs 1, or one per channel}}
func.func @if_c1_empty() attributes {a = #spike.if<threshold = []>} { return }

// -----

// if (C1): potentials
// expected-error@+1 {{(C1) v_reset: has 1.000000e+00 : f32, needs a finite f64}}
func.func @if_c1_potential() attributes {a = #spike.if<threshold = [1.0], v_reset = 1.0 : f32>} { return }

// -----

// lif (C1): not finite
// expected-error@+1 {{(C1) v_init: has 0x7FF0000000000000 : f64, needs a finite f64}}
func.func @lif_c1() attributes {a = #spike.lif<tau = 2.0, threshold = [1.0], v_init = 0x7FF0000000000000 : f64>} { return }

// -----

// lif (C2)
// expected-error@+1 {{(C2) tau: has 5.000000e-01 : f64, needs a finite f64 of at least 1}}
func.func @lif_c2() attributes {a = #spike.lif<tau = 0.5, threshold = [1.0]>} { return }

// -----

// fixed (C1): negative
// expected-error@+1 {{(C1) scale: has -1.000000e+00, needs a positive finite number}}
func.func @fixed_c1() attributes {a = #spike.fixed<scale = [-1.0], fraction_bits = 4>} { return }

// -----

// fixed (C1): none
// expected-error@+1 {{(C1) number of scales: has 0, needs 1, or one per channel}}
func.func @fixed_c1_none() attributes {a = #spike.fixed<scale = [], fraction_bits = 4>} { return }

// -----

// fixed (C2)
// expected-error@+1 {{(C2) fraction_bits: has 31, needs 0..30}}
func.func @fixed_c2() attributes {a = #spike.fixed<scale = [1.0], fraction_bits = 31>} { return }

// -----

// fixed (C3): element type
// expected-error@+1 {{(C3) element type under #spike.fixed: has i32, needs si32}}
func.func private @fixed_c3(tensor<3xi32, #spike.fixed<scale = [1.0], fraction_bits = 4>>)

// -----

// fixed (C3): scales
// expected-error@+1 {{(C3) scales of #spike.fixed: has 2, needs 1, or one per element of the last dimension}}
func.func private @fixed_c3_scales(tensor<3xsi32, #spike.fixed<scale = [1.0, 2.0], fraction_bits = 4>>)

// -----

// state (C1)
// expected-error@+1 {{(C1) bits of the membrane: has 64, needs 2..62}}
func.func @state_c1() attributes {a = #spike.state<bits = 64>} { return }

// -----

// model (C1): values
// expected-error@+1 {{(C1) time_steps: has 0, needs at least 1}}
func.func @model_c1() attributes {a = #spike.model<name = "m", time_steps = 0, context_length = 8, vocabulary = 3, alphabet = "abc", cleaning = "none">} { return }

// -----

// model (C2)
// expected-error@+1 {{(C2) characters of the alphabet: has 2, needs 3, one per token id, or none}}
func.func @model_c2() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "ab", cleaning = "none">} { return }

// -----

// model (C3)
// expected-error@+1 {{(C3) cleaning: has "verse", needs "prose", "words" or "none"}}
func.func @model_c3() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "verse">} { return }

// -----

// spike.model stands on a function of token ids
// expected-error@+1 {{'func.func' op (C1) argument of a function with spike.model: has tensor<?xf32>, needs tensor<?xi32>}}
func.func @model_argument(%t: tensor<?xf32>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} { return }

// -----

// spike.model on a function of two arguments
// expected-error@+1 {{'func.func' op (C1) arguments of a function with spike.model: has 2, needs 1, the token ids}}
func.func @model_arguments(%t: tensor<?xi32>, %u: tensor<?xi32>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} { return }

// -----

// spike.model on no function
// expected-error@+1 {{'builtin.module' op (C1) holder of spike.model: has builtin.module, needs a function}}
module attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} {}

// -----

// spike.model of another kind
// expected-error@+1 {{'func.func' op (C1) attribute spike.model: has "m", needs a #spike.model}}
func.func @model_kind(%t: tensor<?xi32>) attributes {spike.model = "m"} { return }

// -----

// architecture (C1): value
// expected-error@+1 {{'func.func' op (C1) attribute spike.architecture: has 3 : i64, needs a name in quotes}}
func.func @architecture_value(%t: tensor<?xi32>) attributes {spike.architecture = 3} { return }

// -----

// architecture (C1): holder
// expected-error@+1 {{'builtin.module' op (C1) holder of spike.architecture: has builtin.module, needs a function}}
module attributes {spike.architecture = "spikedecoder"} {}

// -----

// fixed_table (C1): value
func.func @fixed_table_value(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.position' op (C1) attribute spike.fixed_table: has true, needs no value}}
  %p = spike.position %t, dense<0.5> : tensor<8x1xf32> {spike.fixed_table = true} : tensor<?xi32> -> tensor<?x1xf32>
  return
}

// -----

// fixed_table (C1): holder
// expected-error@+1 {{'func.func' op (C1) holder of spike.fixed_table: has func.func, needs spike.lookup or spike.position}}
func.func @fixed_table_holder(%t: tensor<?xi32>) attributes {spike.fixed_table} { return }

// -----

// an attribute that the dialect does not know
// expected-error@+1 {{'func.func' op attribute 'spike.modle' is unknown to the spike dialect; known: spike.model, spike.quantization_error, spike.architecture, spike.fixed_table, spike.firing_rate}}
func.func @unknown(%t: tensor<?xi32>) attributes {spike.modle = "m"} { return }

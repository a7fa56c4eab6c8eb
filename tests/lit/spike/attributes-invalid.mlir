// Attributes: one case per numbered constraint of SpikeAttrs.td, and of attributes on ops.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// if (C1): empty
// expected-error@+1 {{numbers of threshold: needs 1, or one per channel, has 0}}
func.func @if_c1_empty() attributes {a = #spike.if<threshold = []>} { return }

// -----

// if (C1): potentials
// expected-error@+2 {{type of a number: needs f64, has 'f32'}}
// expected-error@+1 {{failed to parse}}
func.func @if_c1_potential() attributes {a = #spike.if<threshold = [1.0], v_reset = 1.0 : f32>} { return }

// -----

// lif (C1): not finite
// expected-error@+1 {{v_init: needs a finite number, has INF}}
func.func @lif_c1() attributes {a = #spike.lif<tau = 2.0, threshold = [1.0], v_init = 0x7FF0000000000000 : f64>} { return }

// -----

// lif (C2)
// expected-error@+1 {{tau: needs a finite number of at least 1, has 5.000000e-01}}
func.func @lif_c2() attributes {a = #spike.lif<tau = 0.5, threshold = [1.0]>} { return }

// -----

// fixed (C1): negative
// expected-error@+1 {{scale: needs a positive finite number, has -1.000000e+00}}
func.func @fixed_c1() attributes {a = #spike.fixed<scale = [-1.0], fraction_bits = 4>} { return }

// -----

// fixed (C1): none
// expected-error@+1 {{number of scales: needs 1, or one per channel, has 0}}
func.func @fixed_c1_none() attributes {a = #spike.fixed<scale = [], fraction_bits = 4>} { return }

// -----

// fixed (C2)
// expected-error@+1 {{fraction_bits: needs 0..30, has 31}}
func.func @fixed_c2() attributes {a = #spike.fixed<scale = [1.0], fraction_bits = 31>} { return }

// -----

// fixed (C3): element type
// expected-error@+1 {{element type under #spike.fixed: needs si32, has i32}}
func.func private @fixed_c3(tensor<3xi32, #spike.fixed<scale = [1.0], fraction_bits = 4>>)

// -----

// fixed (C3): scales
// expected-error@+1 {{scales of #spike.fixed: needs 1, or one per element of the last dimension, has 2}}
func.func private @fixed_c3_scales(tensor<3xsi32, #spike.fixed<scale = [1.0, 2.0], fraction_bits = 4>>)

// -----

// state (C1)
// expected-error@+1 {{bits of the membrane: needs 2..48, has 49}}
func.func @state_c1() attributes {a = #spike.state<bits = 49>} { return }

// -----

// model (C1): values
// expected-error@+1 {{time_steps: needs 1..4096, has 0}}
func.func @model_c1() attributes {a = #spike.model<name = "m", time_steps = 0, context_length = 8, vocabulary = 3, alphabet = "abc", cleaning = "none">} { return }

// -----

// model (C2)
// expected-error@+1 {{characters of the alphabet: needs 0, or 3 (one per token id), has 2}}
func.func @model_c2() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "ab", cleaning = "none">} { return }

// -----

// model (C3)
// expected-error@+1 {{cleaning: needs "prose", "words" or "none", has "verse"}}
func.func @model_c3() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "verse">} { return }

// -----

// spike.model stands on a function of token ids
// expected-error@+1 {{'func.func' op argument of a function with spike.model: needs token ids (tensor<?xi32>), or [T x] N x D of i1, uiK or f32 with T 4 (the time_steps), has tensor<?xf32>}}
func.func @model_argument(%t: tensor<?xf32>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} { return }

// -----

// spike.model on a function of two arguments
// expected-error@+1 {{'func.func' op arguments of a function with spike.model: needs 1, the token ids or the input, has 2}}
func.func @model_arguments(%t: tensor<?xi32>, %u: tensor<?xi32>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} { return }

// -----

// spike.model on no function
// expected-error@+1 {{'builtin.module' op holder of spike.model: needs a function, has builtin.module}}
module attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} {}

// -----

// spike.model of another kind
// expected-error@+1 {{'func.func' op attribute spike.model: needs a #spike.model, has "m"}}
func.func @model_kind(%t: tensor<?xi32>) attributes {spike.model = "m"} { return }

// -----

// architecture (C1): value
// expected-error@+1 {{'func.func' op attribute spike.architecture: needs a name in quotes, has 3 : i64}}
func.func @architecture_value(%t: tensor<?xi32>) attributes {spike.architecture = 3} { return }

// -----

// architecture (C1): holder
// expected-error@+1 {{'builtin.module' op holder of spike.architecture: needs a function, has builtin.module}}
module attributes {spike.architecture = "spikedecoder"} {}

// -----

// fixed_table (C1): value
func.func @fixed_table_value(%t: tensor<?xi32>) {
  // expected-error@+1 {{'spike.position' op attribute spike.fixed_table: needs no value, has true}}
  %p = spike.position %t, dense<0.5> : tensor<8x1xf32> {spike.fixed_table = true} : tensor<?xi32> -> tensor<?x1xf32>
  return
}

// -----

// fixed_table (C1): holder
// expected-error@+1 {{'func.func' op holder of spike.fixed_table: needs spike.lookup or spike.position, has func.func}}
func.func @fixed_table_holder(%t: tensor<?xi32>) attributes {spike.fixed_table} { return }

// -----

// an attribute that the dialect does not know
// expected-error@+1 {{'func.func' op attribute 'spike.modle' is unknown to the spike dialect; known: spike.model, spike.architecture, spike.fixed_table, spike.firing_rate, spike.quantization_error}}
func.func @unknown(%t: tensor<?xi32>) attributes {spike.modle = "m"} { return }

// -----

// if (C1): bias
// expected-error@+1 {{bias: needs a finite number, has nan}}
func.func @if_c1_bias() attributes {a = #spike.if<threshold = [1.0], bias = 0x7FF8000000000000 : f64>} { return }

// -----

// lif (C2): one channel of several
// expected-error@+1 {{tau: needs a finite number of at least 1, has 0.000000e+00}}
func.func @lif_c2_channel() attributes {a = #spike.lif<tau = [2.0, 0], threshold = [1]>} { return }

// -----

// lif (C2): empty
// expected-error@+1 {{numbers of tau: needs 1, or one per channel, has 0}}
func.func @lif_c2_empty() attributes {a = #spike.lif<tau = [], threshold = [1]>} { return }

// -----

// state (C2)
// expected-error@+1 {{bits of the filtered current: needs 0, or 2..48, has 1}}
func.func @state_c2() attributes {a = #spike.state<bits = 24, current_bits = 1>} { return }

// -----

// state (C2): places
// expected-error@+1 {{current_fraction_bits: needs 0..30, has 31}}
func.func @state_c2_places() attributes {a = #spike.state<bits = 24, current_fraction_bits = 31>} { return }

// -----

// plif (C1)
// expected-error@+1 {{numbers of threshold: needs 1, or one per channel, has 0}}
func.func @plif_c1() attributes {a = #spike.plif<w = 0.0, threshold = []>} { return }

// -----

// plif (C2): not finite
// expected-error@+1 {{w: needs a finite number in -700..700, has INF}}
func.func @plif_c2_finite() attributes {a = #spike.plif<w = 0x7FF0000000000000 : f64, threshold = [1.0]>} { return }

// -----

// plif (C2): so negative that the gain would be 0
// expected-error@+1 {{w: needs a finite number in -700..700, has -7.010000e+02}}
func.func @plif_c2_low() attributes {a = #spike.plif<w = -701.0, threshold = [1.0]>} { return }

// -----

// cuba_lif (C1)
// expected-error@+1 {{threshold: needs a finite number, has nan}}
func.func @cuba_lif_c1() attributes {a = #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = 1.0, threshold = [0x7FF8000000000000]>} { return }

// -----

// cuba_lif (C2): current_decay
// expected-error@+1 {{current_decay: needs a finite number in 0..1, has 1.500000e+00}}
func.func @cuba_lif_c2_current() attributes {a = #spike.cuba_lif<current_decay = 1.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = 1.0, threshold = [1.0]>} { return }

// -----

// cuba_lif (C2): membrane_decay
// expected-error@+1 {{membrane_decay: needs a finite number in 0..1, has -5.000000e-01}}
func.func @cuba_lif_c2_membrane() attributes {a = #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = -0.5, membrane_gain = 1.0, threshold = [1.0]>} { return }

// -----

// cuba_lif (C2): gains
// expected-error@+1 {{current_gain: needs a finite number, has INF}}
func.func @cuba_lif_c2_gain() attributes {a = #spike.cuba_lif<current_decay = 0.5, current_gain = 0x7FF0000000000000 : f64, membrane_decay = 0.5, membrane_gain = 1.0, threshold = [1.0]>} { return }

// -----

// cuba_lif (C2): f64
// expected-error@+2 {{type of a number: needs f64, has 'f32'}}
// expected-error@+1 {{failed to parse}}
func.func @cuba_lif_c2_type() attributes {a = #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = 1.0 : f32, threshold = [1.0]>} { return }

// -----

// model (C4): number of words
// expected-error@+1 {{words: needs 2 (one per token id), has 1}}
func.func @model_c4_number() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "words", words = ["a"]>} { return }

// -----

// model (C4): an empty word
// expected-error@+1 {{word: needs a string that is not empty, has ""}}
func.func @model_c4_empty() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "words", words = ["a", ""]>} { return }

// -----

// model (C4): no string
// expected-error@+1 {{word: needs a string that is not empty, has 7 : i64}}
func.func @model_c4_kind() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "words", words = ["a", 7]>} { return }

// -----

// model (C4): words beside an alphabet
// expected-error@+1 {{characters of the alphabet beside words: needs 0, has 2}}
func.func @model_c4_alphabet() attributes {a = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "ab", cleaning = "words", words = ["a", "b"]>} { return }

// -----

// spike.model (C5): rank
// expected-error@+1 {{'func.func' op argument of a function with spike.model: needs token ids (tensor<?xi32>), or [T x] N x D of i1, uiK or f32 with T 4 (the time_steps), has tensor<1x4x?x3xi1>}}
func.func @model_c5_rank(%t: tensor<1x4x?x3xi1>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "none">} { return }

// -----

// spike.model (C5): kind
// expected-error@+1 {{'func.func' op argument of a function with spike.model: needs token ids (tensor<?xi32>), or [T x] N x D of i1, uiK or f32 with T 4 (the time_steps), has tensor<4x?x3xi32>}}
func.func @model_c5_kind(%t: tensor<4x?x3xi32>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "none">} { return }

// -----

// spike.model (C5): steps
// expected-error@+1 {{'func.func' op argument of a function with spike.model: needs token ids (tensor<?xi32>), or [T x] N x D of i1, uiK or f32 with T 4 (the time_steps), has tensor<5x?x3xi1>}}
func.func @model_c5_steps(%t: tensor<5x?x3xi1>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "none">} { return }

// -----

// spike.model (C5): features
// expected-error@+1 {{'func.func' op argument of a function with spike.model: needs token ids (tensor<?xi32>), or [T x] N x D of i1, uiK or f32 with T 4 (the time_steps), has tensor<?x?xf32>}}
func.func @model_c5_features(%t: tensor<?x?xf32>) attributes {spike.model = #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "none">} { return }

// -----

// spike.firing_rate (C1): range
func.func @firing_rate_range(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.binarize' op attribute spike.firing_rate: needs an f64 in 0..1, has 1.500000e+00 : f64}}
  %r = spike.binarize %x {spike.firing_rate = 1.5} : tensor<?x3xf32> -> tensor<?x3xi1>
  return
}

// -----

// spike.firing_rate (C1): type
func.func @firing_rate_type(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.binarize' op attribute spike.firing_rate: needs an f64 in 0..1, has 1 : i64}}
  %r = spike.binarize %x {spike.firing_rate = 1} : tensor<?x3xf32> -> tensor<?x3xi1>
  return
}

// -----

// spike.firing_rate (C1): of an op that fires nothing
func.func @firing_rate_holder(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.relu' op holder of spike.firing_rate: needs an op with one result of spikes, or spiking attention, has spike.relu}}
  %r = spike.relu %x {spike.firing_rate = 0.5} : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// -----

// spike.quantization_error (C1)
func.func @quantization_error(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'spike.relu' op attribute spike.quantization_error: needs two f64 in an array, has 0.000000e+00 : f64}}
  %r = spike.relu %x {spike.quantization_error = 0.0} : tensor<?x3xf32> -> tensor<?x3xf32>
  return
}

// The chip dialect: one case per numbered constraint of ChipOps.td and ChipAttrs.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// program (C1): positive
// expected-error@+1 {{'chip.program' op (C1) time_steps: has 0, needs at least 1}}
chip.program @p on "t" attributes {time_steps = 0 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {}

// -----

// program (C1): context
// expected-error@+1 {{'chip.program' op (C1) max_tokens: has 9, needs at most context_length, 8}}
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 9 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {}

// -----

// program (C2): words
// expected-error@+1 {{'chip.program' op (C2) words: has 2, needs 3, as the vocabulary}}
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "words", weight_bits = 8 : i64, words = ["a", "man"]} {}

// -----

// program (C2): an empty word
// expected-error@+1 {{'chip.program' op (C2) word 1: has nothing, needs a word}}
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 2 : i64, alphabet = "", cleaning = "words", weight_bits = 8 : i64, words = ["a", ""]} {}

// -----

// program (C2): words or characters
// expected-error@+1 {{'chip.program' op (C2) alphabet beside words: has one, needs none}}
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 2 : i64, alphabet = "ab", cleaning = "words", weight_bits = 8 : i64, words = ["a", "man"]} {}

// -----

// op (C1)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.op' op (C1) kind: has nothing, needs a name}}
  chip.op "" @fc
}

// -----

// host_op (C1): an input that stands after
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C1) input @bin: has a chip.host_op, needs a chip.host_op that stands before}}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
}

// -----

// host_op (C1): an input that is missing
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.host_op' op (C1) input @look: has no such symbol, needs a chip.host_op that stands before}}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
}

// -----

// host_op (C1): dequantize without a readout
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.host_op' op (C1) input @lif: has a chip.neurons, needs a readout population that stands before}}
  chip.host_op "dequantize" @logits columns 4 inputs [@lif] {scale = array<f64: 1.0>}
}

// -----

// host_op (C2): kind
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.host_op' op (C2) kind: has argmax, needs token_lookup, position_lookup, code, binarize, concat, slice, repeat, dequantize, inject, add, logic, linear, layer_norm, power_norm, batch_norm, scale, gelu, relu, softmax, clip_floor, neuron, softmax_attention, recombine}}
  chip.host_op "argmax" @a columns 4 inputs []
}

// -----

// host_op (C2): inputs
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C2) inputs of a binarize: has 2, needs 1}}
  chip.host_op "binarize" @bin columns 4 inputs [@look, @look] {threshold = 0.0 : f64}
}

// -----

// host_op (C2): table
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.host_op' op (C2) table of a token_lookup: has none, needs one}}
  chip.host_op "token_lookup" @look columns 4 inputs []
}

// -----

// host_op (C4): columns of the table
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.host_op' op (C4) table: has tensor<3x4xf32>, needs rank 2 of f32 with 5 columns}}
  chip.host_op "token_lookup" @look columns 5 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
}

// -----

// host_op (C2): threshold
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C2) threshold of a binarize: has none, needs one}}
  chip.host_op "binarize" @bin columns 4 inputs [@look]
}

// -----

// host_op (C2): scale
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "readout" @r kind "neuron" columns 4 spike_bits 0 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.host_op' op (C2) scale of a dequantize: has none, needs one}}
  chip.host_op "dequantize" @logits columns 4 inputs [@r]
}

// -----

// host_op (C4): entries of scale
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "readout" @r kind "neuron" columns 4 spike_bits 0 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.host_op' op (C4) entries of scale: has 2, needs 1 or 4}}
  chip.host_op "dequantize" @logits columns 4 inputs [@r] {scale = array<f64: 1.0, 2.0>}
}

// -----

// host_op (C2): columns
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C2) columns: has 4, needs 8, as the inputs}}
  chip.host_op "concat" @c columns 4 inputs [@look, @look]
}

// -----

// host_op (C2): an attribute of another kind
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C2) eps of a gelu: has one, needs none}}
  chip.host_op "gelu" @g columns 4 inputs [@look] {eps = 1.0 : f64}
}

// -----

// host_op (C2): an attribute that is missing
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C2) offset of a layer_norm: has none, needs one}}
  chip.host_op "layer_norm" @n columns 4 inputs [@look] {factor = array<f64: 1.0>, eps = 1.0 : f64}
}

// -----

// host_op (C3): steps
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C3) steps: has 0, needs at least 1}}
  chip.host_op "repeat" @r columns 4 inputs [@look] {steps = 0 : i64}
}

// -----

// host_op (C3): levels
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C3) levels: has 0, needs at least 1}}
  chip.host_op "clip_floor" @c columns 4 inputs [@look] {thresholds = array<f64: 1.0>, levels = 0 : i64}
}

// -----

// host_op (C3): from
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C3) from: has -1, needs at least 0}}
  chip.host_op "slice" @s columns 2 inputs [@look] {from = -1 : i64}
}

// -----

// host_op (C3): fraction_bits
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "readout" @r kind "readout" columns 4 spike_bits 0 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.host_op' op (C3) fraction_bits: has 31, needs 0..30}}
  chip.host_op "dequantize" @d columns 4 inputs [@r] {scale = array<f64: 1.0>, fraction_bits = 31 : i64}
}

// -----

// host_op (C4): rows of a linear's table
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C4) table: has tensor<3x4xf32>, needs rank 2 of f32 with 2 rows}}
  chip.host_op "linear" @l columns 2 inputs [@look] {table = dense<0.5> : tensor<3x4xf32>}
}

// -----

// host_op (C4): columns of a transposed table
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C4) table: has tensor<4x3xf32>, needs rank 2 of f32 with 2 columns}}
  chip.host_op "linear" @l columns 2 inputs [@look] {table = dense<0.5> : tensor<4x3xf32>, transposed}
}

// -----

// host_op (C4): entries of mean
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C4) entries of mean: has 1, needs 4}}
  chip.host_op "batch_norm" @n columns 4 inputs [@look] {factor = array<f64: 1.0>, offset = array<f64: 0.0>, mean = array<f64: 0.0>, spread = array<f64: 1.0, 1.0, 1.0, 1.0>, eps = 1.0 : f64}
}

// -----

// host_op (C5)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C5) spike_bits: has 33, needs 1..32}}
  chip.host_op "repeat" @r columns 4 inputs [@look] {spike_bits = 33 : i64, steps = 4 : i64}
}

// -----

// host_op (C6): code
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.host_op' op (C6) code: has gray, needs one_hot, binary, binary_left}}
  chip.host_op "code" @c columns 2 inputs [] {code = "gray", source = "token", size = 3 : i64}
}

// -----

// host_op (C6): source
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.host_op' op (C6) source: has text, needs token, position, token_at_position}}
  chip.host_op "code" @c columns 2 inputs [] {code = "binary", source = "text", size = 3 : i64}
}

// -----

// host_op (C6): reset
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C6) reset: has both, needs hard, soft, none}}
  chip.host_op "neuron" @n columns 4 inputs [@look] {thresholds = array<f64: 1.0>, decay = 1.0 : f64, gain = 1.0 : f64, bias = 0.0 : f64, v_reset = 0.0 : f64, v_init = 0.0 : f64, reset = "both"}
}

// -----

// host_op (C6): mode of a recombination
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C6) mode: has or, needs mean, sum, concatenate, last}}
  chip.host_op "recombine" @r columns 4 inputs [@look] {mode = "or"}
}

// -----

// host_op (C6): mode of a gate
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // expected-error@+1 {{'chip.host_op' op (C6) mode: has mean, needs or, and, iand}}
  chip.host_op "logic" @r columns 4 inputs [@look, @look] {mode = "mean"}
}

// -----

// neurons (C5)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C5) per_step of role graded_sum: has one, needs none}}
  chip.neurons "graded_sum" @s kind "add" columns 4 spike_bits 2 {per_step}
}

// -----

// program (C3)
// expected-error@+1 {{'chip.program' op (C3) result @fc: has a chip.op, needs a chip.host_op}}
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, result = @fc} {
  chip.op "linear" @fc
}

// -----

// host_op (C3)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.host_op' op (C3) columns: has 0, needs at least 1}}
  chip.host_op "token_lookup" @look columns 0 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
}

// -----

// neuron attribute (C1): decay
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{(C1) decay: has 3, needs 0..2}}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 3, shift = 1, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neuron attribute (C1): shift
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{(C1) shift: has 13, needs 0..12}}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 13, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neuron attribute (C2)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{(C2) state_bits: has 49, needs 2..48}}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 49, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neuron attribute (C3)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{(C3) rounding: has up, needs toward_zero, floor or nearest}}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "up", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neurons (C1)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C1) columns: has 0, needs at least 1}}
  chip.neurons "neurons" @lif kind "neuron" columns 0 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neurons (C2): role
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C2) role: has cells, needs neurons, graded_sum or readout}}
  chip.neurons "cells" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neurons (C2): model
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C2) model of role neurons: has none, needs one}}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1
}

// -----

// neurons (C2): a model of a graded sum
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C2) model of role graded_sum: has one, needs none}}
  chip.neurons "graded_sum" @sum kind "neuron" columns 4 spike_bits 2 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neurons (C2): thresholds
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C2) thresholds: has 3, needs 1 or 4}}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1, 2, 3], bias = [0]>}
}

// -----

// neurons (C3): readout
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C3) spike_bits of readout: has 1, needs 0}}
  chip.neurons "readout" @r kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// neurons (C3): graded sum
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C3) spike_bits of graded_sum: has 1, needs 2..8}}
  chip.neurons "graded_sum" @sum kind "neuron" columns 4 spike_bits 1
}

// -----

// neurons (C4)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  // expected-error@+1 {{'chip.neurons' op (C4) stage: has -1, needs at least 0}}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {stage = -1 : i64, model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
}

// -----

// attention (C1): columns
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.neurons "neurons" @k kind "neuron" columns 6 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.attention' op (C1) columns of k: has 6, needs 4, as the target}}
  chip.attention @ssa q @lif k @k v @lif target @lif heads 2 causal
}

// -----

// attention (C1): heads
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.attention' op (C1) heads: has 3, needs a divisor of 4}}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 3
}

// -----

// attention (C1): population
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.attention' op (C1) q @ssa: has a chip.attention, needs a population that emits spikes, or a chip.host_op with spike_bits}}
  chip.attention @ssa q @ssa k @lif v @lif target @lif heads 2
}

// -----

// projection (C1): rows
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C1) rows: has 5, needs 4, as the source}}
  chip.projection @proj op @fc from @repeat to @lif rows 5 columns 4 "dense" weight_bits 8
}

// -----

// projection (C1): rows of a concatenating readout
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C1) rows: has 4, needs 16, as the source}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8 {row_stride = 4 : i64}
}

// -----

// projection (C1): row_stride
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C1) row_stride: has 3, needs 0 or 4, the source's columns}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8 {row_stride = 3 : i64}
}

// -----

// projection (C1): columns
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C1) columns: has 5, needs 4, as the target}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 5 "dense" weight_bits 8
}

// -----

// projection (C1): sparse
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 5 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C1) rows of a sparse projection: has 4, needs 5, as its columns}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 5 "sparse" weight_bits 8
}

// -----

// projection (C2): op
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C2) op @fc: has no such symbol, needs a report row: a chip.op or a chip.neurons}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
}

// -----

// projection (C2): source
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.neurons "readout" @repeat kind "neuron" columns 4 spike_bits 0 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C2) source @repeat: has a chip.neurons, needs a population that emits spikes, or a chip.host_op with spike_bits}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
}

// -----

// projection (C2): target
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  // expected-error@+1 {{'chip.projection' op (C2) target @lif: has no such symbol, needs a chip.neurons}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
}

// -----

// projection (C3): encoding
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C3) encoding: has conv, needs dense or sparse}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "conv" weight_bits 8
}

// -----

// projection (C3): weight_bits
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  // expected-error@+1 {{'chip.projection' op (C3) weight_bits: has 32, needs 1..16}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 32
}

// -----

// slice (C1)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // expected-error@+1 {{'chip.slice' op (C1) columns: has 2 + 4, needs a part of 0 + 4}}
  chip.slice @s of @lif columns 2 + 4 memory_bits 128 {
  }
}

// -----

// slice (C2)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // expected-error@+1 {{'chip.slice' op (C2) memory_bits: has 128, needs at least 129, the sum of its blocks}}
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    chip.synapses @proj rows 0 + 4 memory_bits 129
  }
}

// -----

// slice (C3)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // expected-error@+1 {{'chip.slice' op (C3) body: has a chip.op, needs chip.synapses or chip.attention_heads}}
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    chip.op "linear" @other
  }
}

// -----

// synapses (C1): offset
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C1) offset: has -1, needs at least 0}}
    chip.synapses @proj rows 0 + 4 memory_bits 128 {offset = -1 : i64}
  }
}

// -----

// synapses (C1): weight_bytes
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C1) weight_bytes: has 4, needs 1 or 2}}
    chip.synapses @proj rows 0 + 4 memory_bits 128 {weight_bytes = 4 : i64}
  }
}

// -----

// synapses (C2): rows
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C2) rows: has 2 + 4, needs a part of 0 + 4}}
    chip.synapses @proj rows 2 + 4 memory_bits 128
  }
}

// -----

// synapses (C2): another population
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  chip.neurons "neurons" @other kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.slice @s of @other columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C2) target of the projection: has lif, needs other, the slice's population}}
    chip.synapses @proj rows 0 + 4 memory_bits 128
  }
}

// -----

// synapses (C2): no projection
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C2) projection @fc: has a chip.op, needs a chip.projection}}
    chip.synapses @fc rows 0 + 4 memory_bits 128
  }
}

// -----

// attention_heads (C1): heads
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op (C1) heads: has 1 + 2, needs a part of 0 + 2}}
    chip.attention_heads @ssa heads 1 + 2 memory_bits 8
  }
}

// -----

// attention_heads (C1): another population
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.neurons "neurons" @other kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @other columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op (C1) target of the attention: has lif, needs other, the slice's population}}
    chip.attention_heads @ssa heads 0 + 1 memory_bits 8
  }
}

// -----

// attention_heads (C2)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @lif columns 0 + 4 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op (C2) memory_bits: has -8, needs at least 0}}
    chip.attention_heads @ssa heads 0 + 1 memory_bits -8
  }
}

// -----

// flow (C1): source
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C1) source @lif: has a chip.neurons, needs a chip.slice, or a chip.host_op with spike_bits}}
  chip.flow from @lif columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4
  }
}

// -----

// flow (C1): columns
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C1) columns: has 0 + 5, needs a part of 0 + 4}}
  chip.flow from @repeat columns 0 + 5 {
  }
}

// -----

// flow (C2): body
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C2) body: has a chip.op, needs chip.target}}
  chip.flow from @repeat columns 0 + 4 {
    chip.op "linear" @x
  }
}

// -----

// flow (C2): a core twice
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C2) targets on #chip.core<chip = 0, x = 0, y = 0, core = 0>: has two, needs one per core}}
  chip.flow from @repeat columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4
  }
}

// -----

// target (C1)
chip.program @p on "t" attributes {time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @look columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  chip.host_op "binarize" @bin columns 4 inputs [@look] {threshold = 0.0 : f64}
  chip.host_op "repeat" @repeat columns 4 inputs [@bin] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  chip.flow from @repeat columns 0 + 4 {
    // expected-error@+1 {{'chip.target' op (C1) columns: has 2 + 4, needs a part of 0 + 4}}
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 2 + 4
  }
}

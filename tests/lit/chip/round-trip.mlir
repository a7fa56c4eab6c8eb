// Every operation and attribute survives text and bytecode.
// RUN: synfire-opt %s | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --emit-bytecode | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --verify-roundtrip -o /dev/null

// CHECK: chip.program @tiny on "tiny-2x2" attributes {alphabet = "abc", cleaning = "none", context_length = 8 : i64, max_tokens = 4 : i64, schedule = "sequential", seed = 7 : i64, stages = 4 : i64, target_argument = "chips/tiny.yaml", target_resources = ["mesh.width=2", "core.weight_bits=4,8"], time_steps = 4 : i64, vocabulary = 3 : i64, warnings = ["a membrane may overflow"], weight_bits = 8 : i64, weights_bytes = 64 : i64, weights_checksum = "xxh3:0123456789abcdef", weights_file = "tiny.weights"}
chip.program @tiny on "tiny-2x2" attributes {
    time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64,
    alphabet = "abc", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential",
    stages = 4 : i64, weights_file = "tiny.weights", weights_bytes = 64 : i64,
    weights_checksum = "xxh3:0123456789abcdef", target_argument = "chips/tiny.yaml",
    target_resources = ["mesh.width=2", "core.weight_bits=4,8"], seed = 7 : i64,
    warnings = ["a membrane may overflow"]} {
  // CHECK: chip.host_op "token_lookup" @embed.token columns 4 inputs [] {table = dense<5.000000e-01> : tensor<3x4xf32>}
  chip.host_op "token_lookup" @embed.token columns 4 inputs [] {table = dense<0.5> : tensor<3x4xf32>}
  // CHECK: chip.host_op "binarize" @embed.token_code columns 4 inputs [@embed.token] {threshold = 0.000000e+00 : f64}
  chip.host_op "binarize" @embed.token_code columns 4 inputs [@embed.token] {threshold = 0.0 : f64}
  // CHECK: chip.host_op "repeat" @embed.repeat columns 4 inputs [@embed.token_code] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.host_op "repeat" @embed.repeat columns 4 inputs [@embed.token_code] {spike_bits = 1 : i64, steps = 4 : i64}
  // CHECK: chip.op "linear" @fc
  chip.op "linear" @fc
  // CHECK: chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 1, fraction_bits = 4, rounding = "toward_zero", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [32], bias = [0, 1, -2, 3]>, neuron_model = "lif", stage = 1 : i64}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {neuron_model = "lif",
      stage = 1 : i64, model = #chip.neuron<decay = 1, shift = 1, fraction_bits = 4,
      rounding = "toward_zero", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24,
      saturates = false, threshold = [32], bias = [0, 1, -2, 3]>}
  // CHECK: chip.neurons "neurons" @att kind "neuron" columns 4 spike_bits 1
  chip.neurons "neurons" @att kind "neuron" columns 4 spike_bits 1 {
      model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor",
      soft_reset = true, v_reset = 0, v_init = 0, state_bits = 24, saturates = true,
      threshold = [1, 2, 3, 4], bias = [0]>}
  // CHECK: chip.attention @ssa q @lif k @lif v @lif target @att heads 2 causal
  chip.attention @ssa q @lif k @lif v @lif target @att heads 2 causal
  // CHECK: chip.neurons "graded_sum" @sum kind "add" columns 4 spike_bits 2
  chip.neurons "graded_sum" @sum kind "add" columns 4 spike_bits 2
  // CHECK: chip.projection @fc.in op @fc from @embed.repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  chip.projection @fc.in op @fc from @embed.repeat to @lif rows 4 columns 4 "dense" weight_bits 8
  // CHECK: chip.projection @sum.in op @sum from @lif to @sum rows 4 columns 4 "sparse" weight_bits 8
  chip.projection @sum.in op @sum from @lif to @sum rows 4 columns 4 "sparse" weight_bits 8
  // CHECK: chip.slice @lif.0 of @lif columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 1, y = 0, core = 0>}
  chip.slice @lif.0 of @lif columns 0 + 4 memory_bits 128
      attributes {core = #chip.core<chip = 0, x = 1, y = 0, core = 0>} {
    // CHECK: chip.synapses @fc.in rows 0 + 4 memory_bits 128 {offset = 0 : i64, weight_bytes = 1 : i64}
    chip.synapses @fc.in rows 0 + 4 memory_bits 128 {offset = 0 : i64, weight_bytes = 1 : i64}
  }
  // CHECK: chip.slice @att.0 of @att columns 0 + 2 memory_bits 64
  chip.slice @att.0 of @att columns 0 + 2 memory_bits 64 {
    // CHECK: chip.attention_heads @ssa heads 0 + 1 memory_bits 64
    chip.attention_heads @ssa heads 0 + 1 memory_bits 64
  }
  // CHECK: chip.flow from @embed.repeat columns 0 + 4
  chip.flow from @embed.repeat columns 0 + 4 {
    // CHECK: chip.target <chip = 0, x = 1, y = 0, core = 0> columns 0 + 4 links [0, 4]
    chip.target <chip = 0, x = 1, y = 0, core = 0> columns 0 + 4 links [0, 4]
  }
  // CHECK: chip.flow from @lif.0 columns 0 + 4
  chip.flow from @lif.0 columns 0 + 4 {
    // CHECK: chip.target <chip = 0, x = 0, y = 1, core = 0> columns 0 + 2
    chip.target <chip = 0, x = 0, y = 1, core = 0> columns 0 + 2
  }
}

// CHECK: chip.program @by_words {{.*}}words = ["the", "man's", "."]
chip.program @by_words on "tiny-2x2" attributes {
    time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64,
    alphabet = "", cleaning = "words", weight_bits = 8 : i64, words = ["the", "man's", "."]} {}

// Host ops of every kind, the numbers exactly.
// CHECK: chip.program @hybrid {{.*}}result = @logits
chip.program @hybrid on "tiny-2x2" attributes {
    time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64,
    alphabet = "", cleaning = "none", weight_bits = 8 : i64, result = @logits} {
  // CHECK: chip.host_op "code" @code columns 6 inputs [] {code = "one_hot", size = 6 : i64, source = "token_at_position", vocabulary = 3 : i64}
  chip.host_op "code" @code columns 6 inputs [] {code = "one_hot", source = "token_at_position", size = 6 : i64, vocabulary = 3 : i64}
  // CHECK: chip.host_op "slice" @part columns 4 inputs [@code] {from = 2 : i64}
  chip.host_op "slice" @part columns 4 inputs [@code] {from = 2 : i64}
  // CHECK: chip.host_op "repeat" @rep columns 4 inputs [@part] {spike_bits = 1 : i64, stage = 0 : i64, steps = 4 : i64}
  chip.host_op "repeat" @rep columns 4 inputs [@part] {spike_bits = 1 : i64, steps = 4 : i64, stage = 0 : i64}
  // CHECK: chip.neurons "readout" @fc kind "linear" columns 4 spike_bits 0 {{.*}}per_step
  chip.neurons "readout" @fc kind "linear" columns 4 spike_bits 0 {per_step, model = #chip.neuron<decay = 1,
      shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0,
      state_bits = 24, saturates = false, threshold = [0], bias = [0]>}
  // CHECK: chip.host_op "dequantize" @real columns 4 inputs [@fc] {fraction_bits = 3 : i64, scale = array<f64: 1.000000e-01>, steps = 4 : i64}
  chip.host_op "dequantize" @real columns 4 inputs [@fc] {scale = array<f64: 0.1>, fraction_bits = 3 : i64, steps = 4 : i64}
  // CHECK: chip.host_op "layer_norm" @norm columns 4 inputs [@real] {eps = 1.000000e-05 : f64, factor = array<f64: 1.000000e+00, 0.10000000149011612, 3.000000e+00, 4.000000e+00>, offset = array<f64: 0.000000e+00>, steps = 4 : i64}
  chip.host_op "layer_norm" @norm columns 4 inputs [@real] {steps = 4 : i64, eps = 1.0e-5 : f64,
      factor = array<f64: 1.0, 0.10000000149011612, 3.0, 4.0>, offset = array<f64: 0.0>}
  // CHECK: chip.host_op "inject" @inj columns 4 inputs [@rep] {steps = 4 : i64}
  chip.host_op "inject" @inj columns 4 inputs [@rep] {steps = 4 : i64}
  // CHECK: chip.host_op "add" @sum columns 4 inputs [@norm, @inj] {steps = 4 : i64}
  chip.host_op "add" @sum columns 4 inputs [@norm, @inj] {steps = 4 : i64}
  // CHECK: chip.host_op "power_norm" @power columns 4 inputs [@sum] {eps =
  chip.host_op "power_norm" @power columns 4 inputs [@sum] {steps = 4 : i64, eps = 1.0e-5 : f64,
      factor = array<f64: 1.0>, offset = array<f64: 0.0>, spread = array<f64: 1.0, 1.0, 2.0, 2.0>}
  // CHECK: chip.host_op "softmax_attention" @soft columns 4 inputs [@norm, @sum, @power] {attention_scale = 5.000000e-01 : f64, causal, heads = 2 : i64, kv_heads = 2 : i64, steps = 4 : i64}
  chip.host_op "softmax_attention" @soft columns 4 inputs [@norm, @sum, @power] {steps = 4 : i64,
      heads = 2 : i64, kv_heads = 2 : i64, attention_scale = 0.5 : f64, causal}
  // CHECK: chip.host_op "neuron" @lif columns 4 inputs [@soft] {bias = 0.000000e+00 : f64, decay = 5.000000e-01 : f64, gain = 5.000000e-01 : f64, reset = "soft", spike_bits = 1 : i64, stage = 3 : i64, steps = 4 : i64, strict, thresholds = array<f64: 1.000000e+00>, v_init = 0.000000e+00 : f64, v_reset = 0.000000e+00 : f64}
  chip.host_op "neuron" @lif columns 4 inputs [@soft] {steps = 4 : i64, spike_bits = 1 : i64, stage = 3 : i64,
      thresholds = array<f64: 1.0>, decay = 0.5 : f64, gain = 0.5 : f64, bias = 0.0 : f64,
      v_reset = 0.0 : f64, v_init = 0.0 : f64, reset = "soft", strict}
  // CHECK: chip.host_op "logic" @gate columns 4 inputs [@lif, @rep] {mode = "iand", steps = 4 : i64}
  chip.host_op "logic" @gate columns 4 inputs [@lif, @rep] {mode = "iand", steps = 4 : i64}
  // CHECK: chip.host_op "recombine" @mean columns 4 inputs [@gate] {mode = "mean"}
  chip.host_op "recombine" @mean columns 4 inputs [@gate] {mode = "mean"}
  // CHECK: chip.host_op "clip_floor" @clip columns 4 inputs [@mean] {levels = 4 : i64, thresholds = array<f64: 1.000000e+00>}
  chip.host_op "clip_floor" @clip columns 4 inputs [@mean] {levels = 4 : i64, thresholds = array<f64: 1.0>}
  // CHECK: chip.host_op "linear" @logits columns 3 inputs [@clip] {factor = array<f64: 2.000000e+00>, offset = array<f64: 1.000000e+00, 2.000000e+00, 3.000000e+00>, table = dense<5.000000e-01> : tensor<4x3xf32>, transposed}
  chip.host_op "linear" @logits columns 3 inputs [@clip] {table = dense<0.5> : tensor<4x3xf32>, transposed,
      factor = array<f64: 2.0>, offset = array<f64: 1.0, 2.0, 3.0>}
}

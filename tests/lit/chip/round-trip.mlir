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
  // CHECK: chip.host @embed.token(%[[IDS:.*]] : tensor<?xi32>) {
  // CHECK-NEXT: %[[ROW:.*]] = spike.lookup %[[IDS]], dense<5.000000e-01> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32>
  // CHECK-NEXT: chip.yield %[[ROW]] : tensor<?x4xf32>
  // CHECK-NEXT: }
  chip.host @embed.token(%ids : tensor<?xi32>) {
    %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32>
    chip.yield %0 : tensor<?x4xf32>
  }
  // CHECK: chip.host @embed.token_code(%[[X:.*]] = @embed.token : tensor<?x4xf32>) {
  // CHECK-NEXT: spike.binarize %[[X]] {threshold = 5.000000e-01 : f64} : tensor<?x4xf32> -> tensor<?x4xi1>
  chip.host @embed.token_code(%x = @embed.token : tensor<?x4xf32>) {
    %0 = spike.binarize %x {threshold = 0.5 : f64} : tensor<?x4xf32> -> tensor<?x4xi1>
    chip.yield %0 : tensor<?x4xi1>
  }
  // CHECK: chip.host @embed.repeat(%{{.*}} = @embed.token_code : tensor<?x4xi1>) stage 0 attributes {note = "kept"} {
  chip.host @embed.repeat(%x = @embed.token_code : tensor<?x4xi1>) stage 0 attributes {note = "kept"} {
    %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1>
    chip.yield %0 : tensor<4x?x4xi1>
  }
  // CHECK: chip.op "linear" @fc
  chip.op "linear" @fc
  // CHECK: chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 1, fraction_bits = 4, v_reset = 0, v_init = 0, state_bits = 24, rounding = "toward_zero", soft_reset = false, saturates = false, threshold = [32], bias = [0, 1, -2, 3]>, neuron_model = "lif", stage = 1 : i64}
  chip.neurons "neurons" @lif kind "neuron" columns 4 spike_bits 1 {neuron_model = "lif",
      stage = 1 : i64, model = #chip.neuron<decay = 1, shift = 1, fraction_bits = 4,
      rounding = "toward_zero", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24,
      saturates = false, threshold = [32], bias = [0, 1, -2, 3]>}
  // CHECK: chip.neurons "neurons" @cuba kind "neuron" columns 2 spike_bits 1 {model = #chip.neuron<decay = 1, shift = 1, fraction_bits = 4, v_reset = 0, v_init = 0, state_bits = 24, current_decay = 3, current_shift = 2, rounding = "floor", soft_reset = false, saturates = true, threshold = [32], bias = [1, -2], membrane_bias = [5]>
  chip.neurons "neurons" @cuba kind "neuron" columns 2 spike_bits 1 {
      model = #chip.neuron<current_shift = 2, decay = 1, shift = 1, fraction_bits = 4,
      rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24,
      membrane_bias = [5], saturates = true, threshold = [32], bias = [1, -2], current_decay = 3>}
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

// What the host computes between two stages of the chip, and an op of several inputs; the spike dialect's own round trip
// holds every op with every part.
// CHECK: chip.program @hybrid {{.*}}result = @logits
chip.program @hybrid on "tiny-2x2" attributes {
    time_steps = 4 : i64, context_length = 8 : i64, max_tokens = 4 : i64, vocabulary = 3 : i64,
    alphabet = "", cleaning = "none", weight_bits = 8 : i64, result = @logits} {
  // CHECK: chip.neurons "readout" @fc kind "linear" columns 4 spike_bits 0 {{.*}}per_step
  chip.neurons "readout" @fc kind "linear" columns 4 spike_bits 0 {per_step, model = #chip.neuron<decay = 1,
      shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0,
      state_bits = 24, saturates = false, threshold = [0], bias = [0]>}
  // CHECK: chip.host @real(%[[Q:.*]] = @fc : tensor<4x?x4xsi32, #fixed>) {
  // CHECK-NEXT: spike.dequantize %[[Q]] : tensor<4x?x4xsi32, #fixed> -> tensor<4x?x4xf32>
  chip.host @real(%q = @fc : tensor<4x?x4xsi32, #spike.fixed<scale = [0.1], fraction_bits = 3>>) {
    %0 = spike.dequantize %q : tensor<4x?x4xsi32, #spike.fixed<scale = [0.1], fraction_bits = 3>> -> tensor<4x?x4xf32>
    chip.yield %0 : tensor<4x?x4xf32>
  }
  // CHECK: chip.host @soft(%[[A:.*]] = @real : tensor<4x?x4xf32>, %[[B:.*]] = @real : tensor<4x?x4xf32>, %[[C:.*]] = @real : tensor<4x?x4xf32>) {
  // CHECK-NEXT: spike.softmax_attention %[[A]], %[[B]], %[[C]] heads 2 scale 5.000000e-01 causal
  chip.host @soft(%q = @real : tensor<4x?x4xf32>, %k = @real : tensor<4x?x4xf32>, %v = @real : tensor<4x?x4xf32>) {
    %0 = spike.softmax_attention %q, %k, %v heads 2 scale 0.5 causal : tensor<4x?x4xf32>, tensor<4x?x4xf32>, tensor<4x?x4xf32> -> tensor<4x?x4xf32>
    chip.yield %0 : tensor<4x?x4xf32>
  }
  // CHECK: chip.host @lif(%{{.*}} = @soft : tensor<4x?x4xf32>) stage 3 {
  chip.host @lif(%x = @soft : tensor<4x?x4xf32>) stage 3 {
    %0 = spike.neuron #spike.lif<tau = 2.0, threshold = [1.0]>, %x : tensor<4x?x4xf32> -> tensor<4x?x4xi1>
    chip.yield %0 : tensor<4x?x4xi1>
  }
  // CHECK: chip.host @logits(%{{.*}} = @lif : tensor<4x?x4xi1>) {
  chip.host @logits(%x = @lif : tensor<4x?x4xi1>) {
    %0 = spike.recombine mean %x : tensor<4x?x4xi1> -> tensor<?x4xf32>
    chip.yield %0 : tensor<?x4xf32>
  }
}

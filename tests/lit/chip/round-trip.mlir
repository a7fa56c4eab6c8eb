// Every operation and attribute survives text and bytecode.
// RUN: synfire-opt %s | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --emit-bytecode | synfire-opt | FileCheck %s
// RUN: synfire-opt %s --verify-roundtrip -o /dev/null

// CHECK: chip.program @tiny on "tiny-2x2"{{$}}
// CHECK-NEXT: {{^ *}}time_steps 4{{$}}
// CHECK-NEXT: {{^ *}}context_length 8{{$}}
// CHECK-NEXT: {{^ *}}max_tokens 4{{$}}
// CHECK-NEXT: {{^ *}}vocabulary 3{{$}}
// CHECK-NEXT: {{^ *}}alphabet "abc"{{$}}
// CHECK-NEXT: {{^ *}}cleaning "none"{{$}}
// CHECK-NEXT: {{^ *}}weight_bits 8{{$}}
// CHECK-NEXT: {{^ *}}schedule "sequential"{{$}}
// CHECK-NEXT: {{^ *}}stages 4{{$}}
// CHECK-NEXT: {{^ *}}weights_file "tiny.weights"{{$}}
// CHECK-NEXT: {{^ *}}weights_bytes 64{{$}}
// CHECK-NEXT: {{^ *}}weights_checksum "xxh3:0123456789abcdef"{{$}}
// CHECK-NEXT: {{^ *}}target_argument "chips/tiny.yaml"{{$}}
// CHECK-NEXT: {{^ *}}target_resources ["mesh.width=2", "core.weight_bits=4,8"]{{$}}
// CHECK-NEXT: {{^ *}}seed 7{{$}}
// CHECK-NEXT: {{^ *}}warnings ["a membrane may overflow"] {{{$}}
chip.program @tiny on "tiny-2x2"
    vocabulary 3
    time_steps 4
    context_length 8
    max_tokens 4
    alphabet "abc"
    cleaning "none"
    weight_bits 8
    schedule "sequential"
    stages 4
    weights_file "tiny.weights"
    weights_bytes 64
    weights_checksum "xxh3:0123456789abcdef"
    target_argument "chips/tiny.yaml"
    target_resources ["mesh.width=2", "core.weight_bits=4,8"]
    seed 7
    warnings ["a membrane may overflow"] {
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
  // CHECK: chip.host @image(%[[IMAGE:.*]] : tensor<4x?x2xui3>) stage 0 {
  // CHECK-NEXT: chip.yield %[[IMAGE]] : tensor<4x?x2xui3>
  chip.host @image(%x : tensor<4x?x2xui3>) stage 0 {
    chip.yield %x : tensor<4x?x2xui3>
  }
  // CHECK: chip.op linear @fc
  chip.op linear @fc
  // CHECK: chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 stage 1 neuron_model lif model <fraction_bits = 4, state_bits = 24, rounding = "toward_zero", soft_reset = false, saturates = false, decay = [1], shift = [1], v_reset = [0], v_init = [0], threshold = [32], bias = [0, 1, -2, 3]>{{$}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 stage 1 neuron_model lif
      model <decay = [1], shift = [1], fraction_bits = 4, rounding = "toward_zero", soft_reset = false,
             v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [32],
             bias = [0, 1, -2, 3]>
  // CHECK: chip.neurons neurons @cuba kind neuron columns 2 spike_bits 1 model <fraction_bits = 4, state_bits = 24, current_bits = 24, current_fraction_bits = 4, rounding = "floor", soft_reset = false, saturates = true, decay = [1], shift = [1], v_reset = [0], v_init = [0], threshold = [32], bias = [1, -2], current_decay = [3], current_shift = [2], membrane_bias = [5]>{{$}}
  chip.neurons neurons @cuba kind neuron columns 2 spike_bits 1
      model <current_shift = [2], decay = [1], shift = [1], fraction_bits = 4, rounding = "floor",
             soft_reset = false, v_reset = [0], v_init = [0], state_bits = 24, membrane_bias = [5],
             saturates = true, threshold = [32], bias = [1, -2], current_decay = [3],
             current_fraction_bits = 4, current_bits = 24>
  // CHECK: chip.neurons neurons @att kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = true, saturates = true, decay = [1], shift = [0], v_reset = [-3], v_init = [5], threshold = [1, 2, 3, 4], bias = [0]>{{$}}
  chip.neurons neurons @att kind neuron columns 4 spike_bits 1
      model <decay = [1], shift = [0], fraction_bits = 0, v_reset = [-3], v_init = [5], state_bits = 24,
             rounding = "floor", soft_reset = true, saturates = true, threshold = [1, 2, 3, 4],
             bias = [0]>
  // CHECK: chip.attention @ssa q @lif k @lif v @lif target @att heads 2 causal
  chip.attention @ssa q @lif k @lif v @lif target @att heads 2 causal
  // CHECK: chip.neurons graded_sum @sum kind add columns 4 spike_bits 2
  chip.neurons graded_sum @sum kind add columns 4 spike_bits 2
  // CHECK: chip.projection @fc.in op @fc from @embed.repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.projection @fc.in op @fc from @embed.repeat to @lif rows 4 columns 4 dense weight_bits 8
  // CHECK: chip.projection @fc.ternary op @fc from @embed.repeat to @att rows 4 columns 4 dense weight_bits 2 weight_format ternary nonzeros [0, 4, 1, 2]
  chip.projection @fc.ternary op @fc from @embed.repeat to @att rows 4 columns 4 dense weight_bits 2 weight_format ternary nonzeros [0, 4, 1, 2]
  // CHECK: chip.projection @sum.in op @sum from @lif to @sum rows 4 columns 4 sparse weight_bits 8
  chip.projection @sum.in op @sum from @lif to @sum rows 4 columns 4 sparse weight_bits 8
  // CHECK: chip.projection @late op @fc from @lif to @lif rows 4 columns 4 dense weight_bits 8 delays [0, 2, 1, 3]
  chip.projection @late op @fc from @lif to @lif rows 4 columns 4 dense weight_bits 8 delays [0, 2, 1, 3]
  // CHECK: chip.slice @lif.0 of @lif columns 0 to 3 on core 0 of tile (1, 0) memory_bits 128
  chip.slice @lif.0 of @lif columns 0 to 3 on core 0 of tile (1, 0) memory_bits 128 {
    // CHECK: chip.synapses @fc.in rows 0 to 3 memory_bits 128 offset 0 weight_bytes 1
    chip.synapses @fc.in rows 0 to 3 memory_bits 128 offset 0 weight_bytes 1
  }
  // CHECK: chip.slice @att.0 of @att columns 0 to 1 memory_bits 76
  chip.slice @att.0 of @att columns 0 to 1 memory_bits 76 {
    // CHECK: chip.synapses @fc.ternary rows 0 to 3 indexed memory_bits 12 offset 64 weight_bytes 1
    chip.synapses @fc.ternary rows 0 to 3 indexed memory_bits 12 offset 64 weight_bytes 1
    // CHECK: chip.attention_heads @ssa heads 0 to 0 memory_bits 64
    chip.attention_heads @ssa heads 0 to 0 memory_bits 64
  }
  // CHECK: chip.flow from @embed.repeat columns 0 to 3
  chip.flow from @embed.repeat columns 0 to 3 {
    // CHECK: chip.target core 0 of tile (1, 0) columns 0 to 3 links (0, 0) east, (1, 0) east
    chip.target core 0 of tile (1, 0) columns 0 to 3 links (0, 0) east, (1, 0) east
  }
  // CHECK: chip.flow from @lif.0 columns 0 to 3
  chip.flow from @lif.0 columns 0 to 3 {
    // CHECK: chip.target core 0 of tile (0, 1) columns 0 to 1{{$}}
    chip.target core 0 of tile (0, 1) columns 0 to 1
    // CHECK: chip.target core -1 of tile (2, 0) on chip 3 columns 3 to 3 links none{{$}}
    chip.target core -1 of tile (2, 0) on chip 3 columns 3 to 3 links none
    // Also links that no mesh of 2 x 2 has: they are verify-mapping's to refuse.
    // CHECK: chip.target core 0 of tile (0, 0) columns 0 to 0 links (1, 7) west, router -1 south{{$}}
    chip.target core 0 of tile (0, 0) columns 0 to 0 links router 15 west, router -1 south
  }
}

// CHECK: chip.program @by_words
// CHECK: {{^ *}}words ["the", "man's", "."]
chip.program @by_words on "tiny-2x2"
    time_steps 4
    context_length 8
    max_tokens 4
    vocabulary 3
    alphabet ""
    cleaning "words"
    weight_bits 8
    words ["the", "man's", "."] {}

// What the host computes between two stages of the chip, and an op of several inputs; the spike dialect's own round trip
// holds every op with every part.
// CHECK: chip.program @hybrid
// CHECK: {{^ *}}result @logits {
chip.program @hybrid on "tiny-2x2"
    time_steps 4
    context_length 8
    max_tokens 4
    vocabulary 3
    alphabet ""
    cleaning "none"
    weight_bits 8
    result @logits {
  // CHECK: chip.neurons readout @fc kind linear columns 4 spike_bits 0 per_step
  chip.neurons readout @fc kind linear columns 4 spike_bits 0 per_step
      model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [0], bias = [0]>
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

// Without a target's resources nothing says where a router is. A word that is no identifier stands in quotes.
// CHECK: chip.program @no_mesh on "two words"
chip.program @no_mesh on "two words" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet ""
    cleaning "none" weight_bits 8 attributes {note = "kept"} {
  // CHECK: attributes {note = "kept"} {
  chip.host @in(%ids : tensor<?xi32>) {
    %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1>
    chip.yield %0 : tensor<?x4xi1>
  }
  chip.host @repeat(%x = @in : tensor<?x4xi1>) {
    %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1>
    chip.yield %0 : tensor<4x?x4xi1>
  }
  // CHECK: chip.op "my linear" @fc
  chip.op "my linear" @fc
  // CHECK: chip.neurons graded_sum @sum kind add columns 4 spike_bits 2{{$}}
  chip.neurons "graded_sum" @sum kind "add" columns 4 spike_bits 2
  // CHECK: chip.projection @p op @fc from @repeat to @sum rows 16 columns 4 dense weight_bits 8 row_stride 4 last_step_only{{$}}
  chip.projection @p op @fc from @repeat to @sum rows 16 columns 4 dense weight_bits 8 row_stride 4 last_step_only
  // CHECK: chip.flow from @repeat
  chip.flow from @repeat columns 0 to 3 {
    // CHECK: chip.target core 0 of tile (1, 1) columns 0 to 3 links router 0 east, router 1 north{{$}}
    chip.target core 0 of tile (1, 1) columns 0 to 3 links router 0 east, router 1 north
  }
}

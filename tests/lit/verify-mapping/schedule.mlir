// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// V10: no schedule, or one that is unknown.
// expected-error @below {{(V10) the schedule is 'not set', needed is sequential}}
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, stages = 3 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 2 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

// expected-error @below {{(V10) the schedule is 'free', needed is sequential}}
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "free", stages = 3 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 2 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

// V10: stages of the program that are not one more than the largest.
// expected-error @below {{(V10) the program has 4 stages, its populations need 3}}
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 4 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 2 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

// expected-error @below {{(V10) the program has 0 stages, its populations need 3}}
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential"} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 2 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

// V10: a population without a stage, or not after its source.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  // expected-error @below {{(V10) `a` has no stage}}
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 2 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 2 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  // expected-error @below {{(V10) `b` is in stage 1, its source `a` in stage 1; needed is a later stage than the source's}}
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

// V10: of attention, q, k and v are sources.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 2 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  // expected-error @below {{(V10) `b` is in stage 1, its source `a` in stage 1; needed is a later stage than the source's}}
  chip.attention @ssa q @a k @a v @a target @b heads 2 causal
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 512 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.attention_heads @ssa heads 0 + 2 memory_bits 512
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

// V10: spikes of the host that are sent while it still reads what they come from.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 4 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons "readout" @a kind "linear" columns 4 spike_bits 0 {stage = 1 : i64, per_step, model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [0], bias = [0]>}
  chip.host @real(%x = @a : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<4x?x4xf32> chip.yield %0 : tensor<4x?x4xf32> }
  // expected-error @below {{(V10) `code` is in stage 1, a readout that the host computes it from in stage 1; needed is stage 2 or a later one}}
  chip.host @code(%x = @real : tensor<4x?x4xf32>) stage 1 { %0 = spike.binarize %x : tensor<4x?x4xf32> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 3 : i64}
  chip.projection @p0 op @a from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @b from @code to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @code columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

// One tick later they are sound.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 4 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons "readout" @a kind "linear" columns 4 spike_bits 0 {stage = 1 : i64, per_step, model = #chip.neuron<decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [0], bias = [0]>}
  chip.host @real(%x = @a : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<4x?x4xf32> chip.yield %0 : tensor<4x?x4xf32> }
  chip.host @code(%x = @real : tensor<4x?x4xf32>) stage 2 { %0 = spike.binarize %x : tensor<4x?x4xf32> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 3 : i64}
  chip.projection @p0 op @a from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @b from @code to @b rows 4 columns 4 "sparse" weight_bits 8
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 4 memory_bits 40
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @code columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

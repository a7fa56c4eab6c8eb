// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// The mapping that the cases below damage is accepted.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [0, 6]
  }
}

// -----

// V7: no flow, two flows.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 4 spike_bits 2 {stage = 1 : i64}
  chip.neurons "graded_sum" @b kind "add" columns 4 spike_bits 2 {stage = 2 : i64}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 "dense" weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 "sparse" weight_bits 8
  // expected-error @below {{(V7) `a0` has no flow, slice `b0` reads it}}
  chip.slice @a0 of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [0, 6]
  }
  // expected-error @below {{(V7) `a0` has two flows}}
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
  }
}

// -----

// V7: a core that is not reached, or for nothing.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  // expected-error @below {{(V7) the flow from `a0` does not reach core 0 of tile (1, 1), where slice `b1` reads columns 2 to 3}}
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [0, 6]
    // expected-error @below {{(V7) the flow from `a0` reaches core 0 of tile (1, 0), where no slice reads it}}
    chip.target <chip = 0, x = 1, y = 0, core = 0> columns 0 + 4 links [0]
  }
}

// -----

// V7: more or fewer columns than are read there.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V7) the flow from `a0` carries columns 1 to 3 to core 0 of tile (1, 1), where slices read columns 2 to 3}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 1 + 3 links [0, 6]
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V7) the flow from `a0` carries column 3 to core 0 of tile (1, 1), where slices read columns 2 to 3}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 3 + 1 links [0, 6]
  }
}

// -----

// V8: a path that ends too early, has a gap, leaves the mesh or turns from y to x.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) ends at router (1, 0)}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [0]
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) ends at router (0, 0)}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links []
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) takes link (1, 0) -> (1, 1) at router (0, 0)}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [6]
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) takes link (0, 1) -> (0, 2) at router (1, 0)}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [0, 10]
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) leaves the mesh by link (0, 0) -> (-1, 0)}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [1]
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) has link 16, the mesh ends at link 15}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [0, 16]
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) has link -1, the mesh ends at link 15}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [-1]
  }
}

// -----

chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    // expected-error @below {{(V8) the flow from `a0` to core 0 of tile (1, 1) turns from y to x at router (0, 1)}}
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [2, 8]
  }
}

// -----

// V8: the host's flow starts at the router of its port.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64, schedule = "sequential", stages = 3 : i64} {
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
  chip.slice @b0 of @b columns 0 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p1 rows 0 + 2 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 + 2 memory_bits 18 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 2 + 2 memory_bits 18
  }
  chip.flow from @in columns 0 + 4 {
    // expected-error @below {{(V8) the flow from `in` to core 0 of tile (0, 0) takes link (1, 0) -> (2, 0) at router (0, 0)}}
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links [4]
  }
  chip.flow from @a0 columns 0 + 4 {
    chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 2 links []
    chip.target <chip = 0, x = 1, y = 1, core = 0> columns 2 + 2 links [0, 6]
  }
}

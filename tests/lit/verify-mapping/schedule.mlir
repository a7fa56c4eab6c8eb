// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// V6: no schedule, or one that is unknown.
// expected-error @below {{'m': schedule: needs sequential, has none}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 stages 3 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// expected-error @below {{'m': schedule: needs sequential, has free}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "free" stages 3 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// V6: stages of the program that are not one more than the largest.
// expected-error @below {{'m': needs 3 stages for its populations, has 4}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 4 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// expected-error @below {{'m': needs 3 stages for its populations, has 0}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// V6: a population without a stage, or not after its source.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-error @below {{'a': has no stage}}
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 2 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-note @below {{'a' is in stage 1}}
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  // expected-note @below {{'b' is in stage 1}}
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 1
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  // expected-error @below {{'b': needs stage 2 or a later one, has stage 1}}
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// V6: of attention, q, k and v are sources.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 2 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-note @below {{'a' is in stage 1}}
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  // expected-note @below {{'b' is in stage 1}}
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 1
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  // expected-error @below {{'b': needs stage 2 or a later one, has stage 1}}
  chip.attention @ssa q @a k @a v @a target @b heads 2 causal
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 512 {
    chip.attention_heads @ssa heads 0 to 1 memory_bits 512
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// V6: spikes of the host that are sent while it still reads what they come from.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 4 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  // expected-note @below {{'a' is in stage 1}}
  chip.neurons readout @a kind linear columns 4 spike_bits 0 per_step stage 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [0], bias = [0]>
  chip.host @real(%x = @a : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<4x?x4xf32> chip.yield %0 : tensor<4x?x4xf32> }
  // expected-error @below {{'code': needs stage 2 or a later one, has stage 1}}
  // expected-note @below {{'code' is in stage 1}}
  chip.host @code(%x = @real : tensor<4x?x4xf32>) stage 1 { %0 = spike.binarize %x : tensor<4x?x4xf32> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 3
  chip.projection @p0 op @a from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @b from @code to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @code columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// One tick later they are sound.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 4 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons readout @a kind linear columns 4 spike_bits 0 per_step stage 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [0], bias = [0]>
  chip.host @real(%x = @a : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<4x?x4xf32> chip.yield %0 : tensor<4x?x4xf32> }
  chip.host @code(%x = @real : tensor<4x?x4xf32>) stage 2 { %0 = spike.binarize %x : tensor<4x?x4xf32> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 3
  chip.projection @p0 op @a from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @b from @code to @b rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @code columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// V6 asks for no later stage where all spikes are late: this mapping is good.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 2 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) stage 0 { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @a rows 4 columns 4 sparse weight_bits 8 delays [1]
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 168 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

// V4: what is held back takes memory, here of one projection in three columns.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 2 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) stage 0 { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  // expected-note @below {{'p0'}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8 delays [0, 1, 2, 1]
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    // expected-error @below {{'a0': projection 'p0': needs 132 bits of memory, has 128}}
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

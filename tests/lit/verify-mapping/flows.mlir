// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// The mapping that the cases below damage is accepted.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) east, (1, 0) north
  }
}

// -----

// S3: no flow. V5: two flows.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  // expected-error @below {{'a0': its flow does not reach core 0 of tile (0, 0), which needs columns 0 to 1}}
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  // expected-note @below {{'b0' reads it}}
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  // expected-note @below {{the other one is here}}
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) east, (1, 0) north
  }
  // expected-error @below {{'a0': has two flows}}
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
  }
}

// -----

// S3, S4: a core that is not reached, or for nothing.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  // expected-note @below {{'b1' reads it}}
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  // expected-error @below {{'a0': its flow does not reach core 0 of tile (1, 1), which needs columns 2 to 3}}
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) east, (1, 0) north
    // expected-error @below {{'a0': its flow reaches core 0 of tile (1, 0), where no slice reads it}}
    chip.target core 0 of tile (1, 0) columns 0 to 3 links (0, 0) east
  }
}

// -----

// S6: more or fewer columns than are read there.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  // expected-note @below {{'b1' reads it}}
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1): needs columns 2 to 3, has columns 1 to 3}}
    chip.target core 0 of tile (1, 1) columns 1 to 3 links (0, 0) east, (1, 0) north
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  // expected-note @below {{'b1' reads it}}
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1): needs columns 2 to 3, has column 3}}
    chip.target core 0 of tile (1, 1) columns 3 to 3 links (0, 0) east, (1, 0) north
  }
}

// -----

// S7 and S8: a path that ends too early, has a gap or leaves the mesh.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) ends at router (1, 0)}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) east
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) ends at router (0, 0)}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links none
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) takes link (1, 0) -> (1, 1) at router (0, 0)}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (1, 0) north
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) takes link (0, 1) -> (0, 2) at router (1, 0)}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) east, (0, 1) north
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) leaves the mesh by link (0, 0) -> (-1, 0)}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) west
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) needs links 0 to 15, has link 16}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) east, (0, 2) east
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) needs links 0 to 15, has link -1}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links router -1 south
  }
}

// -----

// S10 and S11: a path that takes a link twice, and so waits for itself.
// expected-error @below {{'m': its flows can deadlock: link (0, 0) -> (0, 1) waits for link (0, 1) -> (0, 0) waits for link (0, 0) -> (0, 1)}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    // expected-error @below {{'a0': its flow to core 0 of tile (1, 1) takes link (0, 0) -> (0, 1) twice}}
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) north, (0, 1) south, (0, 0) north, (0, 1) east
  }
}

// -----

// S8: the host's flow starts at the router of its port.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=2"] {
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
  chip.slice @b0 of @b columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p1 rows 0 to 1 memory_bits 18
  }
  chip.slice @b1 of @b columns 2 to 3 on core 0 of tile (1, 1) memory_bits 18 {
    chip.synapses @p1 rows 2 to 3 memory_bits 18
  }
  chip.flow from @in columns 0 to 3 {
    // expected-error @below {{'in': its flow to core 0 of tile (0, 0) takes link (1, 0) -> (2, 0) at router (0, 0)}}
    chip.target core 0 of tile (0, 0) columns 0 to 3 links (1, 0) east
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links none
    chip.target core 0 of tile (1, 1) columns 2 to 3 links (0, 0) east, (1, 0) north
  }
}

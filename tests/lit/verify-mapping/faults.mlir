// RUN: synfire-opt %s --verify-mapping="target=%S/Inputs/faulty.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// The chip is a torus of 3 x 3 tiles. Core 0 of (1, 1) and the links (0, 0) west and (0, 0) east are faulty.

// From (0, 0) to (2, 0) by the wrap link of the next row.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=3"] {
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
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (2, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (2, 0) columns 0 to 3 links (0, 0) north, (0, 1) west, (2, 1) south
  }
}

// -----

// A path that is not given is dimension order, which takes the wrap link at once.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=3"] {
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
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (2, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3
  }
  chip.flow from @a0 columns 0 to 3 {
    // expected-error @below {{'a0': its flow to core 0 of tile (2, 0) takes link (0, 0) -> (2, 0), which is faulty}}
    // expected-note @below {{'mesh.faulty_links' of target 'faulty' lists what is faulty}}
    chip.target core 0 of tile (2, 0) columns 0 to 3
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=3"] {
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
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (2, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3
  }
  chip.flow from @a0 columns 0 to 3 {
    // expected-error @below {{'a0': its flow to core 0 of tile (2, 0) takes link (0, 0) -> (1, 0), which is faulty}}
    // expected-note @below {{'mesh.faulty_links' of target 'faulty' lists what is faulty}}
    chip.target core 0 of tile (2, 0) columns 0 to 3 links (0, 0) east, (1, 0) east
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 3 target_resources ["mesh.width=3"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2 stage 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  // expected-error @below {{'a0': needs a core of target 'faulty' that is not faulty, has core 0 of tile (1, 1)}}
  // expected-note @below {{'mesh.faulty_cores' of target 'faulty' lists what is faulty}}
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (1, 1) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (2, 0) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (1, 1) columns 0 to 3
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (2, 0) columns 0 to 3
  }
}

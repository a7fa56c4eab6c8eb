// RUN: synfire-opt %s --route-flows="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// Without a core, and with one that the chip has not.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  // expected-error @below {{'s': has no core; run place-slices before}}
  chip.slice @s of @a columns 0 to 3 memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  // expected-error @below {{'s': needs a core of target 'small', has core 0 of tile (2, 0)}}
  // expected-note @below {{'mesh.width', 'mesh.height' and 'mesh.cores_per_tile' of target 'small' are 2, 2 and 1}}
  chip.slice @s of @a columns 0 to 3 on core 0 of tile (2, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
}

// -----

// An imported placement that overfills a core.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 120 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 120 dense weight_bits 1
  // expected-error @below {{core 0 of tile (1, 0): needs 120 neurons, has 100}}
  // expected-note @below {{'core.neurons' of target 'small' is 100}}
  // expected-note @below {{'s' needs 60 neurons}}
  chip.slice @s of @a columns 0 to 59 on core 0 of tile (1, 0) memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
  // expected-note @below {{'t' needs 60 neurons}}
  chip.slice @t of @a columns 60 to 119 on core 0 of tile (1, 0) memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
}

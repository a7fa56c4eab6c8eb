// RUN: synfire-opt %s --place-slices="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// A given slice that no core holds.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 60 : tensor<?xi32> -> tensor<?x60xi1> chip.yield %0 : tensor<?x60xi1> }
  chip.host @in(%x = @table : tensor<?x60xi1>) { %0 = spike.repeat %x : tensor<?x60xi1> -> tensor<4x?x60xi1> chip.yield %0 : tensor<4x?x60xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 60 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 60 columns 60 dense weight_bits 8
  // expected-error @below {{'s': needs 3.52 KiB of synapse memory, has 1 KiB in a core; try --target with larger cores}}
  // expected-note @below {{'core.synapse_memory_kib' of target 'small' is 1}}
  chip.slice @s of @a columns 0 to 59 memory_bits 28800 {
    chip.synapses @p0 rows 0 to 59 memory_bits 28800
  }
}

// -----

// Given slices that all cores together do not hold.
// expected-error @below {{'m': needs 401 neurons, has 400 in 4 cores; try --target with more or larger cores}}
// expected-note @below {{'core.neurons' of target 'small' is 100}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-note @below {{'a' has the most, 401 neurons}}
  chip.neurons graded_sum @a kind add columns 401 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 401 dense weight_bits 1
  chip.slice @s0 of @a columns 0 to 79 memory_bits 320 {
    chip.synapses @p0 rows 0 to 3 memory_bits 320
  }
  chip.slice @s1 of @a columns 80 to 159 memory_bits 320 {
    chip.synapses @p0 rows 0 to 3 memory_bits 320
  }
  chip.slice @s2 of @a columns 160 to 239 memory_bits 320 {
    chip.synapses @p0 rows 0 to 3 memory_bits 320
  }
  chip.slice @s3 of @a columns 240 to 319 memory_bits 320 {
    chip.synapses @p0 rows 0 to 3 memory_bits 320
  }
  chip.slice @s4 of @a columns 320 to 399 memory_bits 320 {
    chip.synapses @p0 rows 0 to 3 memory_bits 320
  }
  chip.slice @s5 of @a columns 400 to 400 memory_bits 4 {
    chip.synapses @p0 rows 0 to 3 memory_bits 4
  }
}

// -----

// Given slices that no placer packs.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 300 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 300 dense weight_bits 1
  chip.slice @s0 of @a columns 0 to 59 memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
  chip.slice @s1 of @a columns 60 to 119 memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
  chip.slice @s2 of @a columns 120 to 179 memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
  chip.slice @s3 of @a columns 180 to 239 memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
  // expected-error @below {{'s4': needs 60 neurons, has 40 at most on any core beside the slices placed before, or too little on the cores of its inputs; try --target with more or larger cores}}
  // expected-note @below {{'core.neurons' of target 'small' is 100}}
  chip.slice @s4 of @a columns 240 to 299 memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
}

// RUN: split-file %s %t
// RUN: synfire-opt %t/memory.mlir --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --verify-diagnostics
// RUN: synfire-opt %t/chip.mlir --verify-mapping="target=%S/../partition-ops/Inputs/dense.yaml targets-folder=%targets" --verify-diagnostics
// RUN: synfire-opt %t/index.mlir --verify-mapping="target=%S/Inputs/indexed.yaml targets-folder=%targets" --verify-diagnostics

// V4: 7 weights that are not 0, each with an index among 8 columns: 7 x (8 + 3) bits.
//--- memory.mlir
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8 nonzeros [1, 0, 2, 0, 0, 3, 0, 1]
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) memory_bits 70 {
    // expected-error @below {{'s': projection 'p0': needs 77 bits of memory, has 70}}
    chip.synapses @p0 rows 0 to 3 indexed memory_bits 70
  }
}
//--- chip.mlir
chip.program @m on "dense" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8 nonzeros [1, 0, 2, 0, 0, 3, 0, 1]
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) memory_bits 77 {
    // expected-error @below {{'s': projection 'p0': indexed rows: needs core.sparse_weights, has false for 'dense'}}
    chip.synapses @p0 rows 0 to 3 indexed memory_bits 77
  }
}
//--- index.mlir
chip.program @m on "indexed-2" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8 nonzeros [1, 0, 2, 0, 0, 3, 0, 1]
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) memory_bits 70 {
    // expected-error @below {{'s': projection 'p0': the index of 8 columns: needs at most 2 bits, core.sparse_index_bits of 'indexed-2', has 3}}
    chip.synapses @p0 rows 0 to 3 indexed memory_bits 70
  }
}

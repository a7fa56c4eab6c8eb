// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/no-delays.yaml targets-folder=%targets" --verify-diagnostics

// V7: the chip holds no spike back. The memory of what is held back is right: 4 columns, 1 update, 2 bits.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 schedule "sequential" stages 2 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) stage 0 { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2 stage 1
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  // expected-error @below {{'p1': spikes of column 0 are held back: needs 1 updates of 'a', has 0 (core.max_delay_ticks of 'no-delays')}}
  chip.projection @p1 op @fc from @a to @a rows 4 columns 4 sparse weight_bits 8 delays [2]
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 176 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
    chip.synapses @p1 rows 0 to 3 memory_bits 48
  }
  chip.flow from @in columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
  chip.flow from @a0 columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3 links none
  }
}

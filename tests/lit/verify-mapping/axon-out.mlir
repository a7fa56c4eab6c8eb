// RUN: synfire-opt %s --verify-mapping="target=%S/Inputs/wide.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// S2: 99 neurons that five cores read need 495 axon-out entries. The 3 x 2 chip
// has 480; the source's own core counts, too.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 1 : tensor<?xi32> -> tensor<?x1xi1> chip.yield %0 : tensor<?x1xi1> }
  chip.host @in(%x = @table : tensor<?x1xi1>) { %0 = spike.repeat %x : tensor<?x1xi1> -> tensor<4x?x1xi1> chip.yield %0 : tensor<4x?x1xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 99 spike_bits 2
  chip.neurons graded_sum @r0 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r1 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r2 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r3 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r4 kind add columns 1 spike_bits 2
  chip.projection @p op @fc from @in to @a rows 1 columns 99 dense weight_bits 1
  chip.projection @p0 op @fc from @a to @r0 rows 99 columns 1 dense weight_bits 1
  chip.projection @p1 op @fc from @a to @r1 rows 99 columns 1 dense weight_bits 1
  chip.projection @p2 op @fc from @a to @r2 rows 99 columns 1 dense weight_bits 1
  chip.projection @p3 op @fc from @a to @r3 rows 99 columns 1 dense weight_bits 1
  chip.projection @p4 op @fc from @a to @r4 rows 99 columns 1 dense weight_bits 1
  // expected-error @below {{core 0 of tile (0, 0): needs 495 axon-out entries, has 480}}
  // expected-note @below {{'core.axon_out_entries' of target 'wide' is 480}}
  // expected-note @below {{'s' needs 495 axon-out entries}}
  chip.slice @s of @a columns 0 to 98 on core 0 of tile (0, 0) memory_bits 99 {
    chip.synapses @p rows 0 to 0 memory_bits 99
  }
  chip.slice @t0 of @r0 columns 0 to 0 on core 0 of tile (0, 0) memory_bits 99 {
    chip.synapses @p0 rows 0 to 98 memory_bits 99
  }
  chip.slice @t1 of @r1 columns 0 to 0 on core 0 of tile (1, 0) memory_bits 99 {
    chip.synapses @p1 rows 0 to 98 memory_bits 99
  }
  chip.slice @t2 of @r2 columns 0 to 0 on core 0 of tile (2, 0) memory_bits 99 {
    chip.synapses @p2 rows 0 to 98 memory_bits 99
  }
  chip.slice @t3 of @r3 columns 0 to 0 on core 0 of tile (0, 1) memory_bits 99 {
    chip.synapses @p3 rows 0 to 98 memory_bits 99
  }
  chip.slice @t4 of @r4 columns 0 to 0 on core 0 of tile (1, 1) memory_bits 99 {
    chip.synapses @p4 rows 0 to 98 memory_bits 99
  }
}

// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --verify-diagnostics

// S11: four flows that turn in a circle. Each alone is a good path.
// expected-error @below {{'m': its flows can deadlock: link (0, 0) -> (1, 0) waits for link (1, 0) -> (1, 1) waits for link (1, 1) -> (0, 1) waits for link (0, 1) -> (0, 0) waits for link (0, 0) -> (1, 0)}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 1 : tensor<?xi32> -> tensor<?x1xi1> chip.yield %0 : tensor<?x1xi1> }
  chip.host @in(%x = @table : tensor<?x1xi1>) { %0 = spike.repeat %x : tensor<?x1xi1> -> tensor<4x?x1xi1> chip.yield %0 : tensor<4x?x1xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a0 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @a1 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @a2 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @a3 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @b0 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @b1 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @b2 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @b3 kind add columns 1 spike_bits 2
  chip.projection @p0 op @fc from @in to @a0 rows 1 columns 1 dense weight_bits 8
  chip.projection @p1 op @fc from @in to @a1 rows 1 columns 1 dense weight_bits 8
  chip.projection @p2 op @fc from @in to @a2 rows 1 columns 1 dense weight_bits 8
  chip.projection @p3 op @fc from @in to @a3 rows 1 columns 1 dense weight_bits 8
  chip.projection @r0 op @fc from @a0 to @b0 rows 1 columns 1 dense weight_bits 8
  chip.projection @r1 op @fc from @a1 to @b1 rows 1 columns 1 dense weight_bits 8
  chip.projection @r2 op @fc from @a2 to @b2 rows 1 columns 1 dense weight_bits 8
  chip.projection @r3 op @fc from @a3 to @b3 rows 1 columns 1 dense weight_bits 8
  chip.slice @sa0 of @a0 columns 0 to 0 on core 0 of tile (0, 0) memory_bits 8 {
    chip.synapses @p0 rows 0 to 0 memory_bits 8
  }
  chip.slice @sb0 of @b0 columns 0 to 0 on core 0 of tile (1, 1) memory_bits 8 {
    chip.synapses @r0 rows 0 to 0 memory_bits 8
  }
  chip.slice @sa1 of @a1 columns 0 to 0 on core 0 of tile (1, 0) memory_bits 8 {
    chip.synapses @p1 rows 0 to 0 memory_bits 8
  }
  chip.slice @sb1 of @b1 columns 0 to 0 on core 0 of tile (0, 1) memory_bits 8 {
    chip.synapses @r1 rows 0 to 0 memory_bits 8
  }
  chip.slice @sa2 of @a2 columns 0 to 0 on core 0 of tile (1, 1) memory_bits 8 {
    chip.synapses @p2 rows 0 to 0 memory_bits 8
  }
  chip.slice @sb2 of @b2 columns 0 to 0 on core 0 of tile (0, 0) memory_bits 8 {
    chip.synapses @r2 rows 0 to 0 memory_bits 8
  }
  chip.slice @sa3 of @a3 columns 0 to 0 on core 0 of tile (0, 1) memory_bits 8 {
    chip.synapses @p3 rows 0 to 0 memory_bits 8
  }
  chip.slice @sb3 of @b3 columns 0 to 0 on core 0 of tile (1, 0) memory_bits 8 {
    chip.synapses @r3 rows 0 to 0 memory_bits 8
  }
  chip.flow from @in columns 0 to 0 {
    chip.target core 0 of tile (0, 0) columns 0 to 0 links none
    chip.target core 0 of tile (1, 0) columns 0 to 0 links (0, 0) east
    chip.target core 0 of tile (1, 1) columns 0 to 0 links (0, 0) east, (1, 0) north
    chip.target core 0 of tile (0, 1) columns 0 to 0 links (0, 0) north
  }
  chip.flow from @sa0 columns 0 to 0 {
    chip.target core 0 of tile (1, 1) columns 0 to 0 links (0, 0) east, (1, 0) north
  }
  chip.flow from @sa1 columns 0 to 0 {
    chip.target core 0 of tile (0, 1) columns 0 to 0 links (1, 0) north, (1, 1) west
  }
  chip.flow from @sa2 columns 0 to 0 {
    chip.target core 0 of tile (0, 0) columns 0 to 0 links (1, 1) west, (0, 1) south
  }
  chip.flow from @sa3 columns 0 to 0 {
    chip.target core 0 of tile (1, 0) columns 0 to 0 links (0, 1) south, (0, 0) east
  }
}

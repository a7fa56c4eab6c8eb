// RUN: split-file %s %t
// RUN: synfire-opt %t/cut.mlir --route-flows="target=%S/Inputs/cut.yaml targets-folder=%targets" --verify-diagnostics
// RUN: synfire-opt %t/circle.mlir --route-flows="target=%S/Inputs/circle.yaml targets-folder=%targets" --verify-diagnostics

//--- cut.mlir
// No working link leads to tile (1, 1).
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  // expected-error @below {{'a0': every path takes a faulty link from tile (0, 0) to tile (1, 1)}}
  // expected-note @below {{'mesh.faulty_links' of target 'cut' lists what is faulty}}
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  // expected-note @below {{'b0' there reads it}}
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (1, 1) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
}

//--- circle.mlir
// Paths lead from every tile to every other one around the circle, but packets of all of them would wait
// for each other.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2
  chip.neurons graded_sum @c kind add columns 4 spike_bits 2
  chip.neurons graded_sum @d kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.projection @p2 op @fc from @b to @c rows 4 columns 4 sparse weight_bits 8
  chip.projection @p3 op @fc from @c to @d rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  // expected-error @below {{'b0': no path that keeps the network free of deadlock leads around faulty links from tile (1, 1) to tile (1, 0)}}
  // expected-note @below {{'mesh.faulty_links' of target 'circle' lists what is faulty}}
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (1, 1) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  // expected-note @below {{'c0' there reads it}}
  chip.slice @c0 of @c columns 0 to 3 on core 0 of tile (1, 0) memory_bits 40 {
    chip.synapses @p2 rows 0 to 3 memory_bits 40
  }
  chip.slice @d0 of @d columns 0 to 3 on core 0 of tile (0, 1) memory_bits 40 {
    chip.synapses @p3 rows 0 to 3 memory_bits 40
  }
}

// RUN: synfire-opt %s --route-flows="target=%S/Inputs/torus.yaml targets-folder=%targets" | FileCheck %s
// RUN: synfire-opt %s --route-flows="target=%S/Inputs/torus.yaml targets-folder=%targets" --schedule-ticks --verify-mapping="target=%S/Inputs/torus.yaml targets-folder=%targets" -o /dev/null

// From (5, 1) to (0, 1) dimension order takes the wrap link. In the row below the link behind the wrap link
// is faulty, and the way around it leads over the next row.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=6"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 sparse weight_bits 8
  chip.neurons graded_sum @c kind add columns 4 spike_bits 2
  chip.neurons graded_sum @d kind add columns 4 spike_bits 2
  chip.projection @p2 op @fc from @b to @c rows 4 columns 4 sparse weight_bits 8
  chip.projection @p3 op @fc from @c to @d rows 4 columns 4 sparse weight_bits 8
  chip.slice @a0 of @a columns 0 to 3 on core 0 of tile (5, 1) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b0 of @b columns 0 to 3 on core 0 of tile (0, 1) memory_bits 40 {
    chip.synapses @p1 rows 0 to 3 memory_bits 40
  }
  chip.slice @c0 of @c columns 0 to 3 on core 0 of tile (5, 0) memory_bits 40 {
    chip.synapses @p2 rows 0 to 3 memory_bits 40
  }
  chip.slice @d0 of @d columns 0 to 3 on core 0 of tile (1, 0) memory_bits 40 {
    chip.synapses @p3 rows 0 to 3 memory_bits 40
  }
}

// CHECK: chip.flow from @in columns 0 to 3 {
// CHECK-NEXT: chip.target core 0 of tile (5, 1) columns 0 to 3{{$}}
// CHECK: chip.flow from @a0 columns 0 to 3 {
// CHECK-NEXT: chip.target core 0 of tile (0, 1) columns 0 to 3{{$}}
// CHECK: chip.flow from @b0 columns 0 to 3 {
// CHECK-NEXT: chip.target core 0 of tile (5, 0) columns 0 to 3{{$}}
// CHECK: chip.flow from @c0 columns 0 to 3 {
// CHECK-NEXT: chip.target core 0 of tile (1, 0) columns 0 to 3 links (5, 0) east, (0, 0) north, (0, 1) east, (1, 1) south{{$}}

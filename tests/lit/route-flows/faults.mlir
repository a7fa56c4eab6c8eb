// RUN: synfire-opt %s --route-flows="target=%S/Inputs/faulty.yaml targets-folder=%targets" | FileCheck %s
// RUN: synfire-opt %s --route-flows="target=%S/Inputs/faulty.yaml targets-folder=%targets" --schedule-ticks --verify-mapping="target=%S/Inputs/faulty.yaml targets-folder=%targets" -o /dev/null

// The links from tile (0, 0) to the east and from (1, 1) to the west are faulty. Paths that would take
// them go around by links that are written, each by the tile where it starts and its direction; all
// others are those of dimension order.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.neurons graded_sum @b kind add columns 8 spike_bits 2
  chip.neurons graded_sum @out kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 8 columns 8 sparse weight_bits 8
  chip.projection @p2 op @fc from @b to @out rows 8 columns 8 sparse weight_bits 8
  chip.slice @a_left of @a columns 0 to 3 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @a_right of @a columns 4 to 7 on core 0 of tile (1, 1) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  chip.slice @b_all of @b columns 0 to 7 on core 0 of tile (1, 1) memory_bits 88 {
    chip.synapses @p1 rows 0 to 7 memory_bits 88
  }
  chip.slice @out_left of @out columns 0 to 3 on core 0 of tile (0, 0) memory_bits 40 {
    chip.synapses @p2 rows 0 to 3 memory_bits 40
  }
  chip.slice @out_right of @out columns 4 to 7 on core 0 of tile (0, 1) memory_bits 40 {
    chip.synapses @p2 rows 4 to 7 memory_bits 40
  }
}

// CHECK: chip.flow from @in columns 0 to 3 {
// CHECK-NEXT: chip.target core 0 of tile (0, 0) columns 0 to 3{{$}}
// CHECK-NEXT: chip.target core 0 of tile (1, 1) columns 0 to 3 links (0, 0) north, (0, 1) east{{$}}
// CHECK: chip.flow from @a_left columns 0 to 3 {
// CHECK-NEXT: chip.target core 0 of tile (1, 1) columns 0 to 3 links (0, 0) north, (0, 1) east{{$}}
// CHECK: chip.flow from @a_right columns 4 to 7 {
// CHECK-NEXT: chip.target core 0 of tile (1, 1) columns 4 to 7{{$}}
// CHECK: chip.flow from @b_all columns 0 to 7 {
// CHECK-NEXT: chip.target core 0 of tile (0, 0) columns 0 to 3 links (1, 1) south, (1, 0) west{{$}}
// CHECK-NEXT: chip.target core 0 of tile (0, 1) columns 4 to 7 links (1, 1) south, (1, 0) west, (0, 0) north{{$}}
// CHECK-NOT: chip.flow

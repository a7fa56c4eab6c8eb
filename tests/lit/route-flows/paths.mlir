// RUN: synfire-opt %s --route-flows="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" | FileCheck %s

// On 2 x 2 routers, links are router * 4 + direction (east 0, west 1, north 2,
// south 3). The host's port is at router 0. The flow to (1, 1) goes east, then
// north; back it goes west, then south; each carries the columns read there.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 8 spike_bits 2
  chip.neurons "graded_sum" @b kind "add" columns 8 spike_bits 2
  chip.neurons "graded_sum" @out kind "add" columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 "dense" weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 8 columns 8 "sparse" weight_bits 8
  chip.projection @p2 op @fc from @b to @out rows 8 columns 8 "sparse" weight_bits 8
  chip.slice @a_left of @a columns 0 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @a_right of @a columns 4 + 4 memory_bits 128 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p0 rows 0 + 4 memory_bits 128
  }
  chip.slice @b_all of @b columns 0 + 8 memory_bits 88 attributes {core = #chip.core<chip = 0, x = 1, y = 1, core = 0>} {
    chip.synapses @p1 rows 0 + 8 memory_bits 88
  }
  chip.slice @out_left of @out columns 0 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 0, core = 0>} {
    chip.synapses @p2 rows 0 + 4 memory_bits 40
  }
  chip.slice @out_right of @out columns 4 + 4 memory_bits 40 attributes {core = #chip.core<chip = 0, x = 0, y = 1, core = 0>} {
    chip.synapses @p2 rows 4 + 4 memory_bits 40
  }
}

// CHECK: chip.flow from @in columns 0 + 4 {
// CHECK-NEXT: chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links []
// CHECK-NEXT: chip.target <chip = 0, x = 1, y = 1, core = 0> columns 0 + 4 links [0, 6]
// CHECK: chip.flow from @a_left columns 0 + 4 {
// CHECK-NEXT: chip.target <chip = 0, x = 1, y = 1, core = 0> columns 0 + 4 links [0, 6]
// CHECK: chip.flow from @a_right columns 4 + 4 {
// CHECK-NEXT: chip.target <chip = 0, x = 1, y = 1, core = 0> columns 4 + 4 links []
// CHECK: chip.flow from @b_all columns 0 + 8 {
// CHECK-NEXT: chip.target <chip = 0, x = 0, y = 0, core = 0> columns 0 + 4 links [13, 11]
// CHECK-NEXT: chip.target <chip = 0, x = 0, y = 1, core = 0> columns 4 + 4 links [13]
// CHECK-NOT: chip.flow

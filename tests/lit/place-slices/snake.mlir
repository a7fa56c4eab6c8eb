// RUN: synfire-opt %s --partition-ops="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --place-slices="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" | FileCheck %s
// RUN: synfire-opt %s --partition-ops="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --place-slices="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets placer=greedy-snake seed=7" | FileCheck %s

// A chain of three populations of 50 neurons. Two share a core; the third one
// takes the next core of the snake, one hop away, not the diagonal one.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 50 spike_bits 2
  chip.neurons graded_sum @b kind add columns 50 spike_bits 2
  chip.neurons graded_sum @c kind add columns 50 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 50 dense weight_bits 1
  chip.projection @p1 op @fc from @a to @b rows 50 columns 50 dense weight_bits 1
  chip.projection @p2 op @fc from @b to @c rows 50 columns 50 dense weight_bits 1
}

// CHECK: chip.slice @"a/0" of @a columns 0 to 49 on core 0 of tile (0, 0) memory_bits 200
// CHECK: chip.slice @"b/0" of @b columns 0 to 49 on core 0 of tile (0, 0) memory_bits 2500
// CHECK: chip.slice @"c/0" of @c columns 0 to 49 on core 0 of tile (1, 0) memory_bits 2500

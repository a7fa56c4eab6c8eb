// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/small.yaml targets-folder=%targets" | FileCheck %s

// A program that has slices already was mapped elsewhere and is kept as given.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op "linear" @fc
  chip.neurons "graded_sum" @a kind "add" columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 "dense" weight_bits 8
  chip.slice @left of @a columns 0 + 3 memory_bits 96 {
    chip.synapses @p0 rows 0 + 4 memory_bits 96
  }
  chip.slice @right of @a columns 3 + 5 memory_bits 160 {
    chip.synapses @p0 rows 0 + 4 memory_bits 160
  }
}

// CHECK-COUNT-2: chip.slice
// CHECK-NOT: chip.slice

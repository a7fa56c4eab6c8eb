// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/small.yaml targets-folder=%targets" | FileCheck %s

// A program that has slices already was mapped elsewhere and is kept as given.
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @table columns 4 inputs [] {table = dense<1.0> : tensor<3x4xf32>}
  chip.host_op "repeat" @in columns 4 inputs [@table] {spike_bits = 1 : i64, steps = 4 : i64}
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

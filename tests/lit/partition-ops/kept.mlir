// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/small.yaml targets-folder=%targets" | FileCheck %s

// A program that has slices already was mapped elsewhere and is kept as given.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.slice @left of @a columns 0 to 2 memory_bits 96 {
    chip.synapses @p0 rows 0 to 3 memory_bits 96
  }
  chip.slice @right of @a columns 3 to 7 memory_bits 160 {
    chip.synapses @p0 rows 0 to 3 memory_bits 160
  }
}

// CHECK-COUNT-2: chip.slice
// CHECK-NOT: chip.slice

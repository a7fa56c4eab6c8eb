// RUN: synfire-opt %s --schedule-ticks | FileCheck %s

// One stage more than the largest among the sources; q, k and v are sources of
// the attention's target. Host spikes are stage 0, so four stages in all.
// CHECK: schedule "sequential"
// CHECK-NEXT: stages 4
// CHECK: @a kind add columns 4 spike_bits 2 stage 1
// CHECK: @b kind add columns 4 spike_bits 2 stage 2
// CHECK: @c kind add columns 4 spike_bits 2 stage 3
// CHECK: @skip kind add columns 4 spike_bits 2 stage 2
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2
  chip.neurons graded_sum @c kind add columns 4 spike_bits 2
  chip.neurons graded_sum @skip kind add columns 4 spike_bits 2
  chip.attention @ssa q @a k @b v @a target @c heads 2 causal
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 dense weight_bits 8
  chip.projection @p2 op @fc from @in to @skip rows 4 columns 4 dense weight_bits 8
  chip.projection @p3 op @fc from @a to @skip rows 4 columns 4 dense weight_bits 8
}

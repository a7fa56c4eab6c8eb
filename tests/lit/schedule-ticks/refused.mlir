// RUN: not synfire-opt %s --schedule-ticks 2>&1 | FileCheck %s --check-prefix=CYCLE
// RUN: not synfire-opt %s --schedule-ticks="schedule=pipelined" 2>&1 | FileCheck %s --check-prefix=NAME

// CYCLE: error: 'a': feeds itself without a delay: 'a' -> 'b' -> 'a'
// NAME: error: there is no schedule 'pipelined'; choose one of: sequential
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 dense weight_bits 8
  chip.projection @p2 op @fc from @b to @a rows 4 columns 4 sparse weight_bits 8
}

// RUN: synfire-opt %s --partition-ops="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --place-slices="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --route-flows="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --schedule-ticks --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" | FileCheck %s

// What the passes before produce is accepted, and not changed.
// CHECK: schedule "sequential"
// CHECK-NEXT: stages 4
// CHECK: chip.flow
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 20 : tensor<?xi32> -> tensor<?x20xi1> chip.yield %0 : tensor<?x20xi1> }
  chip.host @in(%x = @table : tensor<?x20xi1>) { %0 = spike.repeat %x : tensor<?x20xi1> -> tensor<4x?x20xi1> chip.yield %0 : tensor<4x?x20xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @wide kind add columns 80 spike_bits 2
  chip.neurons graded_sum @narrow kind add columns 30 spike_bits 2
  chip.neurons graded_sum @att kind add columns 80 spike_bits 2
  chip.attention @ssa q @wide k @wide v @wide target @att heads 8 causal
  chip.projection @p0 op @fc from @in to @wide rows 20 columns 80 dense weight_bits 8
  chip.projection @p1 op @fc from @wide to @narrow rows 80 columns 30 dense weight_bits 1
  chip.neurons graded_sum @last kind add columns 30 spike_bits 2
  chip.projection @p2 op @fc from @narrow to @last rows 30 columns 30 sparse weight_bits 8
}

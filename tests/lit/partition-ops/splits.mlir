// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/small.yaml targets-folder=%targets" | FileCheck %s

// 80 columns of 20 rows at 8 bit are 12800 bits, a core has 8192: two slices of
// 40 columns with all rows. The diagonal of 30 takes 8 + ceil(log2 30) = 13 bits
// per column and stays whole. Attention is cut by heads of 10 columns: 16 tokens
// x 4 steps x 2 x 10 bits each, six heads fit a core, four and four are even.
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
  chip.projection @p2 op @fc from @narrow to @last rows 30 columns 30 sparse weight_bits 8
  chip.neurons graded_sum @last kind add columns 30 spike_bits 2
}

// CHECK: chip.slice @"wide/0" of @wide columns 0 to 39 memory_bits 6400 {
// CHECK-NEXT: chip.synapses @p0 rows 0 to 19 memory_bits 6400
// CHECK: chip.slice @"wide/1" of @wide columns 40 to 79 memory_bits 6400 {
// CHECK-NEXT: chip.synapses @p0 rows 0 to 19 memory_bits 6400
// CHECK: chip.slice @"narrow/0" of @narrow columns 0 to 29 memory_bits 2400 {
// CHECK-NEXT: chip.synapses @p1 rows 0 to 79 memory_bits 2400
// CHECK: chip.slice @"att/0" of @att columns 0 to 39 memory_bits 5120 {
// CHECK-NEXT: chip.attention_heads @ssa heads 0 to 3 memory_bits 5120
// CHECK: chip.slice @"att/1" of @att columns 40 to 79 memory_bits 5120 {
// CHECK-NEXT: chip.attention_heads @ssa heads 4 to 7 memory_bits 5120
// CHECK: chip.slice @"last/0" of @last columns 0 to 29 memory_bits 390 {
// CHECK-NEXT: chip.synapses @p2 rows 0 to 29 memory_bits 390

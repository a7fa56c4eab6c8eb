// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/small.yaml targets-folder=%targets" | FileCheck %s
// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/dense.yaml targets-folder=%targets" | FileCheck %s --check-prefix=DENSE

// 80 columns of 20 rows are 12800 bits dense, for which a core has 8192. Without zeros a column of 4 weights takes
// 4 x (8 + 7 of index) = 60: 80 of them are 4800, and one slice. Those of @few are
// cheaper dense, 20 x 8 x 8 bits, than as 7 x 20 weights of 8 + 3.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 20 : tensor<?xi32> -> tensor<?x20xi1> chip.yield %0 : tensor<?x20xi1> }
  chip.host @in(%x = @table : tensor<?x20xi1>) { %0 = spike.repeat %x : tensor<?x20xi1> -> tensor<4x?x20xi1> chip.yield %0 : tensor<4x?x20xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @wide kind add columns 80 spike_bits 2
  chip.neurons graded_sum @few kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @wide rows 20 columns 80 dense weight_bits 8
      nonzeros [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]
  chip.projection @p1 op @fc from @in to @few rows 20 columns 8 dense weight_bits 8 nonzeros [20, 20, 20, 20, 20, 20, 20, 0]
}

// CHECK: chip.slice @"wide/0" of @wide columns 0 to 79 memory_bits 4800 {
// CHECK-NEXT: chip.synapses @p0 rows 0 to 19 indexed memory_bits 4800
// CHECK: chip.slice @"few/0" of @few columns 0 to 7 memory_bits 1280 {
// CHECK-NEXT: chip.synapses @p1 rows 0 to 19 memory_bits 1280

// DENSE: chip.slice @"wide/0" of @wide columns 0 to 39 memory_bits 6400 {
// DENSE-NEXT: chip.synapses @p0 rows 0 to 19 memory_bits 6400
// DENSE: chip.slice @"wide/1" of @wide columns 40 to 79 memory_bits 6400 {

// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/few-axons.yaml targets-folder=%targets" --verify-diagnostics

// A head of 40 columns sends each spike to one core at least.
chip.program @m on "few-axons" time_steps 4 context_length 16 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 40 spike_bits 2
  // expected-error @below {{'att': one head of attention needs 40 axon-out entries, has 39 in a core; try --target with larger cores}}
  // expected-note @below {{'core.axon_out_entries' of target 'few-axons' is 39}}
  chip.neurons graded_sum @att kind add columns 40 spike_bits 2
  chip.neurons graded_sum @out kind add columns 4 spike_bits 2
  chip.attention @ssa q @q k @q v @q target @att heads 1 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 40 dense weight_bits 8
  chip.projection @p1 op @fc from @att to @out rows 40 columns 4 dense weight_bits 8
}

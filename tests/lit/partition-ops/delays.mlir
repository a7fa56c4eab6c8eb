// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/no-delays.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// The chip holds no spike back. A spike that returns in the next step need not be.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.op linear @back
  chip.op linear @late
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @back from @a to @a rows 4 columns 4 dense weight_bits 8 delays [1]
  // expected-error @below {{'late': its spikes are held back: needs 2 updates of 'a', has 0 (core.max_delay_ticks of 'no-delays')}}
  // expected-note @below {{'core.max_delay_ticks' of target 'no-delays' is 0; these have enough: loihi (63), loihi2 (63), mesh-16x16 (63)}}
  chip.projection @p2 op @late from @a to @a rows 4 columns 4 dense weight_bits 8 delays [1, 3, 1, 1]
}

// -----

// The host reads `read` for all steps of a token at once, and cannot send `again` in between.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.op linear @back
  chip.neurons readout @read kind linear columns 4 spike_bits 0 per_step model <fraction_bits = 0, state_bits = 24, rounding = "toward_zero", soft_reset = false, saturates = false, decay = [0], shift = [0], v_reset = [0], v_init = [0], threshold = [0], bias = [0]>
  chip.host @real(%x = @read : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<4x?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<4x?x4xf32> chip.yield %0 : tensor<4x?x4xf32> }
  // expected-error @below {{'again': the host sends these spikes after it has read 'read', and both stand among populations that feed each other ('read' to 'b'); the host computes all steps of a token at once. Run the model with `synfire interpret`}}
  chip.host @again(%x = @real : tensor<4x?x4xf32>) { %0 = spike.neuron #spike.if<threshold = [1.0]>, %x : tensor<4x?x4xf32> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @read rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @again to @b rows 4 columns 4 dense weight_bits 8
  chip.projection @p2 op @back from @b to @read rows 4 columns 4 dense weight_bits 8 delays [1]
}

// The chip dialect: one case per numbered constraint of ChipOps.td and ChipAttrs.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// program (C1): positive
// expected-error@+1 {{'chip.program' op time_steps: needs 1..4096, has 0}}
chip.program @p on "t" time_steps 0 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {}

// -----

// program (C1): context
// expected-error@+1 {{'chip.program' op max_tokens: needs at most 8 (context_length), has 9}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 9 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {}

// -----

// program (C2): words
// expected-error@+1 {{'chip.program' op words: needs 3 (as the vocabulary), has 2}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "words" weight_bits 8 words ["a", "man"] {}

// -----

// program (C2): an empty word
// expected-error@+1 {{'chip.program' op word 1: needs a word, has nothing}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 2 alphabet "" cleaning "words" weight_bits 8 words ["a", ""] {}

// -----

// program (C2): words or characters
// expected-error@+1 {{'chip.program' op alphabet beside words: needs none, has one}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 2 alphabet "ab" cleaning "words" weight_bits 8 words ["a", "man"] {}

// -----

// op (C1)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.op' op kind: needs a name, has nothing}}
  chip.op "" @fc
}

// -----

// host (C1): no operation
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op inputs: needs 0 (the run gives the tensor), has 1}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { chip.yield %x : tensor<?x4xf32> }
}

// -----

chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op body: needs one argument, which it yields, when it holds no operation, has 2 arguments}}
  chip.host @h(%x : tensor<?x4xf32>, %y : tensor<?x4xf32>) { chip.yield %x : tensor<?x4xf32> }
}

// -----

chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op the given tensor: needs spikes or f32 of rank 2 (NxD) or 3 (TxNxD) with D and T fixed, has tensor<?x4xf64>}}
  chip.host @h(%x : tensor<?x4xf64>) { chip.yield %x : tensor<?x4xf64> }
}

// -----

chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op the given tensor: needs spikes or f32 of rank 2 (NxD) or 3 (TxNxD) with D and T fixed, has tensor<?x?xi1>}}
  chip.host @h(%x : tensor<?x?xi1>) { chip.yield %x : tensor<?x?xi1> }
}

// -----

// host (C1): two operations
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op body: needs an operation and the chip.yield of its result, or the chip.yield of its argument, has 3 operations}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> %1 = spike.gelu %0 : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %1 : tensor<?x4xf32> }
}

// -----

// host (C1): an operation that the host has no kernel for
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+2 {{'chip.host' op operation: needs one that the host has a kernel for, has spike.top_k}}
  // expected-note@+1 {{the host has kernels for spike.add, spike.batch_norm, spike.binarize}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.top_k %x : tensor<?x4xf32> -> tensor<?x1xi32> chip.yield %0 : tensor<?x1xi32> }
}

// -----

// host (C1): operands
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op operands of the operation: needs the body's arguments in their order, has others}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.add %x, %x : tensor<?x4xf32>, tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C1): what is yielded
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op chip.yield: needs the operation's result, has another value}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %x : tensor<?x4xf32> }
}

// -----

// host (C2)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op rank of the result: needs 2 (NxD) or 3 (TxNxD), has 1}}
  chip.host @h(%x = @a : tensor<4xf32>, %y = @a : tensor<4xf32>) { %0 = spike.add %x, %y : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32> chip.yield %0 : tensor<4xf32> }
}

// -----

// host (C3): an argument without an input
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op inputs: needs 1 (one for every argument but token ids), has 0}}
  chip.host @h(%x : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C3): token ids with an input
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op inputs: needs 0 (one for every argument but token ids), has 1}}
  chip.host @h(%x = @look : tensor<?xi32>) { %0 = spike.code one_hot token %x size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
}

// -----

// host (C4): an input that stands after
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op input @look: needs a chip.host that stands before, has a chip.host}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C4): an input that is missing
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op input @look: needs a chip.host that stands before, has no such symbol}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C4): type of an argument
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op argument for @look: needs tensor<?x4xf32> (as it yields), has tensor<?x5xf32>}}
  chip.host @h(%x = @look : tensor<?x5xf32>) { %0 = spike.relu %x : tensor<?x5xf32> -> tensor<?x5xf32> chip.yield %0 : tensor<?x5xf32> }
}

// -----

// host (C4): a dequantize without a readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.host' op input @lif: needs a readout population that stands before, has a chip.neurons}}
  chip.host @h(%x = @lif : tensor<?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C4): columns of a readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons readout @r kind neuron columns 4 spike_bits 0 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.host' op features of the argument: needs 4 (as the readout's columns), has 5}}
  chip.host @h(%x = @r : tensor<?x5xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<?x5xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<?x5xf32> chip.yield %0 : tensor<?x5xf32> }
}

// -----

// host (C5)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op stage: needs 0..16777215, has -1}}
  chip.host @h(%x = @look : tensor<?x4xf32>) stage -1 { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host: what the operation's own constraints say
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'spike.slice' op features: needs all within 0..3, has 2 from 3}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.slice %x from 3 : tensor<?x4xf32> -> tensor<?x2xf32> chip.yield %0 : tensor<?x2xf32> }
}

// -----

// neurons (C5)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op per_step of role graded_sum: needs none, has one}}
  chip.neurons graded_sum @s kind add columns 4 spike_bits 2 per_step
}

// -----

// program (C3)
// expected-error@+1 {{'chip.program' op result @fc: needs a chip.host, has a chip.op}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 result @fc {
  chip.op linear @fc
}

// -----

// neuron attribute (C1): decay
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' decay of column 0: needs 0..2, has 3}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [3], shift = [1], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neuron attribute (C1): shift
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' shift of column 0: needs 0..12, has 13}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [13], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neuron attribute (C1): state_bits
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' state_bits: needs 2..48, has 49}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 49, saturates = false, v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neuron attribute (C1): current_decay
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' current_decay of column 0: needs 0..4, has 5}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1], bias = [0], current_bits = 24, current_fraction_bits = 0, current_decay = [5], current_shift = [2], membrane_bias = [0]>
}

// -----

// neuron attribute (C1): what only a filter has
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' entries of membrane_bias: needs 0..0, has 1}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1], bias = [0], membrane_bias = [0]>
}

// -----

// what a filter has
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op entries of membrane_bias: needs 1 or 4, has 0}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1], bias = [0], current_bits = 24, current_fraction_bits = 0, current_decay = [1], current_shift = [2]>
}

// -----

// neuron attribute (C1): what a filter has
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' current_bits: needs 2..48, has 0}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0], current_decay = [1], current_shift = [2], membrane_bias = [0]>
}

// -----

// neuron attribute (C1): a current of more places than the membrane
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' current_fraction_bits: needs 0..3, has 4}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 3, state_bits = 24, current_bits = 24, current_fraction_bits = 4, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0], current_decay = [1], current_shift = [2], membrane_bias = [0]>
}

// -----

// neuron attribute: text
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{a neuron has no 'leak'}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1], bias = [0], leak = 1>
}

// -----

// neuron attribute: text
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'shift' stands twice in a neuron}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1], bias = [0], shift = [1]>
}

// -----

// neuron attribute: text
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{a neuron needs 'bias'}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1]>
}

// -----

// neuron attribute (C2)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{custom op 'chip.neurons' rounding: needs toward_zero, floor or nearest, has up}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "up", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neurons (C1)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op columns: needs 1..16777216, has 0}}
  chip.neurons neurons @lif kind neuron columns 0 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neurons (C2): role
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op role: needs neurons, graded_sum or readout, has cells}}
  chip.neurons cells @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neurons (C2): model
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op model of role neurons: needs one, has none}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1
}

// -----

// neurons (C2): a model of a graded sum
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op model of role graded_sum: needs none, has one}}
  chip.neurons graded_sum @sum kind neuron columns 4 spike_bits 2 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neurons (C2): thresholds
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op entries of threshold: needs 1 or 4, has 3}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = [1], shift = [0], fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = [0], state_bits = 24, saturates = false, v_init = [0], threshold = [1, 2, 3], bias = [0]>
}

// -----

// neurons (C3): readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op spike_bits of readout: needs 0, has 1}}
  chip.neurons readout @r kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neurons (C3): graded sum
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op spike_bits of graded_sum: needs 2..8, has 1}}
  chip.neurons graded_sum @sum kind neuron columns 4 spike_bits 1
}

// -----

// neurons (C4)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op stage: needs 0..16777215, has -1}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 stage -1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neurons (C4): the largest
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op stage: needs 0..16777215, has 9223372036854775807}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 stage 9223372036854775807 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// attention (C1): columns
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.neurons neurons @k kind neuron columns 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op columns of k: needs 4 (as the target), has 6}}
  chip.attention @ssa q @lif k @k v @lif target @lif heads 2 causal
}

// -----

// attention (C2): heads
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op heads: needs a divisor of 4, has 3}}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 3
}

// -----

// attention (C2): heads of keys
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op kv_heads: needs a divisor of 4 (heads), has 3}}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 4 kv_heads 3
}

// -----

// attention (C2): columns of shared keys
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op columns of k: needs 2 (kv_heads heads), has 4}}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 kv_heads 1
}

// -----

// attention (C2): shared keys without queries
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op kv_heads without q: needs 4 (heads), has 2}}
  chip.attention @ssa k @lif v @lif target @lif heads 4 kv_heads 2
}

// -----

// attention (C3): queries
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op score neurons without q: needs none, has some}}
  chip.attention @ssa k @lif v @lif target @lif heads 4 score <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// attention (C3): one entry
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op entries of threshold of score neurons: needs 1, has 2}}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 score <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1, 2], bias = [0]>
}

// -----

// attention (C1): population
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op q @ssa: needs a population that emits spikes, or a chip.host that yields spikes over time, has a chip.attention}}
  chip.attention @ssa q @ssa k @lif v @lif target @lif heads 2
}

// -----

// projection (C1): rows
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op rows: needs 4 (as the source), has 5}}
  chip.projection @proj op @fc from @repeat to @lif rows 5 columns 4 dense weight_bits 8
}

// -----

// projection (C1): rows of a concatenating readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op rows: needs 16 (as the source), has 4}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8 row_stride 4
}

// -----

// projection (C1): row_stride
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op row_stride: needs 0 or 4 (the source's neurons), has 3}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8 row_stride 3
}

// -----

// projection (C1): columns
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op columns: needs 4 (as the target), has 5}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 5 dense weight_bits 8
}

// -----

// projection (C1): sparse
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 5 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op rows of a sparse projection: needs 5 (as its columns), has 4}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 5 sparse weight_bits 8
}

// -----

// projection (C2): op
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op op @fc: needs a report row: a chip.op or a chip.neurons, has no such symbol}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
}

// -----

// projection (C2): source
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.neurons readout @repeat kind neuron columns 4 spike_bits 0 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op source @repeat: needs a population that emits spikes, or a chip.host that yields spikes over time, has a chip.neurons}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
}

// -----

// projection (C2): target
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-error@+1 {{'chip.projection' op target @lif: needs a chip.neurons, has no such symbol}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
}

// -----

// projection (C3): encoding
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op encoding: needs dense, sparse or conv, has diagonal}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 diagonal weight_bits 8
}

// -----

// projection (C3): weight_format
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op weight_format: needs signed, binary, sign, ternary, has 'trinary'}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 2 weight_format trinary
}

// -----

// projection (C3): width of a format
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op weight_bits of binary weights: needs 1, has 8}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8 weight_format binary
}

// -----

// projection (C6): encoding
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op encoding of a projection with nonzeros: needs dense, or conv with one tap and one group, has sparse}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 sparse weight_bits 8 nonzeros [1, 1, 1, 1]
}

// -----

// projection (C6): entries
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op entries of nonzeros: needs 4 (one per column), has 3}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8 nonzeros [1, 1, 1]
}

// -----

// projection (C6): more than rows
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op nonzeros: needs 0..4, has 5}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8 nonzeros [1, 5, 1, 1]
}

// -----

// projection (C3): weight_bits
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op weight_bits: needs 1..32, has 33}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 33
}

// -----

// slice (C1)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.slice' op columns: needs a part of 0 to 3, has 2 to 5}}
  chip.slice @s of @lif columns 2 to 5 memory_bits 128 {
  }
}

// -----

// slice (C2)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.slice' op memory_bits: needs at least 129 (the sum of its blocks), has 128}}
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    chip.synapses @proj rows 0 to 3 memory_bits 129
  }
}

// -----

// slice (C3)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.slice' op body: needs chip.synapses or chip.attention_heads, has a chip.op}}
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    chip.op linear @other
  }
}

// -----

// synapses (C1): offset
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op offset: needs at least 0, has -1}}
    chip.synapses @proj rows 0 to 3 memory_bits 128 offset -1
  }
}

// -----

// synapses (C1): weight_bytes
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op weight_bytes: needs 1, 2 or 4, has 3}}
    chip.synapses @proj rows 0 to 3 memory_bits 128 weight_bytes 3
  }
}

// -----

// synapses (C3)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op nonzeros of the projection of an indexed block: needs some, has none}}
    chip.synapses @proj rows 0 to 3 indexed memory_bits 128
  }
}

// -----

// synapses (C2): rows
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op rows: needs a part of 0 to 3, has 2 to 5}}
    chip.synapses @proj rows 2 to 5 memory_bits 128
  }
}

// -----

// synapses (C2): another population
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.neurons neurons @other kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.slice @s of @other columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op target of the projection: needs other (the slice's population), has lif}}
    chip.synapses @proj rows 0 to 3 memory_bits 128
  }
}

// -----

// synapses (C2): no projection
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op projection @fc: needs a chip.projection, has a chip.op}}
    chip.synapses @fc rows 0 to 3 memory_bits 128
  }
}

// -----

// attention_heads (C1): heads
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op heads: needs a part of 0 to 1, has 1 to 2}}
    chip.attention_heads @ssa heads 1 to 2 memory_bits 8
  }
}

// -----

// attention_heads (C1): another population
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.neurons neurons @other kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @other columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op target of the attention: needs other (the slice's population), has lif}}
    chip.attention_heads @ssa heads 0 to 0 memory_bits 8
  }
}

// -----

// attention_heads (C2)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op memory_bits: needs at least 0, has -8}}
    chip.attention_heads @ssa heads 0 to 0 memory_bits -8
  }
}

// -----

// flow (C1): source
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op source @lif: needs a chip.slice, or a chip.host that yields spikes over time, has a chip.neurons}}
  chip.flow from @lif columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3
  }
}

// -----

// flow (C1): columns
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op columns: needs a part of 0 to 3, has 0 to 4}}
  chip.flow from @repeat columns 0 to 4 {
  }
}

// -----

// flow (C2): body
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op body: needs chip.target, has a chip.op}}
  chip.flow from @repeat columns 0 to 3 {
    chip.op linear @x
  }
}

// -----

// flow (C2): a core twice
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op targets on core 0 of tile (0, 0): needs one per core, has two}}
  chip.flow from @repeat columns 0 to 3 {
    chip.target core 0 of tile (0, 0) columns 0 to 3
    chip.target core 0 of tile (0, 0) columns 0 to 3
  }
}

// -----

// target (C1)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.flow from @repeat columns 0 to 3 {
    // expected-error@+1 {{'chip.target' op columns: needs a part of 0 to 3, has 2 to 5}}
    chip.target core 0 of tile (0, 0) columns 2 to 5
  }
}

// -----

// neurons (C1): points without a context of one token
chip.program @p on "t" time_steps 4 context_length 4 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op points: needs 1 (the program's context is not one token), has 6}}
  chip.neurons neurons @lif kind neuron columns 4 points 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// neurons (C1): points
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op points: needs 1..16777216, has 0}}
  chip.neurons neurons @lif kind neuron columns 4 points 0 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
}

// -----

// host (C6): points
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op points: needs 1, or as many as the value has rows, has 5}}
  chip.host @in(%x : tensor<4x6x2xi1>) points 5 { chip.yield %x : tensor<4x6x2xi1> }
}

// -----

// attention (C1): points
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @q kind neuron columns 4 points 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.neurons neurons @lif kind neuron columns 4 points 3 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op points of q: needs 3 (as the target), has 6}}
  chip.attention @a q @q k @q v @q target @lif heads 1
}

// -----

// projection (C4): conv without a window
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 2 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op window of encoding conv: needs one, has none}}
  chip.projection @p1 op @c from @in to @lif rows 8 columns 4 conv weight_bits 8
}

// -----

// projection (C4): dense with a window
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 2 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op window of encoding dense: needs none, has one}}
  chip.projection @p1 op @c from @in to @lif rows 12 columns 4 dense weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 2], stride = [1, 1], padding = [0, 0], dilation = [1, 1]>
}

// -----

// projection (C4): row_stride with a window
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 2 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op row_stride of a projection with a window: needs 0, has 2}}
  chip.projection @p1 op @c from @in to @lif rows 8 columns 4 conv weight_bits 8 row_stride 2 window #chip.window<grid = [2, 3], size = [2, 2], stride = [1, 1], padding = [0, 0], dilation = [1, 1]>
}

// -----

// projection (C4): points of the target
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 3 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op window from and to: needs 6 and 3 (as source and target), has 6 and 2 points}}
  chip.projection @p1 op @c from @in to @lif rows 8 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 2], stride = [1, 1], padding = [0, 0], dilation = [1, 1]>
}

// -----

// projection (C4): sparse between grids
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @q kind neuron columns 4 points 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op window between 6 and 6 points: needs one, has none}}
  chip.projection @p1 op @c from @q to @lif rows 4 columns 4 sparse weight_bits 8
}

// -----

// projection (C6): entries
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  // expected-error@+1 {{'chip.projection' op entries of delays: needs 1, or 4 (one per column of the source), has 2}}
  chip.projection @p0 op @fc from @a to @a rows 4 columns 4 dense weight_bits 8 delays [1, 2]
}

// -----

// projection (C6): a number
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  // expected-error@+1 {{'chip.projection' op delay: needs 0..2147483647, has -1}}
  chip.projection @p0 op @fc from @a to @a rows 4 columns 4 dense weight_bits 8 delays [1, 2, -1, 1]
}

// -----

// projection (C5): groups of dense
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 1 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op groups of encoding dense: needs 1, has 2}}
  chip.projection @p1 op @c from @in to @lif rows 12 columns 4 dense weight_bits 8 groups 2
}

// -----

// projection (C5): groups
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 2 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op groups: needs a divisor of 2 and 4 columns, has 3}}
  chip.projection @p1 op @c from @in to @lif rows 8 columns 4 conv weight_bits 8 groups 3 window #chip.window<grid = [2, 3], size = [2, 2], stride = [1, 1], padding = [0, 0], dilation = [1, 1]>
}

// -----

// projection (C1): rows of conv
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons neurons @lif kind neuron columns 4 points 2 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op rows: needs 8 (as the source), has 7}}
  chip.projection @p1 op @c from @in to @lif rows 7 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 2], stride = [1, 1], padding = [0, 0], dilation = [1, 1]>
}

// -----

// slice (C1): points
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 points 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.slice' op points: needs a part of 0 to 5, has 4 to 6}}
  chip.slice @s of @lif columns 0 to 3 points 4 to 6 memory_bits 0 {
  }
}

// -----

// flow (C1): points
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.neurons neurons @lif kind neuron columns 4 points 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.slice @s of @lif columns 0 to 3 points 0 to 5 memory_bits 0 {
  }
  // expected-error@+1 {{'chip.flow' op points: needs a part of 0 to 5, has 0 to 6}}
  chip.flow from @s columns 0 to 3 points 0 to 6 {
  }
}

// -----

// target (C1): points
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 points 6 spike_bits 1 model <fraction_bits = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [1], bias = [0]>
  chip.slice @s of @lif columns 0 to 3 points 2 to 5 memory_bits 0 {
  }
  chip.flow from @s columns 0 to 3 points 2 to 5 {
    // expected-error@+1 {{'chip.target' op points: needs a part of 2 to 5, has 1 to 3}}
    chip.target core 0 of tile (0, 0) columns 0 to 3 points 1 to 3
  }
}

// -----

// window (C1): entries
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{grid: needs 2 entries, has 1}}
  chip.op conv @c {w = #chip.window<grid = [6], size = [2, 2], stride = [1, 1], padding = [0, 0], dilation = [1, 1]>}
}

// -----

// window (C1): a stride
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{stride: needs entries of 1..16777216, has 0}}
  chip.op conv @c {w = #chip.window<grid = [2, 3], size = [2, 2], stride = [1, 0], padding = [0, 0], dilation = [1, 1]>}
}

// -----

// window (C2): no place
chip.program @p on "t" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{places of the window: needs 1..16777216, has 0}}
  chip.op conv @c {w = #chip.window<grid = [2, 3], size = [3, 2], stride = [1, 1], padding = [0, 0], dilation = [1, 1]>}
}

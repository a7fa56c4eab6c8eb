// The chip dialect: one case per numbered constraint of ChipOps.td and ChipAttrs.td.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// program (C1): positive
// expected-error@+1 {{'chip.program' op (C1) time_steps: has 0, needs at least 1}}
chip.program @p on "t" time_steps 0 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {}

// -----

// program (C1): context
// expected-error@+1 {{'chip.program' op (C1) max_tokens: has 9, needs at most context_length, 8}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 9 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {}

// -----

// program (C2): words
// expected-error@+1 {{'chip.program' op (C2) words: has 2, needs 3, as the vocabulary}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "words" weight_bits 8 words ["a", "man"] {}

// -----

// program (C2): an empty word
// expected-error@+1 {{'chip.program' op (C2) word 1: has nothing, needs a word}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 2 alphabet "" cleaning "words" weight_bits 8 words ["a", ""] {}

// -----

// program (C2): words or characters
// expected-error@+1 {{'chip.program' op (C2) alphabet beside words: has one, needs none}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 2 alphabet "ab" cleaning "words" weight_bits 8 words ["a", "man"] {}

// -----

// op (C1)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.op' op (C1) kind: has nothing, needs a name}}
  chip.op "" @fc
}

// -----

// host (C1): no operation
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C1) body: has 1 operations, needs an operation and the chip.yield of its result}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { chip.yield %x : tensor<?x4xf32> }
}

// -----

// host (C1): two operations
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C1) body: has 3 operations, needs an operation and the chip.yield of its result}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> %1 = spike.gelu %0 : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %1 : tensor<?x4xf32> }
}

// -----

// host (C1): an operation that the host has no kernel for
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C1) operation: has spike.top_k, needs spike.add, spike.batch_norm, spike.binarize}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.top_k %x : tensor<?x4xf32> -> tensor<?x1xi32> chip.yield %0 : tensor<?x1xi32> }
}

// -----

// host (C1): operands
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C1) operands of the operation: has others, needs the body's arguments in their order}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.add %x, %x : tensor<?x4xf32>, tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C1): what is yielded
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C1) chip.yield: has another value, needs the operation's result}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %x : tensor<?x4xf32> }
}

// -----

// host (C2)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op (C2) rank of the result: has 1, needs 2 (NxD) or 3 (TxNxD)}}
  chip.host @h(%x = @a : tensor<4xf32>, %y = @a : tensor<4xf32>) { %0 = spike.add %x, %y : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32> chip.yield %0 : tensor<4xf32> }
}

// -----

// host (C3): an argument without an input
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C3) inputs: has 0, needs 1, one for every argument but token ids}}
  chip.host @h(%x : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C3): token ids with an input
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C3) inputs: has 1, needs 0, one for every argument but token ids}}
  chip.host @h(%x = @look : tensor<?xi32>) { %0 = spike.code one_hot token %x size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
}

// -----

// host (C4): an input that stands after
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op (C4) input @look: has a chip.host, needs a chip.host that stands before}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C4): an input that is missing
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.host' op (C4) input @look: has no such symbol, needs a chip.host that stands before}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C4): type of an argument
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C4) argument for @look: has tensor<?x5xf32>, needs tensor<?x4xf32>, as it yields}}
  chip.host @h(%x = @look : tensor<?x5xf32>) { %0 = spike.relu %x : tensor<?x5xf32> -> tensor<?x5xf32> chip.yield %0 : tensor<?x5xf32> }
}

// -----

// host (C4): a dequantize without a readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.host' op (C4) input @lif: has a chip.neurons, needs a readout population that stands before}}
  chip.host @h(%x = @lif : tensor<?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<?x4xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host (C4): columns of a readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons readout @r kind neuron columns 4 spike_bits 0 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.host' op (C4) features of the argument: has 5, needs 4, as the readout's columns}}
  chip.host @h(%x = @r : tensor<?x5xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>) { %0 = spike.dequantize %x : tensor<?x5xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>> -> tensor<?x5xf32> chip.yield %0 : tensor<?x5xf32> }
}

// -----

// host (C5)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'chip.host' op (C5) stage: has -1, needs at least 0}}
  chip.host @h(%x = @look : tensor<?x4xf32>) stage -1 { %0 = spike.relu %x : tensor<?x4xf32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
}

// -----

// host: what the operation's own constraints say
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  // expected-error@+1 {{'spike.slice' op (C2)}}
  chip.host @h(%x = @look : tensor<?x4xf32>) { %0 = spike.slice %x from 3 : tensor<?x4xf32> -> tensor<?x2xf32> chip.yield %0 : tensor<?x2xf32> }
}

// -----

// neurons (C5)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C5) per_step of role graded_sum: has one, needs none}}
  chip.neurons graded_sum @s kind add columns 4 spike_bits 2 per_step
}

// -----

// program (C3)
// expected-error@+1 {{'chip.program' op (C3) result @fc: has a chip.op, needs a chip.host}}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 result @fc {
  chip.op linear @fc
}

// -----

// neuron attribute (C1): decay
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{(C1) decay: has 3, needs 0..2}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 3, shift = 1, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neuron attribute (C1): shift
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{(C1) shift: has 13, needs 0..12}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 13, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neuron attribute (C1): state_bits
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{(C1) state_bits: has 49, needs 2..48}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 49, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neuron attribute (C1): current_decay
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{(C1) current_decay: has 5, needs 0..4}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0], current_decay = 5, current_shift = 2, membrane_bias = [0]>
}

// -----

// neuron attribute (C1): what only a filter has
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{(C1) entries of membrane_bias: has 1, needs 0..0}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0], membrane_bias = [0]>
}

// -----

// what a filter has
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{(C2) entries of membrane_bias: has 0, needs 1 or 4}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0], current_decay = 1, current_shift = 2>
}

// -----

// neuron attribute: text
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{a neuron has no 'leak'}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0], leak = 1>
}

// -----

// neuron attribute: text
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'shift' stands twice in a neuron}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0], shift = 1>
}

// -----

// neuron attribute: text
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{a neuron needs 'bias'}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1]>
}

// -----

// neuron attribute (C2)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{(C2) rounding: has up, needs toward_zero, floor or nearest}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "up", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neurons (C1)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C1) columns: has 0, needs at least 1}}
  chip.neurons neurons @lif kind neuron columns 0 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neurons (C2): role
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C2) role: has cells, needs neurons, graded_sum or readout}}
  chip.neurons cells @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neurons (C2): model
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C2) model of role neurons: has none, needs one}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1
}

// -----

// neurons (C2): a model of a graded sum
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C2) model of role graded_sum: has one, needs none}}
  chip.neurons graded_sum @sum kind neuron columns 4 spike_bits 2 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neurons (C2): thresholds
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C2) entries of threshold: has 3, needs 1 or 4}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, rounding = "floor", soft_reset = false, v_reset = 0, v_init = 0, state_bits = 24, saturates = false, threshold = [1, 2, 3], bias = [0]>
}

// -----

// neurons (C3): readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C3) spike_bits of readout: has 1, needs 0}}
  chip.neurons readout @r kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
}

// -----

// neurons (C3): graded sum
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C3) spike_bits of graded_sum: has 1, needs 2..8}}
  chip.neurons graded_sum @sum kind neuron columns 4 spike_bits 1
}

// -----

// neurons (C4)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  // expected-error@+1 {{'chip.neurons' op (C4) stage: has -1, needs at least 0}}
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 stage -1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
}

// -----

// attention (C1): columns
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.neurons neurons @k kind neuron columns 6 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op (C1) columns of k: has 6, needs 4, as the target}}
  chip.attention @ssa q @lif k @k v @lif target @lif heads 2 causal
}

// -----

// attention (C1): heads
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op (C1) heads: has 3, needs a divisor of 4}}
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 3
}

// -----

// attention (C1): population
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.attention' op (C1) q @ssa: has a chip.attention, needs a population that emits spikes, or a chip.host that yields spikes over time}}
  chip.attention @ssa q @ssa k @lif v @lif target @lif heads 2
}

// -----

// projection (C1): rows
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C1) rows: has 5, needs 4, as the source}}
  chip.projection @proj op @fc from @repeat to @lif rows 5 columns 4 dense weight_bits 8
}

// -----

// projection (C1): rows of a concatenating readout
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C1) rows: has 4, needs 16, as the source}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8 row_stride 4
}

// -----

// projection (C1): row_stride
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C1) row_stride: has 3, needs 0 or 4, the source's columns}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8 row_stride 3
}

// -----

// projection (C1): columns
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C1) columns: has 5, needs 4, as the target}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 5 dense weight_bits 8
}

// -----

// projection (C1): sparse
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 5 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C1) rows of a sparse projection: has 4, needs 5, as its columns}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 5 sparse weight_bits 8
}

// -----

// projection (C2): op
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C2) op @fc: has no such symbol, needs a report row: a chip.op or a chip.neurons}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
}

// -----

// projection (C2): source
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.neurons readout @repeat kind neuron columns 4 spike_bits 0 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C2) source @repeat: has a chip.neurons, needs a population that emits spikes, or a chip.host that yields spikes over time}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
}

// -----

// projection (C2): target
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-error@+1 {{'chip.projection' op (C2) target @lif: has no such symbol, needs a chip.neurons}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
}

// -----

// projection (C3): encoding
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C3) encoding: has conv, needs dense or sparse}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 conv weight_bits 8
}

// -----

// projection (C3): weight_bits
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  // expected-error@+1 {{'chip.projection' op (C3) weight_bits: has 32, needs 1..16}}
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 32
}

// -----

// slice (C1)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.slice' op (C1) columns: has 2 to 5, needs a part of 0 to 3}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.slice' op (C2) memory_bits: has 128, needs at least 129, the sum of its blocks}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.slice' op (C3) body: has a chip.op, needs chip.synapses or chip.attention_heads}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C1) offset: has -1, needs at least 0}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C1) weight_bytes: has 4, needs 1 or 2}}
    chip.synapses @proj rows 0 to 3 memory_bits 128 weight_bytes 4
  }
}

// -----

// synapses (C2): rows
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @look(%ids : tensor<?xi32>) { %0 = spike.lookup %ids, dense<0.5> : tensor<3x4xf32> : tensor<?xi32> -> tensor<?x4xf32> chip.yield %0 : tensor<?x4xf32> }
  chip.host @bin(%x = @look : tensor<?x4xf32>) { %0 = spike.binarize %x : tensor<?x4xf32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @repeat(%x = @bin : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C2) rows: has 2 to 5, needs a part of 0 to 3}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.neurons neurons @other kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.slice @s of @other columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C2) target of the projection: has lif, needs other, the slice's population}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.synapses' op (C2) projection @fc: has a chip.op, needs a chip.projection}}
    chip.synapses @fc rows 0 to 3 memory_bits 128
  }
}

// -----

// attention_heads (C1): heads
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op (C1) heads: has 1 to 2, needs a part of 0 to 1}}
    chip.attention_heads @ssa heads 1 to 2 memory_bits 8
  }
}

// -----

// attention_heads (C1): another population
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.neurons neurons @other kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @other columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op (C1) target of the attention: has lif, needs other, the slice's population}}
    chip.attention_heads @ssa heads 0 to 0 memory_bits 8
  }
}

// -----

// attention_heads (C2)
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.attention @ssa q @lif k @lif v @lif target @lif heads 2 causal
  chip.slice @s of @lif columns 0 to 3 memory_bits 128 {
    // expected-error@+1 {{'chip.attention_heads' op (C2) memory_bits: has -8, needs at least 0}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C1) source @lif: has a chip.neurons, needs a chip.slice, or a chip.host that yields spikes over time}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C1) columns: has 0 to 4, needs a part of 0 to 3}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C2) body: has a chip.op, needs chip.target}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  // expected-error@+1 {{'chip.flow' op (C2) targets on core 0 of tile (0, 0): has two, needs one per core}}
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
  chip.neurons neurons @lif kind neuron columns 4 spike_bits 1 model <decay = 1, shift = 0, fraction_bits = 0, v_reset = 0, v_init = 0, state_bits = 24, rounding = "floor", soft_reset = false, saturates = false, threshold = [1], bias = [0]>
  chip.projection @proj op @fc from @repeat to @lif rows 4 columns 4 dense weight_bits 8
  chip.flow from @repeat columns 0 to 3 {
    // expected-error@+1 {{'chip.target' op (C1) columns: has 2 to 5, needs a part of 0 to 3}}
    chip.target core 0 of tile (0, 0) columns 2 to 5
  }
}

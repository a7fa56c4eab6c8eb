// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// One neuron does not fit a core.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 2000 : tensor<?xi32> -> tensor<?x2000xi1> chip.yield %0 : tensor<?x2000xi1> }
  chip.host @in(%x = @table : tensor<?x2000xi1>) { %0 = spike.repeat %x : tensor<?x2000xi1> -> tensor<4x?x2000xi1> chip.yield %0 : tensor<4x?x2000xi1> }
  chip.op linear @fc
  // expected-error @below {{`a`: one neuron needs 1.95 KiB of synapse memory, 1.95 KiB of it for `fc`; a core of target 'small' has 1 KiB (core.synapse_memory_kib); try --target with larger cores}}
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 2000 columns 8 dense weight_bits 8
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 201 : tensor<?xi32> -> tensor<?x201xi1> chip.yield %0 : tensor<?x201xi1> }
  chip.host @in(%x = @table : tensor<?x201xi1>) { %0 = spike.repeat %x : tensor<?x201xi1> -> tensor<4x?x201xi1> chip.yield %0 : tensor<4x?x201xi1> }
  chip.op linear @fc
  // expected-error @below {{`a`: one neuron needs 201 axon-in entries, 201 of it for `fc`; a core of target 'small' has 200 (core.axon_in_entries); try --target with larger cores}}
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 201 columns 8 dense weight_bits 8
}

// -----

// One head of attention does not: 16 tokens x 4 steps x 2 x 80 bits.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 80 spike_bits 2
  // expected-error @below {{`att`: one head of attention needs 1.25 KiB of synapse memory, 1.25 KiB of it for `ssa`; a core of target 'small' has 1 KiB (core.synapse_memory_kib); try --target with larger cores, or --max-tokens below 16}}
  chip.neurons graded_sum @att kind add columns 80 spike_bits 2
  chip.attention @ssa q @q k @q v @q target @att heads 1 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 80 dense weight_bits 8
}

// -----

// The model does not fit the chip: memory, with the largest op and its readers.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 60 : tensor<?xi32> -> tensor<?x60xi1> chip.yield %0 : tensor<?x60xi1> }
  chip.host @in(%x = @table : tensor<?x60xi1>) { %0 = spike.repeat %x : tensor<?x60xi1> -> tensor<4x?x60xi1> chip.yield %0 : tensor<4x?x60xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 60 spike_bits 2
  chip.neurons graded_sum @b kind add columns 60 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 60 columns 60 dense weight_bits 8
  // expected-error @-1 {{`fc`: 60 neurons x 60 inputs at 8 bit for each of 2 readers need 7.03 KiB of synapse memory, all ops of the model together 7.03 KiB; target 'small' has 4 KiB in 4 cores (core.synapse_memory_kib); try --target with more or larger cores}}
  chip.projection @p1 op @fc from @a to @b rows 60 columns 60 dense weight_bits 8
}

// -----

// Neurons.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 90 spike_bits 2
  // expected-error @below {{`b` has 320 neurons, all ops of the model together 410; target 'small' has 400 neurons in 4 cores (core.neurons); try --target with more or larger cores}}
  chip.neurons graded_sum @b kind add columns 320 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 90 dense weight_bits 8
  chip.projection @p1 op @fc from @in to @b rows 4 columns 320 dense weight_bits 1
}

// -----

// Axon-in entries.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 150 : tensor<?xi32> -> tensor<?x150xi1> chip.yield %0 : tensor<?x150xi1> }
  chip.host @in(%x = @table : tensor<?x150xi1>) { %0 = spike.repeat %x : tensor<?x150xi1> -> tensor<4x?x150xi1> chip.yield %0 : tensor<4x?x150xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @r0 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r1 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r2 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r3 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r4 kind add columns 1 spike_bits 2
  chip.neurons graded_sum @r5 kind add columns 1 spike_bits 2
  chip.projection @p0 op @fc from @in to @r0 rows 150 columns 1 dense weight_bits 8
  chip.projection @p1 op @fc from @in to @r1 rows 150 columns 1 dense weight_bits 8
  // expected-error @-2 {{`fc`: 1 neuron x 150 inputs at 8 bit for each of 6 readers need 900 axon-in entries, all ops of the model together 900; target 'small' has 800 axon-in entries in 4 cores (core.axon_in_entries); try --target with more or larger cores}}
  chip.projection @p2 op @fc from @in to @r2 rows 150 columns 1 dense weight_bits 8
  chip.projection @p3 op @fc from @in to @r3 rows 150 columns 1 dense weight_bits 8
  chip.projection @p4 op @fc from @in to @r4 rows 150 columns 1 dense weight_bits 8
  chip.projection @p5 op @fc from @in to @r5 rows 150 columns 1 dense weight_bits 8
}

// -----

// All fits in sum, but of five heads with 640 bytes each no two fit one of four cores.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 1 : tensor<?xi32> -> tensor<?x1xi1> chip.yield %0 : tensor<?x1xi1> }
  chip.host @in(%x = @table : tensor<?x1xi1>) { %0 = spike.repeat %x : tensor<?x1xi1> -> tensor<4x?x1xi1> chip.yield %0 : tensor<4x?x1xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 40 spike_bits 2
  chip.neurons graded_sum @a kind add columns 40 spike_bits 2
  chip.neurons graded_sum @b kind add columns 40 spike_bits 2
  chip.neurons graded_sum @c kind add columns 40 spike_bits 2
  chip.neurons graded_sum @d kind add columns 40 spike_bits 2
  // expected-error @below {{`e` needs 640 bytes of synapse memory on one core; with the other slices placed, no core of target 'small' has more than 384 bytes left, or the cores of its inputs have not (core.synapse_memory_kib); try --target with more or larger cores, or --max-tokens below 16}}
  chip.neurons graded_sum @e kind add columns 40 spike_bits 2
  chip.attention @ssa_a q @q k @q v @q target @a heads 1 causal
  chip.attention @ssa_b q @q k @q v @q target @b heads 1 causal
  chip.attention @ssa_c q @q k @q v @q target @c heads 1 causal
  chip.attention @ssa_d q @q k @q v @q target @d heads 1 causal
  chip.attention @ssa_e q @q k @q v @q target @e heads 1 causal
  chip.projection @p0 op @fc from @in to @q rows 1 columns 40 dense weight_bits 8
}

// -----

// A loop without a delay.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-error @below {{populations feed each other without a delay: `a` -> `b` -> `a`}}
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.neurons graded_sum @b kind add columns 4 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 4 columns 4 dense weight_bits 8
  chip.projection @p2 op @fc from @b to @a rows 4 columns 4 sparse weight_bits 8
}

// -----

// One head needs the rows of its q, k and v.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 80 spike_bits 2
  // expected-error @below {{`att`: one head of attention needs 240 axon-in entries, 240 of it for `ssa`; a core of target 'small' has 200 (core.axon_in_entries); try --target with larger cores}}
  chip.neurons graded_sum @att kind add columns 80 spike_bits 2
  chip.attention @ssa q @q k @q v @q target @att heads 1 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 80 dense weight_bits 8
}

// RUN: synfire-opt %s --partition-ops="target=%S/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// One neuron does not fit a core.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 2000 : tensor<?xi32> -> tensor<?x2000xi1> chip.yield %0 : tensor<?x2000xi1> }
  chip.host @in(%x = @table : tensor<?x2000xi1>) { %0 = spike.repeat %x : tensor<?x2000xi1> -> tensor<4x?x2000xi1> chip.yield %0 : tensor<4x?x2000xi1> }
  chip.op linear @fc
  // expected-error @below {{'a': one neuron needs 1.95 KiB of synapse memory, has 1 KiB in a core; try --target with larger cores}}
  // expected-note @below {{'core.synapse_memory_kib' of target 'small' is 1}}
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'fc' needs 1.95 KiB of it}}
  chip.projection @p0 op @fc from @in to @a rows 2000 columns 8 dense weight_bits 8
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 201 : tensor<?xi32> -> tensor<?x201xi1> chip.yield %0 : tensor<?x201xi1> }
  chip.host @in(%x = @table : tensor<?x201xi1>) { %0 = spike.repeat %x : tensor<?x201xi1> -> tensor<4x?x201xi1> chip.yield %0 : tensor<4x?x201xi1> }
  chip.op linear @fc
  // expected-error @below {{'a': one neuron needs 201 axon-in entries, has 200 in a core; try --target with larger cores}}
  // expected-note @below {{'core.axon_in_entries' of target 'small' is 200}}
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'fc' needs 201 of it}}
  chip.projection @p0 op @fc from @in to @a rows 201 columns 8 dense weight_bits 8
}

// -----

// One head of attention does not: 16 tokens x 4 steps x 2 x 80 bits.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 80 spike_bits 2
  // expected-error @below {{'att': one head of attention needs 1.25 KiB of synapse memory, has 1 KiB in a core; try --target with larger cores, or --max-tokens below 16}}
  // expected-note @below {{'core.synapse_memory_kib' of target 'small' is 1}}
  chip.neurons graded_sum @att kind add columns 80 spike_bits 2
  // expected-note @below {{'ssa' needs 1.25 KiB of it}}
  chip.attention @ssa q @q k @q v @q target @att heads 1 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 80 dense weight_bits 8
}

// -----

// The model does not fit the chip: memory, with the largest op and its readers.
// expected-error @below {{'m': needs 7.03 KiB of synapse memory, has 4 KiB in 4 cores; try --target with more or larger cores}}
// expected-note @below {{'core.synapse_memory_kib' of target 'small' is 1}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 60 : tensor<?xi32> -> tensor<?x60xi1> chip.yield %0 : tensor<?x60xi1> }
  chip.host @in(%x = @table : tensor<?x60xi1>) { %0 = spike.repeat %x : tensor<?x60xi1> -> tensor<4x?x60xi1> chip.yield %0 : tensor<4x?x60xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 60 spike_bits 2
  chip.neurons graded_sum @b kind add columns 60 spike_bits 2
  // expected-note @below {{'fc' needs the most, 7.03 KiB for 60 neurons x 60 inputs at 8 bit for each of 2 readers}}
  chip.projection @p0 op @fc from @in to @a rows 60 columns 60 dense weight_bits 8
  chip.projection @p1 op @fc from @a to @b rows 60 columns 60 dense weight_bits 8
}

// -----

// Neurons.
// expected-error @below {{'m': needs 410 neurons, has 400 in 4 cores; try --target with more or larger cores}}
// expected-note @below {{'core.neurons' of target 'small' is 100}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 90 spike_bits 2
  // expected-note @below {{'b' has the most, 320 neurons}}
  chip.neurons graded_sum @b kind add columns 320 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 90 dense weight_bits 8
  chip.projection @p1 op @fc from @in to @b rows 4 columns 320 dense weight_bits 1
}

// -----

// Axon-in entries.
// expected-error @below {{'m': needs 900 axon-in entries, has 800 in 4 cores; try --target with more or larger cores}}
// expected-note @below {{'core.axon_in_entries' of target 'small' is 200}}
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
  // expected-note @below {{'fc' needs the most, 900 for 1 neuron x 150 inputs at 8 bit for each of 6 readers}}
  chip.projection @p0 op @fc from @in to @r0 rows 150 columns 1 dense weight_bits 8
  chip.projection @p1 op @fc from @in to @r1 rows 150 columns 1 dense weight_bits 8
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
  // expected-error @below {{'e': needs 640 bytes of synapse memory, has 384 bytes at most on any core beside the slices placed before, or too little on the cores of its inputs; try --target with more or larger cores, or --max-tokens below 16}}
  // expected-note @below {{'core.synapse_memory_kib' of target 'small' is 1}}
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
  // expected-error @below {{'a': feeds itself without a delay: 'a' -> 'b' -> 'a'}}
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
  // expected-error @below {{'att': one head of attention needs 240 axon-in entries, has 200 in a core; try --target with larger cores}}
  // expected-note @below {{'core.axon_in_entries' of target 'small' is 200}}
  chip.neurons graded_sum @att kind add columns 80 spike_bits 2
  // expected-note @below {{'ssa' needs 240 of it}}
  chip.attention @ssa q @q k @q v @q target @att heads 1 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 80 dense weight_bits 8
}

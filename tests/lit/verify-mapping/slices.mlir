// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// V1: a column in no slice, at the start, between and at the end.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-error @below {{'a': no slice has column 0}}
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.slice @s of @a columns 1 to 7 on core 0 of tile (0, 0) memory_bits 224 {
    chip.synapses @p0 rows 0 to 3 memory_bits 224
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-error @below {{'a': no slice has columns 3 to 4}}
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.slice @s of @a columns 0 to 2 on core 0 of tile (0, 0) memory_bits 96 {
    chip.synapses @p0 rows 0 to 3 memory_bits 96
  }
  chip.slice @t of @a columns 5 to 7 on core 0 of tile (0, 0) memory_bits 96 {
    chip.synapses @p0 rows 0 to 3 memory_bits 96
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-error @below {{'a': no slice has columns 3 to 7}}
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.slice @s of @a columns 0 to 2 on core 0 of tile (0, 0) memory_bits 96 {
    chip.synapses @p0 rows 0 to 3 memory_bits 96
  }
}

// -----

// V1: a column in two slices.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  // expected-note @below {{'s' is here}}
  chip.slice @s of @a columns 0 to 4 on core 0 of tile (0, 0) memory_bits 160 {
    chip.synapses @p0 rows 0 to 3 memory_bits 160
  }
  // expected-error @below {{'t': columns 3 to 4 of 'a' are in another slice too}}
  chip.slice @t of @a columns 3 to 7 on core 0 of tile (0, 0) memory_bits 160 {
    chip.synapses @p0 rows 0 to 3 memory_bits 160
  }
}

// -----

// V2: rows that are missing, a projection that is missing or there twice.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
    // expected-error @below {{'s': projection 'p0': needs rows 0 to 3, has rows 0 to 2}}
    chip.synapses @p0 rows 0 to 2 memory_bits 256
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  // expected-error @below {{'s': lacks projection 'p0'}}
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) memory_bits 512 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
    // expected-error @below {{'s': has projection 'p0' twice}}
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
}

// -----

// V2: a diagonal has the rows of its columns.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 4 sparse weight_bits 8
  chip.slice @s of @a columns 0 to 1 on core 0 of tile (0, 0) memory_bits 18 {
    chip.synapses @p0 rows 0 to 1 memory_bits 18
  }
  chip.slice @t of @a columns 2 to 3 on core 0 of tile (0, 0) memory_bits 18 {
    // expected-error @below {{'t': projection 'p0': needs rows 2 to 3, has rows 0 to 1}}
    chip.synapses @p0 rows 0 to 1 memory_bits 18
  }
}

// -----

// V3: heads cut, missing, twice, or others than those of the columns.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 8 spike_bits 2
  chip.neurons graded_sum @att kind add columns 8 spike_bits 2
  // expected-note @below {{'ssa' is here}}
  chip.attention @ssa q @q k @q v @q target @att heads 2 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 8 dense weight_bits 8
  chip.slice @q0 of @q columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
  // expected-error @below {{'s': needs whole heads of 'ssa', of 4 columns each, has columns 0 to 5}}
  chip.slice @s of @att columns 0 to 5 on core 0 of tile (0, 0) memory_bits 1024 {
    chip.attention_heads @ssa heads 0 to 0 memory_bits 512
  }
  chip.slice @tail of @att columns 6 to 7 on core 0 of tile (0, 0) memory_bits 1048576 {
    chip.attention_heads @ssa heads 1 to 1 memory_bits 512
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 8 spike_bits 2
  chip.neurons graded_sum @att kind add columns 8 spike_bits 2
  // expected-note @below {{'ssa' is here}}
  chip.attention @ssa q @q k @q v @q target @att heads 2 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 8 dense weight_bits 8
  chip.slice @q0 of @q columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
  // expected-error @below {{'s': lacks attention 'ssa'}}
  chip.slice @s of @att columns 0 to 7 on core 0 of tile (0, 0) memory_bits 1024 {
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 8 spike_bits 2
  chip.neurons graded_sum @att kind add columns 8 spike_bits 2
  chip.attention @ssa q @q k @q v @q target @att heads 2 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 8 dense weight_bits 8
  chip.slice @q0 of @q columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
  chip.slice @s of @att columns 0 to 7 on core 0 of tile (0, 0) memory_bits 1024 {
    chip.attention_heads @ssa heads 0 to 0 memory_bits 512
    // expected-error @below {{'s': has attention 'ssa' twice}}
    chip.attention_heads @ssa heads 1 to 1 memory_bits 512
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 8 spike_bits 2
  chip.neurons graded_sum @att kind add columns 8 spike_bits 2
  // expected-note @below {{'ssa' is here}}
  chip.attention @ssa q @q k @q v @q target @att heads 2 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 8 dense weight_bits 8
  chip.slice @q0 of @q columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
  chip.slice @s of @att columns 0 to 7 on core 0 of tile (0, 0) memory_bits 1024 {
    // expected-error @below {{'s': attention 'ssa': needs heads 0 to 1, has head 1}}
    chip.attention_heads @ssa heads 1 to 1 memory_bits 512
  }
}

// -----

// V4: memory that does not follow from rows, columns and bits, or from tokens and heads.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
    // expected-error @below {{'s': projection 'p0': needs 256 bits of memory, has 255}}
    chip.synapses @p0 rows 0 to 3 memory_bits 255
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @q kind add columns 8 spike_bits 2
  chip.neurons graded_sum @att kind add columns 8 spike_bits 2
  // expected-note @below {{'ssa' is here}}
  chip.attention @ssa q @q k @q v @q target @att heads 2 causal
  chip.projection @p0 op @fc from @in to @q rows 4 columns 8 dense weight_bits 8
  chip.slice @q0 of @q columns 0 to 7 on core 0 of tile (0, 0) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
  chip.slice @s of @att columns 0 to 7 on core 0 of tile (0, 0) memory_bits 1024 {
    // expected-error @below {{'s': attention 'ssa': needs 1024 bits of memory, has 1023}}
    chip.attention_heads @ssa heads 0 to 1 memory_bits 1023
  }
}

// -----

// S1: no core, or one that the chip does not have.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  // expected-error @below {{'s': has no core; run place-slices before}}
  chip.slice @s of @a columns 0 to 7 memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  // expected-error @below {{'s': needs a core of target 'small', has core 0 of tile (2, 0)}}
  // expected-note @below {{'mesh.width', 'mesh.height' and 'mesh.cores_per_tile' of target 'small' are 2, 2 and 1}}
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (2, 0) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  // expected-error @below {{'s': needs a core of target 'small', has core 0 of tile (0, -1)}}
  // expected-note @below {{'mesh.width', 'mesh.height' and 'mesh.cores_per_tile' of target 'small' are 2, 2 and 1}}
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, -1) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  // expected-error @below {{'s': needs a core of target 'small', has core 1 of tile (0, 0)}}
  // expected-note @below {{'mesh.width', 'mesh.height' and 'mesh.cores_per_tile' of target 'small' are 2, 2 and 1}}
  chip.slice @s of @a columns 0 to 7 on core 1 of tile (0, 0) memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
}

// -----

// Mappings use chip 0.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 8 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 8 dense weight_bits 8
  // expected-error @below {{'s': needs a core of target 'small', has core 0 of tile (0, 0) on chip 1}}
  // expected-note @below {{'mesh.width', 'mesh.height' and 'mesh.cores_per_tile' of target 'small' are 2, 2 and 1}}
  chip.slice @s of @a columns 0 to 7 on core 0 of tile (0, 0) on chip 1 memory_bits 256 {
    chip.synapses @p0 rows 0 to 3 memory_bits 256
  }
}

// -----

// S2: too many neurons, bits, axon-in and axon-out entries on one core.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 120 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 120 dense weight_bits 1
  // expected-error @below {{core 0 of tile (1, 0): needs 120 neurons, has 100}}
  // expected-note @below {{'core.neurons' of target 'small' is 100}}
  // expected-note @below {{'s' needs 60 neurons}}
  chip.slice @s of @a columns 0 to 59 on core 0 of tile (1, 0) memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
  // expected-note @below {{'t' needs 60 neurons}}
  chip.slice @t of @a columns 60 to 119 on core 0 of tile (1, 0) memory_bits 240 {
    chip.synapses @p0 rows 0 to 3 memory_bits 240
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 60 : tensor<?xi32> -> tensor<?x60xi1> chip.yield %0 : tensor<?x60xi1> }
  chip.host @in(%x = @table : tensor<?x60xi1>) { %0 = spike.repeat %x : tensor<?x60xi1> -> tensor<4x?x60xi1> chip.yield %0 : tensor<4x?x60xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 18 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 60 columns 18 dense weight_bits 8
  // expected-error @below {{core 0 of tile (0, 0): needs 1.05 KiB of synapse memory, has 1 KiB}}
  // expected-note @below {{'core.synapse_memory_kib' of target 'small' is 1}}
  // expected-note @below {{'s' needs 1.05 KiB of synapse memory}}
  chip.slice @s of @a columns 0 to 17 on core 0 of tile (0, 0) memory_bits 8640 {
    chip.synapses @p0 rows 0 to 59 memory_bits 8640
  }
}

// -----

chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 201 : tensor<?xi32> -> tensor<?x201xi1> chip.yield %0 : tensor<?x201xi1> }
  chip.host @in(%x = @table : tensor<?x201xi1>) { %0 = spike.repeat %x : tensor<?x201xi1> -> tensor<4x?x201xi1> chip.yield %0 : tensor<4x?x201xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 1 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 201 columns 1 dense weight_bits 8
  // expected-error @below {{core 0 of tile (0, 0): needs 201 axon-in entries, has 200}}
  // expected-note @below {{'core.axon_in_entries' of target 'small' is 200}}
  // expected-note @below {{'s' needs 201 axon-in entries}}
  chip.slice @s of @a columns 0 to 0 on core 0 of tile (0, 0) memory_bits 1608 {
    chip.synapses @p0 rows 0 to 200 memory_bits 1608
  }
}

// -----

// S2: the most that populations have.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.neurons graded_sum @a kind add columns 16777216 spike_bits 2
  chip.neurons graded_sum @b kind add columns 16777216 spike_bits 2
  // expected-error @below {{core 0 of tile (0, 0): needs 33554432 neurons, has 100}}
  // expected-note @below {{'core.neurons' of target 'small' is 100}}
  // expected-note @below {{'s' needs 16777216 neurons}}
  chip.slice @s of @a columns 0 to 16777215 on core 0 of tile (0, 0) memory_bits 0 {}
  // expected-note @below {{'t' needs 16777216 neurons}}
  chip.slice @t of @b columns 0 to 16777215 on core 0 of tile (0, 0) memory_bits 0 {}
}

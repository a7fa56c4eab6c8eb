// RUN: synfire-opt %s --verify-mapping="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets" --split-input-file --verify-diagnostics

// Slices of populations on grids, which have points.

// V1: points in no slice, at the end of a block.
chip.program @m on "small" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  // expected-error @below {{'a': no slice has points 6 to 8 of columns 0 to 3}}
  chip.neurons graded_sum @a kind add columns 4 points 9 spike_bits 2
  chip.projection @p0 op @c from @in to @a rows 4 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 1], stride = [1, 1], padding = [1, 0], dilation = [1, 1]>
  chip.slice @s of @a columns 0 to 3 points 0 to 5 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
}

// -----

// V1: points in no slice, between two slices.
chip.program @m on "small" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  // expected-error @below {{'a': no slice has points 3 to 4 of columns 0 to 1}}
  chip.neurons graded_sum @a kind add columns 4 points 9 spike_bits 2
  chip.projection @p0 op @c from @in to @a rows 4 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 1], stride = [1, 1], padding = [1, 0], dilation = [1, 1]>
  chip.slice @s of @a columns 0 to 1 points 0 to 2 on core 0 of tile (0, 0) memory_bits 64 {
    chip.synapses @p0 rows 0 to 3 memory_bits 64
  }
  chip.slice @t of @a columns 0 to 1 points 5 to 8 on core 0 of tile (0, 0) memory_bits 64 {
    chip.synapses @p0 rows 0 to 3 memory_bits 64
  }
  chip.slice @u of @a columns 2 to 3 points 0 to 8 on core 0 of tile (0, 0) memory_bits 64 {
    chip.synapses @p0 rows 0 to 3 memory_bits 64
  }
}

// -----

// V1: points in two slices.
chip.program @m on "small" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons graded_sum @a kind add columns 4 points 9 spike_bits 2
  chip.projection @p0 op @c from @in to @a rows 4 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 1], stride = [1, 1], padding = [1, 0], dilation = [1, 1]>
  // expected-note @below {{'s' is here}}
  chip.slice @s of @a columns 0 to 3 points 0 to 5 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  // expected-error @below {{'t': points 4 to 5 of 'a' are in another slice too}}
  chip.slice @t of @a columns 0 to 3 points 4 to 8 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
}

// -----

// V1: blocks of columns are cut into ranges of points.
chip.program @m on "small" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons graded_sum @a kind add columns 4 points 9 spike_bits 2
  chip.projection @p0 op @c from @in to @a rows 4 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 1], stride = [1, 1], padding = [1, 0], dilation = [1, 1]>
  // expected-note @below {{'s' is here}}
  chip.slice @s of @a columns 0 to 3 points 0 to 5 on core 0 of tile (0, 0) memory_bits 128 {
    chip.synapses @p0 rows 0 to 3 memory_bits 128
  }
  // expected-error @below {{'t': needs columns 0 to 3, has columns 0 to 1}}
  chip.slice @t of @a columns 0 to 1 points 6 to 8 on core 0 of tile (0, 0) memory_bits 64 {
    chip.synapses @p0 rows 0 to 3 memory_bits 64
  }
}

// -----

// V1: columns in no slice.
chip.program @m on "small" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  // expected-error @below {{'a': no slice has columns 2 to 3}}
  chip.neurons graded_sum @a kind add columns 4 points 9 spike_bits 2
  chip.projection @p0 op @c from @in to @a rows 4 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 1], stride = [1, 1], padding = [1, 0], dilation = [1, 1]>
  chip.slice @s of @a columns 0 to 1 points 0 to 8 on core 0 of tile (0, 0) memory_bits 64 {
    chip.synapses @p0 rows 0 to 3 memory_bits 64
  }
}

// -----

// V2 and V4: all rows of the kernel, once, whatever the points.
chip.program @m on "small" time_steps 4 context_length 1 max_tokens 1 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.host @in(%x : tensor<4x6x2xi1>) points 6 { chip.yield %x : tensor<4x6x2xi1> }
  chip.op conv @c
  chip.neurons graded_sum @a kind add columns 4 points 9 spike_bits 2
  // expected-note @below {{'p0' is here}}
  chip.projection @p0 op @c from @in to @a rows 4 columns 4 conv weight_bits 8 window #chip.window<grid = [2, 3], size = [2, 1], stride = [1, 1], padding = [1, 0], dilation = [1, 1]>
  chip.slice @s of @a columns 0 to 3 points 0 to 8 on core 0 of tile (0, 0) memory_bits 96 {
    // expected-error @below {{'s': projection 'p0': needs rows 0 to 3, has rows 0 to 2}}
    chip.synapses @p0 rows 0 to 2 memory_bits 96
  }
}

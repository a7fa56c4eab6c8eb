// RUN: split-file %s %t
// RUN: synfire-opt %t/placed.mlir --place-slices="target=%t/three.yaml targets-folder=%targets" | FileCheck %t/placed.mlir
// RUN: synfire-opt %t/full.mlir --place-slices="target=%t/three.yaml targets-folder=%targets" --verify-diagnostics

//--- three.yaml
extends: tiny-2x2
name: three
description: Tile (1, 0) does not work
mesh: {faulty_cores: [[1, 0]]}
core: {neurons: 100, synapse_memory_kib: 1, axon_in_entries: 200, axon_out_entries: 400}

//--- placed.mlir
// The snake curve goes past the core that does not work.
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 300 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 300 dense weight_bits 1
  chip.slice @s0 of @a columns 0 to 99 memory_bits 400 {
    chip.synapses @p0 rows 0 to 3 memory_bits 400
  }
  chip.slice @s1 of @a columns 100 to 199 memory_bits 400 {
    chip.synapses @p0 rows 0 to 3 memory_bits 400
  }
  chip.slice @s2 of @a columns 200 to 299 memory_bits 400 {
    chip.synapses @p0 rows 0 to 3 memory_bits 400
  }
}
// CHECK: chip.slice @s0 {{.*}} on core 0 of tile (0, 0)
// CHECK: chip.slice @s1 {{.*}} on core 0 of tile (0, 1)
// CHECK: chip.slice @s2 {{.*}} on core 0 of tile (1, 1)

//--- full.mlir
// expected-error @below {{'m': needs 301 neurons, has 300 in 3 cores that are not faulty; try --target with more or larger cores}}
// expected-note @below {{'core.neurons' of target 'three' is 100}}
chip.program @m on "small" time_steps 4 context_length 16 max_tokens 16 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<4x?x4xi1> chip.yield %0 : tensor<4x?x4xi1> }
  chip.op linear @fc
  // expected-note @below {{'a' has the most, 301 neurons}}
  chip.neurons graded_sum @a kind add columns 301 spike_bits 2
  chip.projection @p0 op @fc from @in to @a rows 4 columns 301 dense weight_bits 1
  chip.slice @s0 of @a columns 0 to 99 memory_bits 400 {
    chip.synapses @p0 rows 0 to 3 memory_bits 400
  }
  chip.slice @s1 of @a columns 100 to 199 memory_bits 400 {
    chip.synapses @p0 rows 0 to 3 memory_bits 400
  }
  chip.slice @s2 of @a columns 200 to 299 memory_bits 400 {
    chip.synapses @p0 rows 0 to 3 memory_bits 400
  }
  chip.slice @s3 of @a columns 300 to 300 memory_bits 4 {
    chip.synapses @p0 rows 0 to 3 memory_bits 4
  }
}

// RUN: not synfire-opt %s --place-slices="target=%S/../partition-ops/Inputs/small.yaml targets-folder=%targets placer=best" 2>&1 | FileCheck %s

// CHECK: error: there is no placer 'best'; choose one of: greedy-snake
chip.program @m on "small" attributes {time_steps = 4 : i64, context_length = 16 : i64, max_tokens = 16 : i64, vocabulary = 3 : i64, alphabet = "", cleaning = "none", weight_bits = 8 : i64} {
  chip.host_op "token_lookup" @table columns 4 inputs [] {table = dense<1.0> : tensor<3x4xf32>}
  chip.host_op "repeat" @in columns 4 inputs [@table] {spike_bits = 1 : i64, steps = 4 : i64}
  chip.op "linear" @fc
}

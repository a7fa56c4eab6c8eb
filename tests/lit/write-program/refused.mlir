// RUN: not synfire-opt %s --write-program=output=%t.mlir -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: sed -e 's|^// program: ||' %s > %t.unmapped.mlir
// RUN: not synfire-opt %t.unmapped.mlir --write-program=output=%t.mlir -o /dev/null 2>&1 | FileCheck %s --check-prefix=UNMAPPED

// NONE: error: '{{.*}}.mlir': needs one chip.program to write, has 0; run the compile pipeline before
// UNMAPPED: [[@LINE+1]]:{{[0-9]+}}: error: '{{.*}}': needs slices to write to '{{.*}}.mlir', has none; run the mapping passes before
// program: chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {}
module {}

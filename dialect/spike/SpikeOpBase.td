// What all operations of the spike dialect share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OP_BASE
#define SYNFIRE_SPIKE_OP_BASE

include "dialect/spike/SpikeAttrs.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

class Spike_Op<string mnemonic, list<Trait> traits = []>
    : Op<Spike_Dialect, mnemonic, !listconcat([Pure], traits)> {
  let hasVerifier = 1;
}

/// One operand, one result, both with time or both without.
class Spike_UnaryOp<string mnemonic, list<Trait> traits = []> : Spike_Op<mnemonic, traits> {
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OP_BASE

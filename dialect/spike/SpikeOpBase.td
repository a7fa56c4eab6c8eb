// What all operations of the spike dialect share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OP_BASE
#define SYNFIRE_SPIKE_OP_BASE

include "dialect/spike/SpikeAttrs.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

/// (C0): sizes and order of operands, results and weights, before an op's own rules.
def Spike_Checked : NativeOpTrait<"CheckedOperation"> {
  let cppNamespace = "::synfire::spike";
}

/// The simulator's host has a kernel for it, so that it may run there when no unit of a chip
/// computes it.
def Spike_HostComputable : NativeOpTrait<"HostComputable"> {
  let cppNamespace = "::synfire::spike";
}

/// The result is the sum of the operands, element by element: currents in one unit, or spikes that
/// become graded ones.
def Spike_SumsOperands : NativeOpTrait<"SumsOperands"> {
  let cppNamespace = "::synfire::spike";
}

/// Brings values to another place, another time or out of the chip's integers, and computes none:
/// text's way in and a readout's way out, which are no work that a chip lacks a unit for.
def Spike_MovesValues : NativeOpTrait<"MovesValues"> {
  let cppNamespace = "::synfire::spike";
}

class Spike_Op<string mnemonic, list<Trait> traits = []>
    : Op<Spike_Dialect, mnemonic, !listconcat([Spike_Checked, Pure], traits)> {
  let hasVerifier = 1;
}

/// The shape of the result is that of the first operand ...
def Spike_KeepsShape : DeclareOpInterfaceMethods<Spike_ShapeInference>;
/// ... or what `inferShape` in ops/ says.
def Spike_InfersShape : DeclareOpInterfaceMethods<Spike_ShapeInference, ["inferShape"]>;
/// Reads other tokens, always ...
def Spike_MixesTokens : DeclareOpInterfaceMethods<Spike_TokenMixing>;
/// ... or when `mixesTokens` in ops/ says so.
def Spike_MayMixTokens : DeclareOpInterfaceMethods<Spike_TokenMixing, ["mixesTokens"]>;

/// One operand, one result, both with time or both without.
class Spike_UnaryOp<string mnemonic, list<Trait> traits = []> : Spike_Op<mnemonic, traits> {
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OP_BASE

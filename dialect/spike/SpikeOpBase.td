// What all operations of the spike dialect share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OP_BASE
#define SYNFIRE_SPIKE_OP_BASE

include "dialect/spike/SpikeAttrs.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

/// Checks (C0), the sizes of operands, results and weights and the order of ops, before the op's
/// own verifier.
def Spike_Checked : NativeOpTrait<"CheckedOperation"> {
  let cppNamespace = "::synfire::spike";
}

/// Marks an op for which the simulator's host has a kernel, so that the op may run there when no
/// unit of a chip computes it.
def Spike_HostComputable : NativeOpTrait<"HostComputable"> {
  let cppNamespace = "::synfire::spike";
}

/// Marks an op whose result is the sum of its operands, element by element: a sum of currents that
/// have one unit, or of spikes, which gives graded spikes.
def Spike_SumsOperands : NativeOpTrait<"SumsOperands"> {
  let cppNamespace = "::synfire::spike";
}

/// Marks an op that brings values to another place or time, or turns the chip's integers into
/// reals, but computes nothing new. Such an op feeds the chip or reads it out; it does not count as
/// work of the host for which the chip lacks a unit.
def Spike_MovesValues : NativeOpTrait<"MovesValues"> {
  let cppNamespace = "::synfire::spike";
}

class Spike_Op<string mnemonic, list<Trait> traits = []>
    : Op<Spike_Dialect, mnemonic, !listconcat([Spike_Checked, Pure], traits)> {
  let hasVerifier = 1;
}

/// The result has the shape of the first operand ...
def Spike_KeepsShape : DeclareOpInterfaceMethods<Spike_ShapeInference>;
/// ... or the shape that the op's own `inferShape` (ops/*.cpp) returns.
def Spike_InfersShape : DeclareOpInterfaceMethods<Spike_ShapeInference, ["inferShape"]>;
/// The op always reads other tokens ...
def Spike_MixesTokens : DeclareOpInterfaceMethods<Spike_TokenMixing>;
/// ... or only when its own `mixesTokens` (SpikeInterfaces.cpp) says so.
def Spike_MayMixTokens : DeclareOpInterfaceMethods<Spike_TokenMixing, ["mixesTokens"]>;

/// An op with one operand and one result.
class Spike_UnaryOp<string mnemonic, list<Trait> traits = []> : Spike_Op<mnemonic, traits> {
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // SYNFIRE_SPIKE_OP_BASE

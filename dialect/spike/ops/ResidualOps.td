// Residuals and gates.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_RESIDUAL
#define SYNFIRE_SPIKE_OPS_RESIDUAL

include "dialect/spike/SpikeOpBase.td"

def Spike_AddOp : Spike_Op<"add", [Spike_HostComputable, Spike_SumsOperands,
    DeclareOpInterfaceMethods<Spike_SpikeGate>, Spike_KeepsShape]> {
  let summary = "residual: real + real, or spike + spike to graded spikes";
  let description = [{
    Currents and spikes are not added to each other; `spike.inject` turns spikes into a current.
    (C1) two currents of one type give a current of that type.
    (C2) two spike tensors of one shape give a `uiK` that can hold the sum of their largest values:
    i1 + i1 gives ui2. `largestSpike` finds these values by following sums back to the spikes, so
    the sum of four i1 is at most 4 and needs ui3, in whatever order they are added. A wider K is
    legal.

    ```mlir
    %s = spike.add %a, %b : tensor<4x?x80xi1>, tensor<4x?x80xi1> -> tensor<4x?x80xui2>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$lhs, AnyRankedTensor:$rhs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)";
}

def Spike_MultiplyOp : Spike_Op<"multiply", [Spike_HostComputable, Spike_KeepsShape]> {
  let summary = "product of two reals, element by element: the gate of an MLP";
  let description = [{
    `y = lhs * rhs`.
    (C1) operands and result have one f32 type.

    ```mlir
    %y = spike.multiply %a, %b : tensor<?x80xf32>, tensor<?x80xf32> -> tensor<?x80xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$lhs, AnyRankedTensor:$rhs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)";
}

def Spike_LogicOp : Spike_Op<"logic", [Spike_HostComputable, SameOperandsAndResultType,
    DeclareOpInterfaceMethods<Spike_SpikeGate>, Spike_KeepsShape]> {
  let summary = "residuals and gates of spikes that stay binary";
  let description = [{
    For the operands a and b, `or` gives a or b, and `and` gives a and b. `iand` gives (not a) and
    b, the IAND residual of SEW ResNet, where a is the output of the block and b the shortcut.
    (C1) operands and result are i1 of one shape.

    ```mlir
    %y = spike.logic iand %a, %b : tensor<4x?x80xi1>
    ```
  }];
  let arguments = (ins Spike_LogicAttr:$mode, AnyRankedTensor:$lhs, AnyRankedTensor:$rhs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$mode $lhs `,` $rhs attr-dict `:` type($result)";
  let hasFolder = 1;
}

#endif // SYNFIRE_SPIKE_OPS_RESIDUAL

// The host's operations in a program.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_CHIP_HOSTOPS
#define SYNFIRE_CHIP_HOSTOPS

include "dialect/chip/ChipAttrs.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Chip_Op<string mnemonic, list<Trait> traits = []> : Op<Chip_Dialect, mnemonic, traits> {
  let hasVerifier = 1;
}

def Chip_HostOp : Chip_Op<"host", [Symbol, IsolatedFromAbove, SingleBlock, HasParent<"ProgramOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "an operation of the host";
  let description = [{
    The body holds the operation of the spike dialect that the host computes in float64
    (dialect/RATIONALE.md, section 2), with all its numbers; the spike dialect says what they mean
    and checks them. An argument of the body stands for an input: a value of an earlier `chip.host`,
    for `spike.dequantize` the integers of a readout. An argument `tensor<Nxi32>` has no `= @NAME`:
    the text's token ids. The result has one row per token, or one per token and time step. Where it
    is spikes over time (`tensor<TxNxDxi1>` or uiK), the trace records them; with as many steps as
    the program has, projections and attention may read them: they enter the chip in tick `stage`
    (absent: 0).

    A body without an operation yields its one argument, the tensor that a run is given in place of
    token ids. Its rows are the tokens. A program has at most one such `chip.host`.

    ```mlir
    chip.host @image(%x : tensor<4x?x2xi1>) {
      chip.yield %x : tensor<4x?x2xi1>
    }
    chip.host @norm(%x = @fc1.dequantize : tensor<4x?x2xf32>) {
      %0 = spike.layer_norm %x, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32> :
          tensor<4x?x2xf32> -> tensor<4x?x2xf32>
      chip.yield %0 : tensor<4x?x2xf32>
    }
    ```

    (C1) the body holds one operation with the trait `HostComputable`, whose operands are the body's
    arguments in their order, and the `chip.yield` of its result; or the `chip.yield` of its one
    argument alone.
    (C2) the result has rank 2 or 3; a tensor that is given is spikes or f32, its features a fixed
    number.
    (C3) every argument but token ids and the given tensor has an input.
    (C4) an input names
    a `chip.host` that stands before and yields the argument's type; that of a `spike.dequantize` a
    readout that stands before and has the argument's features as columns.
    (C5) stage is not negative.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypedArrayAttrBase<FlatSymbolRefAttr,
    "symbols">:$inputs,
    OptionalAttr<I64Attr>:$stage);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// Whether an argument of this type stands for the text's token ids.
    static bool isTokenIds(::mlir::Type type);

    // Precondition of what follows: verified.
    /// The operation of the spike dialect; null for the tensor that a run is given.
    ::mlir::Operation *getComputed();
    bool isInputTensor() { return !getComputed(); }
    /// Type of its result.
    ::mlir::RankedTensorType getValueType();
    int64_t getColumns() { return getValueType().getShape().back(); }
    /// Rows per token.
    int64_t getSteps() { return getValueType().getRank() == 3 ? getValueType().getDimSize(0) : 1; }
    /// Bits of a spike, none where the result is not spikes over time.
    std::optional<int64_t> getSpikeBits();
    /// Whether its input is a readout of the chip.
    bool readsReadout();
    /// The rules of a body without an operation.
    ::mlir::LogicalResult verifyInputTensor();
  }];
}

def Chip_YieldOp : Op<Chip_Dialect, "yield", [Pure, Terminator, HasParent<"HostOp">]> {
  let summary = "the value of a chip.host";
  let arguments = (ins AnyRankedTensor:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

#endif // SYNFIRE_CHIP_HOSTOPS

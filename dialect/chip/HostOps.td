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
    (dialect/RATIONALE.md, section 2), with its weights and other parameters; the spike dialect says
    what they mean and checks them. Each argument of the body stands for an input. An argument with
    `= @NAME` is the value of the earlier `chip.host` of that name, or for `spike.dequantize` the
    integers of the readout of that name. An argument of the type `tensor<Nxi32>` has no `= @NAME`;
    it is the token ids of the text.
    The result has one row per token, or one per token and time step. If it is spikes over time
    (`tensor<TxNxDxi1>` or uiK), the trace records them. If it also has as many time steps as the
    program, projections and attention may read the spikes, which enter the chip in the tick `stage`
    (0 if it is absent). With `points` the rows of the value are the points of a grid, all of one
    token; without it, every row is a token.

    A body without an operation yields its one argument: the tensor that the run gives in place of
    token ids, with a row per token. A program has at most one such `chip.host`.

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

    (C1) the body holds one operation with the trait `HostComputable`, whose operands are the
    arguments of the body in their order, and a `chip.yield` of its result; or the `chip.yield` of
    its one argument alone.
    (C2) the result has rank 2 or 3. A tensor that the run gives is spikes or f32, with a fixed
    number of features and time steps.
    (C3) every argument has an input, except token ids and the tensor that the run gives.
    (C4) an input is the name of a `chip.host` that stands before this one and yields a value of the
    argument's type. The input of a `spike.dequantize` is the name of a readout that stands before
    it and has as many columns as the argument has features.
    (C5) stage is not negative.
    (C6) points is 1, or as many as the value has rows; then the program has a context of one token.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypedArrayAttrBase<FlatSymbolRefAttr,
    "symbols">:$inputs,
    OptionalAttr<I64Attr>:$stage, DefaultValuedAttr<I64Attr, "1">:$points);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// Whether an argument of this type stands for the text's token ids.
    static bool isTokenIds(::mlir::Type type);

    // Precondition of the following methods: this op has been verified.
    /// The operation of the spike dialect that the host computes; null for the tensor that the run
    /// gives.
    ::mlir::Operation *getComputed();
    bool isInputTensor() { return !getComputed(); }
    /// The type of the value that the op yields.
    ::mlir::RankedTensorType getValueType();
    int64_t getColumns() { return getValueType().getShape().back(); }
    /// Rows of the result per token: the time steps of its type, or 1.
    int64_t getSteps() { return getValueType().getRank() == 3 ? getValueType().getDimSize(0) : 1; }
    /// Bits of a spike; none if the result is not spikes over time.
    std::optional<int64_t> getSpikeBits();
    /// Whether the input is a readout of the chip, not another chip.host.
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

// Attributes of the chip dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_CHIP_ATTRS
#define SYNFIRE_CHIP_ATTRS

include "dialect/chip/ChipDialect.td"

class Chip_Attr<string name, string attrMnemonic> : AttrDef<Chip_Dialect, name> {
  let mnemonic = attrMnemonic;
}

def Chip_CoreAttr : Chip_Attr<"Core", "core"> {
  let summary = "a core: the chip, the place (x, y) of the tile, and the core's number in the tile";
  let parameters = (ins "int64_t":$chip, "int64_t":$x, "int64_t":$y, "int64_t":$core);
  let assemblyFormat = "`<` struct(params) `>`";
}

def Chip_NeuronAttr : Chip_Attr<"Neuron", "neuron"> {
  let summary = "integer neuron: the constants that a chip is loaded with";
  let description = [{
    The attribute has the constants of `support/NeuronForm.h` under the names they have there. A
    constant that only neurons with a filtered current have (`current_decay`, `current_shift`,
    `membrane_bias`, `current_bits`, `current_fraction_bits`) is left out for all others.
    `dialect/RATIONALE.md` ("Fixed-point neurons") has the rule in which the constants stand; for a
    leaky membrane it is
    `v = round(decay * v' / 2^shift) + (input << fraction_bits) + bias`, `s = v >= threshold`.
    A spike sets the membrane to `v_reset`, or with `soft_reset` subtracts `decrement` from it; where
    that is left out, it subtracts the threshold. A neuron that compares with `>` subtracts one less
    than its threshold here, and a neuron without a reset subtracts 0. With `across_tokens = true`,
    which is left out otherwise, the states after a token are those before the next one.
    Each list (`decay`, `shift`, `v_reset`, `v_init`, `threshold`, `bias`, `current_decay`,
    `current_shift`, `membrane_bias`, `decrement`) has one entry, or one per column.
    (C1) every constant is within its range: shift in 0..12, decay in 0..2^shift, fraction_bits in
    0..30, state_bits in 2..48, a bias within +-2^61, and so on. `support/Limits.h` gives the
    reasons.
    (C2) rounding is toward_zero, floor or nearest.
  }];
  let parameters = (ins
    AttrParameter<"::synfire::NeuronConstants", "constants",
      "const ::synfire::NeuronConstants &">:$constants,
    "::mlir::StringAttr":$rounding, "bool":$soft_reset, "bool":$saturates,
    "bool":$across_tokens);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Chip_WindowAttr : Chip_Attr<"Window", "window"> {
  let summary = "which points of a grid each point of another grid reads";
  let description = [{
    The window of a convolution or a pooling, as `spike.conv` defines it: the source's `grid`
    ([rows, columns], row major), the `size` of the window, its `stride`, the `padding` of the grid
    and the `dilation` of the window. A grid of one dimension has one row.

    ```mlir
    #chip.window<grid = [4, 5], size = [3, 3], stride = [2, 2], padding = [1, 1], dilation = [1, 1]>
    ```
    (C1) every list has two entries; those of padding are not negative, all others positive, and all
    are at most kMaxColumns (support/Limits.h).
    (C2) the window has a place in the grid; its places, its taps and the points of the grid are at
    most kMaxColumns.
  }];
  let parameters = (ins "::mlir::DenseI64ArrayAttr":$grid, "::mlir::DenseI64ArrayAttr":$size,
    "::mlir::DenseI64ArrayAttr":$stride, "::mlir::DenseI64ArrayAttr":$padding,
    "::mlir::DenseI64ArrayAttr":$dilation);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    static WindowAttr get(::mlir::MLIRContext *context, const ::synfire::GridWindow &window);
    ::synfire::GridWindow getWindow() const;
  }];
}

#endif // SYNFIRE_CHIP_ATTRS

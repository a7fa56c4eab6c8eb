// Attributes of the chip dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_CHIP_ATTRS
#define SYNFIRE_CHIP_ATTRS

include "dialect/chip/ChipDialect.td"

class Chip_Attr<string name, string attrMnemonic> : AttrDef<Chip_Dialect, name> {
  let mnemonic = attrMnemonic;
  let assemblyFormat = "`<` struct(params) `>`";
}

def Chip_CoreAttr : Chip_Attr<"Core", "core"> {
  let summary = "coordinates of a core: chip, tile (x, y), core within the tile";
  let parameters = (ins "int64_t":$chip, "int64_t":$x, "int64_t":$y, "int64_t":$core);
}

def Chip_NeuronAttr : Chip_Attr<"Neuron", "neuron"> {
  let summary = "integer neuron: the constants that a chip is loaded with";
  let description = [{
    `v = round(decay * v' / 2^shift) + (input << fraction_bits) + bias`, `s = v >= threshold`;
    hard reset to `v_reset`, or soft: minus threshold. `threshold` and `bias`: one entry, or one per
    column. `rounding` is one of toward_zero, floor, nearest.
    (C1) shift in 0..12, decay in 0..2^shift, fraction_bits in 0..30.
    (C2) state_bits in 2..48.
    (C3) rounding is known.
    (C4) a bias is within +-2^61. `support/Limits.h` says why.
  }];
  let parameters = (ins "int64_t":$decay, "int64_t":$shift, "int64_t":$fraction_bits,
    "::mlir::StringAttr":$rounding, "bool":$soft_reset, "int64_t":$v_reset, "int64_t":$v_init,
    "int64_t":$state_bits, "bool":$saturates,
    "::mlir::DenseI64ArrayAttr":$threshold, "::mlir::DenseI64ArrayAttr":$bias);
  let genVerifyDecl = 1;
}

#endif // SYNFIRE_CHIP_ATTRS

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
    hard reset to `v_reset`, or soft: minus threshold. `threshold` and `bias`: one entry, or one per column.
    `rounding` is one of toward_zero, floor, nearest.
    (C1) shift and fraction_bits in 0..30, decay in 0..2^shift. (C2) state_bits in 2..62. (C3) rounding is known.
  }];
  let parameters = (ins "int64_t":$decay, "int64_t":$shift, "int64_t":$fraction_bits,
    "::mlir::StringAttr":$rounding, "bool":$soft_reset, "int64_t":$v_reset, "int64_t":$v_init,
    "int64_t":$state_bits, "bool":$saturates,
    "::mlir::DenseI64ArrayAttr":$threshold, "::mlir::DenseI64ArrayAttr":$bias);
  let genVerifyDecl = 1;
}

#endif // SYNFIRE_CHIP_ATTRS

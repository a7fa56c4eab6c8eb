// Attributes of the chip dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_CHIP_ATTRS
#define SYNFIRE_CHIP_ATTRS

include "dialect/chip/ChipDialect.td"

class Chip_Attr<string name, string attrMnemonic> : AttrDef<Chip_Dialect, name> {
  let mnemonic = attrMnemonic;
}

def Chip_CoreAttr : Chip_Attr<"Core", "core"> {
  let summary = "coordinates of a core: chip, tile (x, y), core within the tile";
  let parameters = (ins "int64_t":$chip, "int64_t":$x, "int64_t":$y, "int64_t":$core);
  let assemblyFormat = "`<` struct(params) `>`";
}

def Chip_NeuronAttr : Chip_Attr<"Neuron", "neuron"> {
  let summary = "integer neuron: the constants that a chip is loaded with";
  let description = [{
    The constants of `support/NeuronForm.h` by name, those of a form without which the neuron does
    left out; the rule that they stand in is that of `dialect/RATIONALE.md` ("Fixed-point neurons"),
    for a leaky membrane
    `v = round(decay * v' / 2^shift) + (input << fraction_bits) + bias`, `s = v >= threshold`;
    hard reset to `v_reset`, or soft: minus threshold. `threshold` and `bias`: one entry, or one per
    column. `rounding` is one of toward_zero, floor, nearest.
    (C1) every constant is within its range, so shift in 0..12, decay in 0..2^shift, fraction_bits
    in 0..30, state_bits in 2..48, a bias within +-2^61. `support/Limits.h` says why.
    (C2) rounding is known.
  }];
  let parameters = (ins
    AttrParameter<"::synfire::NeuronConstants", "constants",
      "const ::synfire::NeuronConstants &">:$constants,
    "::mlir::StringAttr":$rounding, "bool":$soft_reset, "bool":$saturates);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

#endif // SYNFIRE_CHIP_ATTRS

// The chip dialect: where everything lives on the chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_CHIP_DIALECT
#define SYNFIRE_CHIP_DIALECT

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def Chip_Dialect : Dialect {
  let name = "chip";
  let cppNamespace = "::synfire::chip";
  let summary = "A model mapped onto a chip: populations, slices, cores, flows";
  let description = [{
    A `chip.program` lists what is computed (host ops, neurons, projections,
    attention: integers only) and where it lives (slices on cores, flows along
    links). The weights stand in a side file; slices point into it.
  }];
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["::synfire::spike::SpikeDialect"]; // what the host computes
}

#endif // SYNFIRE_CHIP_DIALECT

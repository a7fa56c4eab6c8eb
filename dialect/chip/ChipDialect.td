// The chip dialect: a mapped model, and where its parts are on the chip.
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
    A `chip.program` lists what is computed and where. Neurons, projections and attention compute
    with integers on the chip; host ops compute with reals on the host. Slices put the neurons on
    cores, and flows lead their spikes along links. The weights are in a side file, into which the
    slices point.
  }];
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["::synfire::spike::SpikeDialect"]; // a chip.host holds an op of it
}

#endif // SYNFIRE_CHIP_DIALECT

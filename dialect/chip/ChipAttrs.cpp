// ChipAttrs: verifiers of the chip dialect's attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/Chip.h"

#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace synfire::chip;

LogicalResult NeuronAttr::verify(function_ref<InFlightDiagnostic()> emitError, int64_t decay,
                                 int64_t shift, int64_t fractionBits, StringAttr rounding, bool,
                                 int64_t, int64_t, int64_t stateBits, bool, DenseI64ArrayAttr,
                                 DenseI64ArrayAttr) {
  for (auto [name, value] : {std::pair("shift", shift), std::pair("fraction_bits", fractionBits)})
    if (value < 0 || value > 30)
      return emitError() << "(C1) " << name << ": has " << value << ", needs 0..30";
  if (decay < 0 || decay > (int64_t{1} << shift))
    return emitError() << "(C1) decay: has " << decay << ", needs 0.." << (int64_t{1} << shift);
  if (stateBits < 2 || stateBits > 62)
    return emitError() << "(C2) state_bits: has " << stateBits << ", needs 2..62";
  if (!llvm::is_contained({"toward_zero", "floor", "nearest"}, rounding.getValue()))
    return emitError() << "(C3) rounding: has " << rounding.getValue()
                       << ", needs toward_zero, floor or nearest";
  return success();
}

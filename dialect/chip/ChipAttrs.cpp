// ChipAttrs: verifiers of the chip dialect's attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/Chip.h"
#include "support/Limits.h"

#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::chip;

LogicalResult NeuronAttr::verify(function_ref<InFlightDiagnostic()> emitError, int64_t decay,
                                 int64_t shift, int64_t fractionBits, StringAttr rounding, bool,
                                 int64_t, int64_t, int64_t stateBits, bool, DenseI64ArrayAttr,
                                 DenseI64ArrayAttr biases) {
  for (auto [name, value, most] : {std::tuple("shift", shift, kMaxDecayShift),
                                   std::tuple("fraction_bits", fractionBits, kMaxFractionBits)})
    if (value < 0 || value > most)
      return emitError() << "(C1) " << name << ": has " << value << ", needs 0.." << most;
  if (decay < 0 || decay > (int64_t{1} << shift))
    return emitError() << "(C1) decay: has " << decay << ", needs 0.." << (int64_t{1} << shift);
  if (stateBits < kMinStateBits || stateBits > kMaxStateBits)
    return emitError() << "(C2) state_bits: has " << stateBits << ", needs " << kMinStateBits
                       << ".." << kMaxStateBits;
  if (!llvm::is_contained({"toward_zero", "floor", "nearest"}, rounding.getValue()))
    return emitError() << "(C3) rounding: has " << rounding.getValue()
                       << ", needs toward_zero, floor or nearest";
  for (int64_t bias : biases.asArrayRef())
    if (bias < -kMaxBias || bias > kMaxBias)
      return emitError() << "(C4) bias: has " << bias << ", needs " << -kMaxBias << ".."
                         << kMaxBias;
  return success();
}

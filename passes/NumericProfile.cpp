// NumericProfile: how a target keeps weights and membranes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/NumericProfile.h"

#include "passes/TargetOption.h"
#include "support/Limits.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace synfire;

static spike::LeakRounding leakRounding(Rounding rounding) {
  switch (rounding) {
  case Rounding::TowardZero:
    return spike::LeakRounding::TowardZero;
  case Rounding::Floor:
    return spike::LeakRounding::Floor;
  case Rounding::Nearest:
    return spike::LeakRounding::Nearest;
  }
  llvm_unreachable("unknown rounding");
}

/// Returns `asked` if the chip has weights of so many bits. For 0, returns the default: the largest
/// precision up to 8 bits, or if there is none the smallest. Fails, after an error, if the chip has
/// no such precision.
static FailureOr<int64_t> chooseWeightBits(Operation *op, const ChipModel &chip, int64_t asked) {
  SmallVector<int64_t> usable;
  for (int bits : chip.core.weightBits)
    if (bits >= kMinQuantizedBits && bits <= kMaxWeightBits)
      usable.push_back(bits);
  std::string list =
      llvm::join(llvm::map_range(usable, [](int64_t b) { return std::to_string(b); }), ", ");
  if (usable.empty())
    return op->emitError() << "'" << chip.name << "': needs weights of " << kMinQuantizedBits
                           << " to " << kMaxWeightBits
                           << " bits, has none (core.weight_bits); choose another target";
  if (asked == 0) {
    auto above = llvm::partition_point(usable, [](int64_t bits) { return bits <= 8; });
    return above == usable.begin() ? *above : *std::prev(above);
  }
  if (!llvm::is_contained(usable, asked))
    return op->emitError() << "weight-bits: needs one of " << list << " (core.weight_bits of '"
                           << chip.name << "'), has " << asked;
  return asked;
}

FailureOr<NumericProfile> synfire::readProfile(Operation *op, StringRef target,
                                               StringRef targetsFolder, int64_t weightBits) {
  NumericProfile profile;
  if (target.empty()) {
    if (weightBits != 0 && (weightBits < kMinQuantizedBits || weightBits > kMaxWeightBits))
      return op->emitError() << "weight-bits: needs " << kMinQuantizedBits << " to "
                             << kMaxWeightBits << ", has " << weightBits;
    if (weightBits != 0)
      profile.weightBits = weightBits;
    return profile;
  }
  FailureOr<ChipModel> chip = loadTarget(op, target, targetsFolder);
  if (failed(chip))
    return failure();
  FailureOr<int64_t> bits = chooseWeightBits(op, *chip, weightBits);
  if (failed(bits))
    return failure();
  profile.target = chip->name;
  profile.weightBits = *bits;
  profile.stateBits = chip->core.stateBits;
  if (chip->core.stateFractionBits)
    profile.stateFractionBits = *chip->core.stateFractionBits;
  profile.leakRounding = leakRounding(chip->core.leakRounding);
  profile.saturates = chip->core.saturates;
  return profile;
}

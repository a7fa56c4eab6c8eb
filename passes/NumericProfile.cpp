// NumericProfile: how a target keeps weights and membranes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/NumericProfile.h"

#include "dialect/NamedError.h"
#include "passes/TargetOption.h"

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

FailureOr<WeightForm> NumericProfile::formOf(spike::SynapseLike synapse) const {
  WeightRequest request = weights;
  if (std::optional<int64_t> bits = synapse.getStatedWeightBits())
    request = {*bits, std::nullopt};
  if (std::optional<WeightFormat> format = synapse.getStatedWeightFormat())
    request = {synapse.getStatedWeightBits().value_or(0), format};
  return forms.choose(request, [&] { return emitNamedError(synapse); });
}

FailureOr<WeightRequest> synfire::readRequest(Operation *op, int64_t bits, StringRef format) {
  WeightRequest request{bits, weightFormatNamed(format)};
  if (!format.empty() && !request.format)
    return op->emitError() << "weight-format: needs one of " << llvm::join(kWeightFormatNames, ", ")
                           << ", has '" << format << "'";
  return request;
}

FailureOr<NumericProfile> synfire::readProfile(Operation *op, StringRef target,
                                               StringRef targetsFolder,
                                               const WeightRequest &weights) {
  NumericProfile profile;
  profile.weights = weights;
  if (!target.empty()) {
    FailureOr<ChipModel> chip = loadTarget(op, target, targetsFolder);
    if (failed(chip))
      return failure();
    profile.forms = WeightForms(*chip);
    profile.target = chip->name;
    profile.stateBits = chip->core.stateBits;
    if (chip->core.stateFractionBits)
      profile.stateFractionBits = *chip->core.stateFractionBits;
    if (chip->core.currentBits)
      profile.currentBits = *chip->core.currentBits;
    profile.currentFractionBits = chip->core.currentFractionBits.value_or(kMaxFractionBits);
    profile.leakRounding = leakRounding(chip->core.leakRounding);
    profile.saturates = chip->core.saturates;
  }
  // What is asked for is refused here, before any op is looked at.
  if (failed(profile.forms.choose(weights, [&] { return op->emitError(); })))
    return failure();
  return profile;
}

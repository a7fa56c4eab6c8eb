// WeightForms: the forms of weights that a target offers, and the choice among them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_WEIGHTFORMS_H
#define SYNFIRE_PASSES_WEIGHTFORMS_H

#include "support/WeightForm.h"
#include "targets/ChipModel.h"

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <string>
#include <vector>

namespace synfire {

/// What is asked of weights: a width, 0 for any, and a format, none for any.
struct WeightRequest {
  int64_t bits = 0;
  std::optional<WeightFormat> format;
};

/// The forms of weights that a chip has.
class WeightForms {
public:
  /// Those of a chip that has every width and format. Signed weights are preferred.
  WeightForms();
  explicit WeightForms(const ChipModel &chip);

  /// The form that a request gets: of those that meet it, one of the format that the chip prefers;
  /// of its widths the largest up to 8 bits, but 1 bit only if there is no other, or if all are
  /// larger the smallest. A request of 1 bit that is signed gets the format sign. Fails, after a
  /// message, when no form meets the request; `emitError` begins the message.
  mlir::FailureOr<WeightForm>
  choose(const WeightRequest &request,
         llvm::function_ref<mlir::InFlightDiagnostic()> emitError) const;

  bool has(WeightForm form) const;

private:
  /// A form, and the format of core.weight_formats from which it comes.
  struct Offer {
    WeightForm form;
    WeightFormat listed;
  };
  void offer(const std::vector<WeightFormat> &formats, const std::vector<int> &widths);
  mlir::LogicalResult refuse(const WeightRequest &request,
                             llvm::function_ref<mlir::InFlightDiagnostic()> emitError) const;

  std::vector<Offer> offers; ///< the preferred format first; of a format, ascending widths
  std::string chipName;      ///< for messages; empty without a chip
};

} // namespace synfire

#endif // SYNFIRE_PASSES_WEIGHTFORMS_H

// WeightForms: the forms of weights that a target offers, and the choice among them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/WeightForms.h"

#include "support/Limits.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <numeric>

using namespace mlir;
using namespace synfire;

WeightForms::WeightForms() {
  std::vector<int> widths(kMaxWeightBits);
  std::iota(widths.begin(), widths.end(), kMinWeightBits);
  offer({WeightFormat::Signed, WeightFormat::Binary, WeightFormat::Sign, WeightFormat::Ternary},
        widths);
}

WeightForms::WeightForms(const ChipModel &chip) : chipName(chip.name) {
  offer(chip.core.weightFormats, chip.core.weightBits);
}

void WeightForms::offer(const std::vector<WeightFormat> &formats, const std::vector<int> &widths) {
  for (WeightFormat format : formats) {
    if (std::optional<int> width = widthOf(format))
      offers.push_back({{*width, format}, format});
    else
      for (int bits : widths)
        offers.push_back({WeightForm::ofBits(bits), format});
  }
  // Signed weights of 2 bits hold ternary ones, also where a chip does not list them.
  if (llvm::is_contained(formats, WeightFormat::Signed) && llvm::is_contained(widths, 2))
    offers.push_back({{2, WeightFormat::Ternary}, WeightFormat::Ternary});
}

bool WeightForms::has(WeightForm form) const {
  return llvm::any_of(offers, [&](const Offer &offer) { return offer.form == form; });
}

FailureOr<WeightForm> WeightForms::choose(const WeightRequest &request,
                                          function_ref<InFlightDiagnostic()> emitError) const {
  std::vector<Offer> meets;
  llvm::copy_if(offers, std::back_inserter(meets), [&](const Offer &offer) {
    return (request.bits == 0 || offer.form.bits == request.bits) &&
           (!request.format || offer.listed == *request.format ||
            offer.form.format == *request.format);
  });
  if (meets.empty())
    return refuse(request, emitError);
  llvm::erase_if(meets, [&](const Offer &o) { return o.listed != meets.front().listed; });
  if (meets.size() > 1 && meets.front().form.bits == 1)
    meets.erase(meets.begin());
  auto above = llvm::partition_point(meets, [](const Offer &o) { return o.form.bits <= 8; });
  return (above == meets.begin() ? above : std::prev(above))->form;
}

/// The distinct texts, joined by commas.
static std::string joined(std::vector<std::string> texts) {
  std::vector<std::string> once;
  for (std::string &text : texts)
    if (!llvm::is_contained(once, text))
      once.push_back(std::move(text));
  return llvm::join(once, ", ");
}

LogicalResult WeightForms::refuse(const WeightRequest &request,
                                  function_ref<InFlightDiagnostic()> emitError) const {
  std::vector<std::string> formats, widths;
  std::vector<int> bits;
  for (const Offer &offer : offers) {
    formats.emplace_back(weightFormatName(offer.listed));
    formats.emplace_back(weightFormatName(offer.form.format));
    if (!request.format || offer.listed == *request.format || offer.form.format == *request.format)
      bits.push_back(offer.form.bits);
  }
  auto of = [&](const char *key) {
    return chipName.empty() ? std::string() : std::string(" (") + key + " of '" + chipName + "')";
  };
  if (bits.empty())
    return emitError() << "weight-format: needs one of " << joined(formats)
                       << of("core.weight_formats") << ", has "
                       << weightFormatName(*request.format);
  llvm::sort(bits);
  for (int width : bits)
    widths.push_back(std::to_string(width));
  std::string what = request.format
                         ? std::string(" for ") + weightFormatName(*request.format) + " weights"
                         : std::string();
  if (chipName.empty() && !request.format)
    return emitError() << "weight-bits: needs " << kMinWeightBits << " to " << kMaxWeightBits
                       << ", has " << request.bits;
  return emitError() << "weight-bits: needs one of " << joined(widths) << what
                     << of("core.weight_bits") << ", has " << request.bits;
}

// ChipAttrs: text and verifiers of the chip dialect's attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/Chip.h"

#include "mlir/IR/Diagnostics.h"

#include <set>

using namespace mlir;
using namespace synfire;
using namespace synfire::chip;

LogicalResult NeuronAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 NeuronConstants constants, StringAttr rounding, bool, bool, bool) {
  // (C1)
  if (std::optional<NeuronFault> fault = findFault(constants))
    return emitError() << fault->what << ": needs " << fault->least << ".." << fault->most
                       << ", has " << fault->value;
  // (C2)
  if (!llvm::is_contained({"toward_zero", "floor", "nearest"}, rounding.getValue()))
    return emitError() << "rounding: needs toward_zero, floor or nearest, has "
                       << rounding.getValue();
  return success();
}

/// The numbers of `window` that `axis -> number` picks, of rows before columns.
static DenseI64ArrayAttr perAxis(MLIRContext *context, const GridWindow &window,
                                 int64_t GridAxis::*number) {
  return DenseI64ArrayAttr::get(context, {window.y.*number, window.x.*number});
}

WindowAttr WindowAttr::get(MLIRContext *context, const GridWindow &window) {
  return get(
      context, perAxis(context, window, &GridAxis::size),
      perAxis(context, window, &GridAxis::window), perAxis(context, window, &GridAxis::stride),
      perAxis(context, window, &GridAxis::padding), perAxis(context, window, &GridAxis::dilation));
}

GridWindow WindowAttr::getWindow() const {
  auto axis = [this](int d) {
    return GridAxis{getGrid()[d], getSize()[d], getStride()[d], getPadding()[d], getDilation()[d]};
  };
  return {axis(0), axis(1)};
}

LogicalResult WindowAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 DenseI64ArrayAttr grid, DenseI64ArrayAttr size,
                                 DenseI64ArrayAttr stride, DenseI64ArrayAttr padding,
                                 DenseI64ArrayAttr dilation) {
  // (C1)
  for (auto [name, list, least] :
       {std::tuple("grid", grid, 1), std::tuple("size", size, 1), std::tuple("stride", stride, 1),
        std::tuple("padding", padding, 0), std::tuple("dilation", dilation, 1)}) {
    if (list.size() != 2)
      return emitError() << name << ": needs 2 entries, has " << list.size();
    for (int64_t entry : list.asArrayRef())
      if (entry < least || entry > kMaxColumns)
        return emitError() << name << ": needs entries of " << least << ".." << kMaxColumns
                           << ", has " << entry;
  }
  auto axis = [&](int d) { return GridAxis{grid[d], size[d], stride[d], padding[d], dilation[d]}; };
  GridWindow window{axis(0), axis(1)};
  // (C2)
  for (auto [name, number] :
       {std::pair("places of the window", window.targets()), std::pair("taps", window.taps()),
        std::pair("points of the grid", window.sources())})
    if (number < 1 || number > kMaxColumns)
      return emitError() << name << ": needs 1.." << kMaxColumns << ", has " << number;
  return success();
}

//===----------------------------------------------------------------------===//
// Text: `<fraction_bits = 4, ..., decay = [1], ...>`, read in any order
//===----------------------------------------------------------------------===//

namespace {

/// The values of a #chip.neuron that have been read so far.
struct NeuronText {
  NeuronConstants constants;
  std::string rounding;
  bool softReset = false, saturates = false, acrossTokens = false;

  /// Reads the value after `key =`. Fails, after an error, if a neuron has no constant `key`.
  ParseResult read(AsmParser &parser, StringRef key);
};

ParseResult readFlag(AsmParser &parser, bool &flag) {
  flag = succeeded(parser.parseOptionalKeyword("true"));
  return flag ? success() : parser.parseKeyword("false");
}

} // namespace

ParseResult NeuronText::read(AsmParser &parser, StringRef key) {
  for (const NeuronScalar &scalar : kNeuronScalars)
    if (key == scalar.name)
      return parser.parseInteger(constants.*scalar.member);
  for (const NeuronVector &vector : kNeuronVectors)
    if (key == vector.name) {
      (constants.*vector.member).clear(); // of the default
      return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        return parser.parseInteger((constants.*vector.member).emplace_back());
      });
    }
  if (key == "rounding")
    return parser.parseString(&rounding);
  if (key == "soft_reset")
    return readFlag(parser, softReset);
  if (key == "saturates")
    return readFlag(parser, saturates);
  if (key == "across_tokens")
    return readFlag(parser, acrossTokens);
  return parser.emitError(parser.getCurrentLocation(), "a neuron has no '" + key + "'");
}

/// The name of a constant that every neuron needs and `seen` does not contain; empty if none is
/// missing.
static StringRef findMissing(const std::set<std::string> &seen) {
  for (StringRef key : {"rounding", "soft_reset", "saturates"})
    if (!seen.contains(key.str()))
      return key;
  for (const NeuronScalar &scalar : kNeuronScalars)
    if (!scalar.ofFilter && !seen.contains(scalar.name))
      return scalar.name;
  for (const NeuronVector &vector : kNeuronVectors)
    if (vector.presence == NeuronVector::Always && !seen.contains(vector.name))
      return vector.name;
  return {};
}

Attribute NeuronAttr::parse(AsmParser &parser, Type) {
  NeuronText text;
  std::set<std::string> seen;
  auto readEntry = [&]() -> ParseResult {
    std::string key;
    llvm::SMLoc place = parser.getCurrentLocation();
    if (parser.parseKeywordOrString(&key) || parser.parseEqual())
      return failure();
    if (!seen.insert(key).second)
      return parser.emitError(place, "'" + key + "' stands twice in a neuron");
    return text.read(parser, key);
  };
  llvm::SMLoc place = parser.getCurrentLocation();
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater, readEntry))
    return {};
  if (StringRef missing = findMissing(seen); !missing.empty()) {
    parser.emitError(place, "a neuron needs '" + missing + "'");
    return {};
  }
  MLIRContext *context = parser.getContext();
  return parser.getChecked<NeuronAttr>(place, context, text.constants,
                                       StringAttr::get(context, text.rounding), text.softReset,
                                       text.saturates, text.acrossTokens);
}

void NeuronAttr::print(AsmPrinter &printer) const {
  const NeuronConstants &constants = getConstants();
  printer << '<';
  for (const NeuronScalar &scalar : kNeuronScalars)
    if (scalar.stands(constants))
      printer << scalar.name << " = " << constants.*scalar.member << ", ";
  printer << "rounding = " << getRounding();
  for (auto [name, flag] :
       {std::pair("soft_reset", getSoftReset()), std::pair("saturates", getSaturates())})
    printer << ", " << name << " = " << (flag ? "true" : "false");
  if (getAcrossTokens())
    printer << ", across_tokens = true";
  for (const NeuronVector &vector : kNeuronVectors)
    if (vector.stands(constants)) {
      printer << ", " << vector.name << " = [";
      llvm::interleaveComma(constants.*vector.member, printer);
      printer << ']';
    }
  printer << '>';
}

// NumberFormat: numbers as text that gives every bit back.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/NumberFormat.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

void synfire::spike::printNumbers(AsmPrinter &printer, DenseF64ArrayAttr numbers) {
  printer << "[";
  llvm::interleaveComma(numbers.asArrayRef(), printer,
                        [&](double value) { printer.printFloat(llvm::APFloat(value)); });
  printer << "]";
}

void synfire::spike::printPerChannel(AsmPrinter &printer, DenseF64ArrayAttr numbers) {
  if (numbers.size() != 1)
    return printNumbers(printer, numbers);
  printer.printFloat(llvm::APFloat(numbers[0]));
  printer << " : f64";
}

/// Whether the text begins with a whole number in decimal digits. MLIR's reader of floats refuses
/// such a number; digits behind `0x` are the bits of a float, which it reads.
static bool startsWithWholeNumber(const char *text) {
  text += *text == '-' ? 1 : 0;
  const char *rest = text;
  while (llvm::isDigit(*rest))
    ++rest;
  return rest != text && *rest != '.' && !(rest == text + 1 && *text == '0' && *rest == 'x');
}

static ParseResult parseNumber(AsmParser &parser, double &number) {
  if (startsWithWholeNumber(parser.getCurrentLocation().getPointer())) {
    int64_t whole = 0;
    if (parser.parseInteger(whole))
      return failure();
    number = static_cast<double>(whole);
  } else if (parser.parseFloat(number)) {
    return failure();
  }
  if (failed(parser.parseOptionalColon()))
    return success();
  Type type;
  llvm::SMLoc place = parser.getCurrentLocation();
  if (parser.parseType(type))
    return failure();
  if (!type.isF64())
    return parser.emitError(place) << "type of a number: needs f64, has " << type;
  return success();
}

FailureOr<DenseF64ArrayAttr> synfire::spike::parseNumbers(AsmParser &parser) {
  SmallVector<double> numbers;
  auto parseOne = [&] { return parseNumber(parser, numbers.emplace_back()); };
  if (succeeded(parser.parseOptionalLSquare())) {
    if (failed(parser.parseOptionalRSquare()) &&
        (parser.parseCommaSeparatedList(parseOne) || parser.parseRSquare()))
      return failure();
  } else if (parseOne()) {
    return failure();
  }
  return DenseF64ArrayAttr::get(parser.getContext(), numbers);
}

// ProgramText: reads and prints chip.program, whose header has an item per line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/ChipText.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace synfire::chip;

namespace {

/// An attribute of the header. Its name in text is that of the attribute.
struct HeaderItem {
  enum class Kind { Number, Text, Texts, Symbol };
  StringLiteral name;
  Kind kind;
};
using Kind = HeaderItem::Kind;

/// The items in the order in which they are printed; they are read in any order.
constexpr HeaderItem kHeader[] = {
    {"time_steps", Kind::Number},
    {"context_length", Kind::Number},
    {"max_tokens", Kind::Number},
    {"vocabulary", Kind::Number},
    {"alphabet", Kind::Text},
    {"words", Kind::Texts},
    {"cleaning", Kind::Text},
    {"weight_bits", Kind::Number},
    {"schedule", Kind::Text},
    {"stages", Kind::Number},
    {"result", Kind::Symbol},
    {"weights_file", Kind::Text},
    {"weights_bytes", Kind::Number},
    {"weights_checksum", Kind::Text},
    {"source_checksum", Kind::Text},
    {"target_argument", Kind::Text},
    {"target_resources", Kind::Texts},
    {"format", Kind::Text},
    {"seed", Kind::Number},
    {"warnings", Kind::Texts},
};

ParseResult parseValue(OpAsmParser &parser, Kind kind, Attribute &value) {
  auto parse = [&](auto typed, Type type) {
    ParseResult result = parser.parseAttribute(typed, type);
    value = typed;
    return result;
  };
  switch (kind) {
  case Kind::Number:
    return parse(IntegerAttr(), parser.getBuilder().getI64Type());
  case Kind::Text:
    return parse(StringAttr(), Type());
  case Kind::Texts:
    return parse(ArrayAttr(), Type());
  case Kind::Symbol:
    return parse(FlatSymbolRefAttr(), Type());
  }
  llvm_unreachable("a kind of item without a reader");
}

/// Reads all items up to the body, and other attributes in `attributes {...}`.
ParseResult parseHeader(OpAsmParser &parser, NamedAttrList &attributes) {
  while (true) {
    SMLoc place = parser.getCurrentLocation();
    StringRef name;
    if (failed(parser.parseOptionalAttrDictWithKeyword(attributes)))
      return failure();
    if (failed(parser.parseOptionalKeyword(&name)))
      return success();
    const auto *item =
        llvm::find_if(kHeader, [&](const HeaderItem &known) { return known.name == name; });
    if (item == std::end(kHeader)) {
      InFlightDiagnostic error = parser.emitError(place)
                                 << "a program has no '" << name << "'; it has ";
      llvm::interleaveComma(kHeader, error, [&](const HeaderItem &known) { error << known.name; });
      return error;
    }
    if (attributes.get(name))
      return parser.emitError(place) << "'" << name << "' stands there twice";
    Attribute value;
    if (failed(parseValue(parser, item->kind, value)))
      return failure();
    attributes.append(item->name, value);
  }
}

} // namespace

ParseResult ProgramOp::parse(OpAsmParser &parser, OperationState &result) {
  StringAttr name, target;
  if (parser.parseSymbolName(name, getSymNameAttrName(result.name), result.attributes) ||
      parser.parseKeyword("on") ||
      parser.parseAttribute(target, Type(), getTargetAttrName(result.name), result.attributes) ||
      parseHeader(parser, result.attributes))
    return failure();
  // The parser of a link in the body needs the width of the mesh.
  MeshWidthScope width(meshWidth(
      dyn_cast_or_null<ArrayAttr>(result.attributes.get(getTargetResourcesAttrName(result.name)))));
  Region *body = result.addRegion();
  if (parser.parseRegion(*body, /*arguments=*/{}))
    return failure();
  if (body->empty())
    body->emplaceBlock();
  return success();
}

void ProgramOp::print(OpAsmPrinter &printer) {
  printer << ' ';
  printer.printSymbolName(getSymName());
  printer << " on " << getTargetAttr();
  printer.increaseIndent();
  printer.increaseIndent();
  SmallVector<StringRef> printed = {getSymNameAttrName(), getTargetAttrName()};
  for (const HeaderItem &item : kHeader) {
    printed.push_back(item.name);
    Attribute value = (*this)->getAttr(item.name);
    if (!value)
      continue;
    printer.printNewline();
    printer << item.name << ' ';
    printer.printAttributeWithoutType(value);
  }
  printer.decreaseIndent();
  printer.decreaseIndent();
  printer.printOptionalAttrDictWithKeyword((*this)->getAttrs(), printed);
  printer << ' ';
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false, /*printBlockTerminators=*/false);
}

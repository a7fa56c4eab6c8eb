// ChipText: reads and prints the cores, ranges, paths and words of a program's text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/ChipText.h"

#include "support/MeshNames.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

using namespace mlir;
using namespace synfire;

//===----------------------------------------------------------------------===//
// Words and ranges
//===----------------------------------------------------------------------===//

ParseResult chip::parseWord(OpAsmParser &parser, StringAttr &word) {
  std::string text;
  if (parser.parseKeywordOrString(&text))
    return failure();
  word = parser.getBuilder().getStringAttr(text);
  return success();
}

void chip::printWord(OpAsmPrinter &printer, Operation *, StringAttr word) {
  printer.printKeywordOrString(word.getValue());
}

/// a + b + step in unsigned arithmetic, because no verifier has checked yet that it does not
/// overflow. From a first number and a count, a `step` of -1 makes the last number of a range; from
/// the last number and the negative first one, a `step` of 1 makes the count.
static int64_t wrapped(int64_t a, uint64_t b, int64_t step) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + b + static_cast<uint64_t>(step));
}

std::string chip::spanText(int64_t first, int64_t count) {
  return std::to_string(first) + " to " +
         std::to_string(wrapped(first, static_cast<uint64_t>(count), -1));
}

ParseResult chip::parseSpan(OpAsmParser &parser, IntegerAttr &first, IntegerAttr &count) {
  int64_t begin = 0, last = 0;
  if (parser.parseInteger(begin) || parser.parseKeyword("to") || parser.parseInteger(last))
    return failure();
  Builder &builder = parser.getBuilder();
  first = builder.getI64IntegerAttr(begin);
  count = builder.getI64IntegerAttr(wrapped(last, -static_cast<uint64_t>(begin), 1));
  return success();
}

void chip::printSpan(OpAsmPrinter &printer, Operation *, IntegerAttr first, IntegerAttr count) {
  printer << spanText(first.getInt(), count.getInt());
}

ParseResult chip::parsePointSpan(OpAsmParser &parser, DenseI64ArrayAttr &points) {
  IntegerAttr first, count;
  if (failed(parseSpan(parser, first, count)))
    return failure();
  points = parser.getBuilder().getDenseI64ArrayAttr({first.getInt(), count.getInt()});
  return success();
}

void chip::printPointSpan(OpAsmPrinter &printer, Operation *, DenseI64ArrayAttr points) {
  const PointRange range = pointRange(points);
  printer << spanText(range.first, range.count);
}

//===----------------------------------------------------------------------===//
// Cores
//===----------------------------------------------------------------------===//

/// Reads `(x, y)`.
static ParseResult parseTile(OpAsmParser &parser, int64_t &x, int64_t &y) {
  return failure(parser.parseLParen() || parser.parseInteger(x) || parser.parseComma() ||
                 parser.parseInteger(y) || parser.parseRParen());
}

ParseResult chip::parseCore(OpAsmParser &parser, CoreAttr &core) {
  int64_t chip = 0, x = 0, y = 0, number = 0;
  if (parser.parseKeyword("core") || parser.parseInteger(number) || parser.parseKeyword("of") ||
      parser.parseKeyword("tile") || parseTile(parser, x, y))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("on")) &&
      (parser.parseKeyword("chip") || parser.parseInteger(chip)))
    return failure();
  core = CoreAttr::get(parser.getContext(), chip, x, y, number);
  return success();
}

void chip::printCore(OpAsmPrinter &printer, Operation *, CoreAttr core) {
  printer << coreName(core.getChip(), {core.getX(), core.getY()}, core.getCore());
}

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

std::optional<int64_t> chip::meshWidth(ArrayAttr targetResources) {
  if (!targetResources)
    return std::nullopt;
  for (Attribute resource : targetResources) {
    auto text = dyn_cast<StringAttr>(resource);
    int64_t width = 0;
    StringRef value = text ? text.getValue() : StringRef();
    if (value.consume_front("mesh.width=") && !value.getAsInteger(10, width) && width > 0 &&
        width <= std::numeric_limits<int32_t>::max())
      return width;
  }
  return std::nullopt;
}

/// The mesh width of the program whose body this thread is parsing. It is a variable because MLIR
/// does not hand the program to the parsers of its body.
static thread_local std::optional<int64_t> parsedMeshWidth;

chip::MeshWidthScope::MeshWidthScope(std::optional<int64_t> width) : outer(parsedMeshWidth) {
  parsedMeshWidth = width;
}
chip::MeshWidthScope::~MeshWidthScope() { parsedMeshWidth = outer; }

/// Reads the router where a link starts: `(x, y)` or `router N`.
static ParseResult parseRouter(OpAsmParser &parser, int64_t &router) {
  if (succeeded(parser.parseOptionalKeyword("router")))
    return parser.parseInteger(router);
  int64_t x = 0, y = 0;
  SMLoc place = parser.getCurrentLocation();
  if (parseTile(parser, x, y))
    return failure();
  if (!parsedMeshWidth)
    return parser.emitError(place)
           << "the program has no target_resources with mesh.width, which says where tile (" << x
           << ", " << y << ") is; write `router N` with its number";
  if (x < 0 || x >= *parsedMeshWidth || y < 0 || y > std::numeric_limits<int32_t>::max())
    return parser.emitError(place) << "there is no tile (" << x << ", " << y
                                   << "), the target's mesh is " << *parsedMeshWidth << " wide";
  router = x + y * *parsedMeshWidth;
  return success();
}

ParseResult chip::parseLinks(OpAsmParser &parser, DenseI32ArrayAttr &links) {
  SmallVector<int32_t> path;
  auto parseLink = [&]() -> ParseResult {
    int64_t router = 0;
    SMLoc place = parser.getCurrentLocation();
    StringRef direction;
    if (parseRouter(parser, router))
      return failure();
    SMLoc word = parser.getCurrentLocation();
    if (parser.parseKeyword(&direction))
      return failure();
    const auto *found = llvm::find(kDirectionNames, direction);
    if (found == kDirectionNames.end())
      return parser.emitError(word)
             << "'" << direction << "' is no direction; choose one of: east, west, north, south";
    // The number of a link has 32 bits, of which the two lowest are the direction.
    if (!llvm::isInt<30>(router))
      return parser.emitError(place) << "router " << router << " is more than a link can name";
    path.push_back(static_cast<int32_t>(router * kDirections + (found - kDirectionNames.begin())));
    return success();
  };
  if (failed(parser.parseOptionalKeyword("none")) && parser.parseCommaSeparatedList(parseLink))
    return failure();
  links = parser.getBuilder().getDenseI32ArrayAttr(path);
  return success();
}

void chip::printLinks(OpAsmPrinter &printer, Operation *target, DenseI32ArrayAttr links) {
  if (links.empty()) {
    printer << "none";
    return;
  }
  auto program = target->getParentOfType<ProgramOp>();
  std::optional<int64_t> width =
      program ? meshWidth(program.getTargetResourcesAttr()) : std::nullopt;
  llvm::interleaveComma(links.asArrayRef(), printer, [&](int32_t link) {
    // A program that is not verified may have a negative link. The shift rounds toward minus
    // infinity, so that even then router and direction read back as the same number.
    int32_t router = link >> 2, direction = link & 3;
    if (width && router >= 0)
      printer << "(" << router % *width << ", " << router / *width << ") ";
    else
      printer << "router " << router << " ";
    printer << kDirectionNames[direction];
  });
}

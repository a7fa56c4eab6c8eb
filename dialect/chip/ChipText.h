// ChipText: the parts of a program's text that no op owns: cores, ranges, paths, words.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The assembly formats of ChipOps.td name these as custom<Core>, custom<Span> and so on: parseX
// reads, printX writes. Whatever is printed is read back as the same attribute, also where a
// verifier refuses it. Bytecode stores attributes in their own text form, ChipAttrs.td, which is
// therefore part of the file format; what stands here is not.

#ifndef SYNFIRE_DIALECT_CHIP_CHIPTEXT_H
#define SYNFIRE_DIALECT_CHIP_CHIPTEXT_H

#include "dialect/chip/Chip.h"

#include <optional>
#include <string>

namespace synfire::chip {

/// "0 to 39": the first and the last of `count` numbers. None is "0 to -1". Wraps around in 64
/// bits.
std::string spanText(int64_t first, int64_t count);

/// A word that stands bare where it is an identifier, else in quotes: `dense`, `"two words"`.
mlir::ParseResult parseWord(mlir::OpAsmParser &parser, mlir::StringAttr &word);
void printWord(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::StringAttr word);

/// `0 to 39`, as spanText().
mlir::ParseResult parseSpan(mlir::OpAsmParser &parser, mlir::IntegerAttr &first,
                            mlir::IntegerAttr &count);
void printSpan(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::IntegerAttr first,
               mlir::IntegerAttr count);

/// The same for a list of a first number and a count.
mlir::ParseResult parsePointSpan(mlir::OpAsmParser &parser, mlir::DenseI64ArrayAttr &points);
void printPointSpan(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::DenseI64ArrayAttr points);

/// `core 0 of tile (1, 2)`, on any chip but the first also `on chip 3`.
mlir::ParseResult parseCore(mlir::OpAsmParser &parser, CoreAttr &core);
void printCore(mlir::OpAsmPrinter &printer, mlir::Operation *, CoreAttr core);

/// The links of a path, each by the tile where it starts and its direction: `(0, 0) east, (1, 0)
/// north`; `none` for a path of no link. The tile of a router follows from the mesh's width, which
/// the program around states; where it does not, or the router is none, `router 3 north`.
mlir::ParseResult parseLinks(mlir::OpAsmParser &parser, mlir::DenseI32ArrayAttr &links);
void printLinks(mlir::OpAsmPrinter &printer, mlir::Operation *target,
                mlir::DenseI32ArrayAttr links);

/// Mesh width of the program with these `target_resources` ("mesh.width=2"), if they state one.
std::optional<int64_t> meshWidth(mlir::ArrayAttr targetResources);

/// While it lives, parseLinks() on this thread reads a program whose mesh is `width` wide: an op
/// that is being parsed does not see the op around it.
class MeshWidthScope {
public:
  explicit MeshWidthScope(std::optional<int64_t> width);
  ~MeshWidthScope();
  MeshWidthScope(const MeshWidthScope &) = delete;
  MeshWidthScope &operator=(const MeshWidthScope &) = delete;

private:
  std::optional<int64_t> outer;
};

} // namespace synfire::chip

#endif // SYNFIRE_DIALECT_CHIP_CHIPTEXT_H

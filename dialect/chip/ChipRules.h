// ChipRules: what verifiers of several chip ops share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_CHIP_CHIPRULES_H
#define SYNFIRE_DIALECT_CHIP_CHIPRULES_H

#include "dialect/chip/ChipText.h"

#include "dialect/Violation.h"

namespace synfire::chip {

/// The op that `name` means in the program around `op`, null when there is none.
inline mlir::Operation *find(mlir::Operation *op, mlir::FlatSymbolRefAttr name,
                             mlir::SymbolTableCollection &table) {
  return table.lookupSymbolIn(op->getParentOfType<ProgramOp>(), name);
}

/// "a chip.slice", for messages.
inline std::string kindOf(mlir::Operation *op) {
  return op ? ("a " + op->getName().getStringRef()).str() : "no such symbol";
}

/// The population that `name` means; fails after a message when it is none.
inline mlir::FailureOr<NeuronsOp> findPopulation(mlir::Operation *op, llvm::StringRef what,
                                                 mlir::FlatSymbolRefAttr name,
                                                 mlir::SymbolTableCollection &table) {
  mlir::Operation *found = find(op, name, table);
  if (auto population = llvm::dyn_cast_or_null<NeuronsOp>(found))
    return population;
  return violated(op, what + " " + text(name), kindOf(found), "a chip.neurons");
}

/// Where spikes come from: their columns and the bits of each. 0 bits where the op is no source of
/// spikes.
struct SpikeSource {
  mlir::Operation *op = nullptr;
  int64_t columns = 0, spikeBits = 0, points = 1;
};

/// The neurons, graded sum or chip.host with spikes over time that `name` means.
inline SpikeSource findSource(mlir::Operation *op, mlir::FlatSymbolRefAttr name,
                              mlir::SymbolTableCollection &table) {
  mlir::Operation *found = find(op, name, table);
  if (auto neurons = llvm::dyn_cast_or_null<NeuronsOp>(found))
    return {found, static_cast<int64_t>(neurons.getColumns()),
            static_cast<int64_t>(neurons.getSpikeBits()),
            static_cast<int64_t>(neurons.getPoints())};
  if (auto host = llvm::dyn_cast_or_null<HostOp>(found); host && host.getSpikeBits())
    return {found, static_cast<int64_t>(host.getColumns()),
            static_cast<int64_t>(*host.getSpikeBits()), static_cast<int64_t>(host.getPoints())};
  return {found, 0, 0};
}

/// Checks the number of points of a population or of a value of the host: more than one needs a
/// program whose context is one token.
inline mlir::LogicalResult verifyPoints(mlir::Operation *op, uint64_t number) {
  const auto points = static_cast<int64_t>(number);
  const bool grid = op->getParentOfType<ProgramOp>().getContextLength() == 1;
  if (points < 1 || points > (grid ? kMaxColumns : 1))
    return violated(op, "points", llvm::Twine(points),
                    grid ? "1.." + llvm::Twine(kMaxColumns)
                         : llvm::Twine("1 (the program's context is not one token)"));
  return mlir::success();
}

/// The indices first, first + 1 .. first + count - 1.
struct Range {
  int64_t first, count;
};

/// Checks that `part` is not empty and lies within `whole`; no sum of the numbers overflows.
inline mlir::LogicalResult verifyPart(mlir::Operation *op, llvm::StringRef what, Range part,
                                      Range whole) {
  auto end = [](Range range) { return static_cast<__int128>(range.first) + range.count; };
  if (part.first < whole.first || part.count < 1 || end(part) > end(whole))
    return violated(op, what, spanText(part.first, part.count),
                    "a part of " + spanText(whole.first, whole.count));
  return mlir::success();
}

} // namespace synfire::chip

#endif // SYNFIRE_DIALECT_CHIP_CHIPRULES_H

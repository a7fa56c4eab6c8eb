// TargetOption: the chip that a pass's `target` option names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/TargetOption.h"

#include "targets/ChipConfig.h"

#include "mlir/IR/Diagnostics.h"

using namespace mlir;

FailureOr<synfire::ChipModel> synfire::loadTarget(Operation *op, StringRef target,
                                                  StringRef targetsFolder) {
  if (target.empty())
    return op->emitError("no target chip given; set the option 'target' to a chip "
                         "file, or to the name of one in 'targets-folder'");
  auto loaded = loadChip(target.str(), targetsFolder.str());
  if (auto *error = std::get_if<ChipError>(&loaded))
    return emitError(UnknownLoc::get(op->getContext()), error->message);
  return std::move(std::get<ChipModel>(loaded));
}

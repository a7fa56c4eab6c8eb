// WireSlices: slices and joins of spikes become a choice of synapses.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Passes.h"

#include "dialect/spike/Wiring.h"

#include "mlir/IR/BuiltinOps.h"

namespace synfire {
#define GEN_PASS_DEF_WIRESLICES
#include "passes/Passes.h.inc"
} // namespace synfire

namespace {

class WireSlices : public synfire::impl::WireSlicesBase<WireSlices> {
  void runOnOperation() override {
    getOperation().walk(
        [](mlir::FunctionOpInterface function) { synfire::spike::wireSlices(function); });
  }
};

} // namespace

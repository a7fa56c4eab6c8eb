// WriteProgram: the program writer as a pass.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Passes.h"
#include "passes/ProgramWriter.h"

namespace synfire {
#define GEN_PASS_DEF_WRITEPROGRAM
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;

namespace {

class WriteProgram : public synfire::impl::WriteProgramBase<WriteProgram> {
public:
  using WriteProgramBase::WriteProgramBase;

private:
  void runOnOperation() override {
    if (failed(writeProgram(getOperation(), output,
                            {.seed = seed, .warnings = {}, .shapesOnly = false})))
      return signalPassFailure();
    markAllAnalysesPreserved();
  }
};

} // namespace

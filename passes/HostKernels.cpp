// HostKernels: which ops the host can compute.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/HostKernels.h"

#include "dialect/spike/Spike.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace synfire::spike;

namespace {
struct Kernel {
  StringRef op, kind;
};
} // namespace

static ArrayRef<Kernel> kernels() {
  static const Kernel table[] = {
      {LookupOp::getOperationName(), "token_lookup"},
      {PositionOp::getOperationName(), "position_lookup"},
      {BinarizeOp::getOperationName(), "binarize"},
      {ConcatOp::getOperationName(), "concat"},
      {RepeatOp::getOperationName(), "repeat"},
      {DequantizeOp::getOperationName(), "dequantize"},
  };
  return table;
}

StringRef synfire::hostKernelKind(Operation *op) {
  for (const Kernel &kernel : kernels())
    if (kernel.op == op->getName().getStringRef())
      return kernel.kind;
  return {};
}

std::string synfire::hostKernelList() {
  return llvm::join(llvm::map_range(kernels(), [](const Kernel &k) { return k.op; }), ", ");
}

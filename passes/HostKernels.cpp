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
      {CodeOp::getOperationName(), "code"},
      {BinarizeOp::getOperationName(), "binarize"},
      {ConcatOp::getOperationName(), "concat"},
      {SliceOp::getOperationName(), "slice"},
      {RepeatOp::getOperationName(), "repeat"},
      {DequantizeOp::getOperationName(), "dequantize"},
      {InjectOp::getOperationName(), "inject"},
      {AddOp::getOperationName(), "add"},
      {LogicOp::getOperationName(), "logic"},
      {LinearOp::getOperationName(), "linear"},
      {LayerNormOp::getOperationName(), "layer_norm"},
      {BatchNormOp::getOperationName(), "batch_norm"},
      {PowerNormOp::getOperationName(), "power_norm"},
      {ScaleOp::getOperationName(), "scale"},
      {GeluOp::getOperationName(), "gelu"},
      {ReluOp::getOperationName(), "relu"},
      {SoftmaxOp::getOperationName(), "softmax"},
      {ClipFloorOp::getOperationName(), "clip_floor"},
      {NeuronOp::getOperationName(), "neuron"},
      {SoftmaxAttentionOp::getOperationName(), "softmax_attention"},
      {RecombineOp::getOperationName(), "recombine"},
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

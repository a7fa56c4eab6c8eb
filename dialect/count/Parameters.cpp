// Parameters: numbers that training set, from the shapes of attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Count.h"

#include "dialect/spike/Spike.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace synfire::spike {

/// 0 for a resource that an op before has, too: a tied weight.
int64_t ParameterCounter::ofTensor(ElementsAttr numbers) {
  if (!numbers)
    return 0;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(numbers))
    if (!seen.insert(resource.getRawHandle().getResource()).second)
      return 0;
  return numbers.getNumElements();
}

int64_t ParameterCounter::ofOp(Operation *op) {
  auto affine = [&](auto op) { return ofTensor(op.getWeight()) + ofTensor(op.getBiasAttr()); };
  auto table = [&](auto op) {
    return op->hasAttr(kFixedTableAttrName) ? 0 : ofTensor(op.getTable());
  };
  auto learned = [](NeuronModel model) { return int64_t(isa_and_nonnull<PlifAttr>(model)); };
  return TypeSwitch<Operation *, int64_t>(op)
      .Case<LinearOp, ConvOp, BatchNormOp, PowerNormOp, LayerNormOp>(affine)
      .Case<LookupOp, PositionOp>(table)
      .Case([&](NeuronOp op) { return learned(op.getNeuronModel()); })
      .Case([&](SelfAttentionOp op) { return learned(op.getScoreModel()); })
      .Default(int64_t{0});
}

} // namespace synfire::spike

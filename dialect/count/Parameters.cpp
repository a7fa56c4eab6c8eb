// Parameters: counts the numbers that training has set, from the shapes of attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Count.h"

#include "dialect/spike/Spike.h"

#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;

namespace synfire::spike {

/// The number of elements of a tensor; 0 for a resource that an earlier op has, too (a tied
/// weight).
int64_t ParameterCounter::ofTensor(ElementsAttr numbers) {
  if (!numbers)
    return 0;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(numbers))
    if (!seen.insert(resource.getRawHandle().getResource()).second)
      return 0;
  return numbers.getNumElements();
}

/// The parameters of an op are its `weight`, `bias` and `table`, unless the table is fixed, and
/// those of its neuron model.
int64_t ParameterCounter::ofOp(Operation *op) {
  int64_t count = 0;
  for (StringRef name : {"weight", "bias", "table"})
    if (name != "table" || !op->hasAttr(kFixedTableAttrName))
      count += ofTensor(dyn_cast_or_null<ElementsAttr>(op->getAttr(name)));
  NeuronModel model;
  if (auto neuron = dyn_cast<NeuronLike>(op))
    model = neuron.getNeuronModel();
  else if (auto attention = dyn_cast<AttentionLike>(op))
    model = attention.getScoreModel();
  return count + int64_t(isa_and_nonnull<PlifAttr>(model));
}

} // namespace synfire::spike

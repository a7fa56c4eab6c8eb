// WeightCheck: what must be known of a model's weights before their first use.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/WeightCheck.h"
#include "dialect/import/Import.h"
#include "dialect/import/safetensors/TensorType.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "support/Message.h"

using namespace mlir;

namespace synfire {

/// The indices of an element from its row-major index, as text: "[3, 17]".
static std::string elementText(ArrayRef<int64_t> shape, int64_t index) {
  std::vector<int64_t> element(shape.size());
  for (size_t i = shape.size(); i-- > 0; index /= shape[i])
    element[i] = index % shape[i];
  return shapeText(element);
}

/// Whether an attribute is a tensor whose shape is known and whose numbers are not.
static bool lacksNumbers(Attribute attribute) {
  auto resource = dyn_cast<DenseResourceElementsAttr>(attribute);
  return resource && !resource.getRawHandle().getBlob();
}

static LogicalResult checkAttribute(ModuleOp module, Operation *op, NamedAttribute named) {
  auto elements = dyn_cast<ElementsAttr>(named.getValue());
  if (!elements || !isa<FloatType>(elements.getShapedType().getElementType()))
    return success();
  if (lacksNumbers(elements))
    return success();
  auto resource = dyn_cast<DenseResourceElementsAttr>(named.getValue());
  auto view = spike::WeightView::get(elements, [&] { return op->emitError(); });
  if (failed(view))
    return failure();
  int64_t index = view->firstNonFinite();
  if (index < 0)
    return success();
  InFlightDiagnostic error = emitError(module.getLoc());
  if (std::string file = weightsFileOf(module); !file.empty())
    error << file << ": ";
  if (resource)
    error << "tensor '" << resource.getRawHandle().getKey() << "' (";
  error << named.getName().getValue() << " of '" << spike::sourceName(op) << "'"
        << (resource ? ")" : "") << " "
        << needsHas("finite numbers", std::to_string((*view)[index]) + " at " +
                                          elementText(elements.getShapedType().getShape(), index));
  return error;
}

LogicalResult checkWeights(ModuleOp module) {
  WalkResult result = module.walk([&](Operation *op) {
    for (NamedAttribute named : op->getAttrDictionary())
      if (failed(checkAttribute(module, op, named)))
        return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

bool fillAbsentWeights(ModuleOp module) {
  bool lacked = false;
  module.walk([&](Operation *op) {
    for (NamedAttribute named : op->getAttrDictionary()) {
      if (!lacksNumbers(named.getValue()))
        continue;
      ShapedType type = cast<ElementsAttr>(named.getValue()).getShapedType();
      op->setAttr(named.getName(),
                  DenseElementsAttr::get(type, FloatAttr::get(type.getElementType(), 1)));
      lacked = true;
    }
  });
  return lacked;
}

} // namespace synfire

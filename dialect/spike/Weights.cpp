// Weights: typed access to the numbers of a weight attribute.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Weights.h"

#include "dialect/Violation.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

FailureOr<WeightView> WeightView::get(ElementsAttr attr,
                                      function_ref<InFlightDiagnostic()> emitError) {
  auto fail = [&](const Twine &message) -> FailureOr<WeightView> {
    if (emitError)
      emitError() << message;
    return failure();
  };
  Type element = attr.getShapedType().getElementType();
  if (!element.isF32() && !element.isF64())
    return fail("needs weights of f32 or f64, has " + text(element));
  int64_t width = element.isF64() ? sizeof(double) : sizeof(float);
  int64_t count = attr.getShapedType().getNumElements();
  if (auto dense = dyn_cast<DenseElementsAttr>(attr))
    return WeightView(dense.getRawData().data(), count, dense.isSplat() ? 0 : width,
                      element.isF64());
  auto resource = dyn_cast<DenseResourceElementsAttr>(attr);
  if (!resource)
    return fail("needs weights as a dense or a dense_resource attribute");
  StringRef key = resource.getRawHandle().getKey();
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  if (!blob)
    return fail("weights '" + key +
                "' are not in the file (a description without weights); give them with --weights");
  auto bytes = static_cast<int64_t>(blob->getData().size());
  if (bytes != count * width)
    return fail("weights '" + key + "': needs " + Twine(count * width) + " bytes, has " +
                Twine(bytes));
  return WeightView(blob->getData().data(), count, width, element.isF64());
}

int64_t WeightView::firstNonFinite() const {
  int64_t distinct = stride == 0 && count > 0 ? 1 : count;
  for (int64_t i = 0; i < distinct; ++i)
    if (!std::isfinite((*this)[i]))
      return i;
  return -1;
}

// OperationAttrs: rules of the `spike.` attributes that stand on operations and functions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"

#include "dialect/Violation.h"
#include "dialect/spike/QuantizationError.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Whether `type` is token ids, or [T x] N x D of spikes or reals where T is the model's time
/// steps.
static bool isModelInput(Type type, ModelAttr model) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return false;
  if (tensor.getRank() == 1)
    return tensor.getElementType().isSignlessInteger(32) && !tensor.getEncoding();
  bool real = tensor.getElementType().isF32() && !tensor.getEncoding();
  if ((!real && !isSpikeType(tensor)) || tensor.getRank() < 2 || tensor.getRank() > 3 ||
      tensor.getShape().back() < 1) // `?` is negative
    return false;
  return tensor.getRank() == 2 || tensor.getDimSize(0) == model.getTimeSteps();
}

/// Checks (C5) of #spike.model.
static LogicalResult verifyModel(Operation *op, Attribute attr) {
  auto model = dyn_cast<ModelAttr>(attr);
  // (C5)
  if (!model)
    return violated(op, "attribute spike.model", text(attr), "a #spike.model");
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return violated(op, "holder of spike.model", op->getName().getStringRef(), "a function");
  if (function.getNumArguments() != 1)
    return violated(op, "arguments of a function with spike.model",
                    Twine(function.getNumArguments()), "1, the token ids or the input");
  if (!isModelInput(function.getArgumentTypes()[0], model))
    return violated(op, "argument of a function with spike.model",
                    text(function.getArgumentTypes()[0]),
                    "token ids (tensor<?xi32>), or [T x] N x D of i1, uiK or f32 with T " +
                        Twine(model.getTimeSteps()) + " (the time_steps)");
  return success();
}

/// Checks that spike.architecture is a name and stands on a function.
static LogicalResult verifyArchitecture(Operation *op, Attribute value) {
  auto name = dyn_cast<StringAttr>(value);
  // (C1)
  if (!name || name.empty())
    return violated(op, "attribute spike.architecture", text(value), "a name in quotes");
  if (!isa<FunctionOpInterface>(op))
    return violated(op, "holder of spike.architecture", op->getName().getStringRef(), "a function");
  return success();
}

/// Checks that spike.fixed_table is a unit attribute and stands on an op with a table.
static LogicalResult verifyFixedTable(Operation *op, Attribute value) {
  // (C1)
  if (!isa<UnitAttr>(value))
    return violated(op, "attribute spike.fixed_table", text(value), "no value");
  if (!isa<LookupOp, PositionOp>(op))
    return violated(op, "holder of spike.fixed_table", op->getName().getStringRef(),
                    "spike.lookup or spike.position");
  return success();
}

static LogicalResult verifyFiringRate(Operation *op, Attribute attr) {
  auto rate = dyn_cast<FloatAttr>(attr);
  // (C1); NaN fails, too, because it compares as false.
  if (!rate || !rate.getType().isF64() ||
      !(rate.getValueAsDouble() >= 0.0 && rate.getValueAsDouble() <= 1.0))
    return violated(op, "attribute spike.firing_rate", text(attr), "an f64 in 0..1");
  bool spikes = op->getNumResults() == 1 && isSpikeType(op->getResult(0).getType());
  if (!spikes && !isa<AttentionLike, KeyValueSumOp>(op))
    return violated(op, "holder of spike.firing_rate", op->getName().getStringRef(),
                    "an op with one result of spikes, or spiking attention");
  return success();
}

static LogicalResult verifyQuantizationError(Operation *op, Attribute attr) {
  auto numbers = dyn_cast<DenseF64ArrayAttr>(attr);
  // (C1)
  if (!numbers || numbers.size() != 2)
    return violated(op, "attribute spike.quantization_error", text(attr), "two f64 in an array");
  return success();
}

namespace {

struct KnownAttr {
  StringRef name;
  LogicalResult (*verify)(Operation *, Attribute);
};

constexpr KnownAttr kKnown[] = {{kModelAttrName, verifyModel},
                                {kArchitectureAttrName, verifyArchitecture},
                                {kFixedTableAttrName, verifyFixedTable},
                                {kFiringRateAttrName, verifyFiringRate},
                                {kQuantizationErrorAttrName, verifyQuantizationError}};

} // namespace

LogicalResult SpikeDialect::verifyOperationAttribute(Operation *op, NamedAttribute attr) {
  StringRef name = attr.getName();
  const auto *known = llvm::find_if(kKnown, [&](KnownAttr one) { return one.name == name; });
  if (known != std::end(kKnown))
    return known->verify(op, attr.getValue());
  InFlightDiagnostic error = op->emitOpError();
  error << "attribute '" << name << "' is unknown to the spike dialect; known: ";
  llvm::interleaveComma(kKnown, error, [&](KnownAttr one) { error << one.name; });
  return error;
}

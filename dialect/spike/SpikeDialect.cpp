// SpikeDialect: registration, attributes and types of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"

#include "dialect/Violation.h"
#include "dialect/spike/QuantizationError.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace synfire::spike;

#include "dialect/spike/SpikeDialect.cpp.inc"
#include "dialect/spike/SpikeEnums.cpp.inc"

#include "dialect/spike/SpikeAttrInterfaces.cpp.inc"
#include "dialect/spike/SpikeInterfaces.cpp.inc"

namespace synfire::spike {

static void printNumbers(AsmPrinter &printer, DenseF64ArrayAttr numbers) {
  printer << "[";
  llvm::interleaveComma(numbers.asArrayRef(), printer,
                        [&](double value) { printer.printFloat(llvm::APFloat(value)); });
  printer << "]";
}

} // namespace synfire::spike

#define GET_ATTRDEF_CLASSES
#include "dialect/spike/SpikeAttrs.cpp.inc"

namespace {

/// Prints long encodings once, as `#fixed`.
struct SpikeAsmInterface : public OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  AliasResult getAlias(Attribute attr, raw_ostream &os) const override {
    if (!isa<FixedAttr>(attr))
      return AliasResult::NoAlias;
    os << "fixed";
    return AliasResult::OverridableAlias;
  }
};

} // namespace

void SpikeDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialect/spike/SpikeAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/spike/SpikeOps.cpp.inc"
      >();
  addInterfaces<SpikeAsmInterface>();
}

/// (C1) of `spike.architecture`: a name, on a function.
static LogicalResult verifyArchitecture(Operation *op, Attribute value) {
  auto name = dyn_cast<StringAttr>(value);
  if (!name || name.empty())
    return synfire::violated(op, "C1", "attribute spike.architecture", synfire::text(value),
                             "a name in quotes");
  if (!isa<FunctionOpInterface>(op))
    return synfire::violated(op, "C1", "holder of spike.architecture", op->getName().getStringRef(),
                             "a function");
  return success();
}

/// (C1) of `spike.firing_rate`: an f64 in 0..1, on an op with one result of spikes or on spiking
/// attention.
static LogicalResult verifyFiringRate(Operation *op, Attribute attr) {
  auto rate = dyn_cast<FloatAttr>(attr);
  // NaN is not within 0..1 either.
  if (!rate || !rate.getType().isF64() ||
      !(rate.getValueAsDouble() >= 0.0 && rate.getValueAsDouble() <= 1.0))
    return synfire::violated(op, "C1", "attribute spike.firing_rate", synfire::text(attr),
                             "an f64 in 0..1");
  bool spikes = op->getNumResults() == 1 && isSpikeType(op->getResult(0).getType());
  if (!spikes && !isa<AttentionLike, KeyValueSumOp>(op))
    return synfire::violated(op, "C1", "holder of spike.firing_rate", op->getName().getStringRef(),
                             "an op with one result of spikes, or spiking attention");
  return success();
}

/// (C1) of `spike.fixed_table`: a unit attribute of an op that has a table.
static LogicalResult verifyFixedTable(Operation *op, Attribute value) {
  if (!isa<UnitAttr>(value))
    return synfire::violated(op, "C1", "attribute spike.fixed_table", synfire::text(value),
                             "no value");
  if (!isa<LookupOp, PositionOp>(op))
    return synfire::violated(op, "C1", "holder of spike.fixed_table", op->getName().getStringRef(),
                             "spike.lookup or spike.position");
  return success();
}

/// (C1) of `spike.model`: it is a #spike.model on a function of token ids.
LogicalResult SpikeDialect::verifyOperationAttribute(Operation *op, NamedAttribute attr) {
  if (attr.getName() == kQuantizationErrorAttrName) {
    auto numbers = dyn_cast<DenseF64ArrayAttr>(attr.getValue());
    if (numbers && numbers.size() == 2)
      return success();
    return synfire::violated(op, "C1", "attribute spike.quantization_error",
                             synfire::text(attr.getValue()), "two f64 in an array");
  }
  if (attr.getName() == kFiringRateAttrName)
    return verifyFiringRate(op, attr.getValue());
  if (attr.getName() == kArchitectureAttrName)
    return verifyArchitecture(op, attr.getValue());
  if (attr.getName() == kFixedTableAttrName)
    return verifyFixedTable(op, attr.getValue());
  if (attr.getName() != kModelAttrName)
    return op->emitOpError() << "attribute '" << attr.getName().getValue()
                             << "' is unknown to the spike dialect; known: " << kModelAttrName
                             << ", " << kQuantizationErrorAttrName << ", " << kArchitectureAttrName
                             << ", " << kFixedTableAttrName << ", " << kFiringRateAttrName;
  if (!isa<ModelAttr>(attr.getValue()))
    return synfire::violated(op, "C1", "attribute spike.model", synfire::text(attr.getValue()),
                             "a #spike.model");
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return synfire::violated(op, "C1", "holder of spike.model", op->getName().getStringRef(),
                             "a function");
  if (function.getNumArguments() != 1)
    return synfire::violated(op, "C1", "arguments of a function with spike.model",
                             Twine(function.getNumArguments()), "1, the token ids");
  auto tokens = dyn_cast<RankedTensorType>(function.getArgumentTypes()[0]);
  if (!tokens || tokens.getRank() != 1 || !tokens.getElementType().isSignlessInteger(32))
    return synfire::violated(op, "C1", "argument of a function with spike.model",
                             synfire::text(function.getArgumentTypes()[0]), "tensor<?xi32>");
  return success();
}

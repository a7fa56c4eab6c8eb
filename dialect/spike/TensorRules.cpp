// TensorRules: constraints on operands and results that several ops share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

RankedTensorType synfire::spike::tensorOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

std::string synfire::spike::describe(ArrayRef<int64_t> shape) {
  std::string result;
  llvm::raw_string_ostream os(result);
  llvm::interleave(
      shape, os, [&](int64_t size) { ShapedType::isDynamic(size) ? os << "?" : os << size; }, "x");
  return result.empty() ? "no dimensions" : result;
}

LogicalResult synfire::spike::verifySameShape(Operation *op, StringRef id, Value result,
                                              Value operand) {
  if (tensorOf(result).getShape() != tensorOf(operand).getShape())
    return violated(op, id, "result shape", describe(tensorOf(result).getShape()),
                    describe(tensorOf(operand).getShape()) + ", the operand's");
  return success();
}

LogicalResult synfire::spike::verifyTimed(Operation *op, StringRef id, StringRef what,
                                          Value value) {
  RankedTensorType type = tensorOf(value);
  // A dynamic dimension is a negative number.
  if (type.getRank() != 3 || type.getDimSize(0) < 1 || type.getDimSize(2) < 1)
    return violated(op, id, what + " shape", describe(type.getShape()),
                    "TxNxD with static T and D of at least 1");
  return success();
}

LogicalResult synfire::spike::verifySpikes(Operation *op, StringRef id, StringRef what,
                                           Value value) {
  if (!isSpikeType(value.getType()))
    return violated(op, id, what + " element type", text(tensorOf(value).getElementType()),
                    "spikes (i1 or uiK)");
  return success();
}

LogicalResult synfire::spike::verifyCurrent(Operation *op, StringRef id, StringRef what,
                                            Value value) {
  if (!isCurrentType(value.getType()))
    return violated(op, id, what + " type", text(value.getType()),
                    "a current (f32, or si32 with #spike.fixed)");
  return success();
}

LogicalResult synfire::spike::verifyChannels(Operation *op, StringRef id, StringRef what,
                                             ElementsAttr attr, int64_t channels, bool allowF64) {
  ShapedType type = attr.getShapedType();
  Type element = type.getElementType();
  if (!element.isF32() && !(allowF64 && element.isF64()))
    return violated(op, id, what + " element type", text(element), allowF64 ? "f32 or f64" : "f32");
  if (type.getRank() != 1 || type.getNumElements() != channels)
    return violated(op, id, what + " shape", describe(type.getShape()),
                    Twine(channels) + ", one entry per channel");
  return success();
}

LogicalResult synfire::spike::verifyWeightBits(Operation *op, StringRef id, Value result,
                                               std::optional<int64_t> bits) {
  bool quantised = bool(getFixedEncoding(result.getType()));
  if (quantised != bits.has_value())
    return violated(op, id, "weight_bits", bits ? Twine(*bits) : Twine("none"),
                    quantised ? "2..16, as the result is quantised"
                              : "none, as the result is real");
  if (bits && (*bits < 2 || *bits > 16))
    return violated(op, id, "weight_bits", Twine(*bits), "2..16");
  return success();
}

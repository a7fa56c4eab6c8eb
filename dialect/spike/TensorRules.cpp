// TensorRules: constraints on operands and results that several ops share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"
#include "support/Limits.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

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

LogicalResult synfire::spike::verifyHoldsSum(Operation *op) {
  auto element = dyn_cast<IntegerType>(tensorOf(op->getResult(0)).getElementType());
  uint64_t largest = largestSum(op);
  unsigned bits = std::max(2u, llvm::Log2_64(largest) + 1);
  if (bits > kMaxGradedBits)
    return violated(op, "largest sum of spikes", Twine(largest), "at most 4294967295 (ui32)");
  if (!element || !element.isUnsigned() || !isSpikeType(element) || element.getWidth() < bits)
    return violated(op, "result element type", text(tensorOf(op->getResult(0)).getElementType()),
                    "ui" + Twine(bits) + " to ui32 (a sum may reach " + Twine(largest) + ")");
  return success();
}

std::optional<int64_t> synfire::spike::productOf(ArrayRef<int64_t> sizes) {
  int64_t product = 1;
  for (int64_t size : sizes) {
    if (size > kMaxElements / product)
      return std::nullopt;
    product *= size;
  }
  return product;
}

LogicalResult synfire::spike::verifySameShape(Operation *op, Value result, Value operand) {
  if (tensorOf(result).getShape() != tensorOf(operand).getShape())
    return violated(op, "result shape", describe(tensorOf(result).getShape()),
                    describe(tensorOf(operand).getShape()) + " (the operand's)");
  return success();
}

LogicalResult synfire::spike::verifyShape(Operation *op, Value result, ArrayRef<int64_t> wanted) {
  if (tensorOf(result).getShape() != wanted)
    return violated(op, "result shape", describe(tensorOf(result).getShape()), describe(wanted));
  return success();
}

LogicalResult synfire::spike::verifyType(Operation *op, StringRef what, Value value, Type wanted,
                                         const Twine &why) {
  if (value.getType() != wanted)
    return violated(op, what + " type", text(value.getType()), text(wanted) + why);
  return success();
}

LogicalResult synfire::spike::verifyFeatures(Operation *op, StringRef what, Value value) {
  if (tensorOf(value).getRank() < 2)
    return violated(op, what + " shape", describe(tensorOf(value).getShape()), "[T x] N x D");
  return success();
}

LogicalResult synfire::spike::verifyReal(Operation *op, StringRef what, Value value) {
  RankedTensorType type = tensorOf(value);
  if (!type.getElementType().isF32())
    return violated(op, what + " type", text(type), "f32");
  return verifyFeatures(op, what, value);
}

LogicalResult synfire::spike::verifySpikesOrReal(Operation *op, StringRef what, Value value) {
  RankedTensorType type = tensorOf(value);
  if (!isSpikeType(type) && !type.getElementType().isF32())
    return violated(op, what + " type", text(type), "spikes (i1, or uiK up to ui32) or f32");
  return verifyFeatures(op, what, value);
}

LogicalResult synfire::spike::verifyNumbers(Operation *op, StringRef what, ArrayRef<double> numbers,
                                            int64_t channels) {
  auto count = static_cast<int64_t>(numbers.size());
  if (count != 1 && count != channels)
    return violated(op, "entries of " + what, Twine(count),
                    "1, or " + Twine(channels) + " (one per channel)");
  for (double number : numbers)
    if (!std::isfinite(number))
      return violated(op, what, text(number), "finite numbers");
  return success();
}

LogicalResult synfire::spike::verifyTimed(Operation *op, StringRef what, Value value) {
  RankedTensorType type = tensorOf(value);
  if (type.getRank() != 3)
    return violated(op, what + " shape", describe(type.getShape()), "TxNxD");
  return success();
}

LogicalResult synfire::spike::verifySpikes(Operation *op, StringRef what, Value value) {
  if (!isSpikeType(value.getType()))
    return violated(op, what + " element type", text(tensorOf(value).getElementType()),
                    "spikes (i1, or uiK up to ui32)");
  return success();
}

LogicalResult synfire::spike::verifyCurrent(Operation *op, StringRef what, Value value) {
  if (!isCurrentType(value.getType()))
    return violated(op, what + " type", text(value.getType()),
                    "a current (f32, or si32 with #spike.fixed)");
  return success();
}

LogicalResult synfire::spike::verifyChannels(Operation *op, StringRef what, ElementsAttr attr,
                                             int64_t channels, bool allowF64) {
  ShapedType type = attr.getShapedType();
  Type element = type.getElementType();
  if (!element.isF32() && !(allowF64 && element.isF64()))
    return violated(op, what + " element type", text(element), allowF64 ? "f32 or f64" : "f32");
  if (type.getRank() != 1 || type.getNumElements() != channels)
    return violated(op, what + " shape", describe(type.getShape()),
                    Twine(channels) + " (one entry per channel)");
  return success();
}

LogicalResult synfire::spike::verifyWeightForm(Operation *op, Value result,
                                               std::optional<int64_t> bits,
                                               std::optional<StringRef> format) {
  const std::string range = std::to_string(kMinWeightBits) + ".." + std::to_string(kMaxWeightBits);
  if (!bits && getFixedEncoding(result.getType()))
    return violated(op, "weight_bits", "none", range + " (the result is quantised)");
  if (bits && (*bits < kMinWeightBits || *bits > kMaxWeightBits))
    return violated(op, "weight_bits", Twine(*bits), range);
  if (!format)
    return success();
  std::optional<WeightFormat> known = weightFormatNamed(*format);
  if (!known)
    return violated(op, "weight_format", "'" + *format + "'", llvm::join(kWeightFormatNames, ", "));
  if (std::optional<int> width = widthOf(*known); width && bits && *bits != *width)
    return violated(op, "weight_bits", Twine(*bits),
                    Twine(*width) + " (the width of " + *format + " weights)");
  return success();
}

LogicalResult synfire::spike::verifyOutputs(Operation *op, std::optional<ElementsAttr> bias,
                                            std::optional<ArrayRef<double>> channelScale,
                                            int64_t outputs) {
  if (bias && failed(verifyChannels(op, "bias", *bias, outputs, true)))
    return failure();
  if (channelScale && static_cast<int64_t>(channelScale->size()) != outputs)
    return violated(op, "entries of channel_scale", Twine(channelScale->size()),
                    Twine(outputs) + " (one per output)");
  return channelScale ? verifyNumbers(op, "channel_scale", *channelScale, outputs) : success();
}

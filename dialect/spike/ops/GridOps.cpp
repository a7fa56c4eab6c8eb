// GridOps: verifiers and shapes of convolution and pooling, whose tokens are points of a grid.
// (C1) and so on are the numbered constraints of GridOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Sizes of a grid stay below this, so that their sums and products fit 64 bits.
static constexpr int64_t kSizeLimit = int64_t{1} << 31;

/// Checks that `sizes` has one entry per dimension, each within least .. 2^31 - 1.
static LogicalResult verifyEntries(Operation *op, StringRef name, ArrayRef<int64_t> sizes,
                                   size_t dimensions, int64_t least) {
  if (sizes.size() != dimensions)
    return violated(op, "entries of " + name, Twine(sizes.size()),
                    Twine(dimensions) + " (one per dimension)");
  // (C2)
  for (int64_t size : sizes)
    if (size < least || size >= kSizeLimit)
      return violated(op, name, describe(sizes),
                      "entries of " + Twine(least) + ".." + Twine(kSizeLimit - 1));
  return success();
}

int64_t synfire::spike::windowPositions(int64_t size, int64_t window, int64_t stride,
                                        int64_t padding, int64_t dilation) {
  int64_t room = size + 2 * padding - (dilation * (window - 1) + 1);
  return room < 0 ? 0 : room / stride + 1;
}

static LogicalResult verifyPositions(Operation *op, ArrayRef<int64_t> grid,
                                     ArrayRef<int64_t> output) {
  // (C2)
  for (auto [size, points] : llvm::zip_equal(grid, output))
    if (points < 1)
      return violated(op, "output points of grid " + describe(grid), describe(output),
                      "at least 1 per dimension");
  return success();
}

/// Checks that the operand has as many tokens as the grid has points.
static LogicalResult verifyGrid(Operation *op, Value operand, ArrayRef<int64_t> grid) {
  int64_t tokens = tensorOf(operand).getShape().end()[-2];
  if (productOf(grid) != tokens)
    return violated(op, "tokens of the operand", describe(tokens),
                    describe(grid) + " points (the grid's)");
  return success();
}

/// The result's shape `[T x] N' x features`, where N' is the product of `output`; none if N' is too
/// large.
static std::optional<SmallVector<int64_t>> outputShape(Value operand, ArrayRef<int64_t> output,
                                                       int64_t features) {
  std::optional<int64_t> points = productOf(output);
  if (!points)
    return std::nullopt;
  SmallVector<int64_t> shape(tensorOf(operand).getShape());
  shape.back() = features;
  shape.end()[-2] = *points;
  return shape;
}

static LogicalResult verifyOutput(Operation *op, ArrayRef<int64_t> output, int64_t features) {
  if (auto shape = outputShape(op->getOperand(0), output, features))
    return verifyShape(op, op->getResult(0), *shape);
  return violated(op, "output points", describe(output), "at most 2^40");
}

/// The window of the lists of an op, which have one or two dimensions; a grid of one has one row.
static GridWindow gridWindow(ArrayRef<int64_t> grid, ArrayRef<int64_t> size,
                             ArrayRef<int64_t> stride, ArrayRef<int64_t> padding,
                             std::optional<ArrayRef<int64_t>> dilation = std::nullopt) {
  auto axis = [&](size_t d) {
    return GridAxis{grid[d], size[d], stride[d], padding[d], dilation ? (*dilation)[d] : 1};
  };
  if (grid.size() == 1)
    return {GridAxis{}, axis(0)};
  return {axis(0), axis(1)};
}

//===----------------------------------------------------------------------===//
// conv
//===----------------------------------------------------------------------===//

std::optional<GridWindow> ConvOp::getGridWindow() {
  return gridWindow(getGrid(), getWeight().getShapedType().getShape().drop_front(2), getStride(),
                    getPadding(), getDilation());
}

SmallVector<int64_t> ConvOp::getOutputGrid() {
  SmallVector<int64_t> output;
  ArrayRef<int64_t> kernel = getWeight().getShapedType().getShape().drop_front(2);
  for (auto [d, size] : llvm::enumerate(getGrid())) {
    int64_t dilation = getDilation() ? (*getDilation())[d] : 1;
    output.push_back(windowPositions(size, kernel[d], getStride()[d], getPadding()[d], dilation));
  }
  return output;
}

SmallVector<int64_t> ConvOp::inferShape() {
  return *outputShape(getInput(), getOutputGrid(), getWeight().getShapedType().getDimSize(0));
}

LogicalResult ConvOp::verify() {
  ShapedType weight = getWeight().getShapedType();
  // (C1)
  if ((weight.getRank() != 3 && weight.getRank() != 4) || !weight.getElementType().isF32())
    return violated(*this, "weight", text(Type(weight)), "rank 3 or 4 of f32");
  ArrayRef<int64_t> kernel = weight.getShape().drop_front(2);
  // (C1), (C2)
  if (failed(verifyEntries(*this, "grid", getGrid(), kernel.size(), 1)) ||
      failed(verifyEntries(*this, "stride", getStride(), kernel.size(), 1)) ||
      failed(verifyEntries(*this, "padding", getPadding(), kernel.size(), 0)) ||
      failed(verifyEntries(*this, "kernel", kernel, kernel.size(), 1)))
    return failure();
  // (C1), (C2)
  if (getDilation() && failed(verifyEntries(*this, "dilation", *getDilation(), kernel.size(), 1)))
    return failure();
  // (C2), (C4)
  if (failed(verifyPositions(*this, getGrid(), getOutputGrid())) ||
      failed(verifySpikesOrReal(*this, "operand", getInput())))
    return failure();

  int64_t channels = tensorOf(getInput()).getShape().back(), outputs = weight.getDimSize(0);
  int64_t groups = static_cast<int64_t>(getGroups());
  // (C3)
  if (groups < 1 || channels % groups != 0 || outputs % groups != 0)
    return violated(*this, "groups", Twine(groups),
                    "a divisor of " + Twine(channels) + " inputs and " + Twine(outputs) +
                        " outputs");
  if (weight.getDimSize(1) != channels / groups)
    return violated(*this, "inputs of the weight", Twine(weight.getDimSize(1)),
                    Twine(channels / groups) + " (the operand's channels by groups)");
  // (C4)
  if (failed(verifyGrid(*this, getInput(), getGrid())) ||
      failed(verifyOutput(*this, getOutputGrid(), outputs)) ||
      failed(verifyFeatures(*this, "result", getResult())) ||
      failed(verifyCurrent(*this, "result", getResult())))
    return failure();
  if (getFixedEncoding(getResult().getType()) && !isSpikeType(getInput().getType()))
    return violated(*this, "operand type", text(getInput().getType()),
                    "spikes (the result is quantised)");
  // (C5)
  if (failed(verifyOutputs(*this, getBias(), getChannelScale(), outputs)))
    return failure();
  // (C6)
  return verifyWeightForm(*this, getResult(), getWeightBits(), getWeightFormat());
}

//===----------------------------------------------------------------------===//
// pool
//===----------------------------------------------------------------------===//

SmallVector<int64_t> PoolOp::getOutputGrid() {
  SmallVector<int64_t> output;
  for (auto [d, size] : llvm::enumerate(getGrid()))
    output.push_back(windowPositions(size, getWindow()[d], getStride()[d], getPadding()[d]));
  return output;
}

std::optional<GridWindow> PoolOp::getGridWindow() {
  return gridWindow(getGrid(), getWindow(), getStride(), getPadding());
}
std::optional<GridWindow> PoolOp::getGateWindow() { return getGridWindow(); }

SmallVector<int64_t> PoolOp::inferShape() {
  return *outputShape(getInput(), getOutputGrid(), tensorOf(getInput()).getShape().back());
}

LogicalResult PoolOp::verify() {
  size_t dimensions = getGrid().size();
  // (C2)
  if (dimensions != 1 && dimensions != 2)
    return violated(*this, "entries of grid", Twine(dimensions), "1 or 2");
  if (failed(verifyEntries(*this, "grid", getGrid(), dimensions, 1)) ||
      failed(verifyEntries(*this, "window", getWindow(), dimensions, 1)) ||
      failed(verifyEntries(*this, "stride", getStride(), dimensions, 1)) ||
      failed(verifyEntries(*this, "padding", getPadding(), dimensions, 0)))
    return failure();
  for (auto [padding, window] : llvm::zip_equal(getPadding(), getWindow()))
    if (padding >= window)
      return violated(*this, "padding", describe(getPadding()),
                      "less than " + describe(getWindow()) + " (the window)");
  // (C1), (C2)
  if (failed(verifyPositions(*this, getGrid(), getOutputGrid())) ||
      failed(verifySpikesOrReal(*this, "operand", getInput())) ||
      failed(verifyGrid(*this, getInput(), getGrid())) ||
      failed(verifyOutput(*this, getOutputGrid(), tensorOf(getInput()).getShape().back())))
    return failure();

  RankedTensorType in = tensorOf(getInput()), out = tensorOf(getResult());
  // (C4)
  if (failed(verifyWeightForm(*this, getResult(), getWeightBits(), getWeightFormat())))
    return failure();
  // (C3)
  if (getMode() == Pooling::Sum && isSpikeType(in))
    return verifyHoldsSum(*this);
  if (getMode() == Pooling::Average && isSpikeType(in) && getFixedEncoding(out))
    return success();
  Type element = getMode() == Pooling::Max ? in.getElementType() : Float32Type::get(getContext());
  return verifyType(*this, "result", getResult(), RankedTensorType::get(out.getShape(), element));
}

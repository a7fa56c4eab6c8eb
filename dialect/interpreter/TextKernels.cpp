// TextKernels: text to spikes, and how features are put together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"

#include "dialect/NamedError.h"
#include "dialect/spike/Weights.h"

#include "llvm/ADT/bit.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Fails unless the id of token n is in 0..count - 1.
static LogicalResult checkId(Operation *op, int64_t n, int64_t id, int64_t count) {
  if (id < 0 || id >= count)
    return emitNamedError(op) << "token " << n << ": needs an id in 0.." << count - 1 << ", has "
                              << id;
  return success();
}

/// Row `rowOf(n)` of the table for every token n. Other rows of the table are not read.
static FailureOr<Tensor> gather(Operation *op, ElementsAttr table, int64_t tokens,
                                llvm::function_ref<int64_t(int64_t)> rowOf) {
  FailureOr<WeightView> view = WeightView::get(table, [&] { return emitNamedError(op); });
  if (failed(view))
    return failure();
  int64_t columns = table.getShapedType().getDimSize(1);
  Tensor result = Tensor::ofReals({tokens, columns});
  for (int64_t n = 0; n < tokens; ++n) {
    auto row = MutableArrayRef(result.reals()).slice(n * columns, columns);
    view->load(rowOf(n) * columns, row);
    for (auto [c, number] : llvm::enumerate(row))
      if (!std::isfinite(number))
        return refuseNonFinite(op, "table", {rowOf(n), static_cast<int64_t>(c)}, number);
  }
  return result;
}

static FailureOr<Tensor> evaluate(LookupOp op, Operands operands) {
  const Tensor::Integers &ids = operands[0]->integers();
  int64_t rows = op.getTable().getShapedType().getDimSize(0);
  for (auto [n, id] : llvm::enumerate(ids))
    if (failed(checkId(op, static_cast<int64_t>(n), id, rows)))
      return failure();
  return gather(op, op.getTable(), static_cast<int64_t>(ids.size()),
                [&](int64_t n) { return ids[n]; });
}

static FailureOr<Tensor> evaluate(PositionOp op, Operands operands) {
  int64_t tokens = operands[0]->size();
  int64_t rows = op.getTable().getShapedType().getDimSize(0);
  if (tokens > rows)
    return emitNamedError(op) << "needs at most " << rows << " tokens (the rows of its table), has "
                              << tokens;
  return gather(op, op.getTable(), tokens, [](int64_t n) { return n; });
}

static FailureOr<Tensor> evaluate(BinarizeOp op, Operands operands) {
  double threshold = op.getThreshold().convertToDouble();
  Tensor result = Tensor::ofIntegers(operands[0]->shape());
  llvm::transform(operands[0]->reals(), result.integers().begin(),
                  [&](double x) { return x >= threshold ? 1 : 0; });
  return result;
}

//===----------------------------------------------------------------------===//
// Codes
//===----------------------------------------------------------------------===//

/// The index of which each token gets the code. Fails when a token has an index that the code does
/// not have.
static FailureOr<std::vector<int64_t>> codedIndices(CodeOp op, const Tensor::Integers &ids) {
  auto tokens = static_cast<int64_t>(ids.size());
  int64_t idCount = op.getVocabulary().value_or(op.getSize());
  int64_t positions = op.getSize() / op.getVocabulary().value_or(1);
  if (op.getSource() != CodeSource::Token && tokens > positions)
    return emitNamedError(op) << "needs at most " << positions
                              << " tokens (the positions of its code), has " << tokens;
  std::vector<int64_t> indices(tokens);
  for (int64_t n = 0; n < tokens; ++n) {
    if (op.getSource() == CodeSource::Position) {
      indices[n] = n;
      continue;
    }
    if (failed(checkId(op, n, ids[n], idCount)))
      return failure();
    indices[n] = op.getSource() == CodeSource::Token ? ids[n] : n * idCount + ids[n];
  }
  return indices;
}

/// Feature j of the code of `index`, in a code of `width` features.
static bool codeBit(Code code, int64_t index, int64_t j, int64_t width) {
  auto bits = static_cast<uint64_t>(index);
  int64_t digits = llvm::bit_width(bits); // digits without leading zeros, so 0 for index 0
  switch (code) {
  case Code::OneHot:
    return j == index;
  case Code::Binary:
    return bits >> (width - 1 - j) & 1;
  case Code::BinaryLeft:
    return j < digits && (bits >> (digits - 1 - j) & 1);
  }
  llvm_unreachable("no such code");
}

static FailureOr<Tensor> evaluate(CodeOp op, Operands operands) {
  FailureOr<std::vector<int64_t>> indices = codedIndices(op, operands[0]->integers());
  if (failed(indices))
    return failure();
  int64_t tokens = operands[0]->size(), width = resultShape(op).back();
  Tensor result = Tensor::ofIntegers({tokens, width});
  for (int64_t n = 0; n < tokens; ++n)
    for (int64_t j = 0; j < width; ++j)
      result.integers()[n * width + j] = codeBit(op.getCode(), (*indices)[n], j, width);
  return result;
}

//===----------------------------------------------------------------------===//
// Rearrangements
//===----------------------------------------------------------------------===//

/// Puts the rows of all operands side by side; they are all of the kind `Numbers`.
template <typename Numbers> static void concatenate(Operands operands, Numbers &out) {
  auto next = out.begin();
  for (int64_t row = 0; row < operands[0]->rows(); ++row)
    for (const Tensor *operand : operands) {
      auto begin = operand->as<Numbers>().begin() + row * operand->columns();
      next = std::copy(begin, begin + operand->columns(), next);
    }
}

static FailureOr<Tensor> evaluate(ConcatOp op, Operands operands) {
  std::vector<int64_t> shape = operands[0]->shape();
  shape.back() = resultShape(op).back();
  bool real = operands[0]->isReal();
  Tensor result = real ? Tensor::ofReals(std::move(shape)) : Tensor::ofIntegers(std::move(shape));
  if (real)
    concatenate(operands, result.reals());
  else
    concatenate(operands, result.integers());
  return result;
}

static FailureOr<Tensor> evaluate(SliceOp op, Operands operands) {
  const Tensor &input = *operands[0];
  int64_t width = resultShape(op).back(), from = op.getFrom();
  std::vector<int64_t> shape = input.shape();
  shape.back() = width;
  return input.rearranged(
      std::move(shape), [&](int64_t i) { return i / width * input.columns() + from + i % width; });
}

static FailureOr<Tensor> evaluate(RepeatOp op, Operands operands) {
  const Tensor &once = *operands[0];
  return once.rearranged({resultShape(op).front(), once.dim(0), once.dim(1)},
                         [&](int64_t i) { return i % once.size(); });
}

static FailureOr<Tensor> evaluate(FlattenOp op, Operands operands) {
  const Tensor &input = *operands[0];
  std::vector<int64_t> shape = input.shape();
  shape.back() *= std::exchange(shape[shape.size() - 2], 1);
  return input.rearranged(std::move(shape), [](int64_t i) { return i; });
}

void synfire::spike::addTextKernels(KernelTable &table) {
  table.add<LookupOp, PositionOp, CodeOp, BinarizeOp, ConcatOp, SliceOp, RepeatOp, FlattenOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}

// EncodingKernels: text to spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/Weights.h"

#include <algorithm>

using namespace mlir;
using namespace synfire::spike;

/// Row `rowOf(n)` of the table for every token n.
static FailureOr<Tensor> gather(Operation *op, ElementsAttr table, int64_t tokens,
                                llvm::function_ref<int64_t(int64_t)> rowOf) {
  FailureOr<WeightView> view = WeightView::get(table, [&] { return op->emitOpError(); });
  if (failed(view))
    return failure();
  int64_t columns = table.getShapedType().getDimSize(1);
  Tensor result = Tensor::ofReals({tokens, columns});
  for (int64_t n = 0; n < tokens; ++n)
    view->load(rowOf(n) * columns, MutableArrayRef(result.reals()).slice(n * columns, columns));
  return result;
}

FailureOr<Tensor> synfire::spike::evaluate(LookupOp op, Operands operands) {
  const Tensor::Integers &ids = operands[0]->integers();
  int64_t rows = op.getTable().getShapedType().getDimSize(0);
  for (auto [n, id] : llvm::enumerate(ids))
    if (id < 0 || id >= rows)
      return op.emitOpError() << "'" << sourceName(op) << "': token " << n
                              << " is out of range: has id " << id << ", needs 0.." << rows - 1;
  return gather(op, op.getTable(), static_cast<int64_t>(ids.size()),
                [&](int64_t n) { return ids[n]; });
}

FailureOr<Tensor> synfire::spike::evaluate(PositionOp op, Operands operands) {
  int64_t tokens = operands[0]->size();
  int64_t rows = op.getTable().getShapedType().getDimSize(0);
  if (tokens > rows)
    return op.emitOpError() << "'" << sourceName(op) << "': too many tokens: has " << tokens
                            << ", needs at most " << rows << ", the rows of its table";
  return gather(op, op.getTable(), tokens, [](int64_t n) { return n; });
}

FailureOr<Tensor> synfire::spike::evaluate(BinarizeOp op, Operands operands) {
  double threshold = op.getThreshold().convertToDouble();
  Tensor result = Tensor::ofIntegers(operands[0]->shape());
  llvm::transform(operands[0]->reals(), result.integers().begin(),
                  [&](double x) { return x >= threshold ? 1 : 0; });
  return result;
}

template <typename Numbers>
static void concatenate(Operands operands, Numbers &out,
                        llvm::function_ref<const Numbers &(const Tensor &)> numbersOf) {
  auto next = out.begin();
  for (int64_t row = 0; row < operands[0]->rows(); ++row)
    for (const Tensor *operand : operands) {
      auto begin = numbersOf(*operand).begin() + row * operand->columns();
      next = std::copy(begin, begin + operand->columns(), next);
    }
}

FailureOr<Tensor> synfire::spike::evaluate(ConcatOp op, Operands operands) {
  std::vector<int64_t> shape = operands[0]->shape();
  shape.back() = cast<RankedTensorType>(op.getResult().getType()).getShape().back();
  if (operands[0]->isReal()) {
    Tensor result = Tensor::ofReals(std::move(shape));
    concatenate<Tensor::Reals>(operands, result.reals(),
                               [](const Tensor &t) -> const Tensor::Reals & { return t.reals(); });
    return result;
  }
  Tensor result = Tensor::ofIntegers(std::move(shape));
  concatenate<Tensor::Integers>(
      operands, result.integers(),
      [](const Tensor &t) -> const Tensor::Integers & { return t.integers(); });
  return result;
}

FailureOr<Tensor> synfire::spike::evaluate(RepeatOp op, Operands operands) {
  std::vector<int64_t> shape = operands[0]->shape();
  shape.insert(shape.begin(), cast<RankedTensorType>(op.getResult().getType()).getDimSize(0));
  auto repeat = [&](const auto &once, auto &all) {
    for (auto next = all.begin(); next != all.end();)
      next = std::copy(once.begin(), once.end(), next);
  };
  if (operands[0]->isReal()) {
    Tensor result = Tensor::ofReals(std::move(shape));
    repeat(operands[0]->reals(), result.reals());
    return result;
  }
  Tensor result = Tensor::ofIntegers(std::move(shape));
  repeat(operands[0]->integers(), result.integers());
  return result;
}

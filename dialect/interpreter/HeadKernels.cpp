// HeadKernels: the way out: recombination of time steps, dequantisation, top-k.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace mlir;
using namespace synfire::spike;

/// Writes to `result` the sum over the time steps in ascending order (also for the mean, which the
/// caller divides), a copy of the last step, or all steps side by side.
template <typename Number>
static void recombine(Recombination mode, const Tensor &input, std::vector<Number> &result) {
  const auto &numbers = input.as<std::vector<Number>>();
  int64_t steps = input.dim(0), tokens = input.dim(1), columns = input.dim(2);
  bool concatenates = mode == Recombination::Concatenate;
  bool copies = concatenates || mode == Recombination::Last;
  int64_t width = concatenates ? steps * columns : columns;
  for (int64_t t = 0; t < steps; ++t)
    for (int64_t n = 0; n < tokens; ++n)
      for (int64_t c = 0; c < columns; ++c) {
        Number x = numbers[(t * tokens + n) * columns + c];
        Number &y = result[n * width + (concatenates ? t * columns : 0) + c];
        y = copies ? x : y + x; // of Recombination::Last, the last copy stays
      }
}

static FailureOr<Tensor> evaluate(RecombineOp op, Operands operands) {
  const Tensor &input = *operands[0];
  std::vector<int64_t> shape{input.dim(1), resultShape(op).back()};
  Tensor result = Tensor::ofReals(shape);
  if (input.isReal()) {
    recombine(op.getMode(), input, result.reals());
  } else {
    Tensor counts = Tensor::ofIntegers(shape);
    recombine(op.getMode(), input, counts.integers());
    if (getFixedEncoding(op.getResult().getType()))
      return counts;
    llvm::copy(counts.integers(), result.reals().begin());
  }
  if (op.getMode() == Recombination::Mean)
    for (double &sum : result.reals())
      sum /= static_cast<double>(input.dim(0));
  return result;
}

static FailureOr<Tensor> evaluate(DequantizeOp op, Operands operands) {
  FixedAttr encoding = getFixedEncoding(op.getInput().getType());
  auto reals = [&](const Tensor &read) {
    return mapReals(read, [&](double, int64_t i) { return realAt(read, encoding, i); });
  };
  if (StateAttr state = op.getStateAttr()) {
    Tensor read = *operands[0];
    const int64_t largest = (int64_t{1} << (state.getBits() - 1)) - 1, smallest = -largest - 1;
    for (auto [i, integer] : llvm::enumerate(read.integers())) {
      const int64_t kept = std::clamp(integer, smallest, largest);
      if (kept != integer && !state.getSaturates())
        return errorAt(op, read.shape(), int64_t(i))
               << "the readout: needs " << smallest << ".." << largest << " (a state of "
               << state.getBits() << " bits), has " << integer;
      integer = kept;
    }
    return reals(read);
  }
  return reals(*operands[0]);
}

static FailureOr<Tensor> evaluate(TopKOp op, Operands operands) {
  const Tensor &input = *operands[0];
  int64_t columns = input.columns(), kept = resultShape(op).back();
  Tensor result = Tensor::ofIntegers({input.dim(0), kept});
  std::vector<int64_t> order(columns);
  for (int64_t row = 0; row < input.rows(); ++row) {
    auto rank = [&](int64_t c) { // NaN ranks below every number
      double x = input.reals()[row * columns + c];
      return std::pair(!std::isnan(x), std::isnan(x) ? 0.0 : x);
    };
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int64_t a, int64_t b) { return rank(a) > rank(b); });
    std::copy_n(order.begin(), kept, result.integers().begin() + row * kept);
  }
  return result;
}

void synfire::spike::addHeadKernels(KernelTable &table) {
  table.add<RecombineOp, DequantizeOp, TopKOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}

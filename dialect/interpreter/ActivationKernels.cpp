// ActivationKernels: activations of ordinary networks.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/RealMath.h"

#include <cmath>

using namespace mlir;
using namespace synfire::spike;

static FailureOr<Tensor> evaluate(GeluOp, Operands operands) {
  return mapReals(*operands[0], [](double x, int64_t) { return real::gelu(x); });
}

static FailureOr<Tensor> evaluate(SiluOp, Operands operands) {
  return mapReals(*operands[0], [](double x, int64_t) { return x / (1.0 + real::exp(-x)); });
}

static FailureOr<Tensor> evaluate(ReluOp, Operands operands) {
  return mapReals(*operands[0], [](double x, int64_t) { return x > 0.0 ? x : 0.0; });
}

static FailureOr<Tensor> evaluate(ClipFloorOp op, Operands operands) {
  ArrayRef<double> thresholds = op.getThreshold();
  auto levels = static_cast<double>(op.getLevels());
  return mapReals(*operands[0], [&](double x, int64_t i) {
    double threshold = thresholds[thresholds.size() == 1 ? 0 : i % operands[0]->columns()];
    double count = std::floor(x * levels / threshold + 0.5);
    count = count > 0.0 ? (count < levels ? count : levels) : 0.0;
    return threshold / levels * count;
  });
}

void synfire::spike::applySoftmax(MutableArrayRef<double> numbers) {
  double top = numbers[0], sum = 0.0;
  for (double number : numbers)
    top = number > top ? number : top;
  for (double &number : numbers) {
    number = real::exp(number - top);
    sum += number;
  }
  for (double &number : numbers)
    number /= sum;
}

static FailureOr<Tensor> evaluate(SoftmaxOp, Operands operands) {
  Tensor result = *operands[0];
  for (int64_t row = 0; row < result.rows(); ++row)
    applySoftmax(MutableArrayRef(result.reals()).slice(row * result.columns(), result.columns()));
  return result;
}

void synfire::spike::addActivationKernels(KernelTable &table) {
  table.add<GeluOp, SiluOp, ReluOp, ClipFloorOp, SoftmaxOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}

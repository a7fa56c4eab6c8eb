// NormKernels: norms, and a factor and an offset per channel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"

#include <cmath>

using namespace mlir;
using namespace synfire::spike;

/// y = (x - mean) / sqrt(moment + eps) * weight + bias for each channel, computed from left to
/// right.
static Tensor normalise(const Tensor &input, ArrayRef<double> mean, ArrayRef<double> moment,
                        double eps, ArrayRef<double> weight, ArrayRef<double> bias) {
  return mapReals(input, [&](double x, int64_t i) {
    int64_t c = i % input.columns();
    return (x - mean[c]) / std::sqrt(moment[c] + eps) * weight[c] + bias[c];
  });
}

static FailureOr<Tensor> evaluate(BatchNormOp op, Operands operands) {
  auto weight = channelNumbers(op, "weight", op.getWeight());
  auto bias = channelNumbers(op, "bias", op.getBias());
  auto mean = channelNumbers(op, "mean", op.getMean());
  auto variance = channelNumbers(op, "variance", op.getVariance());
  if (failed(weight) || failed(bias) || failed(mean) || failed(variance))
    return failure();
  return normalise(*operands[0], *mean, *variance, op.getEps().convertToDouble(), *weight, *bias);
}

static FailureOr<Tensor> evaluate(PowerNormOp op, Operands operands) {
  auto weight = channelNumbers(op, "weight", op.getWeight());
  auto bias = channelNumbers(op, "bias", op.getBias());
  auto phi = channelNumbers(op, "phi", op.getPhi());
  if (failed(weight) || failed(bias) || failed(phi))
    return failure();
  std::vector<double> noMean(phi->size(), 0.0);
  return normalise(*operands[0], noMean, *phi, op.getEps().convertToDouble(), *weight, *bias);
}

static FailureOr<Tensor> evaluate(LayerNormOp op, Operands operands) {
  auto weight = channelNumbers(op, "weight", op.getWeight());
  auto bias = channelNumbers(op, "bias", op.getBias());
  if (failed(weight) || failed(bias))
    return failure();
  const Tensor &input = *operands[0];
  int64_t columns = input.columns();
  auto features = static_cast<double>(columns);
  Tensor result = Tensor::ofReals(input.shape());
  for (int64_t row = 0; row < input.rows(); ++row) {
    auto x = ArrayRef(input.reals()).slice(row * columns, columns);
    auto y = MutableArrayRef(result.reals()).slice(row * columns, columns);
    double sum = 0.0, squares = 0.0;
    for (double number : x)
      sum += number;
    double mean = sum / features;
    for (double number : x)
      squares += (number - mean) * (number - mean);
    double deviation = std::sqrt(squares / features + op.getEps().convertToDouble());
    for (int64_t c = 0; c < columns; ++c)
      y[c] = (x[c] - mean) / deviation * (*weight)[c] + (*bias)[c];
  }
  return result;
}

static FailureOr<Tensor> evaluate(RmsNormOp op, Operands operands) {
  auto weight = channelNumbers(op, "weight", op.getWeight());
  if (failed(weight))
    return failure();
  const Tensor &input = *operands[0];
  int64_t columns = input.columns();
  Tensor result = Tensor::ofReals(input.shape());
  for (int64_t first = 0; first < input.size(); first += columns) {
    double squares = 0.0;
    for (int64_t c = 0; c < columns; ++c)
      squares += input.at(first + c) * input.at(first + c);
    double root = std::sqrt(squares / static_cast<double>(columns) + op.getEps().convertToDouble());
    for (int64_t c = 0; c < columns; ++c)
      result.reals()[first + c] = input.at(first + c) / root * (*weight)[c];
  }
  return result;
}

static FailureOr<Tensor> evaluate(ScaleOp op, Operands operands) {
  // A scale has either one number for all channels or one for each.
  auto entryOf = [&](ArrayRef<double> numbers, int64_t i) {
    return numbers[numbers.size() == 1 ? 0 : i % operands[0]->columns()];
  };
  return mapReals(*operands[0], [&](double x, int64_t i) {
    double product = x * entryOf(op.getFactor(), i);
    return op.getOffset() ? product + entryOf(*op.getOffset(), i) : product;
  });
}

void synfire::spike::addNormKernels(KernelTable &table) {
  table.add<BatchNormOp, PowerNormOp, LayerNormOp, RmsNormOp, ScaleOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}

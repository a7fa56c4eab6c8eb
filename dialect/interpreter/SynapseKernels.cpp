// SynapseKernels: linear maps, injected spikes and norms.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/FixedPoint.h"
#include "dialect/spike/Weights.h"

#include <cmath>

using namespace mlir;
using namespace synfire::spike;

/// Numbers per channel of an attribute.
static FailureOr<std::vector<double>> load(Operation *op, ElementsAttr attr) {
  FailureOr<WeightView> view = WeightView::get(attr, [&] { return op->emitOpError(); });
  if (failed(view))
    return failure();
  std::vector<double> numbers(view->size());
  view->load(0, numbers);
  return numbers;
}

//===----------------------------------------------------------------------===//
// Linear
//===----------------------------------------------------------------------===//

/// sums[o] = sum over i of x[i] weight[i][o], in ascending i. A zero input adds
/// nothing, so it is passed over: most inputs are spikes, and most are zero.
template <typename Number>
static void accumulate(ArrayRef<Number> input, ArrayRef<Number> weight,
                       MutableArrayRef<Number> sums) {
  llvm::fill(sums, Number(0));
  for (size_t i = 0; i < input.size(); ++i) {
    if (input[i] == Number(0))
      continue;
    const Number *row = weight.data() + i * sums.size();
    for (size_t o = 0; o < sums.size(); ++o)
      sums[o] += input[i] * row[o];
  }
}

/// The stored [outputs, inputs] as [inputs, outputs], each through `convert`.
template <typename Number>
static std::vector<Number> transpose(const WeightView &stored, int64_t inputs, int64_t outputs,
                                     llvm::function_ref<Number(double, int64_t)> convert) {
  std::vector<Number> result(inputs * outputs);
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t i = 0; i < inputs; ++i)
      result[i * outputs + o] = convert(stored[o * inputs + i], o);
  return result;
}

static FailureOr<Tensor> evaluateReal(LinearOp op, const Tensor &input, const WeightView &stored,
                                      ArrayRef<double> bias, std::vector<int64_t> shape) {
  int64_t inputs = op.getRows(), outputs = op.getColumns();
  std::vector<double> weight =
      transpose<double>(stored, inputs, outputs, [](double w, int64_t) { return w; });
  Tensor result = Tensor::ofReals(std::move(shape));
  std::vector<double> x(inputs);
  for (int64_t row = 0; row < input.rows(); ++row) {
    for (int64_t i = 0; i < inputs; ++i)
      x[i] = input.at(row * inputs + i);
    MutableArrayRef<double> sums = MutableArrayRef(result.reals()).slice(row * outputs, outputs);
    accumulate<double>(x, weight, sums);
    for (int64_t o = 0; o < outputs; ++o)
      sums[o] = op.getColumnFactor(o) * sums[o] + bias[o];
  }
  return result;
}

static FailureOr<Tensor> evaluateFixed(LinearOp op, const Tensor &input, const WeightView &stored,
                                       ArrayRef<double> bias, std::vector<int64_t> shape) {
  int64_t inputs = op.getRows(), outputs = op.getColumns();
  FixedAttr encoding = getFixedEncoding(op.getResult().getType());
  FixedAttr inputEncoding = getFixedEncoding(op.getInput().getType());
  double inputScale = inputEncoding ? std::ldexp(inputEncoding.scaleOf(0),
                                                 -static_cast<int>(inputEncoding.getFractionBits()))
                                    : 1.0;
  std::vector<int64_t> weight =
      transpose<int64_t>(stored, inputs, outputs, [&](double w, int64_t o) {
        return quantizeWeight(w, op.getColumnFactor(o), inputScale, encoding.scaleOf(o),
                              op.getStoredWeightBits());
      });
  int64_t one = int64_t{1} << encoding.getFractionBits();
  std::vector<int64_t> fixedBias(outputs);
  for (int64_t o = 0; o < outputs; ++o)
    fixedBias[o] = quantizeBias(bias[o], encoding.scaleOf(o), encoding.getFractionBits());
  Tensor result = Tensor::ofIntegers(std::move(shape));
  for (int64_t row = 0; row < input.rows(); ++row) {
    MutableArrayRef<int64_t> sums =
        MutableArrayRef(result.integers()).slice(row * outputs, outputs);
    accumulate<int64_t>(ArrayRef(input.integers()).slice(row * inputs, inputs), weight, sums);
    for (int64_t o = 0; o < outputs; ++o)
      if (__builtin_mul_overflow(sums[o], one, &sums[o]) ||
          __builtin_add_overflow(sums[o], fixedBias[o], &sums[o]))
        return errorAt(op, result.shape(), row * outputs + o)
               << "the current overflows 64 bits, needs to fit si32";
  }
  if (failed(checkCurrent(op, result)))
    return failure();
  return result;
}

FailureOr<Tensor> synfire::spike::evaluate(LinearOp op, Operands operands) {
  FailureOr<WeightView> weight = WeightView::get(op.getWeight(), [&] { return op.emitOpError(); });
  if (failed(weight))
    return failure();
  if (int64_t at = weight->firstNonFinite(); at >= 0)
    return op.emitOpError() << "'" << sourceName(op) << "': weight [" << at / op.getRows() << ", "
                            << at % op.getRows() << "] is not finite: has "
                            << std::to_string((*weight)[at]) << ", needs a number";
  std::vector<double> bias(op.getColumns(), 0.0);
  if (op.getBias()) {
    FailureOr<std::vector<double>> loaded = load(op, *op.getBias());
    if (failed(loaded))
      return failure();
    bias = std::move(*loaded);
  }
  for (auto [o, value] : llvm::enumerate(bias))
    if (!std::isfinite(value) || !std::isfinite(op.getColumnFactor(o)))
      return op.emitOpError() << "'" << sourceName(op) << "': bias or factor of output " << o
                              << " is not finite: has " << std::to_string(value) << " and "
                              << std::to_string(op.getColumnFactor(o)) << ", needs numbers";
  std::vector<int64_t> shape = operands[0]->shape();
  shape.back() = op.getColumns();
  return getFixedEncoding(op.getResult().getType())
             ? evaluateFixed(op, *operands[0], *weight, bias, std::move(shape))
             : evaluateReal(op, *operands[0], *weight, bias, std::move(shape));
}

FailureOr<Tensor> synfire::spike::evaluate(InjectOp op, Operands operands) {
  const Tensor &input = *operands[0];
  FixedAttr encoding = getFixedEncoding(op.getResult().getType());
  if (!encoding) {
    Tensor result = Tensor::ofReals(input.shape());
    for (int64_t i = 0; i < input.size(); ++i)
      result.reals()[i] = input.at(i);
    return result;
  }
  Tensor result = Tensor::ofIntegers(input.shape());
  for (int64_t i = 0; i < input.size(); ++i) {
    int64_t weight =
        quantizeInject(encoding.scaleOf(i % input.columns()), op.getStoredWeightBits());
    result.integers()[i] = input.integers()[i] * weight << encoding.getFractionBits();
  }
  if (failed(checkCurrent(op, result)))
    return failure();
  return result;
}

//===----------------------------------------------------------------------===//
// Norms
//===----------------------------------------------------------------------===//

/// y = (x - mean) / sqrt(moment + eps) * weight + bias per channel, in that order.
static Tensor normalise(const Tensor &input, ArrayRef<double> mean, ArrayRef<double> moment,
                        double eps, ArrayRef<double> weight, ArrayRef<double> bias) {
  Tensor result = Tensor::ofReals(input.shape());
  for (int64_t i = 0; i < input.size(); ++i) {
    int64_t c = i % input.columns();
    result.reals()[i] =
        (input.reals()[i] - mean[c]) / std::sqrt(moment[c] + eps) * weight[c] + bias[c];
  }
  return result;
}

FailureOr<Tensor> synfire::spike::evaluate(BatchNormOp op, Operands operands) {
  auto weight = load(op, op.getWeight()), bias = load(op, op.getBias());
  auto mean = load(op, op.getMean()), variance = load(op, op.getVariance());
  if (failed(weight) || failed(bias) || failed(mean) || failed(variance))
    return failure();
  return normalise(*operands[0], *mean, *variance, op.getEps().convertToDouble(), *weight, *bias);
}

FailureOr<Tensor> synfire::spike::evaluate(PowerNormOp op, Operands operands) {
  auto weight = load(op, op.getWeight()), bias = load(op, op.getBias());
  auto phi = load(op, op.getPhi());
  if (failed(weight) || failed(bias) || failed(phi))
    return failure();
  std::vector<double> noMean(phi->size(), 0.0);
  return normalise(*operands[0], noMean, *phi, op.getEps().convertToDouble(), *weight, *bias);
}

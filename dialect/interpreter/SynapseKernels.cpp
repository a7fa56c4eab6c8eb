// SynapseKernels: linear maps and injected spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Accumulate.h"
#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/FixedPoint.h"

#include <cmath>

using namespace mlir;
using namespace synfire::spike;

namespace {

/// The parameters of a linear, after their checks.
struct Synapses {
  WeightView stored;
  int64_t inputs, outputs;
  bool transposed;
  std::vector<double> bias, factor; ///< one per output
  std::vector<double> inputFactor;  ///< one per input

  double weight(int64_t o, int64_t i) const {
    return stored[transposed ? i * outputs + o : o * inputs + i];
  }
};

} // namespace

static Tensor evaluateReal(const Synapses &synapses, const Tensor &input, Tensor result) {
  int64_t inputs = synapses.inputs, outputs = synapses.outputs;
  accumulate<double>(
      input.rows(), inputs, outputs, [&](int64_t o, int64_t i) { return synapses.weight(o, i); },
      [&](int64_t row, std::vector<double> &x) {
        for (int64_t i = 0; i < inputs; ++i)
          x[i] = synapses.inputFactor[i] * input.at(row * inputs + i);
      },
      [&](int64_t row, int64_t o, double sum) {
        result.reals()[row * outputs + o] = synapses.factor[o] * sum + synapses.bias[o];
      });
  return result;
}

/// `Sum` holds the sums of the op's products.
template <typename Sum>
static FailureOr<Tensor> evaluateFixed(LinearOp op, const Synapses &synapses, const Tensor &input,
                                       Tensor result) {
  int64_t inputs = synapses.inputs, outputs = synapses.outputs;
  const WeightForm form = op.getWeightForm();
  FixedAttr encoding = getFixedEncoding(op.getResult().getType());
  FixedAttr inputEncoding = getFixedEncoding(op.getInput().getType());
  double inputScale = inputEncoding ? std::ldexp(inputEncoding.scaleOf(0),
                                                 -static_cast<int>(inputEncoding.getFractionBits()))
                                    : 1.0;
  std::vector<int64_t> bias(outputs);
  for (int64_t o = 0; o < outputs; ++o)
    bias[o] = quantizeBias(synapses.bias[o], encoding.scaleOf(o), encoding.getFractionBits());
  accumulate<Sum>(
      input.rows(), inputs, outputs,
      [&](int64_t o, int64_t i) {
        return quantizeWeight(synapses.inputFactor[i] * synapses.weight(o, i), synapses.factor[o],
                              inputScale, encoding.scaleOf(o), form);
      },
      [&](int64_t row, std::vector<Sum> &x) {
        std::copy_n(input.integers().begin() + row * inputs, inputs, x.begin());
      },
      [&](int64_t row, int64_t o, Sum sum) {
        result.integers()[row * outputs + o] = currentOf(sum, encoding.getFractionBits(), bias[o]);
      });
  if (failed(checkCurrent(op, result)))
    return failure();
  return result;
}

static FailureOr<Tensor> evaluate(LinearOp op, Operands operands) {
  FailureOr<WeightView> weight = finiteWeights(op, "weight", op.getWeight());
  if (failed(weight))
    return failure();
  int64_t outputs = op.getColumns();
  Synapses synapses{
      *weight, op.getRows(), outputs, op.getTransposed(), std::vector<double>(outputs, 0.0), {},
      {}};
  if (op.getBias()) {
    FailureOr<std::vector<double>> bias = channelNumbers(op, "bias", *op.getBias());
    if (failed(bias))
      return failure();
    synapses.bias = std::move(*bias);
  }
  for (int64_t o = 0; o < outputs; ++o)
    synapses.factor.push_back(op.getColumnFactor(o));
  synapses.inputFactor.assign(op.getRows(), 1.0);
  if (auto factors = op.getInputFactor())
    synapses.inputFactor = *factors;
  const Tensor &input = *operands[0];
  std::vector<int64_t> shape = input.shape();
  shape.back() = outputs;
  if (!getFixedEncoding(op.getResult().getType()))
    return evaluateReal(synapses, input, Tensor::ofReals(std::move(shape)));
  Tensor result = Tensor::ofIntegers(std::move(shape));
  return sumsFit(input, op.getWeightForm(), synapses.inputs)
             ? evaluateFixed<int64_t>(op, synapses, input, std::move(result))
             : evaluateFixed<__int128>(op, synapses, input, std::move(result));
}

static FailureOr<Tensor> evaluate(InjectOp op, Operands operands) {
  const Tensor &input = *operands[0];
  FixedAttr encoding = getFixedEncoding(op.getResult().getType());
  if (!encoding)
    return mapReals(input, [](double spikes, int64_t) { return spikes; });
  Tensor result = Tensor::ofIntegers(input.shape());
  const WeightForm form = op.getWeightForm();
  for (int64_t i = 0; i < input.size(); ++i) {
    const __int128 weight = quantizeInject(encoding.scaleOf(i % input.columns()), form);
    result.integers()[i] = currentOf(weight * input.integers()[i], encoding.getFractionBits());
  }
  if (failed(checkCurrent(op, result)))
    return failure();
  return result;
}

void synfire::spike::addSynapseKernels(KernelTable &table) {
  table.add<LinearOp, InjectOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}

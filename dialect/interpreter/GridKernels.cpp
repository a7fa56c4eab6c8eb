// GridKernels: convolution and pooling over tokens that are points of a grid.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Accumulate.h"
#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/FixedPoint.h"
#include "dialect/spike/TensorRules.h"

#include <algorithm>

using namespace mlir;
using namespace synfire::spike;

namespace {

/// The windows of a convolution or a pooling. Each list has one entry per dimension of the grid.
struct Windows {
  ArrayRef<int64_t> grid, size, stride, padding, dilation;

  /// The number of points of one window, including those that lie outside the grid.
  int64_t points() const {
    return std::accumulate(size.begin(), size.end(), int64_t{1}, std::multiplies<>());
  }
  /// The number of windows along dimension d.
  int64_t along(size_t d) const {
    return windowPositions(grid[d], size[d], stride[d], padding[d], dilation[d]);
  }
  int64_t count() const {
    int64_t product = 1;
    for (size_t d = 0; d < grid.size(); ++d)
      product *= along(d);
    return product;
  }
  /// The row-major index of the grid point that is point k of window p; -1 when that point lies
  /// outside the grid.
  int64_t gridPoint(int64_t p, int64_t k) const {
    int64_t result = 0, unit = 1;
    for (size_t d = grid.size(); d-- > 0;) {
      int64_t at = p % along(d) * stride[d] + k % size[d] * dilation[d] - padding[d];
      if (at < 0 || at >= grid[d])
        return -1;
      result += at * unit;
      unit *= grid[d];
      p /= along(d);
      k /= size[d];
    }
    return result;
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Convolution
//===----------------------------------------------------------------------===//

/// The convolution of spikes in integers, point by point and output by output. `Sum` holds the sums
/// of its products.
template <typename Sum>
static FailureOr<Tensor> evaluateFixed(ConvOp op, const Windows &windows, const WeightView &weight,
                                       ArrayRef<double> bias, ArrayRef<double> factor,
                                       FixedAttr encoding, const Tensor &input) {
  ArrayRef<int64_t> kernel = op.getWeight().getShapedType().getShape();
  int64_t outputs = kernel[0], inputs = kernel[1], offsets = windows.points();
  int64_t ofGroup = outputs / static_cast<int64_t>(op.getGroups());
  std::vector<int64_t> shape = input.shape();
  int64_t tokens = shape[shape.size() - 2], channels = shape.back();
  int64_t points = windows.count(), fraction = encoding.getFractionBits();
  const WeightForm form = op.getWeightForm();
  shape[shape.size() - 2] = points;
  shape.back() = outputs;
  Tensor result = Tensor::ofIntegers(std::move(shape));
  for (int64_t o = 0; o < outputs; ++o) {
    double scale = encoding.scaleOf(o);
    int64_t offset = quantizeBias(bias[o], scale, fraction);
    std::vector<int64_t> weights(inputs * offsets); // as stored: input by input
    for (int64_t j = 0; j < inputs * offsets; ++j)
      weights[j] = quantizeWeight(weight[o * inputs * offsets + j], factor[o], 1.0, scale, form);
    for (int64_t row = 0; row < input.rows() / tokens * points; ++row) {
      Sum sum = 0;
      for (int64_t k = 0; k < offsets; ++k) {
        int64_t point = windows.gridPoint(row % points, k);
        int64_t from = (row / points * tokens + point) * channels + o / ofGroup * inputs;
        for (int64_t i = 0; point >= 0 && i < inputs; ++i)
          sum += Sum(weights[i * offsets + k]) * input.integers()[from + i];
      }
      result.integers()[row * outputs + o] = currentOf(sum, fraction, offset);
    }
  }
  if (failed(checkCurrent(op, result)))
    return failure();
  return result;
}

static FailureOr<Tensor> evaluate(ConvOp op, Operands operands) {
  ArrayRef<int64_t> kernel = op.getWeight().getShapedType().getShape();
  int64_t outputs = kernel[0], inputs = kernel[1], groups = op.getGroups();
  FailureOr<WeightView> weight = finiteWeights(op, "weight", op.getWeight());
  if (failed(weight))
    return failure();
  std::vector<double> bias(outputs, 0.0), factor(outputs, 1.0);
  if (op.getBias()) {
    FailureOr<std::vector<double>> given = channelNumbers(op, "bias", *op.getBias());
    if (failed(given))
      return failure();
    bias = std::move(*given);
  }
  if (op.getChannelScale())
    factor = *op.getChannelScale();

  const Tensor &input = *operands[0];
  SmallVector<int64_t> ones(op.getGrid().size(), 1);
  Windows windows{op.getGrid(), kernel.drop_front(2), op.getStride(), op.getPadding(),
                  op.getDilation() ? *op.getDilation() : ArrayRef<int64_t>(ones)};
  if (FixedAttr encoding = getFixedEncoding(op.getResult().getType()))
    return sumsFit(input, op.getWeightForm(), inputs * windows.points())
               ? evaluateFixed<int64_t>(op, windows, *weight, bias, factor, encoding, input)
               : evaluateFixed<__int128>(op, windows, *weight, bias, factor, encoding, input);
  int64_t points = windows.count(), offsets = windows.points();
  std::vector<int64_t> shape = input.shape();
  int64_t tokens = shape[shape.size() - 2], channels = shape.back();
  int64_t steps = input.rows() / tokens;
  shape[shape.size() - 2] = points;
  shape.back() = outputs;
  Tensor result = Tensor::ofReals(std::move(shape));

  // Each group is computed as a linear whose inputs are the channels of all points of a window.
  int64_t groupOutputs = outputs / groups;
  for (int64_t group = 0; group < groups; ++group)
    accumulate<double>(
        steps * points, offsets * inputs, groupOutputs,
        [&](int64_t o, int64_t j) {
          return (
              *weight)[((group * groupOutputs + o) * inputs + j % inputs) * offsets + j / inputs];
        },
        [&](int64_t row, std::vector<double> &x) {
          int64_t step = row / points, window = row % points;
          for (int64_t k = 0; k < offsets; ++k) {
            int64_t point = windows.gridPoint(window, k);
            int64_t from = (step * tokens + point) * channels + group * inputs;
            for (int64_t i = 0; i < inputs; ++i)
              x[k * inputs + i] = point < 0 ? 0.0 : input.at(from + i);
          }
        },
        [&](int64_t row, int64_t o, double sum) {
          int64_t output = group * groupOutputs + o;
          result.reals()[row * outputs + output] = factor[output] * sum + bias[output];
        });
  return result;
}

//===----------------------------------------------------------------------===//
// Pooling
//===----------------------------------------------------------------------===//

/// Combines the numbers of a window that lie inside the grid.
template <typename Number> static Number reduce(Pooling mode, ArrayRef<Number> numbers) {
  if (mode == Pooling::Max)
    return *std::max_element(numbers.begin(), numbers.end());
  return std::accumulate(numbers.begin(), numbers.end(), Number(0));
}

template <typename Number>
static std::vector<Number> pool(Pooling mode, const Windows &windows, const Tensor &input) {
  const auto &numbers = input.as<std::vector<Number>>();
  int64_t channels = input.columns(), tokens = input.dim(input.rank() - 2);
  std::vector<Number> result, seen;
  for (int64_t step = 0; step < input.rows() / tokens; ++step)
    for (int64_t p = 0; p < windows.count(); ++p)
      for (int64_t c = 0; c < channels; ++c) {
        seen.clear();
        for (int64_t k = 0; k < windows.points(); ++k)
          if (int64_t point = windows.gridPoint(p, k); point >= 0)
            seen.push_back(numbers[(step * tokens + point) * channels + c]);
        result.push_back(reduce<Number>(mode, seen));
      }
  return result;
}

static FailureOr<Tensor> evaluate(PoolOp op, Operands operands) {
  const Tensor &input = *operands[0];
  SmallVector<int64_t> ones(op.getGrid().size(), 1);
  Windows windows{op.getGrid(), op.getWindow(), op.getStride(), op.getPadding(), ones};
  std::vector<int64_t> shape = input.shape();
  shape[shape.size() - 2] = windows.count();
  Pooling mode = op.getMode();
  if (FixedAttr encoding = getFixedEncoding(op.getResult().getType())) {
    Tensor result = Tensor::ofIntegers(std::move(shape));
    result.integers() = pool<int64_t>(Pooling::Sum, windows, input);
    double average = 1.0 / static_cast<double>(windows.points());
    const WeightForm form = op.getWeightForm();
    for (auto [i, sum] : llvm::enumerate(result.integers())) {
      double scale = encoding.scaleOf(static_cast<int64_t>(i) % result.columns());
      const __int128 weight = quantizeWeight(average, 1.0, 1.0, scale, form);
      sum = currentOf(weight * sum, encoding.getFractionBits());
    }
    if (failed(checkCurrent(op, result)))
      return failure();
    return result;
  }
  if (!input.isReal() && mode != Pooling::Average) {
    Tensor result = Tensor::ofIntegers(std::move(shape));
    result.integers() = pool<int64_t>(mode, windows, input);
    return result;
  }
  Tensor result = Tensor::ofReals(std::move(shape));
  if (input.isReal())
    result.reals() = pool<double>(mode, windows, input);
  else
    llvm::copy(pool<int64_t>(mode, windows, input), result.reals().begin());
  if (mode == Pooling::Average)
    for (double &sum : result.reals())
      sum /= static_cast<double>(windows.points());
  return result;
}

void synfire::spike::addGridKernels(KernelTable &table) {
  table.add<ConvOp, PoolOp>([](auto op, Operands operands) { return ::evaluate(op, operands); });
}

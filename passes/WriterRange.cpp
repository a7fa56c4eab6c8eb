// WriterRange: how large a synapse op's weights are, and what rounding loses.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/WriterRange.h"

#include "dialect/NamedError.h"
#include "dialect/spike/FixedPoint.h"

#include "mlir/IR/TypeUtilities.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

static int64_t timeStepsOf(Value spikes) {
  return cast<RankedTensorType>(spikes.getType()).getShape().front();
}

double synfire::inputScale(SynapseLike synapse) {
  FixedAttr encoding = getFixedEncoding(synapse.getSynapseInput().getType());
  return encoding ? encoding.scaleOf(0) : 1.0;
}

int64_t synfire::largestInput(Value input) {
  int64_t steps = 1;
  if (auto recombine = input.getDefiningOp<RecombineOp>()) {
    input = recombine.getSpikes();
    if (recombine.getMode() == Recombination::Mean || recombine.getMode() == Recombination::Sum)
      steps = timeStepsOf(input);
  }
  unsigned bits = getElementTypeOrSelf(input.getType()).getIntOrFloatBitWidth();
  return steps * ((int64_t{1} << bits) - 1);
}

/// A view of the stored weights. Fails, after an error, if they cannot be read.
static FailureOr<WeightView> weightsOf(SynapseLike synapse) {
  auto emitError = [&] { return emitNamedError(synapse) << "weight: "; };
  return WeightView::get(synapse.getStoredWeight(), emitError);
}

void synfire::loadColumn(SynapseLike synapse, const WeightView &weights, int64_t column,
                         int64_t firstRow, MutableArrayRef<double> out) {
  if (synapse.isTransposed()) {
    int64_t columns = synapse.getColumns();
    for (auto [r, weight] : llvm::enumerate(out))
      weight = weights[(firstRow + static_cast<int64_t>(r)) * columns + column];
  } else {
    weights.load(column * synapse.getRows() + firstRow, out);
  }
  if (ArrayRef<double> factors = synapse.getRowFactors(); !factors.empty())
    for (auto [weight, factor] : llvm::zip(out, factors.drop_front(firstRow)))
      weight *= factor;
}

FailureOr<SmallVector<double>> synfire::largestWeights(SynapseLike synapse) {
  int64_t rows = synapse.getRows(), columns = synapse.getColumns();
  if (synapse.isDiagonal())
    return SmallVector<double>(columns, synapse.getDiagonalWeight());
  FailureOr<WeightView> weights = weightsOf(synapse);
  if (failed(weights))
    return failure();

  double scale = inputScale(synapse);
  SmallVector<double> largest(columns), row(rows);
  for (int64_t c = 0; c < columns; ++c) {
    loadColumn(synapse, *weights, c, 0, row);
    double factor = synapse.getColumnFactor(c);
    double peak = 0;
    for (int64_t r = 0; r < rows; ++r) {
      if (!std::isfinite(row[r]))
        return emitNamedError(synapse)
               << "weight [" << (synapse.isTransposed() ? r : c) << ", "
               << (synapse.isTransposed() ? c : r) << "]: needs a finite number, has " << row[r]
               << "; train or export the model again";
      peak = std::max(peak, std::fabs(factor * row[r] * scale));
    }
    double bias = synapse.getBiasAt(c);
    if (!std::isfinite(bias) || !std::isfinite(factor) || !std::isfinite(peak))
      return emitNamedError(synapse)
             << "bias [" << c << "] and the factor on its weights: need finite numbers, have "
             << bias << " and " << factor << "; train or export the model again";
    largest[c] = peak;
  }
  return largest;
}

/// The magnitude that a weight of a format needs to be kept: what it exceeds.
static double keptAbove(WeightFormat format, ArrayRef<double> weights) {
  double sum = 0;
  int64_t count = 0;
  for (double weight : weights)
    if (format == WeightFormat::Ternary || weight > 0) {
      sum += std::fabs(weight);
      ++count;
    }
  double mean = count == 0 ? 0 : sum / static_cast<double>(count);
  return (format == WeightFormat::Ternary ? 0.7 : 0.5) * mean;
}

void synfire::addKeptWeights(SynapseLike synapse, MutableArrayRef<KeptWeights> columns) {
  const WeightFormat format = synapse.getWeightForm().format;
  FailureOr<WeightView> stored = failure();
  if (!synapse.isDiagonal())
    stored = WeightView::get(synapse.getStoredWeight());
  SmallVector<double> weights(synapse.isDiagonal() ? 1 : synapse.getRows());
  double input = inputScale(synapse);
  for (auto [c, kept] : llvm::enumerate(columns)) {
    auto column = static_cast<int64_t>(c);
    weights.front() = synapse.getDiagonalWeight();
    if (succeeded(stored))
      loadColumn(synapse, *stored, column, 0, weights);
    for (double &weight : weights)
      weight = synapse.getColumnFactor(column) * weight * input;
    const double above = format == WeightFormat::Sign ? -1 : keptAbove(format, weights);
    for (double weight : weights) {
      double magnitude = std::fabs(weight);
      if (magnitude <= above || (format == WeightFormat::Binary && weight < 0))
        continue;
      kept.sum += magnitude;
      kept.least = std::min(kept.least, magnitude);
      kept.largest = std::max(kept.largest, magnitude);
      ++kept.count;
    }
  }
}

WriterStatistics synfire::measureWriter(SynapseLike synapse, ArrayRef<double> scale) {
  const WeightForm form = synapse.getWeightForm();
  int64_t rows = synapse.getFanIn(), columns = synapse.getColumns();
  double input = inputScale(synapse);
  WriterStatistics statistics;
  double largestWeight = 0, squares = 0;
  auto measure = [&](int64_t column, double weight, double factor) {
    int64_t integer = quantizeWeight(weight, factor, input, scale[column], form);
    double real = factor * weight * input;
    double error = std::fabs(static_cast<double>(integer) * scale[column] - real);
    largestWeight = std::max(largestWeight, std::fabs(real));
    statistics.largestError = std::max(statistics.largestError, error);
    squares += error * error;
    return std::abs(integer);
  };

  FailureOr<WeightView> weights = failure();
  if (!synapse.isDiagonal())
    weights = WeightView::get(synapse.getStoredWeight());
  SmallVector<double> row(rows, synapse.getDiagonalWeight());
  for (int64_t c = 0; c < columns; ++c) {
    if (succeeded(weights))
      loadColumn(synapse, *weights, c, 0, row);
    double factor = synapse.getColumnFactor(c);
    int64_t sum = 0;
    for (double weight : row)
      sum += measure(c, weight, factor);
    statistics.rowSum.push_back(sum);
  }
  if (largestWeight > 0) {
    statistics.largestError /= largestWeight;
    statistics.rmsError = std::sqrt(squares / static_cast<double>(rows * columns)) / largestWeight;
  }
  return statistics;
}

// TargetRate: draws an input and sets thresholds on it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/TargetRate.h"

#include "dialect/NamedError.h"
#include "dialect/interpreter/FiringRates.h"
#include "support/NamedRandom.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/TensorInput.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace synfire::spike;

namespace synfire::tool {
namespace {

/// The most tokens of a drawn input: attention takes the square of it.
constexpr int64_t kMostTokens = 64;
/// An op that misses its rate by more is listed in a warning.
constexpr double kTolerance = 0.01;

int64_t drawnTokens(ModelAttr model) {
  return std::min<int64_t>(model.getContextLength(), kMostTokens);
}

InputTensor drawTensor(RankedTensorType type, int64_t tokens, NamedRandom &random, double rate) {
  InputTensor input{type.getShape().vec(), {}};
  int64_t numbers = 1;
  for (int64_t &extent : input.shape) {
    if (ShapedType::isDynamic(extent))
      extent = tokens;
    numbers *= extent;
  }
  const bool isReal = type.getElementType().isF32();
  input.values.reserve(numbers);
  for (int64_t i = 0; i < numbers; ++i)
    input.values.push_back(isReal ? random.between(-1, 1) : random.between(0, 1) < rate);
  return input;
}

ModelInput drawInput(func::FuncOp entry, uint64_t seed, double rate) {
  const auto model = entry->getAttrOfType<ModelAttr>(kModelAttrName);
  const auto type = cast<RankedTensorType>(entry.getArgument(0).getType());
  NamedRandom random(seed, "input");
  if (tensorRulesOf(entry))
    return drawTensor(type, drawnTokens(model), random, rate);
  std::vector<int32_t> ids(type.isDynamicDim(0) ? drawnTokens(model) : type.getDimSize(0));
  for (int32_t &id : ids)
    id = static_cast<int32_t>(random.between(0, static_cast<double>(model.getVocabulary())));
  return ids;
}

std::string percent(double rate) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f %%", 100 * rate);
  return text;
}

/// Lists the ops that miss the rate in one warning: of many, no more than three would be shown.
void warnOfMisses(func::FuncOp entry, const std::vector<FiringRate> &reached, double rate) {
  std::string list;
  for (const FiringRate &op : reached)
    if (std::abs(op.rate - rate) > kTolerance)
      list += (list.empty() ? " " : ", ") + quotedName(op.op) + " at " + percent(op.rate);
  if (!list.empty())
    entry->emitWarning() << "as near to the rate of " << percent(rate)
                         << " as one threshold comes, these fire:" << list;
}

/// The neurons of recurrent regions, whose spikes of a step depend on thresholds in steps before.
void warnOfRecurrentNeurons(func::FuncOp entry) {
  entry.walk([](NeuronOp op) {
    if (op->getParentOfType<RecurrentOp>())
      emitNamedWarning(op) << "keeps its thresholds: --target-rate sets none in a recurrent region";
  });
}

} // namespace

LogicalResult setTargetRate(func::FuncOp entry, uint64_t seed, double rate) {
  int64_t neurons = 0;
  entry.walk([&](NeuronOp) { ++neurons; });
  if (neurons == 0)
    return emitModelError(entry) << "has no neurons, whose rate --target-rate would set";

  FiringRates rates(rate);
  Progress progress("setting thresholds");
  InterpretOptions options;
  options.prepare = [&](Operation *op, ArrayRef<const Tensor *> operands) {
    const LogicalResult done = rates.set(op, operands);
    progress.update(static_cast<int64_t>(rates.reached().size()), neurons);
    return done;
  };
  if (failed(interpretModel(entry, drawInput(entry, seed, rate), options)))
    return failure();
  warnOfMisses(entry, rates.reached(), rate);
  warnOfRecurrentNeurons(entry);
  return success();
}

} // namespace synfire::tool

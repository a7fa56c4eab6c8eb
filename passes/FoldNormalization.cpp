// FoldNormalization: norms become a factor and a bias of the linear or convolution before them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Passes.h"

#include "dialect/NamedError.h"
#include "dialect/spike/Weights.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

#include <cmath>

namespace synfire {
#define GEN_PASS_DEF_FOLDNORMALIZATION
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

namespace {

/// What a norm does to each channel at inference: y = factor x + offset.
struct ChannelMap {
  SmallVector<double> factor, offset;
};

/// The numbers of one parameter of an op, in float64. Fails if one is NaN or infinite, after an
/// error that names the parameter and the channel.
FailureOr<SmallVector<double>> readParameter(Operation *norm, StringRef name, ElementsAttr values) {
  auto emitError = [&] { return emitNamedError(norm) << name; };
  auto emitUnreadable = [&] { return emitError() << ": "; };
  FailureOr<WeightView> view = WeightView::get(values, emitUnreadable);
  if (failed(view))
    return failure();
  if (int64_t bad = view->firstNonFinite(); bad >= 0)
    return emitError() << " [" << bad << "]: needs a finite number, has " << (*view)[bad]
                       << "; train or export the model again";
  SmallVector<double> numbers(view->size());
  view->load(0, numbers);
  return numbers;
}

/// The map (x - mean) / sqrt(spread + eps) * weight + bias. Fails, after an error, if a parameter
/// is not finite or spread + eps is not positive.
FailureOr<ChannelMap> channelMap(ChannelNorm norm) {
  StringRef spreadName = norm.getNormSpreadName();
  auto weights = readParameter(norm, "weight", norm.getNormWeight());
  auto biases = readParameter(norm, "bias", norm.getNormBias());
  auto spreads = readParameter(norm, spreadName, norm.getNormSpread());
  if (failed(weights) || failed(biases) || failed(spreads))
    return failure();
  SmallVector<double> means(weights->size(), 0.0);
  if (ElementsAttr mean = norm.getNormMean()) {
    auto read = readParameter(norm, "mean", mean);
    if (failed(read))
      return failure();
    means = std::move(*read);
  }
  double eps = norm.getNormEps();
  ChannelMap map;
  for (size_t c = 0; c < weights->size(); ++c) {
    double radicand = (*spreads)[c] + eps;
    if (!(radicand > 0))
      return emitNamedError(norm) << spreadName << " [" << c << "]: needs a number above " << -eps
                                  << " (with eps added, a mean of squares is positive), has "
                                  << (*spreads)[c];
    double factor = (*weights)[c] / std::sqrt(radicand);
    map.factor.push_back(factor);
    map.offset.push_back((*biases)[c] - factor * means[c]);
  }
  return map;
}

class FoldNormalization : public synfire::impl::FoldNormalizationBase<FoldNormalization> {
  void runOnOperation() override {
    SmallVector<ChannelNorm> norms;
    getOperation().walk([&](ChannelNorm norm) { norms.push_back(norm); });
    for (ChannelNorm norm : norms)
      if (failed(fold(norm)))
        return signalPassFailure();
  }

  static LogicalResult fold(ChannelNorm norm) {
    auto synapses = norm->getOperand(0).getDefiningOp<ChannelAffine>();
    if (!synapses) {
      norm->emitRemark() << quotedName(norm)
                         << ": not folded, its input is not a linear or a convolution";
      return success();
    }
    if (!synapses->hasOneUse()) {
      norm->emitRemark() << quotedName(norm) << ": not folded, " << quotedName(synapses)
                         << " has other readers";
      return success();
    }
    FailureOr<ChannelMap> map = channelMap(norm);
    return failed(map) ? failure() : foldInto(synapses, norm, *map);
  }

  /// Applies the norm's map to the factors and biases of the op, which then replaces the norm.
  static LogicalResult foldInto(ChannelAffine op, ChannelNorm norm, const ChannelMap &map) {
    SmallVector<double> factors(map.factor.size(), 1.0), biases(map.factor.size(), 0.0);
    if (auto own = op.getChannelFactors())
      factors = SmallVector<double>(*own);
    if (auto own = op.getChannelBias()) {
      auto read = readParameter(op, "bias", *own);
      if (failed(read))
        return failure();
      biases = std::move(*read);
    }
    for (auto [c, factor] : llvm::enumerate(map.factor)) {
      factors[c] *= factor;
      biases[c] = biases[c] * factor + map.offset[c];
    }
    Builder builder(norm->getContext());
    auto biasType =
        RankedTensorType::get({static_cast<int64_t>(biases.size())}, builder.getF64Type());
    op.setChannelMap(factors, DenseElementsAttr::get(biasType, ArrayRef<double>(biases)));
    // The op's own location comes first, so that it keeps its name. The metadata is the kind of the
    // norm, which has a row of its own in the reports.
    op->setLoc(FusedLoc::get(norm->getContext(), {op.getLoc(), norm->getLoc()},
                             builder.getStringAttr(norm->getName().stripDialect())));
    norm->getResult(0).replaceAllUsesWith(op->getResult(0));
    norm->erase();
    return success();
  }
};

} // namespace

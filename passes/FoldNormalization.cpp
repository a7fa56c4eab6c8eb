// FoldNormalization: norms become factors and a bias of a linear or convolution beside them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Passes.h"

#include "dialect/NamedError.h"
#include "dialect/spike/Weights.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

#include <cfloat>
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

/// A view of one parameter of an op. Fails if a number is NaN or infinite, after an error that
/// names the parameter and the place of the number.
FailureOr<WeightView> viewParameter(Operation *op, StringRef name, ElementsAttr values) {
  auto emitError = [&] { return emitNamedError(op) << name; };
  auto emitUnreadable = [&] { return emitError() << ": "; };
  FailureOr<WeightView> view = WeightView::get(values, emitUnreadable);
  if (failed(view))
    return failure();
  if (int64_t bad = view->firstNonFinite(); bad >= 0)
    return emitError() << " [" << bad << "]: needs a finite number, has " << (*view)[bad]
                       << "; train or export the model again";
  return view;
}

/// The numbers of one parameter of an op, in float64. Fails as viewParameter() does.
FailureOr<SmallVector<double>> readParameter(Operation *op, StringRef name, ElementsAttr values) {
  FailureOr<WeightView> view = viewParameter(op, name, values);
  if (failed(view))
    return failure();
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

/// The spike.inject from which a value comes through norms alone; null if it comes from elsewhere.
/// The norms are put before those that `norms` has, in the order in which they are computed.
SynapseLike injectBehind(Value value, SmallVectorImpl<ChannelNorm> &norms) {
  while (auto norm = value.getDefiningOp<ChannelNorm>()) {
    norms.insert(norms.begin(), norm);
    value = norm->getOperand(0);
  }
  auto synapse = value.getDefiningOp<SynapseLike>();
  bool injects = synapse && synapse.isDiagonal() && !synapse.getGridWindow() &&
                 !getFixedEncoding(value.getType());
  return injects ? synapse : SynapseLike();
}

/// What a linear's input factors and the norms before them do to its spikes. Fails as channelMap()
/// does.
FailureOr<ChannelMap> inputMap(SynapseLike linear, ArrayRef<ChannelNorm> norms) {
  ChannelMap map;
  map.factor.assign(linear.getRows(), 1.0);
  map.offset.assign(linear.getRows(), 0.0);
  auto append = [&](size_t i, double factor, double offset) {
    map.factor[i] *= factor;
    map.offset[i] = factor * map.offset[i] + offset;
  };
  for (ChannelNorm norm : norms) {
    FailureOr<ChannelMap> next = channelMap(norm);
    if (failed(next))
      return failure();
    for (size_t i = 0; i < map.factor.size(); ++i)
      append(i, next->factor[i], next->offset[i]);
  }
  for (auto [i, factor] : llvm::enumerate(linear.getRowFactors()))
    append(i, factor, 0.0);
  return map;
}

/// The bias of every channel of an op, 0 without one. Fails as viewParameter() does.
FailureOr<SmallVector<double>> channelBias(ChannelAffine op) {
  if (auto bias = op.getChannelBias())
    return readParameter(op, "bias", *bias);
  return SmallVector<double>(cast<ShapedType>(op->getResult(0).getType()).getShape().back(), 0.0);
}

/// The bias of a linear with the offsets of its inputs added: bias[o] + channel_scale[o] sum_i
/// weight[o, i] offset[i]. Fails, after an error, if a parameter is not finite.
FailureOr<SmallVector<double>> biasWithOffsets(SynapseLike linear, ArrayRef<double> offset) {
  FailureOr<WeightView> weight = viewParameter(linear, "weight", linear.getStoredWeight());
  FailureOr<SmallVector<double>> bias = channelBias(cast<ChannelAffine>(linear.getOperation()));
  if (failed(weight) || failed(bias))
    return failure();
  int64_t inputs = linear.getRows(), outputs = linear.getColumns();
  int64_t ofOutput = linear.isTransposed() ? 1 : inputs; // from one stored weight to the next
  int64_t ofInput = linear.isTransposed() ? outputs : 1;
  for (int64_t o = 0; o < outputs; ++o) {
    double sum = 0;
    for (int64_t i = 0; i < inputs; ++i)
      sum += (*weight)[o * ofOutput + i * ofInput] * offset[i];
    (*bias)[o] += linear.getColumnFactor(o) * sum;
  }
  return bias;
}

/// Whether the numbers of a linear are finite after a fold. No float32 weight may overflow when it
/// is multiplied by its factor.
bool areFinite(const ChannelMap &map, ArrayRef<double> bias) {
  return llvm::all_of(map.factor, [](double f) { return std::isfinite(f * FLT_MAX); }) &&
         llvm::all_of(bias, [](double b) { return std::isfinite(b); });
}

DenseElementsAttr biasAttr(MLIRContext *context, ArrayRef<double> bias) {
  auto type =
      RankedTensorType::get({static_cast<int64_t>(bias.size())}, Builder(context).getF64Type());
  return DenseElementsAttr::get(type, bias);
}

/// Adds the name of an op to the location of the op that has become part of it. The op's own name
/// comes first, so that it keeps it. The metadata is the kind of the folded op, which has a row of
/// its own in the reports.
void fuseLocations(Operation *op, Operation *folded) {
  Builder builder(op->getContext());
  Location own = op->getLoc();
  if (std::string name = sourceName(op); name == op->getName().getStringRef())
    own = NameLoc::get(builder.getStringAttr(name), own); // has no name that would come first
  op->setLoc(FusedLoc::get(op->getContext(), {own, folded->getLoc()},
                           builder.getStringAttr(folded->getName().stripDialect())));
}

class FoldNormalization : public synfire::impl::FoldNormalizationBase<FoldNormalization> {
  void runOnOperation() override {
    SmallVector<SynapseLike> linears;
    getOperation().walk([&](SynapseLike synapse) {
      // At the edge of a grid a convolution reads zeros that no norm has shifted.
      if (!synapse.isDiagonal() && !synapse.getGridWindow() && isa<ChannelAffine>(*synapse))
        linears.push_back(synapse);
    });
    for (SynapseLike linear : linears)
      if (failed(readSpikes(linear)))
        return signalPassFailure();
    SmallVector<ChannelNorm> norms;
    getOperation().walk([&](ChannelNorm norm) { norms.push_back(norm); });
    for (ChannelNorm norm : norms)
      if (failed(fold(norm)))
        return signalPassFailure();
  }

  /// Lets a linear that reads spikes through spike.inject and norms read the spikes themselves.
  static LogicalResult readSpikes(SynapseLike linear) {
    SmallVector<ChannelNorm> norms;
    SynapseLike inject = injectBehind(linear.getSynapseInput(), norms);
    if (!inject)
      return success();
    FailureOr<ChannelMap> map = inputMap(linear, norms);
    if (failed(map))
      return failure();
    SmallVector<double> bias;
    if (llvm::any_of(map->offset, [](double offset) { return offset != 0; })) {
      FailureOr<SmallVector<double>> sums = biasWithOffsets(linear, map->offset);
      if (failed(sums))
        return failure();
      bias = std::move(*sums);
    }
    if (!areFinite(*map, bias)) {
      linear->emitRemark() << quotedName(linear)
                           << ": the norms before it are not folded, as a folded number would not "
                              "be finite";
      return success();
    }
    if (llvm::all_of(map->factor, [](double factor) { return factor == 1; }))
      map->factor.clear();
    linear.setSynapseInput(inject.getSynapseInput(), map->factor,
                           bias.empty() ? ElementsAttr() : biasAttr(linear.getContext(), bias));
    fuseLocations(linear, inject);
    for (ChannelNorm norm : norms)
      fuseLocations(linear, norm);
    for (ChannelNorm norm : llvm::reverse(norms))
      if (norm->use_empty())
        norm->erase();
    if (inject->use_empty())
      inject->erase();
    return success();
  }

  static LogicalResult fold(ChannelNorm norm) {
    SmallVector<ChannelNorm> before;
    if (injectBehind(norm->getResult(0), before)) {
      for (Operation *reader : norm->getUsers())
        if (auto synapse = dyn_cast<SynapseLike>(reader); !synapse || synapse.getGridWindow()) {
          norm->emitRemark() << quotedName(norm) << ": not folded, " << quotedName(reader)
                             << " reads it and is not a linear";
          break;
        }
      return success();
    }
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
    SmallVector<double> factors(map.factor.size(), 1.0);
    if (auto own = op.getChannelFactors())
      factors = SmallVector<double>(*own);
    FailureOr<SmallVector<double>> biases = channelBias(op);
    if (failed(biases))
      return failure();
    for (auto [c, factor] : llvm::enumerate(map.factor)) {
      factors[c] *= factor;
      (*biases)[c] = (*biases)[c] * factor + map.offset[c];
    }
    op.setChannelMap(factors, biasAttr(norm->getContext(), *biases));
    fuseLocations(op, norm);
    norm->getResult(0).replaceAllUsesWith(op->getResult(0));
    norm->erase();
    return success();
  }
};

} // namespace

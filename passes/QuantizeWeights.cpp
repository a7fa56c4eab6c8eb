// QuantizeWeights: currents become integers with an encoding, and weights and membranes get a
// width.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/NamedError.h"
#include "dialect/spike/FixedPoint.h"
#include "dialect/spike/QuantizationError.h"
#include "passes/GroupEncoding.h"
#include "passes/Passes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace synfire {
#define GEN_PASS_DEF_QUANTIZEWEIGHTS
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Gives a value the integer type of an encoding.
static void setEncoding(Value value, ArrayRef<double> scale, int64_t fractionBits) {
  auto type = cast<RankedTensorType>(value.getType());
  MLIRContext *context = value.getContext();
  auto encoding = FixedAttr::get(context, DenseF64ArrayAttr::get(context, scale), fractionBits);
  value.setType(RankedTensorType::get(
      type.getShape(), IntegerType::get(context, 32, IntegerType::Signed), encoding));
}

/// `value` has become integers. Readers for which `keeps` holds compute with integers; all others
/// get the reals that the integers stand for, from one spike.dequantize behind `value`.
static void dequantize(Value value, Type realType, llvm::function_ref<bool(Operation *)> keeps) {
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfterValue(value);
  Operation *writer = value.getDefiningOp();
  auto name =
      NameLoc::get(builder.getStringAttr(sourceName(writer) + ".dequantize"), writer->getLoc());
  DequantizeOp real;
  for (OpOperand &use : llvm::make_early_inc_range(value.getUses())) {
    if (keeps(use.getOwner()))
      continue;
    if (!real)
      real = DequantizeOp::create(builder, name, realType, value);
    use.set(real.getResult());
  }
}

/// Gives recombined spikes an encoding. They are counts of spikes, and so integers without
/// rounding.
static void quantizeRecombine(RecombineOp op) {
  Type realType = op.getResult().getType();
  auto steps = cast<RankedTensorType>(op.getSpikes().getType()).getShape().front();
  bool mean = op.getMode() == Recombination::Mean;
  setEncoding(op.getResult(), {mean ? 1.0 / static_cast<double>(steps) : 1.0}, 0);
  dequantize(op.getResult(), realType, readsCounts);
}

/// The most tokens that a sequence may have: the option `max-tokens`, or the model's context if the
/// option is 0. Returns 0 if there is no model either. Fails, after an error, if the option is
/// negative or larger than the context.
static FailureOr<int64_t> tokenBound(FunctionOpInterface function, int64_t maxTokens) {
  auto model = function->getAttrOfType<ModelAttr>(kModelAttrName);
  if (maxTokens < 0 || (model && maxTokens > model.getContextLength()))
    return emitModelError(function)
           << "max-tokens: needs 1 to "
           << (model ? std::to_string(model.getContextLength()) + " (its context)"
                     : std::string("the context of a model"))
           << ", has " << maxTokens;
  return maxTokens != 0 || !model ? maxTokens : model.getContextLength();
}

/// The most tokens over which attention of a group sums: the tokens of its currents if their number
/// is static, else `bound`.
static int64_t attendedTokens(const EncodingGroup &group, int64_t bound) {
  auto type = cast<RankedTensorType>(group.currents.front().getType());
  return type.getRank() == 3 && !type.isDynamicDim(1) ? type.getDimSize(1) : bound;
}

static LogicalResult quantizeGroup(const EncodingGroup &group, const NumericProfile &profile,
                                   int64_t maxTokens) {
  for (SynapseLike synapse : group.synapses) {
    FailureOr<WeightForm> form = profile.formOf(synapse);
    if (failed(form))
      return failure();
    synapse.setWeightForm(*form);
  }
  FailureOr<GroupEncoding> encoding = chooseEncoding(group, profile, maxTokens);
  if (failed(encoding))
    return failure();
  Builder builder(group.currents.front().getContext());
  for (auto [synapse, statistics] : llvm::zip_equal(group.synapses, encoding->writers))
    synapse->setAttr(kQuantizationErrorAttrName,
                     builder.getDenseF64ArrayAttr({statistics.largestError, statistics.rmsError}));
  for (NeuronLike neuron : group.neurons) {
    const bool filters = neuron.getNeuronModel().getStateWords() > 1;
    neuron.setMembraneState(
        StateAttr::get(builder.getContext(), profile.stateBits, profile.leakRounding,
                       profile.saturates, filters ? profile.currentBits.value_or(0) : 0,
                       filters ? profile.currentFractionBits : kMaxFractionBits));
  }
  for (IntegratorLike integrator : group.integrators)
    integrator.setIntegratorState(StateAttr::get(builder.getContext(), profile.stateBits,
                                                 profile.leakRounding, profile.saturates, 0,
                                                 kMaxFractionBits));
  for (AttentionLike attention : group.attentions)
    if (attention.getScoreModel())
      attention.quantizeScores(
          StateAttr::get(builder.getContext(), profile.stateBits, profile.leakRounding,
                         profile.saturates, 0, kMaxFractionBits),
          FixedAttr::get(builder.getContext(), builder.getDenseF64ArrayAttr({1.0}),
                         chooseScoreFraction(attention, profile)));
  for (Value current : group.currents) {
    Type realType = current.getType();
    setEncoding(current, encoding->scale, encoding->fractionBits);
    dequantize(current, realType, [&](Operation *reader) {
      return llvm::is_contained(group.neurons, reader) ||
             llvm::is_contained(group.integrators, reader) ||
             (reader->hasTrait<SumsOperands>() &&
              llvm::is_contained(group.currents, reader->getResult(0)));
    });
  }
  for (IntegratorLike integrator : group.integrators) {
    Value membrane = integrator.getIntegratorOutput();
    Type realType = membrane.getType();
    membrane.setType(
        integratedType(cast<RankedTensorType>(integrator.getIntegratorInput().getType()),
                       integrator.getIntegratorGain()));
    dequantize(membrane, realType, [](Operation *) { return false; });
  }
  return success();
}

namespace {

class QuantizeWeights : public synfire::impl::QuantizeWeightsBase<QuantizeWeights> {
public:
  using QuantizeWeightsBase::QuantizeWeightsBase;

private:
  void runOnOperation() override {
    FailureOr<WeightRequest> request = readRequest(getOperation(), weightBits, weightFormat);
    if (failed(request))
      return signalPassFailure();
    FailureOr<NumericProfile> profile =
        readProfile(getOperation(), target, targetsFolder, *request);
    if (failed(profile))
      return signalPassFailure();
    for (auto function : getOperation().getOps<FunctionOpInterface>())
      if (failed(quantize(function, *profile)))
        return signalPassFailure();
  }

  LogicalResult quantize(FunctionOpInterface function, const NumericProfile &profile) {
    FailureOr<int64_t> tokens = tokenBound(function, maxTokens);
    if (failed(tokens))
      return failure();
    // No report shows the membranes of an integrator that nobody reads, and no chip computes them.
    function.walk([](IntegratorLike integrator) {
      if (integrator->use_empty())
        integrator->erase();
    });
    EncodingPlan plan = planEncodings(function, residual == ResidualForm::Host);
    llvm::for_each(plan.counts, quantizeRecombine);
    for (const EncodingGroup &group : plan.groups) {
      int64_t attended = attendedTokens(group, *tokens);
      if (!group.attentions.empty() && attended == 0)
        return emitNamedError(group.attentions.front())
               << "how many tokens are attended to is not known; give the function a spike.model "
                  "or set max-tokens";
      if (failed(quantizeGroup(group, profile, attended)))
        return failure();
    }
    // The host reads all integers from integrators of the chip, whose width is that of the state.
    function.walk([&](DequantizeOp read) {
      read.setStateAttr(StateAttr::get(read.getContext(), profile.stateBits,
                                       LeakRounding::TowardZero, profile.saturates,
                                       /*current_bits=*/0, kMaxFractionBits));
    });
    return success();
  }
};

} // namespace

// HostRows: the chip.host_op of an operation that the host computes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/HostRows.h"

#include "dialect/spike/Weights.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

namespace {

/// Collects the attributes of one op; `broken` after an error.
class Parameters {
public:
  explicit Parameters(Operation *op) : op(op), builder(op->getContext()) {}

  void set(StringRef name, Attribute value) { list.append(name, value); }
  void set(StringRef name, double number) { list.append(name, builder.getF64FloatAttr(number)); }
  void set(StringRef name, int64_t number) { list.append(name, builder.getI64IntegerAttr(number)); }
  void set(StringRef name, StringRef text) { list.append(name, builder.getStringAttr(text)); }
  void flag(StringRef name, bool stands) {
    if (stands)
      list.append(name, builder.getUnitAttr());
  }
  void set(StringRef name, ArrayRef<double> numbers) {
    list.append(name, builder.getDenseF64ArrayAttr(numbers));
  }

  /// Stored numbers, widened; `source` is their name in the spike dialect.
  void widen(StringRef name, StringRef source, ElementsAttr values) {
    auto emitError = [&] { return op->emitError() << sourceName(op) << " '" << source << "': "; };
    FailureOr<WeightView> view = WeightView::get(values, emitError);
    if (failed(view)) {
      broken = true;
      return;
    }
    SmallVector<double> numbers(view->size());
    view->load(0, numbers);
    for (auto [i, number] : llvm::enumerate(numbers))
      if (!std::isfinite(number) && !broken) {
        broken = true;
        emitError() << "element " << i << " is " << number
                    << ", the host needs finite numbers; train or export the model again";
      }
    set(name, numbers);
  }

  /// The numbers stay where they are; only whether they are finite is looked at.
  void table(StringRef source, ElementsAttr values) {
    auto emitError = [&] { return op->emitError() << sourceName(op) << " '" << source << "': "; };
    FailureOr<WeightView> view = WeightView::get(values, emitError);
    int64_t bad = failed(view) ? -1 : view->firstNonFinite();
    if (bad >= 0)
      emitError() << "element [" << bad / values.getShapedType().getDimSize(1) << ", "
                  << bad % values.getShapedType().getDimSize(1) << "] is " << (*view)[bad]
                  << ", the host needs finite numbers; train or export the model again";
    broken |= failed(view) || bad >= 0;
    set("table", values);
  }

  void norm(ElementsAttr weight, ElementsAttr bias, const APFloat &eps) {
    widen("factor", "weight", weight);
    widen("offset", "bias", bias);
    set("eps", eps.convertToDouble());
  }

  Operation *op;
  Builder builder;
  NamedAttrList list;
  bool broken = false;
};

} // namespace

static void describe(Parameters &p, LinearOp op) {
  p.table("weight", op.getWeight());
  p.flag("transposed", op.getTransposed());
  if (op.getChannelScale())
    p.set("factor", *op.getChannelScale());
  if (op.getBias())
    p.widen("offset", "bias", *op.getBias());
}

static void describe(Parameters &p, NeuronOp op) {
  spike::NeuronModel model = op.getNeuronModel();
  p.set("thresholds", model.getThresholds());
  p.set("decay", model.getDecay());
  p.set("gain", model.getGain());
  p.set("bias", model.getBiasPotential());
  p.set("v_reset", model.getResetPotential());
  p.set("v_init", model.getInitialPotential());
  p.set("reset", stringifyReset(model.getResetRule()));
  if (model.filtersCurrent()) {
    p.set("current_decay", model.getCurrentDecayFactor());
    p.set("current_gain", model.getCurrentGainFactor());
  }
  p.flag("strict", model.getCompareRule() == Compare::Greater);
}

static void describe(Parameters &p, SoftmaxAttentionOp op) {
  auto heads = static_cast<int64_t>(op.getHeads());
  p.set("heads", heads);
  p.set("kv_heads", static_cast<int64_t>(op.getKvHeads().value_or(heads)));
  p.set("attention_scale", op.getScale().convertToDouble());
  p.flag("causal", op.getCausal());
}

static void describe(Parameters &p, DequantizeOp op) {
  FixedAttr encoding = getFixedEncoding(op.getInput().getType());
  p.set("scale", encoding.getScale());
  if (encoding.getFractionBits() > 0)
    p.set("fraction_bits", encoding.getFractionBits());
}

static void describe(Parameters &p, CodeOp op) {
  p.set("code", stringifyCode(op.getCode()));
  p.set("source", stringifyCodeSource(op.getSource()));
  p.set("size", static_cast<int64_t>(op.getSize()));
  if (op.getVocabulary())
    p.set("vocabulary", static_cast<int64_t>(*op.getVocabulary()));
}

FailureOr<NamedAttrList> synfire::hostParameters(Operation *op) {
  Parameters p(op);
  llvm::TypeSwitch<Operation *>(op)
      .Case<LookupOp, PositionOp>([&](auto lookup) { p.table("table", lookup.getTable()); })
      .Case<LinearOp, NeuronOp, SoftmaxAttentionOp, DequantizeOp, CodeOp>(
          [&](auto known) { describe(p, known); })
      .Case([&](BinarizeOp binarize) { p.set("threshold", binarize.getThresholdAttr()); })
      .Case([&](SliceOp slice) { p.set("from", static_cast<int64_t>(slice.getFrom())); })
      .Case([&](LogicOp logic) { p.set("mode", stringifyLogic(logic.getMode())); })
      .Case([&](RecombineOp r) { p.set("mode", stringifyRecombination(r.getMode())); })
      .Case([&](LayerNormOp norm) { p.norm(norm.getWeight(), norm.getBias(), norm.getEps()); })
      .Case([&](PowerNormOp norm) {
        p.norm(norm.getWeight(), norm.getBias(), norm.getEps());
        p.widen("spread", "phi", norm.getPhi());
      })
      .Case([&](BatchNormOp norm) {
        p.norm(norm.getWeight(), norm.getBias(), norm.getEps());
        p.widen("mean", "mean", norm.getMean());
        p.widen("spread", "variance", norm.getVariance());
      })
      .Case([&](ScaleOp scale) {
        p.set("factor", scale.getFactor());
        if (scale.getOffset())
          p.set("offset", *scale.getOffset());
      })
      .Case([&](ClipFloorOp clip) {
        p.set("thresholds", clip.getThreshold());
        p.set("levels", static_cast<int64_t>(clip.getLevels()));
      });
  if (p.broken)
    return failure();
  return p.list;
}

// OpCountRules: the account op_count: the work of each op as the model defines it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/OpCountRules.h"

#include "dialect/spike/OpList.h"
#include "dialect/spike/TensorRules.h"

#include "mlir/IR/TypeUtilities.h"

#include <cmath>
#include <cstdio>

using namespace mlir;

namespace synfire::spike {

std::string formula(StringRef text, ArrayRef<double> numbers) {
  std::string result = text.str();
  for (auto [i, number] : llvm::enumerate(numbers)) {
    char digits[32];
    std::snprintf(digits, sizeof digits, number == std::floor(number) ? "%.0f" : "%.2f", number);
    result += (i == 0 ? " = " : ", ") + std::string(digits);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

static double product(ArrayRef<int64_t> sizes) {
  double all = 1;
  for (int64_t size : sizes)
    all *= static_cast<double>(size);
  return all;
}

namespace {

/// The number of pairs of a token and a token that it attends to.
double pairs(double tokens, bool causal) {
  return causal ? tokens * (tokens + 1) / 2 : tokens * tokens;
}

/// The shape [T x] N x D of a value; `steps` is 1 for a value without time.
struct Extents {
  double steps, tokens, features;
  double size() const { return steps * tokens * features; }
};

/// The rules: one overload of `count` for each op of the dialect. A new op without an overload does
/// not compile, so that no op is counted as no work by mistake.
class Rules {
public:
  Rules(Activities &activities, GradedSynop gradedSynop)
      : activities(activities), gradedSynop(gradedSynop) {}

  Work count(LinearOp op);
  Work count(ConvOp op);
  Work count(PoolOp op);
  Work count(SelfAttentionOp op);
  Work count(KeyValueSumOp op);
  Work count(SoftmaxAttentionOp op);
  Work count(NeuronOp op);
  Work count(IntegratorOp op);
  Work count(RecombineOp op);
  Work count(TopKOp op) { return {0, 0, 0, {{"comparisons", extents(op.getInput()).size()}}, ""}; }

  // These do one operation for each element of the result. The account names it and does not charge
  // it.
  Work count(BatchNormOp op) { return foldableNorm(op); }
  Work count(PowerNormOp op) { return foldableNorm(op); }
  Work count(LayerNormOp op) { return elements(op, "norm_elements"); }
  Work count(RmsNormOp op) { return elements(op, "norm_elements"); }
  Work count(ScaleOp op) { return elements(op, "scale_elements"); }
  Work count(AddOp op) { return elements(op, "residual_additions"); }
  Work count(MultiplyOp op) { return elements(op, "gate_products"); }
  Work count(LogicOp op) { return elements(op, "logic_elements"); }
  Work count(SoftmaxOp op) { return elements(op, "softmax_elements"); }
  Work count(GeluOp op) { return elements(op, "activation_elements"); }
  Work count(SiluOp op) { return elements(op, "activation_elements"); }
  Work count(ReluOp op) { return elements(op, "activation_elements"); }
  Work count(ClipFloorOp op) { return elements(op, "activation_elements"); }
  Work count(BinarizeOp op) { return elements(op, "comparisons"); }

  // These ops only move values: views, tables, codes. The ops inside a recurrent op are counted by
  // their own rules.
  Work count(LookupOp) { return {}; }
  Work count(PositionOp) { return {}; }
  Work count(CodeOp) { return {}; }
  Work count(ConcatOp) { return {}; }
  Work count(SliceOp) { return {}; }
  Work count(RepeatOp) { return {}; }
  Work count(FlattenOp) { return {}; }
  Work count(InjectOp) { return {}; }
  Work count(DelayOp) { return {}; }
  Work count(DequantizeOp) { return {}; }
  Work count(RecurrentOp) { return {}; }
  Work count(YieldOp) { return {}; }

private:
  Extents extents(Value value) {
    const SmallVector<int64_t> shape = activities.shapeOf(value);
    const size_t rank = shape.size();
    return {rank == 3 ? static_cast<double>(shape[0]) : 1.0, static_cast<double>(shape[rank - 2]),
            static_cast<double>(shape.back())};
  }
  double spikesSummedBy(Value input);
  Activity summed(Value spikes);
  bool multiplies(Value spikes) const;
  void addTerms(Work &work, Value spikes, double terms, StringRef from, ArrayRef<double> numbers);
  void addBias(Work &work, bool has, Value result) {
    if (has)
      work.unpriced.push_back({"bias_additions", extents(result).size()});
  }

  Work elements(Operation *op, StringRef what) {
    return {0, 0, 0, {{what.str(), extents(op->getResult(0)).size()}}, ""};
  }
  Work foldableNorm(Operation *op);

  Activities &activities;
  GradedSynop gradedSynop;
};

} // namespace

Value spikesRead(Value input) {
  if (isSpikeType(input.getType()))
    return input;
  auto recombine = input.getDefiningOp<RecombineOp>();
  return recombine && isSpikeType(recombine.getSpikes().getType()) ? recombine.getSpikes()
                                                                   : Value();
}

//===----------------------------------------------------------------------===//
// Synapses
//===----------------------------------------------------------------------===//

bool Rules::multiplies(Value spikes) const {
  return gradedSynop == GradedSynop::Multiply &&
         getElementTypeOrSelf(spikes.getType()).getIntOrFloatBitWidth() > 1;
}

/// The spikes that are summed, each of them once or as often as its value says.
Activity Rules::summed(Value spikes) {
  return multiplies(spikes) ? activities.need(spikes) : activities.needValues(spikes);
}

/// The spikes of `input` that are summed: those of all steps, or those of the last step when a
/// `recombine` reads only that one.
double Rules::spikesSummedBy(Value input) {
  const Activity activity = summed(spikesRead(input));
  auto recombine = input.getDefiningOp<RecombineOp>();
  return recombine && recombine.getMode() == Recombination::Last
             ? activity.atStep(activity.steps() - 1)
             : activity.total();
}

/// Adds `terms` products or accumulates of spikes to the work. `from` and `numbers` end the rule.
void Rules::addTerms(Work &work, Value spikes, double terms, StringRef from,
                     ArrayRef<double> numbers) {
  const bool graded = getElementTypeOrSelf(spikes.getType()).getIntOrFloatBitWidth() > 1;
  (multiplies(spikes) ? work.macs : work.acs) += terms;
  work.spikeMacs = work.macs;
  work.rule = formula((multiplies(spikes) ? "MAC = graded spikes"
                       : graded           ? "AC = values of spikes"
                                          : "AC = spikes") +
                          from.str(),
                      numbers);
}

/// A spike adds one weight to every output, a graded one as often as its value says or times it; a
/// real is multiplied with every weight.
Work Rules::count(LinearOp op) {
  const Extents in = extents(op.getInput()), out = extents(op.getResult());
  Work work;
  addBias(work, op.getBias().has_value(), op.getResult());
  if (Value read = spikesRead(op.getInput())) {
    const double spikes = spikesSummedBy(op.getInput());
    addTerms(work, read, spikes * out.features, " x outputs", {spikes, out.features});
  } else {
    work.macs = in.size() * out.features;
    work.rule = formula("MAC = steps x tokens x inputs x outputs",
                        {in.steps, in.tokens, in.features, out.features});
  }
  return work;
}

/// For each point of one dimension: the number of outputs whose window covers it.
static SmallVector<int64_t> coverage(int64_t size, int64_t window, int64_t stride, int64_t padding,
                                     int64_t dilation) {
  SmallVector<int64_t> covers(static_cast<size_t>(size), 0);
  const int64_t outputs = windowPositions(size, window, stride, padding, dilation);
  for (int64_t output = 0; output < outputs; ++output)
    for (int64_t k = 0; k < window; ++k) {
      const int64_t point = output * stride + k * dilation - padding;
      if (point >= 0 && point < size)
        ++covers[static_cast<size_t>(point)];
    }
  return covers;
}

/// The same for each point of a grid of one or two dimensions, row major.
static SmallVector<int64_t> coverage(ArrayRef<int64_t> grid, ArrayRef<int64_t> window,
                                     ArrayRef<int64_t> stride, ArrayRef<int64_t> padding,
                                     ArrayRef<int64_t> dilation) {
  SmallVector<int64_t> all = {1};
  for (size_t d = 0; d < grid.size(); ++d) {
    SmallVector<int64_t> product;
    for (int64_t before : all)
      for (int64_t covers :
           coverage(grid[d], window[d], stride[d], padding[d], dilation.empty() ? 1 : dilation[d]))
        product.push_back(before * covers);
    all = std::move(product);
  }
  return all;
}

/// The sum over all points of the point's spikes times the number of windows that cover it.
static double coveredSpikes(const Activity &activity, ArrayRef<int64_t> covers) {
  double sum = 0;
  for (size_t point = 0; point < covers.size(); ++point)
    sum += activity.atToken(static_cast<int64_t>(point)) * static_cast<double>(covers[point]);
  return sum;
}

/// A spike adds one weight to each output whose window covers its point. For real inputs, every
/// weight of every window is counted, also where the window covers zeros of the padding, as
/// published counts do.
Work Rules::count(ConvOp op) {
  const ArrayRef<int64_t> weight = cast<ShapedType>(op.getWeight().getType()).getShape();
  const Extents out = extents(op.getResult());
  const double outputsPerInput = out.features / static_cast<double>(op.getGroups());
  Work work;
  addBias(work, op.getBias().has_value(), op.getResult());
  if (isSpikeType(op.getInput().getType())) {
    const double reached =
        coveredSpikes(summed(op.getInput()),
                      coverage(op.getGrid(), weight.drop_front(2), op.getStride(), op.getPadding(),
                               op.getDilation().value_or(ArrayRef<int64_t>())));
    addTerms(work, op.getInput(), reached * outputsPerInput, " x windows over them x outputs",
             {reached, outputsPerInput});
  } else {
    const double kernel = product(weight.drop_front(1));
    work.macs = out.size() * kernel;
    work.rule = formula("MAC = steps x points x outputs x weights of an output",
                        {out.steps, out.tokens, out.features, kernel});
  }
  return work;
}

/// A sum or mean adds each spike, or each real, once for every window that covers it; a maximum
/// only compares.
Work Rules::count(PoolOp op) {
  const SmallVector<int64_t> covers =
      coverage(op.getGrid(), op.getWindow(), op.getStride(), op.getPadding(), {});
  const Extents in = extents(op.getInput());
  Work work;
  if (op.getMode() == Pooling::Max) {
    double read = 0;
    for (int64_t windows : covers)
      read += static_cast<double>(windows);
    work.unpriced.push_back({"comparisons", read * in.steps * in.features});
    return work;
  }
  const bool spikes = isSpikeType(op.getInput().getType());
  const double added = coveredSpikes(
      spikes
          ? summed(op.getInput())
          : Activity::expected(1, static_cast<int64_t>(in.steps), static_cast<int64_t>(in.tokens),
                               static_cast<int64_t>(in.features), RateSource::Derived),
      covers);
  const bool products = spikes && multiplies(op.getInput());
  (products ? work.macs : work.acs) = added;
  work.spikeMacs = work.macs;
  work.rule = formula(
      products ? "MAC = graded spikes x windows over them" : "AC = what the windows add", {added});
  return work;
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

double scoresFormed(SelfAttentionOp op, const Activities &activities) {
  const SmallVector<int64_t> q = activities.shapeOf(op.getQ());
  return static_cast<double>(q[0]) * static_cast<double>(op.getHeads()) *
         pairs(static_cast<double>(q[1]), op.getCausal());
}

/// Attention in coincidence form: each query spike is compared with the keys of all visible tokens,
/// and each score that is not zero adds the values of its token to the columns of the head.
Work Rules::count(SelfAttentionOp op) {
  const Extents q = extents(op.getQ());
  const auto heads = static_cast<double>(op.getHeads());
  const Activity &queries = activities.need(op.getQ());
  const auto tokens = static_cast<int64_t>(q.tokens);
  double scoring = 0;
  for (int64_t n = 0; n < tokens; ++n)
    scoring += queries.atToken(n) * static_cast<double>(op.getCausal() ? n + 1 : tokens);
  const double all = scoresFormed(op, activities);
  const double scores = activities.needProducts(op, all), width = q.features / heads;
  Work work;
  work.acs = scoring + scores * width;
  work.rule = formula("AC = query spikes x visible tokens, + scores not 0 x features of a head",
                      {scoring, scores * width});
  if (op.getScoreNeuron()) {
    work.neuronUpdates = all;
    work.unpriced.push_back({"neuron_updates", all});
  }
  return work;
}

Work Rules::count(KeyValueSumOp op) {
  Work work;
  work.acs = activities.needProducts(op, extents(op.getK()).size());
  work.rule = formula("AC = products k v that are not 0", {work.acs});
  return work;
}

Work Rules::count(SoftmaxAttentionOp op) {
  const Extents q = extents(op.getQ());
  const double seen = pairs(q.tokens, op.getCausal());
  Work work;
  work.macs = 2 * q.steps * seen * q.features;
  work.rule = formula("MAC = 2 products x steps x visible pairs x features",
                      {2, q.steps, seen, q.features});
  work.unpriced.push_back(
      {"softmax_elements", q.steps * static_cast<double>(op.getHeads()) * seen});
  return work;
}

//===----------------------------------------------------------------------===//
// What the account names and does not charge
//===----------------------------------------------------------------------===//

Work Rules::count(NeuronOp op) {
  const double updates = extents(op.getSpikes()).size();
  return {0, 0, updates, {{"neuron_updates", updates}}, ""};
}

Work Rules::count(IntegratorOp op) {
  const double updates = extents(op.getMembrane()).size();
  return {0, 0, updates, {{"neuron_updates", updates}}, ""};
}

/// A batch or power norm is no work when its input is a linear or convolution that no other op
/// reads: the pass fold-normalization makes the norm a factor and a bias of that op.
Work Rules::foldableNorm(Operation *op) {
  Operation *before = op->getOperand(0).getDefiningOp();
  if (!isa_and_nonnull<LinearOp, ConvOp>(before) || !before->hasOneUse())
    return elements(op, "norm_elements");
  Work work;
  work.rule = "folds into " + sourceName(before);
  return work;
}

/// The additions of a recombine of mode mean or sum; the other modes add nothing. When a linear
/// reads the recombined spikes, the additions are counted there.
Work Rules::count(RecombineOp op) {
  const bool adds = op.getMode() == Recombination::Mean || op.getMode() == Recombination::Sum;
  const bool elsewhere =
      isSpikeType(op.getSpikes().getType()) &&
      llvm::all_of(op->getUsers(), [](Operation *u) { return isa<LinearOp>(u); });
  if (!adds || elsewhere)
    return {};
  return {0, 0, 0, {{"recombination_additions", extents(op.getSpikes()).size()}}, ""};
}

Work opCountWork(Operation *op, Activities &activities, GradedSynop gradedSynop) {
  Rules rules(activities, gradedSynop);
  return visitOp<Work>(op, [&](auto known) { return rules.count(known); });
}

} // namespace synfire::spike

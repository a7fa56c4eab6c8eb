// Count: counts the operations of a model and computes their energy, without a chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Count.h"

#include "dialect/count/ConventionRules.h"
#include "dialect/spike/Spike.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <cmath>

using namespace mlir;

namespace synfire::spike {

StringRef accountName(Account account) {
  constexpr StringRef names[] = {"op_count", "published", "corrected"};
  return names[static_cast<size_t>(account)];
}

namespace {

/// 2^53: up to this limit every whole number, and so every sum of counts, is exact in a double.
constexpr double kLargestCount = 9007199254740992.0;

class Counter {
public:
  Counter(func::FuncOp function, const CountOptions &options, int64_t tokens)
      : function(function), options(options),
        activities(function, tokens, options.rates, options.measured) {
    result.account = options.account;
    result.table = options.table;
    result.tokens = tokens;
    result.totals.name = "total";
  }

  FailureOr<ModelCount> count();

private:
  LogicalResult checkSize(Operation *op);
  LogicalResult countOp(Operation *op);
  LogicalResult checkRates();
  LogicalResult total(Operation *op, const OpCounts &counts);
  std::optional<double> spikesMade(Operation *op);

  func::FuncOp function;
  const CountOptions &options;
  Activities activities;
  std::optional<ConventionRules> convention;
  ParameterCounter parameters;
  ModelCount result;
};

} // namespace

/// The spikes that `op` itself emits. Views and delays emit none: they pass on spikes of other ops.
std::optional<double> Counter::spikesMade(Operation *op) {
  if (auto attention = dyn_cast<SelfAttentionOp>(op); attention && attention.getScoreNeuron())
    return activities.needProducts(op, scoresFormed(attention, activities));
  if (op->getNumResults() != 1 || !isSpikeType(op->getResult(0).getType()))
    return 0;
  const Activity *activity = activities.find(op->getResult(0));
  if (!isa<NeuronOp, RepeatOp, AddOp, LogicOp, PoolOp>(op))
    return 0;
  if (activity)
    return activity->total();
  result.unknownSpikes.push_back(sourceName(op));
  return std::nullopt;
}

/// Refuses shapes for which a rule would take too long, because rules iterate over tokens and
/// windows.
LogicalResult Counter::checkSize(Operation *op) {
  auto refuse = [&](StringRef what, double size, double limit) -> LogicalResult {
    return op->emitError() << "'" << sourceName(op) << "': too large to count: " << what
                           << " needs at most " << limit << ", has " << size;
  };
  if (!isa<ConvOp, PoolOp, SelfAttentionOp>(op))
    return success();
  const SmallVector<int64_t> shape = activities.shapeOf(op->getOperand(0));
  if (const auto tokens = static_cast<double>(shape[shape.size() - 2]); tokens > 1 << 24)
    return refuse("the number of tokens", tokens, 1 << 24);
  ArrayRef<int64_t> grid, window, padding;
  if (auto conv = dyn_cast<ConvOp>(op)) {
    grid = conv.getGrid();
    padding = conv.getPadding();
    window = cast<ShapedType>(conv.getWeight().getType()).getShape().drop_front(2);
  } else if (auto pool = dyn_cast<PoolOp>(op)) {
    grid = pool.getGrid();
    padding = pool.getPadding();
    window = pool.getWindow();
  }
  for (auto [points, around, size] : llvm::zip(grid, padding, window)) {
    const double visits =
        (static_cast<double>(points) + 2 * static_cast<double>(around)) * static_cast<double>(size);
    if (visits > 1 << 30)
      return refuse("points x window of one dimension", visits, 1 << 30);
  }
  return success();
}

/// Refuses a count that a double does not hold exactly.
static LogicalResult checkCount(Operation *op, StringRef what, double number) {
  if (number <= kLargestCount)
    return success();
  return op->emitError() << "'" << sourceName(op) << "': " << what << ": needs at most 2^53, has "
                         << number << "; give fewer tokens or steps";
}

LogicalResult Counter::countOp(Operation *op) {
  if (failed(checkSize(op)))
    return failure();
  // The spikes come first, so that rates are derived in program order.
  const std::optional<double> spikes = spikesMade(op);
  const Work asBuilt = opCountWork(op, activities, options.gradedSynop);
  Work work = asBuilt;
  if (convention) {
    FailureOr<Work> byConvention = convention->work(op, activities);
    if (failed(byConvention))
      return failure();
    work = std::move(*byConvention);
  }
  for (double number : {work.macs, work.acs, asBuilt.acs + asBuilt.spikeMacs, asBuilt.neuronUpdates,
                        spikes.value_or(0)})
    if (failed(checkCount(op, "too many operations", number)))
      return failure();
  for (const Unpriced &entry : asBuilt.unpriced)
    if (failed(checkCount(op, entry.what, entry.count)))
      return failure();
  OpCounts counts;
  counts.name = sourceName(op);
  counts.kind = op->getName().stripDialect().str();
  counts.macs = std::llround(work.macs);
  counts.acs = std::llround(work.acs);
  counts.synops = std::llround(asBuilt.acs + asBuilt.spikeMacs);
  counts.neuronUpdates = std::llround(asBuilt.neuronUpdates);
  counts.spikes = spikes ? std::optional(std::llround(*spikes)) : std::nullopt;
  counts.parameters = parameters.ofOp(op);
  counts.energyUj = options.table.energyUj(counts.macs, counts.acs);
  for (const Unpriced &entry : asBuilt.unpriced)
    counts.unpriced.emplace_back(entry.what, std::llround(entry.count));
  counts.rule = work.rule;
  counts.stated = work.stated;
  counts.meant = work.meant;
  if (failed(total(op, counts)))
    return failure();
  result.ops.push_back(std::move(counts));
  return success();
}

/// Adds the counts of an op. Sums and counts are at most 2^53, so that no sum overflows before it
/// is refused.
LogicalResult Counter::total(Operation *op, const OpCounts &counts) {
  OpCounts &sum = result.totals;
  sum.energyUj += counts.energyUj;
  sum.macs += counts.macs;
  sum.acs += counts.acs;
  sum.synops += counts.synops;
  sum.neuronUpdates += counts.neuronUpdates;
  sum.parameters += counts.parameters;
  *sum.spikes += counts.spikes.value_or(0);
  int64_t largest =
      std::max({sum.macs, sum.acs, sum.synops, sum.neuronUpdates, sum.parameters, *sum.spikes});
  for (const auto &[what, count] : counts.unpriced) {
    auto found =
        llvm::find_if(sum.unpriced, [&](const auto &entry) { return entry.first == what; });
    if (found == sum.unpriced.end())
      found = sum.unpriced.insert(found, {what, 0});
    found->second += count;
    largest = std::max(largest, found->second);
  }
  return checkCount(op, "too many operations up to here", static_cast<double>(largest));
}

LogicalResult Counter::checkRates() {
  if (std::vector<std::string> names = activities.unmatched(); !names.empty())
    return function.emitError() << "rates are given for what has none: '"
                                << llvm::join(names, "', '")
                                << "'; ops that emit spikes and attentions have one (a neuron's "
                                   "name, such as 'block0.attn.q_lif'); `synfire import` lists "
                                   "the model's ops";
  if (activities.missing().empty())
    return success();
  return function.emitError()
         << "ops without a rate: '" << llvm::join(activities.missing(), "', '")
         << "'; give --rates FILE, or --text, --tokens or --input to measure them";
}

FailureOr<ModelCount> Counter::count() {
  if (options.account != Account::OpCount) {
    FailureOr<ConventionRules> rules =
        ConventionRules::get(function, options.account == Account::Published);
    if (failed(rules))
      return failure();
    convention = std::move(*rules);
    result.system = systemName(convention->system());
  }
  if (auto model = function->getAttrOfType<ModelAttr>(kModelAttrName)) {
    result.model = model.getName().getValue();
    result.timeSteps = model.getTimeSteps();
  }
  WalkResult walk = function.walk<WalkOrder::PreOrder>([&](Operation *op) {
    const bool counted =
        op->getDialect() == function->getContext()->getLoadedDialect<SpikeDialect>() &&
        !isa<RecurrentOp, YieldOp>(op);
    return counted && failed(countOp(op)) ? WalkResult::interrupt() : WalkResult::advance();
  });
  if (walk.wasInterrupted() || failed(checkRates()))
    return failure();
  result.rates = activities.uses();
  return std::move(result);
}

/// The number of tokens of the pass: `asked` when it is not 0, otherwise that of the argument's
/// type or, when it is dynamic, the model's context.
static FailureOr<int64_t> tokensOf(func::FuncOp function, int64_t asked) {
  auto type = function.getNumArguments() == 1
                  ? dyn_cast<RankedTensorType>(function.getArgumentTypes()[0])
                  : RankedTensorType();
  if (!type || type.getRank() < 1)
    return function.emitError() << "cannot be counted: needs one tensor as its argument, has type "
                                << function.getFunctionType();
  const int64_t fixed = type.getDimSize(type.getRank() == 1 ? 0 : type.getRank() - 2);
  auto model = function->getAttrOfType<ModelAttr>(kModelAttrName);
  if (ShapedType::isDynamic(fixed) && asked == 0 && !model)
    return function.emitError() << "cannot be counted: its number of tokens is open, and it has no "
                                << kModelAttrName << " with a context";
  const int64_t tokens = !ShapedType::isDynamic(fixed) ? fixed
                         : asked != 0                  ? asked
                                                       : model.getContextLength();
  if (asked != 0 && tokens != asked)
    return function.emitError() << "takes another number of tokens: needs " << tokens << ", has "
                                << asked;
  return tokens;
}

FailureOr<ModelCount> countModel(func::FuncOp function, const CountOptions &options) {
  FailureOr<int64_t> tokens = tokensOf(function, options.tokens);
  if (failed(tokens))
    return failure();
  return Counter(function, options, *tokens).count();
}

} // namespace synfire::spike

// Activities: how many spikes each value of a model holds, from a run or from rates.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Activities.h"

#include "dialect/spike/Spike.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;

namespace synfire::spike {

static constexpr int kDeepest = 1000; ///< most ops in a chain of rates derived from each other
static constexpr llvm::StringLiteral kInputName = "input"; ///< the argument's name in rates files

SmallVector<int64_t> Activities::shapeOf(Value value) const {
  SmallVector<int64_t> shape(cast<RankedTensorType>(value.getType()).getShape());
  for (int64_t &size : shape)
    if (ShapedType::isDynamic(size))
      size = tokens;
  return shape;
}

//===----------------------------------------------------------------------===//
// Rates that the user or the model states
//===----------------------------------------------------------------------===//

/// Whether `name` matches `pattern`, in which `*` stands for any number of characters, also none.
static bool matches(StringRef pattern, StringRef name) {
  auto [head, rest] = pattern.split('*');
  if (head.size() == pattern.size())
    return pattern == name;
  if (!name.consume_front(head))
    return false;
  // Each part between two `*` may match at its first place: a later place would leave less of the
  // name for the parts behind it. The last part must match the end of the name.
  while (rest.contains('*')) {
    auto [part, tail] = rest.split('*');
    size_t at = name.find(part);
    if (at == StringRef::npos)
      return false;
    name = name.drop_front(at + part.size());
    rest = tail;
  }
  return name.ends_with(rest);
}

/// The given rate that holds for `name`, or null. An exact name comes before a pattern, a longer
/// pattern before a shorter one, and of equally long patterns the first that was given.
static const GivenRate *closest(ArrayRef<GivenRate> given, StringRef name) {
  auto rank = [](const GivenRate &rate) {
    return std::pair(!StringRef(rate.pattern).contains('*'), rate.pattern.size());
  };
  const GivenRate *best = nullptr;
  for (const GivenRate &rate : given)
    if (matches(rate.pattern, name) && (!best || rank(rate) > rank(*best)))
      best = &rate;
  return best;
}

std::optional<StatedRate> Activities::statedRate(StringRef name, Operation *op) const {
  if (const GivenRate *rate = closest(given, name))
    return StatedRate{rate->rate, RateSource::Given};
  if (auto rate = op ? op->getAttrOfType<FloatAttr>(kFiringRateAttrName) : FloatAttr())
    return StatedRate{rate.getValueAsDouble(), RateSource::Default};
  return std::nullopt;
}

/// Whether an op can have a rate: it emits spikes or forms products of spikes.
static bool takesRate(Operation *op) {
  return isa<SelfAttentionOp, KeyValueSumOp>(op) ||
         llvm::any_of(op->getResultTypes(), [](Type type) { return isSpikeType(type); });
}

std::vector<std::string> Activities::unmatched() const {
  std::vector<std::string> takers, names;
  func::FuncOp walked = function;
  if (llvm::any_of(walked.getArgumentTypes(), [](Type type) { return isSpikeType(type); }))
    takers.emplace_back(kInputName);
  walked.walk([&](Operation *op) {
    if (takesRate(op))
      takers.push_back(sourceName(op));
  });
  for (const GivenRate &rate : given)
    if (rate.pattern != "*" &&
        llvm::none_of(takers, [&](StringRef name) { return matches(rate.pattern, name); }))
      names.push_back(rate.pattern);
  return names;
}

//===----------------------------------------------------------------------===//
// Rates that follow from others
//===----------------------------------------------------------------------===//

/// The rate of an op's result computed from the rates of its operands, as if spikes were
/// independent. Bits of a code that only a run could tell are assumed to be set with probability
/// one half.
std::optional<StatedRate> Activities::derivedRate(Operation *op) {
  RateSource source = RateSource::Derived;
  bool complete = true;
  auto rateOf = [&](Value value) {
    const Activity *activity = find(value);
    if (!activity) {
      complete = false;
      return 0.0;
    }
    if (activity->source() == RateSource::Assumed)
      source = RateSource::Assumed;
    return activity->rate();
  };
  auto either = [](double a, double b) { return 1 - (1 - a) * (1 - b); };

  std::optional<double> rate =
      TypeSwitch<Operation *, std::optional<double>>(op)
          .Case<RepeatOp, SliceOp, FlattenOp>([&](auto view) { return rateOf(view.getInput()); })
          .Case([&](ConcatOp concat) {
            double spikes = 0;
            for (Value input : concat.getInputs())
              spikes += rateOf(input) * static_cast<double>(shapeOf(input).back());
            return spikes / static_cast<double>(shapeOf(concat.getResult()).back());
          })
          .Case([&](DelayOp delay) {
            const auto steps = static_cast<double>(shapeOf(delay.getInput())[0]);
            double kept = 0;
            for (int64_t lag : delay.getSteps())
              kept += std::max(steps - static_cast<double>(lag), 0.0);
            return rateOf(delay.getInput()) * kept /
                   (steps * static_cast<double>(delay.getSteps().size()));
          })
          .Case([&](AddOp add) { return either(rateOf(add.getLhs()), rateOf(add.getRhs())); })
          .Case([&](LogicOp logic) {
            const double a = rateOf(logic.getLhs()), b = rateOf(logic.getRhs());
            switch (logic.getMode()) {
            case Logic::Or:
              return either(a, b);
            case Logic::And:
              return a * b;
            case Logic::Iand:
              return (1 - a) * b;
            }
            return 0.0;
          })
          .Case([&](PoolOp pool) {
            double points = 1;
            for (int64_t size : pool.getWindow())
              points *= static_cast<double>(size);
            return 1 - std::pow(1 - rateOf(pool.getInput()), points);
          })
          .Case([&](CodeOp code) {
            if (code.getCode() == Code::OneHot)
              return 1 / static_cast<double>(code.getSize());
            source = RateSource::Assumed;
            return 0.5;
          })
          .Case([&](BinarizeOp) {
            source = RateSource::Assumed;
            return 0.5;
          })
          .Default([](Operation *) { return std::nullopt; });
  if (!rate || !complete)
    return std::nullopt;
  return StatedRate{*rate, source};
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Activity Activities::uniform(Value value, StatedRate stated) const {
  const SmallVector<int64_t> shape = shapeOf(value);
  const size_t rank = shape.size();
  return Activity::expected(stated.rate, rank == 3 ? shape[0] : 1, shape[rank - 2], shape.back(),
                            stated.source);
}

/// For a result or a feedback of a recurrent region, the value that the region's body yields for
/// it; adds to `lag` by how many steps a feedback is delayed. Returns any other value unchanged,
/// and null for a feedback that depends on itself only and is therefore always 0.
static Value yielded(Value value, int64_t &lag) {
  llvm::SmallDenseSet<Value> seen;
  while (seen.insert(value).second) {
    auto argument = dyn_cast<BlockArgument>(value);
    Operation *op = argument ? argument.getOwner()->getParentOp() : value.getDefiningOp();
    if (!isa<RecurrentOp>(op))
      return value;
    lag += argument ? 1 : 0;
    value = op->getRegion(0).front().getTerminator()->getOperand(
        argument ? argument.getArgNumber() : cast<OpResult>(value).getResultNumber());
  }
  return {};
}

std::optional<Activity> Activities::compute(Value value) {
  int64_t lag = 0;
  const Value origin = yielded(value, lag);
  if (!origin)
    return uniform(value, {0, RateSource::Derived});
  if (origin != value) {
    const Activity *activity = find(origin);
    return activity ? std::optional(activity->delayed(lag)) : std::nullopt;
  }
  Operation *op = value.getDefiningOp();
  if (auto counted = !measured ? std::nullopt : op ? measured->spikes(op) : measured->inputSpikes())
    return counted;
  std::optional<StatedRate> stated = statedRate(op ? sourceName(op) : kInputName.str(), op);
  if (!stated && op)
    stated = derivedRate(op);
  return stated ? std::optional(uniform(value, *stated)) : std::nullopt;
}

static std::string nameOf(Value value) {
  Operation *op = value.getDefiningOp();
  return op ? sourceName(op) : kInputName.str();
}

const Activity *Activities::find(Value spikes) {
  auto [entry, isNew] = known.try_emplace(spikes);
  // The entry may be null because its computation is under way: a rate that depends on itself
  // cannot be derived. Ops are asked in program order, so that only feedbacks nest deeply.
  if (!isNew || depth > kDeepest)
    return entry->second.get();
  ++depth;
  std::optional<Activity> activity = compute(spikes);
  --depth;
  if (!activity)
    return nullptr;
  if (int64_t lag = 0; yielded(spikes, lag) == spikes)
    record({nameOf(spikes), "spikes", activity->rate(), activity->source()});
  return (known[spikes] = std::make_unique<Activity>(*std::move(activity))).get();
}

/// Records the ops whose rates are missing for `spikes`. For an op that derives its rate from other
/// ops, a view or a sum of spikes, these are the others; when it could derive its rate only from
/// itself, it is the op itself.
void Activities::blame(Value spikes) {
  llvm::DenseSet<Value> seen;
  SmallVector<Value> asked = {spikes};
  bool told = false;
  while (!asked.empty()) {
    int64_t lag = 0;
    const Value origin = yielded(asked.pop_back_val(), lag);
    if (!origin || find(origin) || !seen.insert(origin).second)
      continue;
    Operation *op = origin.getDefiningOp();
    if (isa_and_nonnull<RepeatOp, SliceOp, FlattenOp, ConcatOp, DelayOp, AddOp, LogicOp, PoolOp>(
            op)) {
      for (Value operand : llvm::reverse(op->getOperands()))
        asked.push_back(operand);
    } else {
      lacking.insert(nameOf(origin));
      told = true;
    }
  }
  int64_t lag = 0;
  if (!told)
    lacking.insert(nameOf(yielded(spikes, lag)));
}

const Activity &Activities::need(Value spikes) {
  if (const Activity *activity = find(spikes))
    return *activity;
  blame(spikes);
  static const Activity none = Activity::expected(0, 1, 1, 1, RateSource::Assumed);
  return none;
}

/// Whether spikes can have other values than 0 and 1.
static bool isGraded(Value spikes) {
  return getElementTypeOrSelf(spikes.getType()).getIntOrFloatBitWidth() > 1;
}

/// The mean value of an entry, zeros included, of spikes that no run has measured; nothing when it
/// does not follow from the rates of other ops.
std::optional<double> Activities::derivedValueRate(Value spikes) {
  if (!isGraded(spikes)) {
    const Activity *activity = find(spikes);
    return activity ? std::optional(activity->rate()) : std::nullopt;
  }
  Operation *op = spikes.getDefiningOp();
  if (!op)
    return std::nullopt;
  return TypeSwitch<Operation *, std::optional<double>>(op)
      .Case<RepeatOp, SliceOp, FlattenOp>(
          [&](auto view) { return derivedValueRate(view.getInput()); })
      .Case([&](AddOp add) -> std::optional<double> {
        std::optional<double> lhs = derivedValueRate(add.getLhs());
        std::optional<double> rhs = derivedValueRate(add.getRhs());
        return lhs && rhs ? std::optional(*lhs + *rhs) : std::nullopt;
      })
      .Case([&](PoolOp pool) -> std::optional<double> {
        std::optional<double> rate = derivedValueRate(pool.getInput());
        if (!rate || pool.getMode() != Pooling::Sum)
          return std::nullopt;
        for (int64_t size : pool.getWindow())
          *rate *= static_cast<double>(size);
        return rate;
      })
      .Default([](Operation *) { return std::nullopt; });
}

Activity Activities::needValues(Value spikes) {
  const Activity &counted = need(spikes);
  int64_t lag = 0;
  const Value origin = yielded(spikes, lag);
  if (!isGraded(spikes) || !origin)
    return counted;
  if (origin != spikes)
    return needValues(origin).delayed(lag);
  Operation *op = spikes.getDefiningOp();
  if (auto values = !measured ? std::nullopt : op ? measured->values(op) : measured->inputValues())
    return *values;
  std::optional<double> rate = derivedValueRate(spikes);
  return rate ? uniform(spikes, {*rate, RateSource::Derived}) : counted;
}

//===----------------------------------------------------------------------===//
// Scores and products
//===----------------------------------------------------------------------===//

double Activities::needProducts(Operation *op, double all) {
  std::optional<double> count;
  StatedRate used{0, RateSource::Measured};
  if (auto counted = measured ? measured->products(op) : std::nullopt) {
    count = static_cast<double>(*counted);
  } else if (auto stated = statedRate(sourceName(op), op)) {
    used = *stated;
    count = used.rate * all;
  } else if (auto sum = dyn_cast<KeyValueSumOp>(op)) {
    const Activity &k = need(sum.getK()), &v = need(sum.getV());
    used.source = k.source() == RateSource::Assumed ? k.source() : RateSource::Derived;
    count = k.rate() * v.rate() * all;
  }
  if (!count) {
    lacking.insert(sourceName(op));
    return 0;
  }
  record(
      {sourceName(op), isa<KeyValueSumOp>(op) ? "products" : "scores", *count / all, used.source});
  return *count;
}

/// Records a use of a rate, unless the same use is recorded already.
void Activities::record(RateUse use) {
  if (!llvm::any_of(used, [&](const RateUse &u) { return u.op == use.op && u.of == use.of; }))
    used.push_back(std::move(use));
}

} // namespace synfire::spike

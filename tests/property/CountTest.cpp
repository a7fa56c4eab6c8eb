// CountTest: counted operations are those that the interpreter's kernels do.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Count.h"
#include "dialect/interpreter/Kernels.h"
#include "tests/property/Outcome.h"

#include "mlir/IR/Builders.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

/// 1 where the value is not 0 (everywhere in `dense` ones), of the value's kind.
spike::Tensor ones(const spike::Tensor &value, bool dense) {
  spike::Tensor result = value;
  for (int64_t i = 0; i < value.size(); ++i) {
    const bool one = dense || value.at(i) != 0;
    if (value.isReal())
      result.reals()[i] = one;
    else
      result.integers()[i] = one;
  }
  return result;
}

double sum(const spike::Tensor &value) {
  double total = 0;
  for (int64_t i = 0; i < value.size(); ++i)
    total += value.at(i);
  return total;
}

/// What a synapse op computes when all its weights are 1 and nothing else is
/// added: every operation adds 1, and so does a multiplication by a graded spike if it is taken as
/// 1. Nothing where that says nothing of its count.
std::optional<double> operationsOf(Operation *op, spike::Operands operands, GradedSynop synop) {
  if (!isa<spike::LinearOp, spike::ConvOp>(op) ||
      spike::getFixedEncoding(op->getResult(0).getType()))
    return std::nullopt;
  const bool spikes = spike::isSpikeType(op->getOperand(0).getType());
  // A convolution of reals counts the padding; a linear behind a recombine counts its spikes.
  if (!spikes && (isa<spike::ConvOp>(op) || op->getOperand(0).getDefiningOp<spike::RecombineOp>()))
    return std::nullopt;
  OwningOpRef<Operation *> plain(op->clone());
  auto weight = cast<ShapedType>(cast<ElementsAttr>(plain->getAttr("weight")).getType());
  plain->setAttr("weight", DenseElementsAttr::get(weight, APFloat(1.0f)));
  plain->removeAttr("bias");
  plain->removeAttr("channel_scale");
  plain->removeAttr("input_factor");
  const spike::Tensor input = spikes && synop == GradedSynop::Accumulate
                                  ? *operands[0]
                                  : ones(*operands[0], /*dense=*/!spikes);
  auto result = spike::evaluate(plain.get(), {&input});
  REQUIRE(succeeded(result));
  return sum(*result);
}

/// `planted`: a defect, added to what every op is expected to do.
std::string countsOperations(Subject &subject, double planted) {
  const auto synop = subject.choices->pick({GradedSynop::Accumulate, GradedSynop::Multiply});
  std::map<std::string, double> expected;
  spike::Measurement measurement;
  spike::InterpretOptions watch;
  watch.observe = [&](Operation *op, spike::Operands operands, const spike::Tensor &value) {
    measurement.observe(op, operands, value);
    if (auto operations = operationsOf(op, operands, synop))
      expected[spike::sourceName(op)] = *operations + planted;
  };
  const Outcome run = interpret(subject, watch);
  if (!run.error.empty())
    return "";
  const std::vector<int64_t> &shape = subject.graph.input.shape;
  spike::CountOptions options;
  options.tokens = shape.size() == 1 ? shape[0] : shape[shape.size() - 2];
  options.measured = &measurement;
  options.gradedSynop = synop;
  auto count = spike::countModel(subject.graph.entry(), options);
  if (failed(count))
    return "not counted: " + subject.errors;
  int64_t macs = 0, acs = 0;
  for (const spike::OpCounts &op : count->ops) {
    macs += op.macs;
    acs += op.acs;
    auto found = expected.find(op.name);
    if (found != expected.end() && double(op.macs + op.acs) != found->second)
      return op.name + ": counted " + std::to_string(op.macs + op.acs) + ", done " +
             std::to_string(found->second);
    const spike::SpikeRecord *record = run.result.findSpikes(op.name);
    if (op.kind == "neuron" && record &&
        *op.spikes != std::count(record->values.begin(), record->values.end(), 1u))
      return op.name + ": counted " + std::to_string(*op.spikes) + " spikes";
    if (op.kind == "neuron" && *op.spikes > op.neuronUpdates)
      return op.name + ": more spikes than updates";
  }
  if (macs != count->totals.macs || acs != count->totals.acs)
    return "the totals are not the sums";
  return "";
}

Property counts(double planted) {
  return [planted](Subject &subject) { return countsOperations(subject, planted); };
}

/// Every count is between none and all: rates of 0 and of 1.
std::string boundedByRates(Subject &subject) {
  const std::vector<int64_t> &shape = subject.graph.input.shape;
  std::vector<spike::ModelCount> counts;
  for (double rate : {0.0, 0.5, 1.0}) {
    spike::CountOptions options;
    options.tokens = shape.size() == 1 ? shape[0] : shape[shape.size() - 2];
    options.rates = {{"*", rate}};
    auto count = spike::countModel(subject.graph.entry(), options);
    if (failed(count))
      return "not counted: " + subject.errors;
    counts.push_back(std::move(*count));
  }
  for (size_t i = 0; i < counts[0].ops.size(); ++i) {
    const spike::OpCounts &none = counts[0].ops[i], &half = counts[1].ops[i],
                          &all = counts[2].ops[i];
    if (none.macs != all.macs || none.neuronUpdates != all.neuronUpdates)
      return none.name + ": work on reals depends on a rate";
    if (none.kind != "pool" && none.acs != 0)
      return none.name + ": accumulates without a spike";
    if (half.acs > all.acs || *half.spikes > *all.spikes)
      return none.name + ": half of the spikes do more than all";
  }
  return "";
}

} // namespace

TEST_CASE("measured counts are what the kernels do with weights of one") {
  for (Profile profile : {Profile::Any, Profile::Spiking})
    CHECK(counterexample({.profile = profile}, seedCount(300), counts(0)) == "");
}

TEST_CASE("counts by rates lie between none and all") {
  for (Profile profile : {Profile::Any, Profile::Spiking})
    CHECK(counterexample({.profile = profile}, seedCount(300), boundedByRates) == "");
}

TEST_CASE("a count that is one off is seen") {
  CHECK(counterexample({.profile = Profile::Spiking}, 20, counts(1), false) != "");
}

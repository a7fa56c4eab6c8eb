// QuantizeTest: where nothing needs rounding, integers decide as reals do.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Outcome.h"

#include "passes/Pipeline.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <set>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

const GraphOptions kExact = {
    .profile = Profile::Spiking, .numbers = Numbers::Exact, .maxTimeSteps = 8};

void quantize(OpPassManager &manager) { buildQuantizePipeline(manager, {}); }

/// What became of the graphs of a search.
struct QuantizeTally {
  int64_t refused = 0, rounded = 0, equal = 0, spikes = 0;
  std::set<std::string> neurons; ///< "model reset compare scan" of those that agree
};

void countNeurons(ModuleOp module, QuantizeTally &tally) {
  module.walk([&](spike::NeuronOp op) {
    spike::NeuronModel model = op.getNeuronModel();
    tally.neurons.insert(model.getAbstractAttribute().getName().str() + " " +
                         stringifyReset(model.getResetRule()).str() + " " +
                         stringifyCompare(model.getCompareRule()).str() + " " +
                         stringifyScan(op.getScan()).str());
  });
}

/// RATIONALE.md 4: with all guard bits (no warning says otherwise) the integers
/// of exact weights decide every spike as the reals do. `change` happens to the
/// quantised module: nothing, or a defect.
std::string decidesAlike(Subject &subject, const std::function<void(ModuleOp)> &change,
                         QuantizeTally &tally) {
  Outcome real = interpret(subject);
  subject.errors.clear();
  if (!runPasses(subject, quantize)) {
    ++tally.refused;
    return subject.errors.empty() ? "refused without a reason" : "";
  }
  if (subject.warnings > 0) {
    ++tally.rounded;
    return "";
  }
  change(*subject.graph.module);
  Outcome integer = interpret(subject);
  if (!real.error.empty() || !integer.error.empty())
    return "does not run: " + real.error + integer.error;
  for (const spike::SpikeRecord &record : real.result.spikes) {
    const spike::SpikeRecord *other = integer.result.findSpikes(record.name);
    if (!other || other->values != record.values)
      return "spikes of " + record.name + " differ\n" + subject.text();
    tally.spikes += std::count(record.values.begin(), record.values.end(), 1);
  }
  // A mean over 3 steps is rounded once as a real, and once more as an
  // integer's scale.
  const auto model = subject.graph.entry()->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
  bool exact = std::has_single_bit(static_cast<uint64_t>(model.getTimeSteps()));
  for (auto [a, b] : llvm::zip_equal(real.result.logits, integer.result.logits))
    if (exact ? a != b : !(std::fabs(a - b) <= 1e-12 * (1 + std::fabs(a))))
      return "logits differ\n" + subject.text();
  ++tally.equal;
  countNeurons(*subject.graph.module, tally);
  return "";
}

} // namespace

TEST_CASE("integers of exact weights decide every spike as the reals do") {
  QuantizeTally tally;
  int64_t count = seedCount(500);
  auto property = [&](Subject &subject) { return decidesAlike(subject, [](ModuleOp) {}, tally); };
  CHECK(counterexample(kExact, count, property) == "");
  MESSAGE(count << " graphs: " << tally.equal << " equal (" << tally.spikes << " spikes), "
                << tally.rounded << " without all guard bits, " << tally.refused << " refused");
  if (replaying())
    return;
  CHECK(tally.equal > count / 2);
  CHECK(tally.spikes > count);
  for (const char *model : {"spike.if", "spike.lif", "spike.plif"})
    for (const char *reset : {" hard", " soft", " none"})
      for (const char *compare : {" ge", " gt"}) {
        std::string neuron = std::string(model) + reset + compare;
        CAPTURE(neuron);
        CHECK(tally.neurons.contains(neuron + " steps"));
      }
  CHECK(tally.neurons.contains("spike.if hard ge steps_and_tokens"));
}

TEST_CASE("a weight that is one step off is seen") {
  auto oneStepOff = [](ModuleOp module) {
    module.walk([](spike::LinearOp op) {
      auto values = dyn_cast<DenseElementsAttr>(op.getWeight());
      if (!values)
        return;
      SmallVector<float> weights(values.getValues<float>());
      weights.back() -= 1.0f / 64;
      op.setWeightAttr(DenseElementsAttr::get(values.getType(), ArrayRef<float>(weights)));
    });
  };
  QuantizeTally tally;
  auto property = [&](Subject &subject) { return decidesAlike(subject, oneStepOff, tally); };
  CHECK(counterexample(kExact, 50, property, false) != "");
}

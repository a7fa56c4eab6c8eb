// FoldTest: folding norms, before and behind linears, keeps every decision.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Outcome.h"

#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Weights.h"
#include "passes/Passes.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

/// Relative to the largest number that took part.
constexpr double kTolerance = 1e-9;

void fold(OpPassManager &manager) { manager.addPass(createFoldNormalization()); }

int64_t norms(ModuleOp module) {
  int64_t count = 0;
  module.walk([&](Operation *op) { count += isa<spike::BatchNormOp, spike::PowerNormOp>(op); });
  return count;
}

/// Whether a linear reads spikes through spike.inject and norms.
bool readsInjected(spike::LinearOp linear) {
  Operation *from = linear.getInput().getDefiningOp();
  while (isa_and_nonnull<spike::BatchNormOp, spike::PowerNormOp>(from))
    from = from->getOperand(0).getDefiningOp();
  return isa_and_nonnull<spike::InjectOp>(from);
}

int64_t injected(ModuleOp module) {
  int64_t count = 0;
  module.walk([&](spike::LinearOp linear) { count += readsInjected(linear); });
  return count;
}

/// What went into the neurons and came out, in program order.
struct NeuronTrace {
  spike::NeuronOp op;
  spike::Tensor current, spikes;
};

std::vector<NeuronTrace> trace(Subject &subject, Outcome &outcome) {
  std::vector<NeuronTrace> traces;
  spike::InterpretOptions options;
  options.observe = [&](Operation *op, ArrayRef<const spike::Tensor *> operands,
                        const spike::Tensor &value) {
    if (auto neuron = dyn_cast<spike::NeuronOp>(op))
      traces.push_back({neuron, *operands[0], value});
  };
  outcome = interpret(subject, options);
  return traces;
}

double largest(const spike::Tensor &tensor) {
  double result = 1;
  for (int64_t i = 0; i < tensor.size(); ++i)
    result = std::max(result, std::fabs(tensor.at(i)));
  return result;
}

/// Distance of the membrane from its threshold where the neuron at this flat
/// index fires or does not, by the equation of the model.
double margin(const NeuronTrace &neuron, int64_t index) {
  spike::NeuronOp op = neuron.op;
  spike::NeuronModel model = op.getNeuronModel();
  int64_t stride = neuron.current.dim(1) * neuron.current.dim(2), cell = index % stride;
  int64_t channel = index % neuron.current.columns();
  bool across = op.getScan() == spike::Scan::StepsAndTokens;
  ArrayRef<double> thresholds = model.getThresholds();
  double threshold = thresholds.size() == 1 ? thresholds[0] : thresholds[channel];
  const NeuronEquation equation = model.getEquation(channel);
  double v = equation.vInit;
  for (int64_t first = across ? channel : cell;; first += neuron.current.columns()) {
    for (int64_t at = first; at < neuron.current.size(); at += stride) {
      v = equation.decay * v + equation.gain * neuron.current.at(at) + equation.bias;
      if (at == index)
        return std::fabs(v - threshold);
      if (neuron.spikes.at(at) == 0 || model.getResetRule() == spike::Reset::None)
        continue;
      v = model.getResetRule() == spike::Reset::Soft ? v - threshold : equation.vReset;
    }
  }
}

/// Equal spikes, up to the first that a rounding may decide either way; what is
/// behind that one may be anything.
std::string keepsDecisions(Subject &subject, int64_t &folded, int64_t &direct) {
  Outcome expected, actual;
  direct += injected(*subject.graph.module);
  std::vector<NeuronTrace> before = trace(subject, expected);
  int64_t had = norms(*subject.graph.module);
  Subject after(subject.text(), subject.graph.input);
  if (!runPasses(after, fold))
    return "folding fails: " + after.errors;
  folded += had - norms(*after.graph.module);
  if (injected(*after.graph.module) != 0)
    return "a linear reads injected spikes";
  std::vector<NeuronTrace> behind = trace(after, actual);
  if (before.size() != behind.size())
    return "has other neurons";
  for (auto [a, b] : llvm::zip_equal(before, behind)) {
    double scale = largest(a.current);
    for (int64_t i = 0; i < a.current.size(); ++i)
      if (!(std::fabs(a.current.at(i) - b.current.at(i)) <= kTolerance * scale))
        return "current of " + spike::sourceName(a.op) + " differs";
    for (int64_t i = 0; i < a.spikes.size(); ++i)
      if (a.spikes.at(i) != b.spikes.at(i))
        return margin(a, i) <= 100 * kTolerance * scale
                   ? ""
                   : "spikes of " + spike::sourceName(a.op) + " differ";
  }
  for (auto [a, b] : llvm::zip_equal(expected.result.logits, actual.result.logits))
    if (!(std::fabs(a - b) <= kTolerance * (1 + std::fabs(a))))
      return "logits differ";
  return "";
}

} // namespace

TEST_CASE("folding exact norms keeps every bit, any others every decision") {
  int64_t folded = 0, direct = 0;
  auto exactly = [&](Subject &subject) {
    Outcome expected = interpret(subject);
    folded += norms(*subject.graph.module);
    direct += injected(*subject.graph.module);
    if (!runPasses(subject, fold))
      return "folding fails: " + subject.errors;
    if (norms(*subject.graph.module) != 0)
      return std::string("a norm is left");
    return difference(expected, interpret(subject));
  };
  CHECK(counterexample({.profile = Profile::Spiking, .numbers = Numbers::Exact}, seedCount(300),
                       exactly) == "");
  CHECK((replaying() || folded > 50));
  CHECK((replaying() || direct > 50));

  folded = direct = 0;
  auto closely = [&](Subject &subject) { return keepsDecisions(subject, folded, direct); };
  CHECK(counterexample({.profile = Profile::Spiking}, seedCount(300), closely) == "");
  CHECK((replaying() || folded > 50));
  CHECK((replaying() || direct > 50));
}

TEST_CASE("a wrong sign of a norm before a linear is seen") {
  auto turned = [](Subject &subject) {
    Outcome expected = interpret(subject);
    subject.graph.module->walk([](spike::PowerNormOp norm) {
      if (!norm.getInput().getDefiningOp<spike::InjectOp>())
        return;
      auto view = spike::WeightView::get(norm.getWeight());
      SmallVector<float> turned;
      for (int64_t c = 0; c < view->size(); ++c)
        turned.push_back(static_cast<float>(-(*view)[c]));
      norm.setWeightAttr(
          DenseElementsAttr::get(norm.getWeight().getShapedType(), ArrayRef<float>(turned)));
    });
    if (!runPasses(subject, fold))
      return "folding fails: " + subject.errors;
    return difference(expected, interpret(subject));
  };
  CHECK(counterexample({.profile = Profile::Spiking, .numbers = Numbers::Exact}, 100, turned,
                       false) != "");
}

TEST_CASE("a fold that forgets the mean is seen") {
  auto forgetful = [](Subject &subject) {
    Outcome expected = interpret(subject);
    subject.graph.module->walk([](spike::BatchNormOp norm) {
      SmallVector<float> zeros(norm.getMean().getNumElements());
      norm.setMeanAttr(DenseElementsAttr::get(norm.getMean().getShapedType(), ArrayRef(zeros)));
    });
    if (!runPasses(subject, fold))
      return "folding fails: " + subject.errors;
    return difference(expected, interpret(subject));
  };
  CHECK(counterexample({.profile = Profile::Spiking, .numbers = Numbers::Exact}, 100, forgetful,
                       false) != "");
}

// Outcome: what a module computes, and how two modules differ in it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Outcome.h"

#include "mlir/IR/AttrTypeSubElements.h"

#include <cstring>

using namespace mlir;

namespace synfire::test {

Outcome interpret(Subject &subject, const spike::InterpretOptions &options) {
  Outcome outcome;
  func::FuncOp function = subject.graph.entry();
  const GraphInput &input = subject.graph.input;
  subject.errors.clear();
  FailureOr<spike::InterpretResult> result = failure();
  if (input.shape.size() == 1)
    result = spike::interpret(
        function, std::vector<int32_t>(input.values.begin(), input.values.end()), options);
  else
    result = spike::interpret(function, spike::InputTensor{input.shape, input.values}, options);
  if (succeeded(result))
    outcome.result = std::move(*result);
  else
    outcome.error = subject.errors.empty() ? "failed without a message" : subject.errors;
  return outcome;
}

static bool sameBits(const std::vector<double> &a, const std::vector<double> &b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

std::string difference(const Outcome &expected, const Outcome &actual) {
  if (expected.error.empty() != actual.error.empty())
    return "one did not run: " + expected.error + actual.error;
  for (const spike::SpikeRecord &record : actual.result.spikes) {
    const spike::SpikeRecord *other = expected.result.findSpikes(record.name);
    if (other && other->values != record.values)
      return "spikes of " + record.name + " differ";
  }
  if (!sameBits(expected.result.logits, actual.result.logits))
    return "logits differ";
  return "";
}

bool runPasses(Subject &subject, const std::function<void(OpPassManager &)> &add) {
  PassManager manager(&subject.context);
  add(manager);
  return succeeded(manager.run(*subject.graph.module));
}

void raiseThresholds(ModuleOp module) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([](DenseF64ArrayAttr numbers) {
    SmallVector<double> raised;
    for (double number : numbers.asArrayRef())
      raised.push_back(number + 0.25);
    return DenseF64ArrayAttr::get(numbers.getContext(), raised);
  });
  module.walk([&](Operation *op) {
    if (Attribute model = op->getAttr("model"))
      op->setAttr("model", replacer.replace(model));
  });
}

} // namespace synfire::test

// MutationTest: whatever a module says, it is accepted or refused, never a
// crash. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Mutation.h"
#include "tests/property/Child.h"
#include "tests/property/Outcome.h"
#include "tests/system/SystemFixture.h"

#include "passes/Pipeline.h"

#include "mlir/Transforms/Passes.h"

#include <doctest/doctest.h>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

struct Stage {
  const char *name;
  void (*add)(OpPassManager &);
};

const Stage kStages[] = {
    {"canonicalize", [](OpPassManager &m) { m.addPass(createCanonicalizerPass()); }},
    {"cse", [](OpPassManager &m) { m.addPass(createCSEPass()); }},
    {"wire-slices", [](OpPassManager &m) { m.addPass(createWireSlices()); }},
    {"fold-normalization", [](OpPassManager &m) { m.addPass(createFoldNormalization()); }},
    {"synfire-quantize", [](OpPassManager &m) { buildQuantizePipeline(m, {}); }},
    {"synfire-compile",
     [](OpPassManager &m) {
       CompileOptions options;
       options.target = "mesh-16x16";
       options.targetsFolder = kTargets;
       buildCompilePipeline(m, options);
     }},
};

/// Aborts where something fails without a message: that is no answer either.
void requireMessage(bool succeeded, const std::string &errors) {
  if (!succeeded && errors.empty())
    std::abort();
}

/// Everything that reads a module, on this text.
void readAll(const std::string &text, const GraphInput &input, const Announce &announce) {
  announce("parse");
  Subject first(text, input);
  requireMessage(bool(first.graph.module), first.errors);
  if (!first.graph.module)
    return;
  auto entry = first.graph.module->lookupSymbol<func::FuncOp>("main");
  if (!entry)
    return;
  announce("interpret");
  Outcome outcome = interpret(first);
  requireMessage(outcome.error != "failed without a message", "");
  for (const Stage &stage : kStages) {
    Subject subject(text, input);
    announce(stage.name);
    requireMessage(runPasses(subject, stage.add), subject.errors);
    announce(std::string("interpret after ") + stage.name);
    if (subject.errors.empty())
      interpret(subject);
  }
}

Property
survives(const std::function<void(const std::string &, const GraphInput &, const Announce &)> &read,
         int64_t &accepted) {
  return [&accepted, read](Subject &subject) {
    std::string text = mutated(subject.plainText(subject.choices->flip()), *subject.choices);
    std::string crash =
        crashOf([&](const Announce &announce) { read(text, subject.graph.input, announce); });
    accepted += bool(Subject(text, subject.graph.input).graph.module);
    return crash.empty() ? "" : crash + " of\n" + text;
  };
}

} // namespace

TEST_CASE("damaged modules are accepted or refused with a message") {
  int64_t count = seedCount(250);
  for (Profile profile : {Profile::Any, Profile::Spiking}) {
    int64_t accepted = 0;
    CHECK(counterexample({.profile = profile, .maxOps = 10}, count, survives(readAll, accepted)) ==
          "");
    MESSAGE(accepted << " of " << count << " damaged modules are still legal");
    CHECK((replaying() || (accepted > count / 20 && accepted < count * 9 / 10)));
  }
}

TEST_CASE("a crash is seen, and where") {
  int64_t accepted = 0;
  auto crashes = [](const std::string &text, const GraphInput &, const Announce &announce) {
    announce("the letter");
    if (text.find("spike.neuron") != std::string::npos)
      std::abort();
  };
  std::string found = counterexample({}, 20, survives(crashes, accepted), false);
  CHECK(found.find("Aborted at the letter") != std::string::npos);
}

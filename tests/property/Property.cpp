// Property: what must hold of every drawn graph, and the search for one of which it does not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Property.h"

#include "tests/random/Shrink.h"

#include "dialect/chip/Chip.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

using namespace mlir;

namespace synfire::test {

static const char *environment(const char *name) {
  const char *value = std::getenv(name);
  return value && *value ? value : nullptr;
}

Subject::Subject(Choices &choices, const GraphOptions &options) : choices(&choices) {
  listen();
  graph = drawGraph(context, choices, options);
}

Subject::Subject(const std::string &text, GraphInput input) {
  listen();
  graph = {parseSourceString<ModuleOp>(text, &context), std::move(input)};
}

void Subject::listen() {
  context.loadDialect<spike::SpikeDialect, chip::ChipDialect, func::FuncDialect>();
  context.getDiagEngine().registerHandler([this](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      errors += diagnostic.str() + "\n";
    warnings += diagnostic.getSeverity() == DiagnosticSeverity::Warning;
    return success();
  });
}

static std::string print(ModuleOp module, const OpPrintingFlags &flags) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os, flags);
  return text;
}

std::string Subject::text() const {
  return print(graph.module.get(), OpPrintingFlags().enableDebugInfo());
}

std::string Subject::plainText(bool generic) const {
  return print(graph.module.get(), OpPrintingFlags().printGenericOpForm(generic));
}

int64_t seedCount(int64_t usual) {
  const char *seeds = environment("SYNFIRE_SEEDS");
  return seeds ? std::max<int64_t>(usual, std::atoll(seeds)) : usual;
}

bool replaying() { return environment("SYNFIRE_CHOICES") != nullptr; }

/// What is wrong with the graph of these choices, with its text and choices.
static std::string report(Choices choices, const GraphOptions &options, const Property &property) {
  Subject subject(choices, options);
  std::string text = subject.text(); // A property may change the module.
  std::string wrong = property(subject);
  return wrong + "\n" + text + "SYNFIRE_CHOICES=" + toText(choices.made()) + "\n";
}

std::string counterexample(const GraphOptions &options, int64_t count, const Property &property,
                           bool shrunk) {
  auto fails = [&](Choices &choices) {
    Subject subject(choices, options);
    return !property(subject).empty();
  };
  if (const char *text = environment("SYNFIRE_CHOICES")) {
    Choices choices = Choices::replay(choicesFromText(text));
    return fails(choices) ? report(Choices::replay(choices.made()), options, property) : "";
  }
  for (int64_t seed = 1; seed <= count; ++seed) {
    INFO("seed ", seed); // Said where the property crashes.
    Choices choices = Choices::fromSeed(static_cast<uint64_t>(seed));
    if (!fails(choices))
      continue;
    std::vector<uint64_t> made = choices.made();
    if (shrunk)
      made = shrink(made, fails);
    return "seed " + std::to_string(seed) + ": " + report(Choices::replay(made), options, property);
  }
  return "";
}

} // namespace synfire::test

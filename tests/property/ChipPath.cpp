// ChipPath: compiles, loads and runs a drawn module, and compares.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/ChipPath.h"

#include "passes/Pipeline.h"
#include "passes/ProgramWriter.h"
#include "passes/lower/CurrentWalk.h"
#include "simulator/functional/FunctionalEngine.h"
#include "simulator/loader/Loader.h"

#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

void ChipTally::addParts(const sim::Program &program) {
  auto add = [&](const char *name, bool has) { parts[name] += has ? 1 : 0; };
  add("grid", llvm::any_of(program.populations, [](auto &p) { return p.points > 1; }));
  add("conv", llvm::any_of(program.projections, [](auto &p) {
        return p.encoding == SynapseEncoding::Conv && p.window->taps() > 1;
      }));
  add("pool", llvm::any_of(program.projections, [](auto &p) {
        return p.encoding == SynapseEncoding::Sparse && p.window && p.window->taps() > 1;
      }));
  add("gate", llvm::any_of(program.populations, [](auto &p) {
        return p.kind == sim::PopulationKind::Neurons && p.neuron.decay == std::vector<int64_t>{0};
      }));
  add("states across tokens",
      llvm::any_of(program.populations, [](auto &p) { return p.neuron.acrossTokens; }));
  add("leaks per column",
      llvm::any_of(program.populations, [](auto &p) { return p.neuron.decay.size() > 1; }));
  add("currents of other bits", llvm::any_of(program.populations, [](auto &p) {
        return p.neuron.filters() && p.neuron.currentBits != p.neuron.stateBits;
      }));
  add("currents of fewer places", llvm::any_of(program.populations, [](auto &p) {
        return p.neuron.filters() && p.neuron.currentFractionBits < p.neuron.fractionBits;
      }));
  add("delay", llvm::any_of(program.projections, [](auto &p) { return !p.delays.empty(); }));
  add("delays by column",
      llvm::any_of(program.projections, [](auto &p) { return p.delays.size() > 1; }));
  add("cycle", !sim::cyclesOf(program).empty());
  add("integrator", llvm::any_of(program.populations, [](auto &p) {
        return p.kind == sim::PopulationKind::Readout && p.perStep &&
               p.neuron.decay != std::vector<int64_t>{0};
      }));
  add("score neurons",
      llvm::any_of(program.attentions, [](auto &a) { return a.score.has_value(); }));
  add("products", llvm::any_of(program.attentions, [](auto &a) { return a.q < 0; }));
}

void ChipTally::addWeights(const sim::Program &program) {
  for (const char *format : kWeightFormatNames)
    weights[format] += llvm::any_of(program.projections, [&](const sim::Projection &p) {
      return p.weightFormat == weightFormatNamed(format);
    });
  int64_t wide = 0, indexed = 0;
  for (const sim::Slice &slice : program.slices)
    for (const sim::SynapseBlock &block : slice.synapses) {
      wide += block.weightBytes == 4;
      indexed += block.indexed;
    }
  weights["wide"] += wide > 0;
  weights["indexed"] += indexed > 0;
}

std::string test::everyWeight() {
  std::string widths = "1";
  for (int64_t bits = 2; bits <= kMaxWeightBits; ++bits)
    widths += ", " + std::to_string(bits);
  return "weight_bits: [" + widths + "], weight_formats: [signed, binary, sign, ternary]";
}

std::string test::countsText(const std::map<std::string, int64_t> &counts) {
  std::string text;
  for (const auto &[name, count] : counts)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " with " + name;
  return text;
}

void test::makeMappable(Subject &subject) {
  subject.graph.module->walk([](spike::NeuronOp op) {
    Operation *writer = op.getCurrent().getDefiningOp();
    const bool ofSpikes = isa_and_nonnull<spike::LinearOp, spike::SelfAttentionOp>(writer) &&
                          !getElementTypeOrSelf(writer->getOperand(0)).isF32();
    if (!ofSpikes || isGridModel(op->getParentOfType<FunctionOpInterface>()))
      op.setScan(spike::Scan::Steps);
  });
  runPasses(subject, [](OpPassManager &m) { m.addPass(createCanonicalizerPass()); });
}

static std::string logitsDiffer(const sim::FunctionalEngine &engine,
                                const sim::ActivityTrace &trace,
                                const spike::InterpretResult &expected) {
  for (int32_t n = 0; n < engine.logitRows(trace); ++n) {
    std::vector<double> logits = engine.logits(trace, n);
    if (static_cast<int64_t>(logits.size()) != expected.vocabulary)
      return "has another vocabulary";
    for (size_t v = 0; v < logits.size(); ++v)
      if (logits[v] != expected.logits[static_cast<size_t>(n) * logits.size() + v])
        return "logit " + std::to_string(v) + " of token " + std::to_string(n) + " differs";
  }
  return "";
}

std::string test::chipAgreesOn(Subject &subject, const std::string &target,
                               const std::function<void(sim::Program &)> &change, ChipTally &tally,
                               const Judge &judge) {
  TemporaryFolder folder;
  CompileOptions options;
  options.target = target;
  options.targetsFolder = kTargets;
  Subject compiled(subject.text(), subject.graph.input);
  const std::string path = folder / "program.mlirbc";
  if (!runPasses(compiled, [&](OpPassManager &m) { buildCompilePipeline(m, options); }) ||
      failed(writeProgram(*compiled.graph.module, path))) {
    ++tally.refused;
    return compiled.errors.empty() ? "refused without a reason" : "";
  }
  auto loaded = sim::loadProgram(path, chipNamed(options.target));
  if (loaded.index() == 1)
    return "the program is not loaded: " + std::get<std::string>(loaded);
  sim::Program program = std::get<0>(std::move(loaded));
  change(program);

  if (!runPasses(subject, [&](OpPassManager &m) { buildQuantizePipeline(m, options); }))
    return "compiles, but is not quantised: " + subject.errors;
  Outcome expected = interpret(subject);
  const GraphInput &input = subject.graph.input;
  sim::FunctionalEngine engine(program);
  sim::ActivityTrace trace(program);
  std::string error;
  if (input.shape.size() == 1) {
    const std::vector<int32_t> tokens(input.values.begin(), input.values.end());
    error = engine.run(tokens, trace);
  } else {
    const int64_t tokens = input.shape[input.shape.size() - 2];
    error = engine.run(input.values, static_cast<int32_t>(tokens), trace);
    ++tally.tensors;
  }
  if (error.empty() != expected.error.empty())
    return "only one runs: " + error + expected.error;
  tally.overflows += !error.empty();
  tally.widths.insert(program.chip.core.stateBits);
  if (!error.empty())
    return "";
  if (std::string where = firstDifference(program, trace, expected.result);
      !where.empty() && where != "nothing was compared") // a readout of the host's bits
    return options.target + ": " + where;
  ++tally.equal;
  tally.addParts(program);
  tally.addWeights(program);
  tally.filters += llvm::count_if(program.populations, [](const sim::Population &population) {
    return population.neuron.filters();
  });
  for (const sim::HostOp &op : program.hostOps)
    tally.hostOps.insert(op.kernel->name());
  std::string wrong = judge ? judge(program, trace) : "";
  return wrong.empty() ? logitsDiffer(engine, trace, expected.result) : wrong;
}

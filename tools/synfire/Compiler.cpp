// Compiler: imports, quantises and compiles a model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Compiler.h"

#include "dialect/chip/Chip.h"
#include "dialect/import/Import.h"
#include "dialect/import/WeightCheck.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/Wiring.h"
#include "passes/ProgramWriter.h"
#include "support/Limits.h"
#include "support/Message.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"
#include "tools/synfire/LastResort.h"
#include "tools/synfire/OptionChecks.h"
#include "tools/synfire/ParseProbe.h"
#include "tools/synfire/TargetRate.h"

namespace synfire::tool {

void ModelOptions::define(CLI::App &app) {
  app.add_option("MODEL", model, "Model: a description (.yaml) or spike dialect (.mlir, .mlirbc)")
      ->type_name("FILE")
      ->required();
  app.add_option("--weights", weights,
                 "Weights (.safetensors) in place of those the description names")
      ->type_name("FILE");
  app.add_option("--random-weights", randomWeights,
                 "Random weights of this seed, for a description without any")
      ->type_name("SEED")
      ->transform(wholeNumber(0, UINT64_MAX))
      ->excludes("--weights");
  app.add_option(
         "--target-rate", targetRate,
         "With random weights: set thresholds layer by layer, so that each neuron spikes in "
         "this part of its time steps on a random input of the same seed")
      ->type_name("RATE")
      ->check(partOfOne())
      ->needs("--random-weights");
}

void defineResidualOption(CLI::App &app, std::string &residual) {
  app.add_option(
         "--residual", residual,
         "Where the currents of a residual stream are added up: merged, in every neuron that "
         "reads them; host, as reals, for streams that no core has room for")
      ->check(CLI::IsMember({"merged", "host"}))
      ->capture_default_str();
}

ResidualForm residualForm(const std::string &residual) {
  return residual == "host" ? ResidualForm::Host : ResidualForm::Merged;
}

void defineWeightOptions(CLI::App &app, CompileOptions &compile) {
  app.add_option("--weight-bits", compile.weightBits,
                 "Precision of the weights; 1 bit is a sign [8, or the chip's largest up to 8]")
      ->type_name("N")
      ->transform(wholeNumber(kMinWeightBits, kMaxWeightBits));
  app.add_option("--weight-format", compile.weightFormat,
                 "What the weights can be: signed, binary (0, 1), sign (-1, 1) or ternary (-1, 0, "
                 "1) [what the chip prefers]")
      ->type_name("F")
      ->check(CLI::IsMember({"signed", "binary", "sign", "ternary"}));
}

void MappingOptions::define(CLI::App &app) {
  app.add_option("--target", compile.target, "Chip: a name of `synfire list targets`, or a file")
      ->required()
      ->type_name("NAME|FILE");
  app.add_option("--max-tokens", compile.maxTokens,
                 "Longest input to provide memory for [the model's context]")
      ->type_name("N")
      ->transform(wholeNumber(1, 1 << 30));
  app.add_option("--schedule", compile.schedule, "Order of the stages in time")
      ->check(CLI::IsMember({"sequential"}))
      ->capture_default_str();
  app.add_option("--host", hostPolicy, "Whether ops that the chip cannot do may run on the host")
      ->check(CLI::IsMember({"allow", "refuse"}))
      ->capture_default_str();
  defineResidualOption(app, residual);
  defineWeightOptions(app, compile);
  app.add_option("--placer", compile.placer, "Placement strategy of `synfire list placers`")
      ->type_name("NAME");
  app.add_option("--seed", compile.seed, "Seed of every choice made at random")
      ->type_name("N")
      ->transform(wholeNumber(0, INT64_MAX))
      ->capture_default_str();
}

CompileOptions MappingOptions::resolved() const {
  CompileOptions options = compile;
  options.targetsFolder = targetsFolder();
  options.host = hostPolicy == "refuse" ? HostPolicy::Refuse : HostPolicy::Allow;
  options.residual = residualForm(residual);
  return options;
}

static mlir::func::FuncOp entryOf(mlir::ModuleOp module) {
  mlir::func::FuncOp found;
  module.walk([&](mlir::func::FuncOp function) {
    if (!found && function->hasAttr(spike::kModelAttrName))
      found = function;
  });
  return found;
}

Compiler::Compiler() : context(mlir::MLIRContext::Threading::DISABLED), diagnostics(context) {
  // Messages already name the op; MLIR would print its whole text as well.
  context.printOpOnDiagnostic(false);
  context.loadDialect<spike::SpikeDialect, chip::ChipDialect, mlir::func::FuncDialect>();
}

bool Compiler::import(const ModelOptions &options, WeightUse use) {
  setStage("reading the model");
  if (std::string error = probeParse(options.model); !error.empty()) {
    printError(error);
    return false;
  }
  ImportOptions importOptions;
  importOptions.weightsPath = options.weights;
  importOptions.randomWeightsSeed = options.randomWeights;
  source = options;
  owned = importModel(context, options.model, importOptions);
  if (!owned)
    return false;
  if (!entry()) {
    bool compiled = false;
    owned->walk([&](chip::ProgramOp) { compiled = true; });
    printError("'" + options.model +
               (compiled ? "': is a compiled program; run it with `synfire simulate`"
                         : "': has no function with a '" + spike::kModelAttrName.str() +
                               "' attribute; see dialect/README.md"));
    return false;
  }
  if (use == WeightUse::ShapesOnly) {
    spike::wireSlices(entry());
    return true;
  }
  if (use == WeightUse::OnesIfAbsent && fillAbsentWeights(*owned)) {
    shapesOnly = true;
    mlir::emitWarning(owned->getLoc())
        << "compiled without weights: the program says where everything lives, and cannot be "
           "simulated";
  }
  if (mlir::failed(checkWeights(*owned)))
    return false;
  // Here and not only in the pipeline, so that every command has the same ops.
  spike::wireSlices(entry());
  return (!options.targetRate ||
          mlir::succeeded(setTargetRate(entry(), *options.randomWeights, *options.targetRate)));
}

mlir::func::FuncOp Compiler::quantizedEntry(const CompileOptions &options) {
  setStage("quantising the model");
  quantized = owned->clone();
  mlir::PassManager manager(&context);
  buildQuantizePipeline(manager, options);
  return mlir::succeeded(manager.run(*quantized)) ? entryOf(*quantized) : mlir::func::FuncOp();
}

bool Compiler::compile(const CompileOptions &options, const std::string &program) {
  setStage("compiling the model");
  mlir::PassManager manager(&context);
  buildCompilePipeline(manager, options);
  if (mlir::failed(manager.run(*owned)))
    return false;
  setStage("writing the program");
  ProgramNotes notes{static_cast<uint64_t>(options.seed), warnings(), shapesOnly};
  if (source.randomWeights)
    notes.warnings.push_back(
        "the weights are random (seed " + std::to_string(*source.randomWeights) +
        (source.targetRate ? message("), and thresholds are set for a rate of ", *source.targetRate)
                           : ")") +
        ": spikes, times and energies are not those of a trained model");
  return mlir::succeeded(writeProgram(*owned, program, notes));
}

mlir::func::FuncOp Compiler::entry() { return entryOf(*owned); }

TextCode textCodeOf(spike::ModelAttr model) {
  TextCode code{model.getAlphabet().str(), {}, model.getCleaning().str()};
  if (model.getWords())
    for (mlir::Attribute word : model.getWords())
      code.words.push_back(mlir::cast<mlir::StringAttr>(word).getValue().str());
  return code;
}

} // namespace synfire::tool

// Import: reads a model file of any supported kind into a module of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/Import.h"

#include "dialect/SourceBuffer.h"
#include "dialect/import/builders/Gpt2Builder.h"
#include "dialect/import/builders/SpikeDecoderBuilder.h"
#include "dialect/import/builders/SpikformerBuilder.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "support/MemoryNeed.h"
#include "support/Message.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

namespace synfire {

/// The source of the weights: random numbers or the file of the options, otherwise the file that
/// the description names, otherwise none.
static FailureOr<WeightSource> openWeights(Location where, StringRef folder,
                                           const ModelDescription &model,
                                           const ImportOptions &options) {
  if (options.randomWeightsSeed) {
    // Random weights are held in memory; the limit is 8 GiB.
    constexpr int64_t kMostRandom = int64_t(1) << 31;
    if (model.parameters() > double(kMostRandom))
      return emitError(where) << "random weights: "
                              << needsHas(message("at most ", kMostRandom, " parameters"),
                                          llvm::formatv("{0:f0}", model.parameters()).str());
    if (std::string lack =
            lacksMemory("a model of random weights", model.parameters() * double(sizeof(float)));
        !lack.empty())
      return emitError(where) << lack;
    return WeightSource(where, options.randomWeightsSeed);
  }
  std::string path = options.weightsPath;
  if (path.empty() && !model.weights.empty()) {
    SmallString<128> joined(model.weights);
    if (!llvm::sys::path::is_absolute(joined)) {
      joined = folder;
      llvm::sys::path::append(joined, model.weights);
    }
    path = joined.str().str();
  }
  if (path.empty()) {
    emitWarning(where)
        << "model '" << model.name
        << "' has no weights, only shapes; give them by --weights or --random-weights";
    return WeightSource(where, std::nullopt);
  }
  auto opened = Safetensors::open(path);
  if (auto *error = std::get_if<SafetensorsError>(&opened))
    return emitError(where) << error->message;
  return WeightSource(where, std::move(std::get<0>(opened)));
}

static OwningOpRef<ModuleOp> importDescription(MLIRContext &context, StringRef path,
                                               const ImportOptions &options) {
  auto loaded = loadDescription(path.str());
  if (auto *error = std::get_if<DescriptionError>(&loaded)) {
    emitError(
        FileLineColLoc::get(&context, error->file, error->position.line, error->position.column))
        << error->message;
    return nullptr;
  }
  const auto &model = std::get<ModelDescription>(loaded);

  // Faults of a weights file that the description names are reported at the key that names it.
  TextPosition named = model.positionOf("weights");
  Location where = options.weightsPath.empty()
                       ? Location(FileLineColLoc::get(&context, path, named.line, named.column))
                       : UnknownLoc::get(&context);
  FailureOr<WeightSource> weights =
      openWeights(where, llvm::sys::path::parent_path(path), model, options);
  if (failed(weights))
    return nullptr;
  // The module's location stores the path of the weights file for weightsFileOf().
  Location origin = where;
  if (!weights->path().empty())
    origin = FusedLoc::get({where}, StringAttr::get(&context, weights->path()), &context);
  switch (model.architecture) {
  case Architecture::Gpt2:
    return buildGpt2(model, *weights, origin);
  case Architecture::Spikformer:
  case Architecture::SpikeDrivenTransformer:
    return buildSpikformer(model, *weights, origin);
  case Architecture::SpikeDecoder:
    break;
  }
  return buildSpikeDecoder(model, *weights, origin);
}

static OwningOpRef<ModuleOp> importModule(MLIRContext &context, StringRef path) {
  auto opened = openSourceBuffer(path);
  if (auto *fault = std::get_if<FileFault>(&opened)) {
    emitError(UnknownLoc::get(&context)) << path << ": " << fault->reason;
    return nullptr;
  }
  // The parser shares ownership of the source manager: the module keeps it alive, because its
  // resources point into the file's bytes.
  auto manager = std::make_shared<llvm::SourceMgr>();
  manager->AddNewSourceBuffer(std::get<0>(std::move(opened)), SMLoc());
  return parseSourceFile<ModuleOp>(manager, ParserConfig(&context));
}

OwningOpRef<ModuleOp> importModel(MLIRContext &context, StringRef path,
                                  const ImportOptions &options) {
  context.loadDialect<spike::SpikeDialect, func::FuncDialect>();
  if (path.ends_with(".yaml") || path.ends_with(".yml"))
    return importDescription(context, path, options);
  bool isModule = path.ends_with(".mlir") || path.ends_with(".mlirbc");
  if (!isModule) {
    emitError(UnknownLoc::get(&context))
        << path << ": unknown kind of model; supported are .yaml (a description), .mlir, .mlirbc";
    return nullptr;
  }
  if (!options.weightsPath.empty() || options.randomWeightsSeed) {
    emitError(UnknownLoc::get(&context))
        << path << ": has weights of its own; others can only be given to a description (.yaml)";
    return nullptr;
  }
  return importModule(context, path);
}

std::string weightsFileOf(ModuleOp module) {
  if (auto fused = dyn_cast<FusedLocWith<StringAttr>>(module.getLoc()))
    return fused.getMetadata().getValue().str();
  return {};
}

} // namespace synfire

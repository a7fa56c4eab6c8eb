// Pipeline: the order of the passes, written once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_PIPELINE_H
#define SYNFIRE_PASSES_PIPELINE_H

#include "passes/Passes.h"

#include "mlir/Pass/PassManager.h"

namespace synfire {

/// What a user may ask of the compiler; the defaults are those of the passes.
struct CompileOptions {
  std::string target; ///< name in targetsFolder, or a file
  std::string targetsFolder;
  int64_t weightBits = 0;        ///< 0: the largest precision up to 8 of the chip
  std::string weightFormat = {}; ///< empty: what the chip prefers
  int64_t maxTokens = 0;         ///< 0: the model's context
  HostPolicy host = HostPolicy::Allow;
  std::string schedule = "sequential";
  std::string placer; ///< empty: the default strategy
  uint64_t seed = 1;
  ResidualForm residual = ResidualForm::Merged;
};

/// fold-normalization, quantize-weights. `target` may be empty: then weights
/// have 8 bits (or `weightBits`) and membranes 32.
void buildQuantizePipeline(mlir::OpPassManager &manager, const CompileOptions &options);

/// All passes, from a spike function to a verified chip.program beside it.
void buildCompilePipeline(mlir::OpPassManager &manager, const CompileOptions &options);

/// Passes and pipelines (`synfire-quantize`, `synfire-compile`) by name, for
/// synfire-opt.
void registerAllPasses();

} // namespace synfire

#endif // SYNFIRE_PASSES_PIPELINE_H

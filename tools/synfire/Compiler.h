// Compiler: from a model file to a PROGRAM, as the commands use it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_COMPILER_H
#define SYNFIRE_TOOLS_SYNFIRE_COMPILER_H

#include "dialect/spike/Spike.h"
#include "passes/Pipeline.h"
#include "tools/synfire/Diagnostics.h"
#include "tools/synfire/Tokenizer.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synfire::tool {

/// MODEL and the weights beside it.
struct ModelOptions {
  std::string model, weights;
  std::optional<uint64_t> randomWeights; ///< seed
  void define(CLI::App &app);
};

/// What `compile` and `run` let a user say about the mapping.
struct MappingOptions {
  CompileOptions compile;
  std::string hostPolicy = "allow";
  void define(CLI::App &app);
  /// `compile` with everything that was said filled in.
  CompileOptions resolved() const;
};

/// Whether all weights are read and must be finite, or none is read.
enum class WeightUse { Checked, ShapesOnly };

/// An MLIR context with Synfire's dialects, and one model in it. All methods
/// report errors on standard error.
class Compiler {
public:
  Compiler();

  /// Imports MODEL. False on error.
  bool import(const ModelOptions &options, WeightUse use = WeightUse::Checked);
  /// Runs fold-normalization and quantize-weights.
  bool quantize(const CompileOptions &options);
  /// Runs the whole pipeline and writes PROGRAM (and its side file).
  bool compile(const CompileOptions &options, const std::string &program);

  mlir::MLIRContext *mlirContext() { return &context; }
  mlir::ModuleOp module() { return *owned; }
  /// The model's entry function (the one with `spike.model`), or null.
  mlir::func::FuncOp entry();
  const std::vector<std::string> &warnings() const { return diagnostics.warnings(); }

private:
  mlir::MLIRContext context;
  DiagnosticPrinter diagnostics;
  std::optional<uint64_t> randomWeights; ///< seed, where the model's weights are drawn
  mlir::OwningOpRef<mlir::ModuleOp> owned;
};

/// What a model knows of text, by its `spike.model`.
TextCode textCodeOf(spike::ModelAttr model);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COMPILER_H

// Compiler: the steps from a model file to a PROGRAM, which several commands share.
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

/// The argument MODEL and the options about its weights.
struct ModelOptions {
  std::string model, weights;
  std::optional<uint64_t> randomWeights; ///< the seed of random weights
  std::optional<double> targetRate;      ///< spikes per (neuron, time step); TargetRate.h
  /// Adds the argument and the options to a subcommand.
  void define(CLI::App &app);
};

/// Adds the options `--weight-bits` and `--weight-format` to a subcommand that quantises.
void defineWeightOptions(CLI::App &app, CompileOptions &compile);

/// Adds the option `--residual` to a subcommand that quantises; residualForm() reads its text.
void defineResidualOption(CLI::App &app, std::string &residual);
ResidualForm residualForm(const std::string &residual);

/// The options about the mapping, which `compile` and `run` have.
struct MappingOptions {
  CompileOptions compile;
  std::string hostPolicy = "allow", residual = "merged";
  /// Adds the options to a subcommand.
  void define(CLI::App &app);
  /// `compile` together with the options that the command line has as text.
  CompileOptions resolved() const;
};

/// Whether the import reads all weights and fails unless they are finite, does so and puts ones in
/// the place of those that a model without weights lacks, or reads none.
enum class WeightUse { Checked, OnesIfAbsent, ShapesOnly };

/// An MLIR context with Synfire's dialects, and one model in it. All methods print errors to
/// standard error and return false after one.
class Compiler {
public:
  Compiler();

  /// Imports MODEL with its weights.
  bool import(const ModelOptions &options, WeightUse use = WeightUse::Checked);
  /// Runs the passes wire-slices, fold-normalization and quantize-weights on a copy of the model,
  /// and returns the copy's entry function; null after an error. The model itself stays as it is.
  mlir::func::FuncOp quantizedEntry(const CompileOptions &options);
  /// Runs all passes and writes the file `program` and its side file of weights; no side file where
  /// the model lacks weights.
  bool compile(const CompileOptions &options, const std::string &program);

  mlir::MLIRContext *mlirContext() { return &context; }
  mlir::ModuleOp module() { return *owned; }
  /// The model's entry function, which has the attribute `spike.model`; null when there is none.
  mlir::func::FuncOp entry();
  const std::vector<std::string> &warnings() const { return diagnostics.warnings(); }

private:
  mlir::MLIRContext context;
  DiagnosticPrinter diagnostics;
  ModelOptions source;     ///< of the model
  bool shapesOnly = false; ///< weights that the model lacks were replaced by ones
  mlir::OwningOpRef<mlir::ModuleOp> owned, quantized;
};

/// The text rules of a model, from its attribute `spike.model`.
TextCode textCodeOf(spike::ModelAttr model);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COMPILER_H

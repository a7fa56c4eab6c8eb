// RandomGraph: small legal modules of the spike dialect, drawn op by op.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_RANDOMGRAPH_H
#define SYNFIRE_TESTS_RANDOM_RANDOMGRAPH_H

#include "tests/random/Choices.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace synfire::test {

enum class Profile {
  Any,     ///< every op, every kind of input, static or dynamic tokens
  Spiking, ///< what a chip path takes: a text's spikes, synapses, neurons, attention, residuals
  Static,  ///< as Any, with a static number of tokens
};

enum class Numbers {
  Any,
  /// Dyadic, and such that quantising to 8 bits rounds nothing: weights are
  /// multiples of 1/64 up to 127/64 (which stands in every column), norms and
  /// column factors are +-1, thresholds and potentials whole steps of the
  /// current where a rounding could be seen, decays short binary fractions.
  Exact,
};

struct GraphOptions {
  Profile profile = Profile::Any;
  Numbers numbers = Numbers::Any;
  int64_t maxTimeSteps = 5, maxTokens = 6, maxFeatures = 12;
  int64_t maxOps = 24; ///< not counting those of the input and the head
};

/// What to run a graph on, row major: token ids (rank 1), or spikes or reals.
struct GraphInput {
  std::vector<int64_t> shape;
  std::vector<double> values;
};

/// A module with one entry function, `main`, that has a `spike.model`, and an
/// input to run it on. Ops have unique names as their locations.
struct Graph {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  GraphInput input;

  mlir::func::FuncOp entry() const {
    return mlir::cast<mlir::func::FuncOp>(mlir::SymbolTable::lookupSymbolIn(*module, "main"));
  }
};

/// Loads the dialects that it needs into the context. The same choices and
/// options give the same module, to the byte.
Graph drawGraph(mlir::MLIRContext &context, Choices &choices, const GraphOptions &options = {});

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_RANDOMGRAPH_H

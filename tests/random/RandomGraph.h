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
  Spiking, ///< only ops that run on a chip: codes, synapses, neurons, attention, residuals
  Static,  ///< as Any, but the number of tokens is static
};

enum class Numbers {
  Any,
  /// Numbers that quantising to 8 bits does not round. Weights are multiples of
  /// 1/64 up to 127/64, which every column has; norms and column factors are +1 or -1; thresholds
  /// and potentials are whole steps of the current where rounding would change a spike; decays are
  /// short binary fractions.
  Exact,
};

struct GraphOptions {
  Profile profile = Profile::Any;
  Numbers numbers = Numbers::Any;
  int64_t maxTimeSteps = 5, maxTokens = 6, maxFeatures = 12;
  int64_t maxOps = 24; ///< most ops besides those of the input and the head
};

/// The input of a graph, row major: token ids (rank 1), or spikes or reals.
struct GraphInput {
  std::vector<int64_t> shape;
  std::vector<double> values;
};

/// A module with one entry function, `main`, that has the attribute `spike.model`, and an input for
/// it. The location of each op is a unique name.
struct Graph {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  GraphInput input;

  mlir::func::FuncOp entry() const {
    return mlir::cast<mlir::func::FuncOp>(mlir::SymbolTable::lookupSymbolIn(*module, "main"));
  }
};

/// Draws a graph, and loads the dialects that it needs into the context. Equal choices and options
/// give equal modules, to the byte.
Graph drawGraph(mlir::MLIRContext &context, Choices &choices, const GraphOptions &options = {});

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_RANDOMGRAPH_H

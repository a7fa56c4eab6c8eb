// Recipe: how one op of the spike dialect is drawn.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_RECIPE_H
#define SYNFIRE_TESTS_RANDOM_RECIPE_H

#include "tests/random/GraphBuilder.h"
#include "tests/random/Kinds.h"

namespace synfire::test {

struct Recipe {
  enum Where : unsigned {
    Anywhere = 0,
    InRecurrence = 1, ///< may also be drawn inside a spike.recurrent, on operands with time
    OnChip = 2,       ///< may also be drawn for Profile::Spiking
  };
  llvm::StringLiteral op;
  unsigned weight; ///< its probability, in relation to the weights of the others
  unsigned where;
  /// Whether the op can read this value as its first operand.
  bool (*accepts)(GraphBuilder &, mlir::Value);
  /// Emits the op. Every sequence of choices, also of zeros, must give a legal op.
  void (*draw)(GraphBuilder &, mlir::Value);
};

/// A recipe's `accepts` for ops that read any real features.
inline bool reals(GraphBuilder &, mlir::Value value) { return isFeatures(value) && isReal(value); }

/// An encoding of a quantised current of so many channels.
spike::FixedAttr drawEncoding(GraphBuilder &graph, int64_t channels);

/// The attributes `weight_bits` and `weight_format` of an op, where it has them.
struct DrawnForm {
  mlir::Attribute bits, format;
};
/// The form of quantised weights, or, of a real op, now and then what it asks for; but nothing that
/// would round exact numbers.
DrawnForm drawForm(GraphBuilder &graph, bool quantized);

/// A #spike.state, or none.
mlir::Attribute drawState(GraphBuilder &graph);

// The recipes in the groups of dialect/spike/ops.
llvm::ArrayRef<Recipe> textRecipes();
llvm::ArrayRef<Recipe> synapseRecipes();
llvm::ArrayRef<Recipe> gridRecipes();
llvm::ArrayRef<Recipe> normRecipes();
llvm::ArrayRef<Recipe> neuronRecipes();
llvm::ArrayRef<Recipe> residualRecipes();
llvm::ArrayRef<Recipe> attentionRecipes();
llvm::ArrayRef<Recipe> activationRecipes();
llvm::ArrayRef<Recipe> headRecipes();

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_RECIPE_H

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
    InRecurrence = 1, ///< also in a spike.recurrent, of operands with time
    OnChip = 2,       ///< also in Profile::Spiking
  };
  llvm::StringLiteral op;
  unsigned weight; ///< how often it is drawn, beside the others
  unsigned where;
  /// Whether the op can read this value as its first operand.
  bool (*accepts)(GraphBuilder &, mlir::Value);
  /// Emits the op. Every choice, 0 included, must give a legal one.
  void (*draw)(GraphBuilder &, mlir::Value);
};

/// What a recipe's `accepts` is where any real features will do.
inline bool reals(GraphBuilder &, mlir::Value value) { return isFeatures(value) && isReal(value); }

// As dialect/spike/ops has them.
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

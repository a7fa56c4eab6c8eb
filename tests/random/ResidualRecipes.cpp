// ResidualRecipes: residuals and gates.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

static unsigned bitsOf(Value value) { return elementOf(value).getIntOrFloatBitWidth(); }

/// Currents and short graded spikes. The chip path adds attention to nothing,
/// for its integers have a scale of their own.
static bool adds(GraphBuilder &graph, Value value) {
  if (!isFeatures(value))
    return false;
  if (isSpikes(value))
    return bitsOf(value) <= 5;
  return !graph.spiking() || !value.getDefiningOp<spike::AttentionLike>();
}

static void add(GraphBuilder &graph, Value lhs) {
  Value rhs = graph.pick(
      [&](Value value) {
        if (!isSpikes(lhs))
          return value.getType() == lhs.getType() && adds(graph, value);
        return isSpikes(value) && typeOf(value).getShape() == typeOf(lhs).getShape() &&
               bitsOf(value) <= 5;
      },
      lhs);
  RankedTensorType type = typeOf(lhs);
  if (isSpikes(lhs)) {
    uint64_t largest = (uint64_t{1} << bitsOf(lhs)) + (uint64_t{1} << bitsOf(rhs)) - 2;
    type = withElement(type, graph.graded(llvm::Log2_64(largest) + 1));
  }
  graph.emit("add", {lhs, rhs}, type);
}

static void multiply(GraphBuilder &graph, Value lhs) {
  Value rhs = graph.pick([&](Value value) { return value.getType() == lhs.getType(); }, lhs);
  graph.emit("multiply", {lhs, rhs}, lhs.getType());
}

static bool binary(GraphBuilder &, Value value) { return isFeatures(value) && isBinary(value); }

static void logic(GraphBuilder &graph, Value lhs) {
  using spike::Logic;
  Value rhs = graph.pick([&](Value value) { return value.getType() == lhs.getType(); }, lhs);
  auto mode = graph.choices.pick({Logic::Or, Logic::And, Logic::Iand});
  graph.emit("logic", {lhs, rhs}, lhs.getType(),
             {{"mode", spike::LogicAttr::get(graph.builder.getContext(), mode)}});
}

ArrayRef<Recipe> synfire::test::residualRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.add", 2, Recipe::InRecurrence | Recipe::OnChip, adds, add},
      {"spike.multiply", 1, Recipe::InRecurrence, reals, multiply},
      {"spike.logic", 1, Recipe::InRecurrence | Recipe::OnChip, binary, logic},
  };
  return kRecipes;
}

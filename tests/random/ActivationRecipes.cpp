// ActivationRecipes: activations of ordinary networks.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

static void relu(GraphBuilder &graph, Value x) { graph.emit("relu", x, x.getType()); }
static void gelu(GraphBuilder &graph, Value x) { graph.emit("gelu", x, x.getType()); }
static void silu(GraphBuilder &graph, Value x) { graph.emit("silu", x, x.getType()); }
static void softmax(GraphBuilder &graph, Value x) { graph.emit("softmax", x, x.getType()); }

static void clipFloor(GraphBuilder &graph, Value x) {
  graph.emit("clip_floor", x, x.getType(),
             {{"threshold", graph.numbers.numbers(width(x), 0.125, 3)},
              {"levels", graph.integer(graph.choices.between(1, 8))}});
}

ArrayRef<Recipe> synfire::test::activationRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.relu", 1, Recipe::InRecurrence, reals, relu},
      {"spike.gelu", 1, Recipe::InRecurrence, reals, gelu},
      {"spike.silu", 1, Recipe::InRecurrence, reals, silu},
      {"spike.clip_floor", 1, Recipe::InRecurrence, reals, clipFloor},
      {"spike.softmax", 1, Recipe::InRecurrence, reals, softmax},
  };
  return kRecipes;
}

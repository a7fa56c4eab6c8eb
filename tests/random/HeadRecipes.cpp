// HeadRecipes: the way out of time and of integers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

static bool recombines(GraphBuilder &, Value value) {
  return isTimed(value) && !encodingOf(value) && width(value) <= 12;
}

static void recombine(GraphBuilder &graph, Value input) {
  using spike::Recombination;
  auto mode = graph.choices.pick(
      {Recombination::Mean, Recombination::Sum, Recombination::Last, Recombination::Concatenate});
  MLIRContext *context = graph.builder.getContext();
  int64_t features = width(input) * (mode == Recombination::Concatenate ? graph.timeSteps : 1);
  auto type = RankedTensorType::get({typeOf(input).getDimSize(1), features}, graph.real());
  if (isSpikes(input) && graph.choices.rarely(3)) {
    double scale = mode == Recombination::Mean ? 1.0 / static_cast<double>(graph.timeSteps) : 1.0;
    type = graph.fixed(
        type, spike::FixedAttr::get(context, graph.builder.getDenseF64ArrayAttr(scale), 0));
  }
  graph.emit("recombine", input, type, {{"mode", spike::RecombinationAttr::get(context, mode)}});
}

static bool quantized(GraphBuilder &, Value value) { return bool(encodingOf(value)); }

static void dequantize(GraphBuilder &graph, Value input) {
  graph.emit("dequantize", input, withElement(typeOf(input), graph.real()),
             {{"state", drawState(graph)}});
}

static bool ranked(GraphBuilder &, Value value) {
  return isFeatures(value) && !isTimed(value) && isReal(value);
}

static void topK(GraphBuilder &graph, Value input) {
  graph.emit("top_k", input,
             withWidth(withElement(typeOf(input), graph.builder.getI32Type()),
                       graph.choices.between(1, width(input))));
}

ArrayRef<Recipe> synfire::test::headRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.recombine", 1, Recipe::Anywhere, recombines, recombine},
      {"spike.dequantize", 2, Recipe::InRecurrence, quantized, dequantize},
      {"spike.top_k", 1, Recipe::Anywhere, ranked, topK},
  };
  return kRecipes;
}

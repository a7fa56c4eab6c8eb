// NormRecipes: norms and scales.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

/// Chips compute only norms that fold into the linear before them, or into those behind them if
/// they read injected spikes.
static bool norms(GraphBuilder &graph, Value value) {
  if (!reals(graph, value))
    return false;
  return !graph.spiking() || (value.getDefiningOp<spike::LinearOp>() && value.use_empty()) ||
         (value.getDefiningOp<spike::InjectOp>() && isTimed(value));
}

/// Multiples of 1/64, or signs in a norm that is folded into a linear behind it, whose weights are
/// multiples of 1/64 already.
static ElementsAttr exactOffsets(GraphBuilder &graph, Value input) {
  return input.getDefiningOp<spike::InjectOp>() ? graph.numbers.signs(width(input))
                                                : graph.numbers.exactBias(width(input));
}

/// A norm's parameters. Exact ones: factors +-1, though of other numbers.
static void norm(GraphBuilder &graph, StringRef mnemonic, Value input) {
  NumberSource &numbers = graph.numbers;
  int64_t channels = width(input);
  SmallVector<Field> fields;
  ElementsAttr spread;
  if (graph.exact()) {
    float factor = graph.choices.pick({1.0f, 2.0f, 0.5f, -1.0f, -2.0f});
    fields = {{"weight", numbers.constant(channels, factor)},
              {"bias", exactOffsets(graph, input)},
              {"eps", numbers.attribute(0)}};
    spread = numbers.constant(channels, factor * factor);
  } else {
    fields = {{"weight", numbers.weights({channels})}, {"bias", numbers.weights({channels})}};
    if (graph.choices.flip())
      fields.push_back({"eps", numbers.attribute(numbers.number(0, 1))});
    spread = numbers.positive(channels);
  }
  if (mnemonic == "batch_norm") {
    fields.push_back(
        {"mean", graph.exact() ? exactOffsets(graph, input) : numbers.weights({channels})});
    fields.push_back({"variance", spread});
  } else if (mnemonic == "power_norm") {
    fields.push_back({"phi", spread});
  }
  Value result = graph.emit(mnemonic, input, input.getType(), fields);
  if (!graph.spiking())
    return;
  if (input.getDefiningOp<spike::InjectOp>()) {
    for (int64_t i = 0, readers = graph.choices.between(1, 2); i < readers; ++i)
      graph.linear(result, graph.drawWidth());
    graph.hide(result);
  } else {
    graph.hide(input);
  }
}

static void batchNorm(GraphBuilder &graph, Value input) { norm(graph, "batch_norm", input); }
static void powerNorm(GraphBuilder &graph, Value input) { norm(graph, "power_norm", input); }
static void layerNorm(GraphBuilder &graph, Value input) { norm(graph, "layer_norm", input); }

static void rmsNorm(GraphBuilder &graph, Value input) {
  graph.emit("rms_norm", input, input.getType(),
             {{"weight", graph.numbers.weights({width(input)})},
              {"eps", graph.numbers.attribute(graph.numbers.number(0.125, 1))}});
}

static bool scales(GraphBuilder &, Value value) {
  return isFeatures(value) && (isReal(value) || isSpikes(value));
}

static void scale(GraphBuilder &graph, Value input) {
  DenseF64ArrayAttr offset;
  if (graph.choices.flip())
    offset = graph.numbers.numbers(width(input), -1, 1);
  graph.emit("scale", input, withElement(typeOf(input), graph.real()),
             {{"factor", graph.numbers.numbers(width(input), -2, 2)}, {"offset", offset}});
}

ArrayRef<Recipe> synfire::test::normRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.batch_norm", 1, Recipe::InRecurrence | Recipe::OnChip, norms, batchNorm},
      {"spike.power_norm", 1, Recipe::InRecurrence | Recipe::OnChip, norms, powerNorm},
      {"spike.layer_norm", 1, Recipe::InRecurrence, reals, layerNorm},
      {"spike.rms_norm", 1, Recipe::InRecurrence, reals, rmsNorm},
      {"spike.scale", 1, Recipe::InRecurrence, scales, scale},
  };
  return kRecipes;
}

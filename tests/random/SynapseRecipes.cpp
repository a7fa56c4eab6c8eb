// SynapseRecipes: linear maps, injection, norms, scales.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

/// An encoding of a quantised current of so many channels.
static spike::FixedAttr drawEncoding(GraphBuilder &graph, int64_t channels) {
  return spike::FixedAttr::get(graph.builder.getContext(),
                               graph.numbers.numbers(channels, 0.125, 2),
                               graph.choices.between(0, 8));
}

/// Whether an op whose result may be quantised gives integers here.
static bool drawQuantized(GraphBuilder &graph, Value input) {
  return !graph.spiking() && !isReal(input) && graph.choices.rarely(4);
}

Value GraphBuilder::linear(Value input, int64_t features, bool quantized) {
  bool transposed = choices.rarely(4);
  bool biased = choices.flip(), scaled = choices.rarely(4);
  int64_t inputs = width(input);
  ElementsAttr weight = exact() ? numbers.exactWeights(features, inputs, transposed)
                                : numbers.weights(transposed ? ArrayRef({inputs, features})
                                                             : ArrayRef({features, inputs}));
  ElementsAttr bias;
  if (biased)
    bias = exact() ? numbers.exactBias(features) : numbers.bias(features);
  DenseF64ArrayAttr scale;
  if (scaled && exact())
    scale = numbers.signFactors(features);
  else if (scaled)
    scale = builder.getDenseF64ArrayAttr(
        SmallVector<double>(static_cast<size_t>(features), numbers.number(-2, 2)));
  RankedTensorType type = withWidth(withElement(typeOf(input), real()), features);
  Attribute bits;
  if (quantized) {
    type = fixed(type, drawEncoding(*this, features));
    bits = integer(choices.between(2, 16));
  }
  return emit("linear", input, type,
              {{"weight", weight},
               {"transposed", optional(transposed)},
               {"bias", bias},
               {"channel_scale", scale},
               {"weight_bits", bits}});
}

static bool feedsLinear(GraphBuilder &graph, Value value) {
  if (graph.spiking())
    return isTimed(value) && isSpikes(value);
  spike::FixedAttr encoding = encodingOf(value);
  return isFeatures(value) && (!encoding || encoding.getScale().size() == 1);
}

static void linear(GraphBuilder &graph, Value input) {
  graph.linear(input, graph.drawWidth(), encodingOf(input) || drawQuantized(graph, input));
}

static bool spikes(GraphBuilder &, Value value) { return isFeatures(value) && isSpikes(value); }

static void inject(GraphBuilder &graph, Value input) {
  RankedTensorType type = withElement(typeOf(input), graph.real());
  Attribute bits;
  if (drawQuantized(graph, input)) {
    type = graph.fixed(type, drawEncoding(graph, width(input)));
    bits = graph.integer(graph.choices.between(2, 16));
  }
  graph.emit("inject", input, type, {{"weight_bits", bits}});
}

/// Chips compute only norms that fold into the linear before them.
static bool norms(GraphBuilder &graph, Value value) {
  if (!reals(graph, value))
    return false;
  return !graph.spiking() || (value.getDefiningOp<spike::LinearOp>() && value.use_empty());
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
              {"bias", numbers.exactBias(channels)},
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
        {"mean", graph.exact() ? numbers.exactBias(channels) : numbers.weights({channels})});
    fields.push_back({"variance", spread});
  } else if (mnemonic == "power_norm") {
    fields.push_back({"phi", spread});
  }
  graph.emit(mnemonic, input, input.getType(), fields);
  if (graph.spiking())
    graph.hide(input);
}

static void batchNorm(GraphBuilder &graph, Value input) { norm(graph, "batch_norm", input); }
static void powerNorm(GraphBuilder &graph, Value input) { norm(graph, "power_norm", input); }
static void layerNorm(GraphBuilder &graph, Value input) { norm(graph, "layer_norm", input); }

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

ArrayRef<Recipe> synfire::test::synapseRecipes() {
  static constexpr unsigned kEverywhere = Recipe::InRecurrence | Recipe::OnChip;
  static const Recipe kRecipes[] = {
      {"spike.linear", 4, kEverywhere, feedsLinear, linear},
      {"spike.inject", 2, kEverywhere, spikes, inject},
      {"spike.batch_norm", 1, kEverywhere, norms, batchNorm},
      {"spike.power_norm", 1, kEverywhere, norms, powerNorm},
      {"spike.layer_norm", 1, Recipe::InRecurrence, reals, layerNorm},
      {"spike.scale", 1, Recipe::InRecurrence, scales, scale},
  };
  return kRecipes;
}

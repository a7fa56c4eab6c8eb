// SynapseRecipes: linear maps and injection.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

#include "support/Limits.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

spike::FixedAttr synfire::test::drawEncoding(GraphBuilder &graph, int64_t channels) {
  return spike::FixedAttr::get(graph.builder.getContext(),
                               graph.numbers.numbers(channels, 0.125, 2),
                               graph.choices.between(0, 8));
}

DrawnForm synfire::test::drawForm(GraphBuilder &graph, bool quantized) {
  if (!quantized && (graph.exact() || !graph.choices.rarely(6)))
    return {};
  const WeightFormat format =
      graph.choices.pick({WeightFormat::Signed, WeightFormat::Signed, WeightFormat::Binary,
                          WeightFormat::Sign, WeightFormat::Ternary});
  // Widths that most chips have are drawn more often than others.
  int64_t bits = graph.choices.pick<int64_t>({8, 4, 2, 1, 16, 32, 0});
  if (bits == 0)
    bits = graph.choices.between(kMinWeightBits, kMaxWeightBits);
  if (std::optional<int> width = widthOf(format))
    bits = *width;
  const bool stated = format != WeightFormat::Signed || graph.choices.rarely(8);
  return {graph.integer(bits),
          stated ? graph.builder.getStringAttr(weightFormatName(format)) : Attribute()};
}

/// Whether an op whose result may be quantised gives integers here.
static bool drawQuantized(GraphBuilder &graph, Value input) {
  return !graph.spiking() && !isReal(input) && graph.choices.rarely(4);
}

Value GraphBuilder::linear(Value input, int64_t features, bool quantized) {
  bool transposed = choices.rarely(4);
  bool biased = choices.flip(), scaled = choices.rarely(4), normed = choices.rarely(6);
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
  DenseF64ArrayAttr factor;
  if (normed && exact()) {
    factor = numbers.signFactors(inputs);
  } else if (normed) {
    SmallVector<double> values(numbers.numbers(inputs, -2, 2).asArrayRef());
    values.resize(static_cast<size_t>(inputs), values[0]);
    factor = builder.getDenseF64ArrayAttr(values);
  }
  RankedTensorType type = withWidth(withElement(typeOf(input), real()), features);
  if (quantized)
    type = fixed(type, drawEncoding(*this, features));
  const DrawnForm form = drawForm(*this, quantized);
  return emit("linear", input, type,
              {{"weight", weight},
               {"transposed", optional(transposed)},
               {"bias", bias},
               {"channel_scale", scale},
               {"input_factor", factor},
               {"weight_bits", form.bits},
               {"weight_format", form.format}});
}

static bool feedsLinear(GraphBuilder &graph, Value value) {
  if (graph.spiking())
    return isTimed(value) && (isSpikes(value) || value.getDefiningOp<spike::InjectOp>());
  spike::FixedAttr encoding = encodingOf(value);
  return isFeatures(value) && (!encoding || encoding.getScale().size() == 1);
}

static void linear(GraphBuilder &graph, Value input) {
  graph.linear(input, graph.drawWidth(), encodingOf(input) || drawQuantized(graph, input));
}

static bool spikes(GraphBuilder &, Value value) { return isFeatures(value) && isSpikes(value); }

static void inject(GraphBuilder &graph, Value input) {
  RankedTensorType type = withElement(typeOf(input), graph.real());
  const bool quantized = drawQuantized(graph, input);
  if (quantized)
    type = graph.fixed(type, drawEncoding(graph, width(input)));
  const DrawnForm form = drawForm(graph, quantized);
  graph.emit("inject", input, type, {{"weight_bits", form.bits}, {"weight_format", form.format}});
}

ArrayRef<Recipe> synfire::test::synapseRecipes() {
  static constexpr unsigned kEverywhere = Recipe::InRecurrence | Recipe::OnChip;
  static const Recipe kRecipes[] = {
      {"spike.linear", 4, kEverywhere, feedsLinear, linear},
      {"spike.inject", 2, kEverywhere, spikes, inject},
  };
  return kRecipes;
}
